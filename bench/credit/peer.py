#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Atlas's models of default beside scikit-learn's on four public credit tables: same rows, same columns,
same five folds. Sex, age, marriage, education and the like are not inputs of either.

For each table the columns are written as numbers, `tests_learning_slow` trains by fold and writes
its out-of-fold scores (test CreditPeer.ScoresATableByFold), and here a logistic regression and
histogram boosting are trained on the same folds. Printed: area under the curve, the paired
difference to the better of the two (rows drawn again 1,000 times, 95 %), and the calibration error in
10 bins of equal count, after Platt's scaling learnt on the other folds.

    python3 -m venv v && v/bin/pip install scikit-learn
    v/bin/python bench/credit/peer.py build/release/tests_learning_slow FOLDER
"""
import argparse
import csv
import gzip
import os
import subprocess
import tempfile

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

# name: file, label, left out (identity, protected attributes and close proxies), codes of absence
TABLES = {
    "heloc": ("heloc/heloc_dataset_v1.csv.gz", "RiskPerformance", (), (-7.0, -8.0, -9.0)),
    "uci": ("uci_default/UCI_Credit_Card.csv.gz", "Default",
            ("ID", "SEX", "EDUCATION", "MARRIAGE", "AGE"), ()),
    "hmeq": ("hmeq/hmeq.csv.gz", "BAD", (), ()),
    "lendingclub": ("lendingclub_fico/loan_data.csv.gz", "not.fully.paid", (), ()),
}


def load(folder, name):
    path, label, left_out, codes = TABLES[name]
    with gzip.open(os.path.join(folder, path), "rt", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    names = [n for n in rows[0] if n != label and n not in left_out]
    columns, shown = [], []
    for n in names:
        words = sorted({r[n] for r in rows if r[n] and not is_number(r[n])})
        if words:  # One column a word: no order is made up.
            for word in words:
                columns.append([float(r[n] == word) for r in rows])
                shown.append(f"{n}={word}")
        else:
            columns.append([float(r[n]) if r[n] else float("nan") for r in rows])
            shown.append(n)
    x = np.array(columns).T
    y = np.array([int(float(r[label])) for r in rows])
    return x, y, shown, codes


def is_number(text):
    try:
        float(text)
        return True
    except ValueError:
        return False


def ours(program, x, y):
    """Out-of-fold scores (log-odds) and folds of what we choose."""
    with tempfile.TemporaryDirectory() as folder:
        table, scores = os.path.join(folder, "table.csv"), os.path.join(folder, "scores.csv")
        with open(table, "w", encoding="utf-8") as file:
            file.write("label," + ",".join(f"c{i}" for i in range(x.shape[1])) + "\n")
            for label, row in zip(y, x):
                file.write(f"{label}," + ",".join(repr(float(v)) for v in row) + "\n")
        env = dict(os.environ, ATLAS_CREDIT_TABLE=table, ATLAS_CREDIT_SCORES=scores)
        subprocess.run([program, "--gtest_filter=CreditPeer.ScoresATableByFold"], env=env,
                       check=True, stdout=subprocess.DEVNULL)
        told = np.loadtxt(scores, delimiter=",", skiprows=1)
    return told[:, 1], told[:, 0].astype(int)


def spread(x, codes):
    """For the logistic regression: an indicator of absence and of each code, zero in their place."""
    parts = []
    for column in x.T:
        away = np.isnan(column)
        parts.append(away.astype(float))
        for code in codes:
            parts.append((column == code).astype(float))
            away = away | (column == code)
        middle = np.mean(column[~away]) if (~away).any() else 0.0
        parts.append(np.where(away, middle, column))
    return np.array(parts).T


def peers(x, y, folds, codes):
    wide = spread(x, codes)
    logistic, boosted = np.zeros(len(y)), np.zeros(len(y))
    for k in np.unique(folds):
        train, test = folds != k, folds == k
        linear = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500))
        linear.fit(wide[train], y[train])
        logistic[test] = linear.decision_function(wide[test])
        trees = HistGradientBoostingClassifier(learning_rate=0.03, max_iter=400, max_depth=4,
                                               min_samples_leaf=20, random_state=1)
        trees.fit(x[train], y[train])
        boosted[test] = trees.decision_function(x[test])
    return logistic, boosted


def calibration_error(scores, y, folds, bins=10):
    chance = np.zeros(len(y))
    for k in np.unique(folds):
        train, test = folds != k, folds == k
        scale = LogisticRegression(C=1e6).fit(scores[train, None], y[train])
        chance[test] = scale.predict_proba(scores[test, None])[:, 1]
    order = np.argsort(chance, kind="stable")
    return sum(len(part) / len(y) * abs(chance[part].mean() - y[part].mean())
               for part in np.array_split(order, bins))


def paired(ours_scores, peer_scores, y, resamples=1000):
    rng = np.random.default_rng(1)
    found = []
    for _ in range(resamples):
        drawn = rng.integers(0, len(y), len(y))
        found.append(roc_auc_score(y[drawn], ours_scores[drawn]) -
                     roc_auc_score(y[drawn], peer_scores[drawn]))
    return np.quantile(found, [0.025, 0.975])


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", help="tests_learning_slow")
    parser.add_argument("folder", help="with the four tables")
    parser.add_argument("--tables", default=",".join(TABLES))
    args = parser.parse_args()
    for name in args.tables.split(","):
        x, y, shown, codes = load(args.folder, name)
        scores, folds = ours(args.program, x, y)
        logistic, boosted = peers(x, y, folds, codes)
        areas = {"logistic": roc_auc_score(y, logistic), "boosting": roc_auc_score(y, boosted)}
        best = max(areas, key=areas.get)
        low, high = paired(scores, logistic if best == "logistic" else boosted, y)
        print(f"{name}: {len(y)} rows, {len(shown)} columns; ours {roc_auc_score(y, scores):.4f}, "
              f"logistic {areas['logistic']:.4f}, boosting {areas['boosting']:.4f}; ours less {best} "
              f"95 % [{low:+.4f}, {high:+.4f}]; calibration error "
              f"{calibration_error(scores, y, folds):.4f}", flush=True)


if __name__ == "__main__":
    main()
