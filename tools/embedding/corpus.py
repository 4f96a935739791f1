"""Customer texts whose licences let us ship what was learnt from them, and the rows held out for tests."""

import csv
import gzip

csv.field_size_limit(1 << 24)

HELD_OUT = 5  # Every fifth row of a set without an official test part is never learnt from.


def read(data, name):
    with gzip.open(data / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def learnt(rows):
    return [row for number, row in enumerate(rows) if number % HELD_OUT]


def held_out(rows):
    return rows[::HELD_OUT]


def clean_texts(data):
    """Texts to learn from, by set."""
    apps = [row for row in read(data, "en_fr_app_reviews_types") if row["lang"] == "en"]
    return {
        "banking77": [r["text"] for r in read(data, "en_banking77_intents") if r["split"] == "train"],
        "domrf": [f"{r['title']}. {r['text']}" for r in learnt(read(data, "ru_bank_reviews_domrf"))],
        "apps": [r["text"] for r in learnt(apps)],
        "care": [r["text"] for r in read(data, "en_twitter_care_chats")],
        "cfpb": [r["text"] for r in read(data, "en_cfpb_loan_complaints") if r["date_received"] < "2023-07"],
    }
