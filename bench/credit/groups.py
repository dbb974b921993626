#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How the credit models do by group. No group is an input of a model: they only measure here.

Default risk: the UCI table of card clients, which names sex, education, marriage and age; scores of
the same five folds as in peer.py, without these columns. Printed for each group: rows, share that
defaults, mean predicted, area under the curve, calibration error (10 bins), and the share flagged
among those who do not default (false-positive rate) when as many are flagged as default in all.
Score: the lender's table, which names no such group; by quartile of income and by length of credit
history, a stand-in for age: mean error, mean of estimate less score, coverage of the 90 % interval.
Each with 95 % of 1,000 draws of the rows.

    python3 -m venv v && v/bin/pip install scikit-learn
    v/bin/python bench/credit/groups.py build/release/tests_learning_slow FOLDER
"""
import argparse
import csv
import gzip
import os
import shutil
import subprocess
import tempfile

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

import peer

DRAWS = 1000


def interval(measure, rows, rng):
    """The measure of the rows, and the middle 95 % of it over rows drawn again."""
    drawn = [measure(rng.choice(rows, len(rows))) for _ in range(DRAWS)]
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return measure(rows), low, high


def shown(found, digits=3):
    value, low, high = found
    return f"{value:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def chances(scores, y, folds):
    """Platt's scaling, learnt on the other folds."""
    told = np.zeros(len(y))
    for k in np.unique(folds):
        train, test = folds != k, folds == k
        scale = LogisticRegression(C=1e6).fit(scores[train, None], y[train])
        told[test] = scale.predict_proba(scores[test, None])[:, 1]
    return told


def calibration_error(chance, y, bins=10):
    order = np.argsort(chance, kind="stable")
    return sum(len(part) / len(y) * abs(chance[part].mean() - y[part].mean())
               for part in np.array_split(order, bins))


def table_of(folder, path):
    with gzip.open(os.path.join(folder, path), "rt", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    return {name: np.array([r[name] for r in rows]) for name in rows[0]}


def default_groups(table):
    sex, school = table["SEX"].astype(int), table["EDUCATION"].astype(int)
    marriage, age = table["MARRIAGE"].astype(int), table["AGE"].astype(int)
    yield "men", sex == 1
    yield "women", sex == 2
    for code, name in ((1, "graduate school"), (2, "university"), (3, "high school")):
        yield name, school == code
    yield "other or unknown education", ~np.isin(school, (1, 2, 3))
    yield "married", marriage == 1
    yield "single", marriage == 2
    yield "other or unknown marriage", ~np.isin(marriage, (1, 2))
    for low, high in ((0, 29), (30, 39), (40, 49), (50, 200)):
        yield (f"age {low} to {high}" if low else "age below 30") if high < 200 else "age 50 and up", \
            (age >= low) & (age <= high)


def by_default(program, folder):
    x, y, _, _ = peer.load(folder, "uci")
    scores, folds = peer.ours(program, x, y)
    chance = chances(scores, y, folds)
    flagged = chance >= np.quantile(chance, 1 - y.mean())
    print("| group | rows | default | predicted | AUC | calibration error | false-positive rate |")
    print("|---|---|---|---|---|---|---|")
    rng = np.random.default_rng(1)
    table = table_of(folder, peer.TABLES["uci"][0])
    for name, belongs in [("all", np.ones(len(y), bool)), *default_groups(table)]:
        rows = np.flatnonzero(belongs)
        auc = interval(lambda r: roc_auc_score(y[r], scores[r]), rows, rng)
        error = interval(lambda r: calibration_error(chance[r], y[r]), rows, rng)
        wrong = interval(lambda r: flagged[r][y[r] == 0].mean(), rows, rng)
        print(f"| {name} | {len(rows):,} | {y[rows].mean():.3f} | {chance[rows].mean():.3f} | "
              f"{shown(auc)} | {shown(error)} | {shown(wrong)} |", flush=True)


def estimates(program, folder, kept):
    """Each row's estimate by a model that has not seen it."""
    if kept:
        return np.genfromtxt(kept, delimiter=",", names=True)
    with tempfile.TemporaryDirectory() as place:
        plain, out = os.path.join(place, "loans.csv"), os.path.join(place, "estimates.csv")
        with gzip.open(os.path.join(folder, peer.TABLES["lendingclub"][0])) as source, \
                open(plain, "wb") as file:
            shutil.copyfileobj(source, file)
        env = dict(os.environ, ATLAS_LENDINGCLUB=plain, ATLAS_CREDIT_SCORES=out)
        subprocess.run([program, "--gtest_filter=CreditFolds*"], env=env, check=True,
                       stdout=subprocess.DEVNULL)
        return np.genfromtxt(out, delimiter=",", names=True)


def score_groups(table):
    income = np.exp(table["log.annual.inc"].astype(float))
    years = table["days.with.cr.line"].astype(float) / 365.25
    quarters = np.quantile(income, [0.25, 0.5, 0.75])
    for i, name in enumerate(("lowest", "second", "third", "highest")):
        yield f"{name} quarter of incomes", np.searchsorted(quarters, income, side="left") == i
    for low, high in ((0, 7), (7, 12), (12, 20), (20, 100)):
        yield (f"history of {low} to {high} years" if high < 100 else "history of 20 years and up"), \
            (years >= low) & (years < high)


def by_score(program, folder, kept):
    told = estimates(program, folder, kept)
    error = told["estimate"] - told["score"]
    covered = (told["low"] <= told["score"]) & (told["score"] <= told["high"])
    print("\n| group | rows | mean error | estimate less score | coverage |")
    print("|---|---|---|---|---|")
    rng = np.random.default_rng(2)
    table = table_of(folder, peer.TABLES["lendingclub"][0])
    for name, belongs in [("all", np.ones(len(error), bool)), *score_groups(table)]:
        rows = np.flatnonzero(belongs)
        print(f"| {name} | {len(rows):,} | "
              f"{shown(interval(lambda r: abs(error[r]).mean(), rows, rng), 1)} | "
              f"{shown(interval(lambda r: error[r].mean(), rows, rng), 1)} | "
              f"{shown(interval(lambda r: covered[r].mean(), rows, rng))} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", help="tests_learning_slow")
    parser.add_argument("folder", help="with the tables")
    parser.add_argument("--estimates", help="estimates that CreditFolds has written before")
    parser.add_argument("--only", choices=("default", "score"))
    args = parser.parse_args()
    if args.only != "score":
        by_default(args.program, args.folder)
    if args.only != "default":
        by_score(args.program, args.folder, args.estimates)


if __name__ == "__main__":
    main()
