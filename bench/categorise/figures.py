#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Figures of the categoriser for one user, from outside: rows go through `atlas calc categorise`.

    figures.py --atlas build/release/atlas --rows ROWS.csv [--mcc]

ROWS.csv has a header with date, description, amount, currency, direction, mcc, atlas (the label).
Prints cold start and replay: shares with Wilson 95 % intervals, macro-F1, corrections per 100,
the calibration error with a bootstrap interval, and recall and precision of what is told by
structure. Only the standard library."""
import argparse
import csv
import json
import random
import subprocess
from collections import Counter
from datetime import date

STRUCTURES = {
    "transfers": ("transfer.internal", "transfer.card_payment", "transfer"),
    "salaries": ("income.wages",),
    "refunds": ("income.refund",),
    "fees": ("bank.fees",),
    "interest": ("bank.interest", "income.interest_dividends"),
    "cash": ("transfer.cash",),
    "person to person": ("transfer.p2p",),
}


def top(category):
    return category.split(".")[0]


def wilson(right, of, z=1.959963984540054):
    if of == 0:
        return "none"
    p = right / of
    mid = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z * ((p * (1 - p) / of + z * z / (4 * of * of)) ** 0.5) / (1 + z * z / of)
    return f"{100 * p:.1f} % ({100 * (mid - half):.1f}–{100 * (mid + half):.1f}) of {of}"


def read(path, with_mcc):
    rows = [row for row in csv.DictReader(open(path, encoding="utf-8")) if row["atlas"]]
    if rows and rows[0]["date"] > rows[-1]["date"]:
        rows.reverse()
    rows.sort(key=lambda row: row["date"][:10])
    lines = []
    for number, row in enumerate(rows):
        amount = row["amount"].lstrip("-+")
        if row["direction"] == "debit" or (not row["direction"] and row["amount"].startswith("-")):
            amount = "-" + amount
        line = {"id": number, "date": row["date"][:10], "amount": amount,
                "currency": row["currency"], "description": row["description"],
                "label": row["atlas"]}
        if with_mcc and row["mcc"].strip():
            line["mcc"] = row["mcc"].split(".")[0].zfill(4)
        lines.append(line)
    return lines


def ask(atlas, lines, replay):
    command = [atlas, "calc", "categorise"] + (["--replay"] if replay else [])
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    out = subprocess.run(command, input=text.encode(), stdout=subprocess.PIPE, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def best(answer):
    """The likeliest, filed or not."""
    if answer["category"] != "other.unknown":
        return answer["category"]
    others = answer.get("alternatives", [])
    return others[0]["category"] if others else "other.unknown"


def is_right(answer, label):
    filed = answer["category"]
    return filed == label if "." in filed and "." in label else top(filed) == top(label)


def calibration_error(pairs):
    bins = {}
    for confidence, right in pairs:
        entry = bins.setdefault(min(int(confidence * 10), 9), [0, 0.0, 0])
        entry[0] += 1
        entry[1] += confidence
        entry[2] += right
    total = sum(entry[0] for entry in bins.values())
    return sum(abs(entry[1] - entry[2]) for entry in bins.values()) / max(total, 1)


def macro_f1(answers, labels):
    """Over tops that occur, of the likeliest."""
    given = Counter(top(best(answer)) for answer in answers)
    wanted = Counter(top(label) for label in labels)
    right = Counter(top(l) for a, l in zip(answers, labels) if top(best(a)) == top(l))
    return sum(2 * right[t] / (wanted[t] + given[t]) for t in wanted) / len(wanted)


def show(name, answers, labels):
    filed = [(a, l) for a, l in zip(answers, labels) if a["category"] != "other.unknown"]
    leaves = [(a, l) for a, l in filed if "." in a["category"] and "." in l]
    wrong = sum(not is_right(a, l) for a, l in filed)
    pairs = [(a["confidence"], is_right(a, l)) for a, l in filed]
    drawn = random.Random(1)
    errors = sorted(calibration_error(drawn.choices(pairs, k=len(pairs))) for _ in range(400)) \
        if pairs else [0]
    per = 100 / max(len(labels), 1)
    print(f"{name}: {len(labels)} rows")
    print("  likeliest top right ", wilson(sum(top(best(a)) == top(l)
                                               for a, l in zip(answers, labels)), len(labels)))
    print("  filed               ", wilson(len(filed), len(labels)))
    print("  right among them    ", wilson(sum(top(a["category"]) == top(l) for a, l in filed),
                                           len(filed)))
    print("  filed at a leaf     ", wilson(len(leaves), sum("." in l for l in labels)))
    print("  right among them    ", wilson(sum(a["category"] == l for a, l in leaves), len(leaves)))
    print(f"  macro-F1 of tops     {macro_f1(answers, labels):.3f}")
    print(f"  calibration error    {calibration_error(pairs):.3f} "
          f"({errors[int(0.025 * len(errors))]:.3f}–{errors[int(0.975 * len(errors))]:.3f})")
    print(f"  filed wrongly        {wrong * per:.1f} per 100, asked {100 - len(filed) * per:.1f}")


def show_structures(answers, labels):
    for name, categories in STRUCTURES.items():
        wanted = [a for a, l in zip(answers, labels) if l in categories]
        given = [l for a, l in zip(answers, labels)
                 if a["category"] in categories and a["category"] != "transfer"]
        if wanted or given:
            found = sum(a["category"] in categories or
                        (a["category"] == top(categories[0])) for a in wanted)
            print(f"  {name:17} recall, filed so {wilson(found, len(wanted))}; likeliest so "
                  f"{wilson(sum(best(a) in categories for a in wanted), len(wanted))}; precision "
                  f"{wilson(sum(l in categories or l == top(categories[0]) for l in given), len(given))}")


def show_returns(lines, answers, begin=0):
    """Money in from a shop where at least as much was paid in the 120 days before. What the
    person calls it, and what is filed; transfers, pay and the bank's own are no shops."""
    bought, said, filed = {}, Counter(), [0, 0]
    for number, (line, answer) in enumerate(zip(lines, answers)):
        amount, day = float(line["amount"]), date.fromisoformat(line["date"])
        earlier = bought.setdefault(answer["merchant"], []) if answer["merchant"] else []
        if amount < 0:
            earlier.append((day, -amount, line["label"]))
            continue
        near = [label for when, paid, label in earlier if (day - when).days <= 120 and
                paid >= amount and top(label) not in ("transfer", "income", "bank", "debt")]
        if not near or number < begin:
            continue
        own = line["label"]
        said["as the purchase" if own in near or top(own) in map(top, near) else own] += 1
        filed[0] += top(best(answer)) == top(own)
        filed[1] += 1
    print(f"  back from a shop: the person files {dict(said)}; likeliest top right",
          wilson(filed[0], filed[1]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--atlas", required=True)
    parser.add_argument("--rows", required=True)
    parser.add_argument("--mcc", action="store_true", help="tell the merchant codes, if any")
    options = parser.parse_args()
    lines = read(options.rows, options.mcc)
    labels = [line["label"] for line in lines]
    cold = ask(options.atlas, lines, False)
    show("cold start", cold, labels)
    show_structures(cold, labels)
    show_returns(lines, cold)
    told = ask(options.atlas, lines, True)
    for name, begin, end in (("rows 250 to 1,000", 250, 1000), ("after 1,000", 1000, None),
                             ("settled, after 500", 500, None)):
        show(name, told[begin:end], labels[begin:end])
    show_structures(told[500:], labels[500:])
    show_returns(lines, told, 500)
    known, met = [], set()
    for answer, line in zip(told, lines):
        if answer["merchant"]:
            if answer["merchant"] in met:
                known.append(top(best(answer)) == top(line["label"]))
            met.add(answer["merchant"])
    print("known merchants, likeliest top right ", wilson(sum(known), len(known)))


if __name__ == "__main__":
    main()
