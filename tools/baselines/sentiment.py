"""Positive or negative by TF-IDF and logistic regression, learnt from what `otklik-text`'s sentiment is learnt from."""

import argparse
import pathlib

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.pipeline import make_pipeline, make_union

from topics import read, stems


def of_stars(stars):
    return -1 if stars < "3" else 0 if stars == "3" else 1


def model():
    words = TfidfVectorizer(analyzer="word", tokenizer=stems, token_pattern=None, ngram_range=(1, 2), sublinear_tf=True)
    parts = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    return make_pipeline(make_union(words, parts), LogisticRegression(C=10, max_iter=2000))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, required=True, help="folder of the data sets")
    data = parser.parse_args().data
    bank = [(f"{row['title']}. {row['text']}", of_stars(row["rating"])) for row in read(data, "ru_bank_reviews_domrf")]
    apps = [(row["text"], of_stars(row["score"])) for row in read(data, "en_fr_app_reviews_types") if row["lang"] == "en"]
    groups = {"Detractor": -1, "Passive": 0, "Promoter": 1}
    survey = [(row["text"], groups[row["nps_group"]]) for row in read(data, "en_nps_survey_verbatims") if row["nps_group"]]
    learnt = [pair for rows in (bank, apps) for number, pair in enumerate(rows) if number % 5]
    fitted = model().fit(*zip(*learnt))
    classes = list(fitted.classes_)
    for name, rows in ("bank reviews (ru)", bank[::5]), ("app reviews (en)", apps[::5]), ("NPS survey", survey):
        texts, truth = zip(*rows)
        truth = np.array(truth)
        shares = fitted.predict_proba(texts)
        sign = np.where(shares[:, classes.index(1)] > shares[:, classes.index(-1)], 1, -1)
        found = fitted.predict(texts)
        told = truth != 0
        print(f"{name:20} positive or negative {100 * np.mean(sign[told] == truth[told]):.1f} (n {told.sum()}); "
              f"three classes {100 * np.mean(found == truth):.1f}, macro F1 {100 * f1_score(truth, found, average='macro'):.1f}",
              flush=True)


if __name__ == "__main__":
    main()
