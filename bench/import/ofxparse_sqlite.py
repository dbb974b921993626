#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The peer: what a person writes in an evening. Reads an OFX file with ofxparse and puts each
transaction whose id is not there yet into SQLite, in one transaction, durably."""
import sqlite3
import sys

from ofxparse import OfxParser

with open(sys.argv[1], "rb") as file:
    account = OfxParser.parse(file).account
base = sqlite3.connect(sys.argv[2])
base.execute("PRAGMA journal_mode=WAL")
base.execute("PRAGMA synchronous=FULL")
base.execute("CREATE TABLE IF NOT EXISTS transactions(id TEXT PRIMARY KEY, day TEXT, amount TEXT, "
             "payee TEXT, memo TEXT)")
with base:
    base.executemany("INSERT OR IGNORE INTO transactions VALUES(?, ?, ?, ?, ?)",
                     ((t.id, t.date.date().isoformat(), str(t.amount), t.payee, t.memo)
                      for t in account.statement.transactions))
print(base.execute("SELECT count(*) FROM transactions").fetchone()[0])
