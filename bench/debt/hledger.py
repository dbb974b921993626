#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A plan's schedule as a journal that hledger adds up itself.

Every month of every debt becomes one entry: interest and fees raise the liability, the payment
lowers it, and an assertion states the balance that Atlas printed. hledger refuses the journal if
one cent is off; its own totals are then held against the plan's.

    python3 bench/debt/hledger.py build/release/atlas --instances 50
"""
import argparse
import json
import random
import subprocess
import sys
from decimal import Decimal


def make(seed):
    rng = random.Random(seed)
    debts = []
    for i in range(rng.randint(1, 6)):
        balance = rng.randint(30_000, 900_000)
        debt = {"id": f"d{i}", "balance": f"{balance / 100:.2f}", "apr": f"0.{rng.randint(0, 2999):04d}",
                "compounding": rng.choice(["monthly", "daily"]),
                "minimum": {"fixed": f"{balance * 4 // 10_000}.00"}}
        if rng.random() < 0.3:
            debt["fee_monthly"] = f"{rng.randint(1, 10)}.00"
        if rng.random() < 0.3:
            debt["promo"] = {"apr": "0", "until": "2027-08-01", "deferred": rng.random() < 0.5}
        debts.append(debt)
    budget = sum(Decimal(d["minimum"]["fixed"]) for d in debts) + 20 * len(debts) + rng.randint(50, 400)
    return {"currency": "USD", "start": "2026-12-01", "monthly_budget": str(budget), "debts": debts,
            "strategy": rng.choice(["avalanche", "snowball", "hybrid", "optimal"]), "time_limit_ms": 20}


def journal(request, plan):
    lines = ["2026-12-01 opening"]
    for debt in request["debts"]:
        lines.append(f"    liabilities:{debt['id']}  $-{debt['balance']} = $-{debt['balance']}")
    lines.append("    equity:opening\n")
    for row in plan["schedule"]:
        fees = row.get("fees", "0")
        lines += [f"{row['date']} month {row['month']} {row['id']}",
                  f"    expenses:interest  ${row['interest']}", f"    expenses:fees  ${fees}",
                  f"    assets:checking  $-{row['paid']}",
                  f"    liabilities:{row['id']}  "
                  f"${Decimal(row['paid']) - Decimal(row['interest']) - Decimal(fees)}"
                  f" = ${-Decimal(row['balance'])}\n"]
    return "\n".join(lines)


def total(text, account):
    out = subprocess.run(["hledger", "-f", "-", "balance", account, "--no-total", "--flat", "-E"],
                         input=text, text=True, capture_output=True, check=True).stdout.split()
    return Decimal(out[0].replace("$", "").replace(",", "")) if out else Decimal(0)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--instances", type=int, default=50)
    args = parser.parse_args()
    entries = 0
    for seed in range(1, args.instances + 1):
        request = make(seed)
        run = subprocess.run([args.program, "calc", "debt-plan"], input=json.dumps(request), text=True,
                             capture_output=True, check=False)
        if run.returncode != 0:
            sys.exit(f"seed {seed}: {run.stdout}")
        plan = json.loads(run.stdout)
        text = journal(request, plan)
        check = subprocess.run(["hledger", "-f", "-", "check"], input=text, text=True,
                               capture_output=True, check=False)
        if check.returncode != 0:
            sys.exit(f"seed {seed}: hledger refuses the schedule\n{check.stderr}")
        told = {"expenses:interest": plan["total_interest"], "expenses:fees": plan["total_fees"],
                "assets:checking": "-" + plan["total_paid"], "liabilities": "0"}
        for account, amount in told.items():
            if total(text, account) != Decimal(amount):
                sys.exit(f"seed {seed}: {account} {total(text, account)} is not {amount}")
        entries += len(plan["schedule"])
    print(f"{args.instances} plans, {entries} entries: hledger agrees to the cent")


if __name__ == "__main__":
    main()
