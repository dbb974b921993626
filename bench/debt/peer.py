#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Atlas's best debt plan beside HiGHS and CBC on the same question.

The household becomes a mixed-integer program over months (fixed minimums, deferred interest,
monthly fees), solved by HiGHS and by CBC with a time limit; Atlas answers through
`atlas calc debt-plan`. All three costs and bounds are of interest and fees; rounding to cents
is in Atlas's figures alone.

    python3 -m venv v && v/bin/pip install highspy pulp
    v/bin/python bench/debt/peer.py build/release/atlas --instances 5 --debts 4 --limit 20
"""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time

import highspy


def make(seed, debts):
    rng = random.Random(seed)
    rows = []
    for i in range(debts):
        balance = rng.randint(300, 6000)
        row = {"id": f"d{i}", "balance": f"{balance}.00", "apr": f"0.{rng.randint(600, 2999):04d}",
               "minimum": {"fixed": f"{max(25, balance * 4 // 100)}.00"}}
        if rng.random() < 0.4:
            months = rng.randint(4, 12)
            row["promo"] = {"apr": "0", "deferred": True,
                            "until": f"{2027 + (months - 1) // 12}-{(months - 1) % 12 + 1:02d}-01"}
            row["_promo_months"] = months
        if rng.random() < 0.3:
            row["fee_monthly"] = f"{rng.randint(1, 10)}.00"
        rows.append(row)
    minimums = sum(float(r["minimum"]["fixed"]) for r in rows)
    budget = int(minimums * (1 + rng.randint(30, 120) / 100)) + 50
    return {"currency": "USD", "start": "2026-12-01", "monthly_budget": f"{budget}.00",
            "strategy": "optimal", "debts": rows}


def ask_atlas(program, request):
    clean = dict(request, debts=[{k: v for k, v in d.items() if not k.startswith("_")}
                                 for d in request["debts"]])
    begin = time.perf_counter()
    answer = subprocess.run([program, "calc", "debt-plan"], input=json.dumps(clean), text=True,
                            capture_output=True, check=True)
    seconds = time.perf_counter() - begin
    plan = json.loads(answer.stdout)
    cost = float(plan["total_interest"]) + float(plan["total_fees"])
    return cost, float(plan["optimality"]["lower_bound"]), seconds, plan["months"]


class Model:
    """Least total payment; balances are constants, so that is least interest and fees."""

    def __init__(self, request, months):
        self.h = highspy.Highs()
        self.h.setOptionValue("output_flag", False)
        inf = highspy.kHighsInf
        budget = float(request["monthly_budget"])
        self.owed = sum(float(d["balance"]) for d in request["debts"])
        spent = [[] for _ in range(months)]
        for d in request["debts"]:
            rate = float(d["apr"]) / 12
            fee, least = float(d.get("fee_monthly", 0)), float(d["minimum"]["fixed"])
            promo = d.get("_promo_months", 0)
            big = float(d["balance"]) * (1 + rate) ** (months + 1) + fee * months
            balance, opened, held = self.var(float(d["balance"]), float(d["balance"])), \
                self.var(1, 1, whole=True), self.var(0, 0)
            for t in range(1, months + 1):
                now = 0.0 if t <= promo else rate
                charged = None
                if promo and t == promo + 1:
                    charged = self.var(0, inf)
                    self.row(-big, inf, [(charged, 1), (held, -1), (opened, -big)])
                last = t == months
                paid = self.var(0, inf, cost=1)
                after = self.var(0, 0 if last else inf)
                spent[t - 1].append(paid)
                terms = [(after, 1), (balance, -1 - now), (opened, -fee), (paid, 1)]
                self.row(0, 0, terms + ([(charged, -1 - now)] if charged is not None else []))
                if promo and t <= promo:
                    more = self.var(0, inf)
                    self.row(0, 0, [(more, 1), (held, -1 - rate), (balance, -rate)])
                    held = more
                balance = after
                if not last:
                    still = self.var(0, 1, whole=True)
                    self.row(-inf, 0, [(after, 1), (still, -big)])
                    self.row(-inf, 0, [(still, 1), (opened, -1)])
                    self.row(0, inf, [(paid, 1), (still, -least)])
                    opened = still
        for paid in spent:
            self.row(-inf, budget, [(p, 1) for p in paid])

    def var(self, low, high, cost=0.0, whole=False):
        self.h.addVar(low, high)
        index = self.h.getNumCol() - 1
        if cost:
            self.h.changeColCost(index, cost)
        if whole:
            self.h.changeColIntegrality(index, highspy.HighsVarType.kInteger)
        return index

    def row(self, low, high, terms):
        columns, values = [t[0] for t in terms], [t[1] for t in terms]
        self.h.addRow(low, high, len(terms), columns, values)

    def highs(self, limit):
        self.h.setOptionValue("time_limit", float(limit))
        self.h.setOptionValue("threads", 1)
        begin = time.perf_counter()
        self.h.run()
        seconds = time.perf_counter() - begin
        info = self.h.getInfo()
        return info.objective_function_value - self.owed, info.mip_dual_bound - self.owed, seconds

    def cbc(self, limit):
        import pulp
        binary = pulp.apis.PULP_CBC_CMD().path
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "model.mps")
            self.h.writeModel(path)
            begin = time.perf_counter()
            run = subprocess.run([binary, path, "sec", str(limit), "threads", "0", "solve"],
                                 capture_output=True, text=True, check=False)
            seconds = time.perf_counter() - begin
        cost = bound = None
        for line in run.stdout.splitlines():
            words = line.split()
            if line.startswith("Objective value:"):
                cost = float(words[-1]) - self.owed
            elif line.startswith("Lower bound:"):
                bound = float(words[-1]) - self.owed
        return cost, cost if bound is None else bound, seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--instances", type=int, default=5)
    parser.add_argument("--debts", type=int, default=4)
    parser.add_argument("--limit", type=float, default=20)
    args = parser.parse_args()
    print("seed months |   Atlas cost      bound     s |   HiGHS cost      bound     s |"
          "     CBC cost      bound     s | time ratios")
    for seed in range(1, args.instances + 1):
        request = make(seed, args.debts)
        cost, bound, seconds, months = ask_atlas(args.program, request)
        line = f"{seed:4d} {months:6d} | {cost:12.2f} {bound:10.2f} {seconds:5.2f} |"
        ratios = []
        for solve in (lambda: Model(request, months + 2).highs(args.limit),
                      lambda: Model(request, months + 2).cbc(args.limit)):
            peer = solve()
            shown = "none" if peer[0] is None else f"{peer[0]:.2f}"
            floor = "none" if peer[1] is None else f"{peer[1]:.2f}"
            line += f" {shown:>12} {floor:>10} {peer[2]:5.2f} |"
            ratios.append(f"{peer[2] / seconds:.0f}x")
            if peer[0] is not None and peer[0] < bound - 0.01 * months * args.debts:
                sys.exit(f"seed {seed}: a solver is below the bound Atlas printed")
        print(line, " ".join(ratios), flush=True)


if __name__ == "__main__":
    main()
