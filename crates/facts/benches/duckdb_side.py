"""DuckDB's side of the benchmark: reads a snapshot into native tables and answers questions line by line.

Usage: duckdb_side.py SNAPSHOT_FOLDER. On standard input `time Q1` gives milliseconds, `answer Q1` gives the rows, each
as one line of JSON. Codes, months and weeks are small integers and the topics of items a table of their own, which is
what DuckDB is fastest with (with a list column and date_trunc it takes many times as long); names are put in afterwards.
"""

import datetime
import json
import os
import sys
import time

import duckdb

FIRST_DAY = "DATE '2024-11-01'"
FIRST_MONDAY = datetime.date(2024, 10, 28)
LAST_DAY = f"({FIRST_DAY} + 730)"
CODED = {
    "source": "UTINYINT", "channel": "UTINYINT", "unit": "UTINYINT", "product": "UTINYINT",
    "touchpoint": "UTINYINT", "segment": "UTINYINT", "region": "UTINYINT", "language": "UTINYINT",
}
NPS = "count(nps), sum((nps >= 9)::INTEGER), sum((nps <= 6)::INTEGER)"


def load(snapshot: str) -> duckdb.DuckDBPyConnection:
    """A database in memory with the items and their topics as native tables, as many threads as there are cores."""
    with open(os.path.join(snapshot, "manifest.json"), encoding="utf-8") as file:
        folder = os.path.join(snapshot, json.load(file)["manifest"]["folder"])
    base = duckdb.connect()
    base.execute(f"SET threads TO {os.cpu_count()}")
    coded = ", ".join(f"{name}::{kind} AS {name}" for name, kind in CODED.items())
    base.execute(
        f"CREATE TABLE items AS SELECT number::UINTEGER AS number, day, {coded}, customer::UINTEGER AS customer, "
        "nps::UTINYINT AS nps, csat::UTINYINT AS csat, ces::UTINYINT AS ces, complaint, topics, "
        "((year(day) - 2024) * 12 + month(day))::UTINYINT AS month, "
        f"((day - DATE '{FIRST_MONDAY}') // 7)::UTINYINT AS week "
        f"FROM read_parquet('{folder}/[0-9]*.parquet') ORDER BY day, number"
    )
    base.execute(
        "CREATE TABLE labels AS SELECT unnest(topics)::USMALLINT AS topic, day, customer, segment, "
        "(coalesce(nps <= 6, false) OR complaint)::UTINYINT AS bad FROM items ORDER BY day, number"
    )
    base.execute("ALTER TABLE items DROP topics")
    base.execute(f"CREATE TABLE dictionary AS SELECT * FROM '{folder}/dictionary.parquet'")
    return base


def questions(code) -> dict[str, tuple[str, list]]:
    """SQL of each question, and what its key columns are."""
    topics = ", ".join(str(code("topic", f"topic {n:03}")) for n in (3, 17, 42, 99, 150))
    channels = ", ".join(str(code("channel", f"channel {n:02}")) for n in (1, 4))
    niche = " AND ".join(
        f"{dimension} = {code(dimension, value)}"
        for dimension, value in (("region", "region 03"), ("product", "product 02"), ("unit", "unit 01"))
    )
    recode = "CASE WHEN nps >= 9 THEN 100 WHEN nps >= 7 THEN 0 ELSE -100 END"
    return {
        "Q1": (f"SELECT month, {NPS} FROM items WHERE nps IS NOT NULL GROUP BY 1", ["month"]),
        "Q2": (
            f"SELECT month, segment, count(nps), avg({recode}), var_pop({recode}) FROM items "
            f"WHERE channel IN ({channels}) AND nps IS NOT NULL GROUP BY 1, 2",
            ["month", "segment"],
        ),
        "Q3": (
            "WITH counted AS (SELECT topic, count(DISTINCT customer) AS customers, avg(bad) AS share FROM labels "
            f"WHERE day >= {LAST_DAY} - 90 AND day < {LAST_DAY} GROUP BY 1) SELECT topic, customers, share FROM counted "
            "JOIN dictionary ON dimension = 'topic' AND code = topic ORDER BY customers DESC, value LIMIT 20",
            ["topic"],
        ),
        "Q4": ("SELECT touchpoint, week, count(*), sum(complaint::INTEGER) FROM items GROUP BY 1, 2", ["touchpoint", "week"]),
        "Q5": (
            f"SELECT segment, count(DISTINCT customer) FROM labels WHERE topic IN ({topics}) "
            f"AND day >= {FIRST_DAY} + 200 AND day < {FIRST_DAY} + 382 GROUP BY 1",
            ["segment"],
        ),
        "Q6": (
            "SELECT touchpoint, channel, count(*), coalesce(sum((nps >= 9)::INTEGER), 0), "
            "coalesce(sum((nps <= 6)::INTEGER), 0) FROM items "
            f"WHERE day >= {LAST_DAY} - 30 AND day < {LAST_DAY} GROUP BY 1, 2",
            ["touchpoint", "channel"],
        ),
        "Q7": (f"SELECT month, {NPS} FROM items WHERE nps IS NOT NULL AND {niche} GROUP BY 1", ["month"]),
        "Q8": (f"SELECT day, count(*) FROM labels WHERE topic = {code('topic', 'topic 042')} GROUP BY 1", ["day"]),
    }


def label(names: dict, kind: str, value) -> str | None:
    """A key as the facts write it."""
    if value is None:
        return None
    if kind == "month":
        return f"{2024 + (value - 1) // 12}-{(value - 1) % 12 + 1:02}"
    if kind == "week":
        return (FIRST_MONDAY + datetime.timedelta(weeks=value)).isoformat()
    if kind == "day":
        return value.isoformat()
    return names[kind, value]


def main() -> None:
    base = load(sys.argv[1])
    words = base.execute("SELECT dimension, code, value FROM dictionary").fetchall()
    names = {(dimension, code): value for dimension, code, value in words}
    codes = {(dimension, value): code for dimension, code, value in words}
    asked = questions(lambda dimension, value: codes.get((dimension, value), 0))
    print(json.dumps(f"DuckDB {duckdb.__version__}, {os.cpu_count()} threads"), flush=True)
    for line in sys.stdin:
        verb, question = line.split()
        sql, kinds = asked[question]
        start = time.perf_counter()
        rows = base.execute(sql).fetchall()
        elapsed_ms = (time.perf_counter() - start) * 1000
        if verb == "answer":
            keyed = [[label(names, kind, value) for kind, value in zip(kinds, row)] + list(row[len(kinds):]) for row in rows]
            print(json.dumps(keyed), flush=True)
        else:
            print(json.dumps(elapsed_ms), flush=True)


main()
