#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The peer's speed: TF-IDF of words and of 2 to 5 letters with a linear SVM (scikit-learn), on the
rows of one user; processor time of `predict`, best of five. With a second name it also writes the
rows for our own benchmark, whose whole cascade files the same rows with 50,000 answers in memory:

    OMP_NUM_THREADS=1 peer.py ROWS.csv ROWS.tsv
    ATLAS_CATEGORISE_ROWS=ROWS.tsv bench_learning --benchmark_filter=user_rows"""
import csv
import sys
import time

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

rows = [row for row in csv.DictReader(open(sys.argv[1], encoding="utf-8")) if row["atlas"]]
texts = [row["description"] for row in rows]
if len(sys.argv) > 2:
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        for row in rows:
            minor = round(float(row["amount"].lstrip("-+")) * 100)
            is_out = row["direction"] == "debit" or row["amount"].startswith("-")
            text = " ".join(row["description"].split())
            print(text, -minor if is_out else minor, row["currency"], row["atlas"], sep="\t", file=out)
model = make_pipeline(
    make_union(TfidfVectorizer(), TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5))),
    LinearSVC())
model.fit(texts, [row["atlas"] for row in rows])


def seconds_of(work):
    begin = time.process_time()
    work()
    return time.process_time() - begin


batch = min(seconds_of(lambda: model.predict(texts)) for _ in range(5))
single = min(seconds_of(lambda: [model.predict([text]) for text in texts[:100]]) for _ in range(3))
print(f"{len(texts) / batch:.0f} rows/s in a batch, {single * 1e4:.0f} µs one at a time")
