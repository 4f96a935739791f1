"""The normal form of a text and its runs, exactly as `otklik-text` makes them."""

import re
import unicodedata

SPACE = " "  # What marks a run at the start of a word: U+2581 in SentencePiece.
LONGEST_RUN = 64  # Characters of a run that are read.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
KINDS = "name email phone card account passport inn snils ogrn contract claim address".split()
TOKEN = re.compile(r"\[(?:" + "|".join(KINDS) + r")\]")


def normalise(text):
    """NFKC, lower case, ё as е, without characters that nobody sees."""
    out = []
    after_e = False
    for c in unicodedata.normalize("NFKD", text):
        for c in c.lower():
            if INVISIBLE.match(c):
                continue
            # The diaeresis is taken off while it stands apart as a combining mark.
            if after_e and c == "\u0308":
                continue
            after_e = c == "е" or (after_e and unicodedata.category(c).startswith("M"))
            out.append(c)
    return unicodedata.normalize("NFKC", "".join(out))


def is_word(c):
    return c.isalnum() or c == "_"


def runs(text):
    """Runs of word characters and runs of others between spaces; the first of a chunk begins with SPACE."""
    found = []
    for chunk in normalise(TOKEN.sub(" ", text)).split():
        start = 0
        for end in range(1, len(chunk) + 1):
            if end == len(chunk) or is_word(chunk[end]) != is_word(chunk[end - 1]):
                found.append((SPACE if start == 0 else "") + chunk[start:min(end, start + LONGEST_RUN)])
                start = end
    return found
