"""Distils the teacher into a table of units: rows whose sum, put through the teacher's final network, is a sentence."""

import argparse
import pathlib
import re
from collections import Counter

import numpy as np

import model
from corpus import clean_texts
from normal import SPACE, runs
from pieces import Pieces
from teacher import FEATURES, Teacher
from words import dictionary, rank

SEED = 20261122
ROUNDS = 3  # Each word of the lists is seen so often beside frequent ones.
WORDS_PER_SENTENCE = 4
FREQUENT = 5_000
LONGEST = 64  # Runs of a clean text that are read at once.
SEEN = 5  # A run of the clean texts this frequent becomes a unit.
SAMPLE = 4_000  # Texts of each set, and made of each language, that the last layer is learnt from.
CAP = 50.0  # Of the square root of a unit's count, its weight when the rows are made shorter.
LANGUAGES = {"ru": ("[а-я-]+", 42_000, 100_000), "en": ("[a-z]+", 20_000, 40_000)}  # Letters, words, words for pieces.
REACHED = 200_000  # Words of a language whose pieces become units.


class Units:
    """Sums of token features for each unit."""

    def __init__(self, names):
        self.names = names
        self.number = {name: i for i, name in enumerate(names)}
        self.sums = np.zeros((len(names), FEATURES), np.float32)
        self.counts = np.zeros(len(names), np.int64)
        self.marks = np.zeros(FEATURES, np.float64)  # Sum over sentences of the features of <s> and </s>.
        self.sentences = 0

    def owners(self, run, split, pieces):
        """The unit that each token of a run counts for: the run itself, or else each piece; -1 for none."""
        unit = self.number.get(run)
        if unit is not None:
            self.counts[unit] += 1
            return [unit] * len(split)
        own = [self.number.get(pieces.texts[i], -1) for i in split]
        for piece in own:
            if piece >= 0:
                self.counts[piece] += 1
        return own

    def learn(self, teacher, pieces, sentences):
        """Adds up what the teacher makes of the sentences, each a list of runs."""
        owners = []

        def tokens():
            for sentence in sentences:
                splits = [pieces.split(run) for run in sentence]
                owned = [self.owners(run, split, pieces) for run, split in zip(sentence, splits)]
                owners.append([-1, *sum(owned, []), -1])
                yield sum(splits, [])

        for _, starts, features in teacher.features(tokens()):
            own = np.concatenate(owners[:len(starts)])
            del owners[:len(starts)]
            ends = np.append(starts[1:], len(features)) - 1
            self.marks += features[starts].sum(0, np.float64) + features[ends].sum(0, np.float64)
            self.sentences += len(starts)
            order = np.argsort(own, kind="stable")
            order = order[np.searchsorted(own[order], 0):]
            units, first = np.unique(own[order], return_index=True)
            if len(units):
                self.sums[units] += np.add.reduceat(features[order], first, axis=0)


def synthetic(words, frequent, weights, random):
    """Sentences of words in random order, a frequent word beside each."""
    order = random.permutation(len(words))
    for start in range(0, len(order), WORDS_PER_SENTENCE):
        chosen = order[start:start + WORDS_PER_SENTENCE]
        beside = random.choice(len(frequent), len(chosen), p=weights)
        yield [run for i, j in zip(chosen, beside) for run in (SPACE + words[i], SPACE + frequent[j])]


def cut(found):
    return [found[start:start + LONGEST] for start in range(0, len(found), LONGEST)]


