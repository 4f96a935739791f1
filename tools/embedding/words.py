"""Word forms of Russian and English: Hunspell dictionaries expanded by their affix rules."""

import math
import re

from normal import normalise


def read_affixes(path):
    """Flag -> (is prefix, may combine, [(strip, add, condition)])."""
    rules = {}
    for line in path.read_text("utf-8").splitlines():
        fields = line.split()
        if len(fields) < 4 or fields[0] not in ("PFX", "SFX"):
            continue
        prefix = fields[0] == "PFX"
        if len(fields) == 4 and fields[3].isdigit():
            rules[fields[1]] = (prefix, fields[2] == "Y", [])
            continue
        strip, add = ("" if f == "0" else f for f in (fields[2], fields[3].split("/")[0]))
        condition = fields[4] if len(fields) > 4 else "."
        pattern = ("^" + condition) if prefix else (condition + "$")
        rules[fields[1]][2].append((strip, add, re.compile(pattern)))
    return rules


def inflect(word, flags, rules):
    """All forms of one dictionary entry, itself first."""
    forms, stems = [word], [word]
    for flag in flags:
        prefix, combines, cases = rules.get(flag, (False, False, []))
        if prefix:
            made = [add + word[len(strip):] for strip, add, condition in cases
                    if word.startswith(strip) and condition.search(word)]
            forms += made
            stems += made if combines else []
    for stem in stems:
        for flag in flags:
            prefix, combines, cases = rules.get(flag, (False, False, []))
            if prefix or (stem is not word and not combines):
                continue
            forms += [stem[:len(stem) - len(strip)] + add for strip, add, condition in cases
                      if stem.endswith(strip) and condition.search(stem)]
    return forms


def dictionary(folder, letters):
    """Normal forms of every entry of `folder/index.dic`, as lists; only forms that consist of `letters`."""
    rules = read_affixes(folder / "index.aff")
    wanted = re.compile(letters)
    entries = []
    for line in (folder / "index.dic").read_text("utf-8").splitlines()[1:]:
        word, _, flags = line.partition("/")
        forms = {normalise(form) for form in inflect(word.strip(), flags.strip(), rules)}
        entries.append(sorted(form for form in forms if wanted.fullmatch(form)))
    return entries


def rank(entries, score, is_piece, count):
    """The forms of all entries, those first that a customer is likeliest to write.

    No list of word frequencies has a licence that suits, so four things stand for one: the log probability that the
    pieces of a form give it, its length (a long form of rare pieces is likelier than its pieces say), the most
    frequent form of its entry that is a piece by itself, and how often the entry occurs in the texts.
    """
    best = {}
    for forms in entries:
        scores = {form: score(form) for form in forms}
        entry = max((scores[form] for form in forms if is_piece(form)), default=-20.0)
        seen = math.log1p(sum(count(form) for form in forms))
        for form, own in scores.items():
            value = own + 0.6 * len(form) + 0.7 * entry + 1.5 * seen
            best[form] = max(best.get(form, -math.inf), value)
    return sorted(best, key=lambda form: (-best[form], form))
