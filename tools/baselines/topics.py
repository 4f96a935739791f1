"""Accuracy of other methods on the tasks of the example `topics` of `otklik-text`: TF-IDF with a linear SVM, fastText."""

import argparse
import csv
import gzip
import pathlib
import re
import tempfile

import numpy as np
import snowballstemmer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

csv.field_size_limit(1 << 24)
STEMMERS = snowballstemmer.stemmer("russian"), snowballstemmer.stemmer("english")
SEEDS = 3


def read(data, name):
    with gzip.open(data / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def stems(text):
    return [STEMMERS[0 if re.search("[а-я]", word) else 1].stemWord(word) for word in re.findall(r"\w+", text.lower())]


def svm():
    """Stems and pairs of stems, and parts of words of 3 to 5 characters."""
    words = TfidfVectorizer(analyzer="word", tokenizer=stems, token_pattern=None, ngram_range=(1, 2), sublinear_tf=True)
    parts = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    return make_pipeline(make_union(words, parts), LinearSVC())


class FastText:
    """fastText with pairs of words, parts of words and 100 dimensions."""

    def fit(self, texts, labels):
        import fasttext

        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
            for text, label in zip(texts, labels):
                file.write(f"__label__{label.replace(' ', '_')} {' '.join(stems(text))}\n")
            file.flush()
            epochs = 25 if len(texts) > 2_000 else 100
            self.model = fasttext.train_supervised(file.name, lr=0.5, epoch=epochs, wordNgrams=2, minn=3, maxn=5, dim=100,
                                                   thread=1, verbose=0)
        self.names = {label.replace(" ", "_"): label for label in set(labels)}
        return self

    def predict(self, texts):
        found = [self.model.f.predict(" ".join(stems(text)) + "\n", 1, 0.0, "strict")[0][1] for text in texts]
        return np.array([self.names[label.removeprefix("__label__")] for label in found])


def draw(labels, shots, seed):
    random = np.random.default_rng(seed)
    return np.concatenate([random.permutation(np.flatnonzero(labels == name))[:shots] for name in np.unique(labels)])


def tasks(data):
    """Name, texts and labels to learn from, texts and labels to test on."""
    def task(name, train, test, label):
        return name, *((np.array([row[key] for row in part], dtype=object)) for part in (train, test) for key in ("text", label))

    rows = read(data, "en_banking77_intents")
    yield task("banking77", *([row for row in rows if row["split"] == split] for split in ("train", "test")), "category")
    rows = read(data, "en_cfpb_loan_complaints")
    early = [row["date_received"] < "2023-07" for row in rows]
    parts = [[row for row, own in zip(rows, early) if own == wanted] for wanted in (True, False)]
    yield task("complaints, issue", *parts, "issue")
    rows = [row for row in read(data, "en_fr_app_reviews_types") if row["lang"] == "en"]
    train, test = [row for number, row in enumerate(rows) if number % 5], rows[::5]
    for label in ("problem_report", "feature_request", "irrelevant"):
        yield task(f"app reviews, {label}", train, test, label)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, required=True, help="folder of the data sets")
    parser.add_argument("--methods", nargs="*", default=["svm", "fasttext"])
    options = parser.parse_args()
    for method in options.methods:
        make = {"svm": svm, "fasttext": FastText}[method]
        for name, texts, labels, test, truth in tasks(options.data):
            found = make().fit(texts, labels).predict(test)
            f1 = f1_score(truth, found, average="macro", labels=np.unique(truth), zero_division=0)
            print(f"{method:9} {name:32} accuracy {100 * np.mean(found == truth):.1f}, macro F1 {100 * f1:.1f}", flush=True)
            for shots in (10, 5) if name == "banking77" else ():
                drawn = [draw(labels, shots, seed) for seed in range(SEEDS)]
                right = [np.mean(make().fit(texts[own], labels[own]).predict(test) == truth) for own in drawn]
                print(f"{method:9} {f'{name}, {shots} a topic':32} accuracy {100 * np.mean(right):.1f}", flush=True)


if __name__ == "__main__":
    main()