def learn(texts, dictionaries, pieces, teacher):
    """Units with their sums, from the clean texts and synthetic sentences."""
    random = np.random.default_rng(SEED)
    found_runs = [found for own in texts.values() for found in map(runs, own) if found]
    count = Counter(run for found in found_runs for run in found)
    is_piece = set(pieces.texts)
    names = {run for run, times in count.items() if times >= SEEN}
    reached, lists = set(count), []
    for language, (letters, size, more) in LANGUAGES.items():
        entries = dictionary(dictionaries / f"dictionary-{language}", letters)
        ranked = rank(entries, lambda form: pieces.score(SPACE + form), lambda form: SPACE + form in is_piece,
                      lambda form: count[SPACE + form])
        lists.append((ranked[:size], ranked[size:more]))
        names.update(SPACE + form for form in ranked[:size])
        reached.update(SPACE + form for form in ranked[:REACHED])
        print(f"{language}: {len(ranked)} forms")
    names.update(pieces.texts[i] for run in reached for i in pieces.split(run) if i > 2)
    units = Units(sorted(names))
    print(f"{len(units.names)} units")
    for words, others in lists:
        frequent = words[:FREQUENT]
        weights = np.exp([0.75 * pieces.score(SPACE + form) for form in frequent])
        for number in range(ROUNDS + 1):
            sentences = synthetic(others if number == ROUNDS else words, frequent, weights / weights.sum(), random)
            units.learn(teacher, pieces, sentences)
            print(f"round {number}: {units.sentences} sentences")
    units.learn(teacher, pieces, (part for found in found_runs for part in cut(found)))
    unseen = [name for name, times in zip(units.names, units.counts) if times == 0]
    units.learn(teacher, pieces, ([name] for name in unseen))
    print(f"{units.sentences} sentences, {len(unseen)} units alone")
    return units


def shorten(units, pieces, teacher):
    """Rows of RANK values, tokens per unit, and the first layer that makes them whole again."""
    net = teacher.net
    first = np.concatenate([net.d0, net.p1], axis=1)
    tokens = np.array([len(pieces.split(name)) for name in units.names], np.float32)
    values = units.sums / units.counts[:, None] @ net.cnn_W + tokens[:, None] * net.cnn_b
    mean = units.counts @ values / (units.counts @ tokens)
    rows = (values - tokens[:, None] * mean) @ first
    weights = np.minimum(np.sqrt(units.counts), CAP)[:, None].astype(np.float32)
    _, vectors = np.linalg.eigh((rows * weights).T @ (rows * weights))
    basis = vectors[:, ::-1][:, :model.RANK].astype(np.float32)
    marks = (units.marks / units.sentences) @ net.cnn_W + 2 * net.cnn_b
    return dict(rows=rows @ basis, tokens=tokens, basis=basis.T, mean=mean @ first, marks=marks @ first)


def turn(student, samples):
    """The directions in which sentence vectors differ most: the first `DIMENSIONS` of them make vectors shorter."""
    vectors = np.concatenate([student.sentences(texts) for texts in samples])
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    return directions[:, ::-1][:, :model.DIMENSIONS]


def write(path, units, pieces, teacher, texts):
    """Writes the model; its last layer is learnt from what the others make."""
    net, short = teacher.net, shorten(units, pieces, teacher)
    log_probabilities = dict(zip(pieces.texts[3:], pieces.scores[3:]))
    scores = np.array([log_probabilities.get(name, 0.0) for name in units.names], np.float32)
    parts = units.names, scores, short["tokens"], short["rows"], short["mean"], short["marks"]
    layers = [short["basis"], net.d1, net.d2, net.p3, net.d3]
    student = model.Student(model.write(*parts, [*layers, np.zeros((model.LAST, model.DIMENSIONS), np.float32)]))
    random = np.random.default_rng(SEED)
    samples = [list(random.permutation(own)[:SAMPLE]) for own in texts.values()]
    samples += [made_texts(units, letters, random) for letters, _, _ in LANGUAGES.values()]
    path.write_bytes(model.write(*parts, [*layers, turn(student, samples)]))


def made_texts(units, letters, random):
    """Texts of eight words of a language, by frequency in the texts and the synthetic sentences."""
    wanted = re.compile(SPACE + letters)
    words = [number for number, name in enumerate(units.names) if wanted.fullmatch(name)]
    weights = np.sqrt(units.counts[words])
    drawn = random.choice(len(words), (SAMPLE, 8), p=weights / weights.sum())
    return ["".join(units.names[words[i]] for i in row).strip() for row in drawn]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, required=True, help="folder of the data sets")
    parser.add_argument("--dictionaries", type=pathlib.Path, required=True,
                        help="folder with dictionary-ru and dictionary-en, see README.md")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="the model file to write")
    options = parser.parse_args()
    texts, pieces, teacher = clean_texts(options.data), Pieces(), Teacher()
    units = learn(texts, options.dictionaries, pieces, teacher)
    write(options.out, units, pieces, teacher, texts)


if __name__ == "__main__":
    main()
