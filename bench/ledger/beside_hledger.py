#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The same figures from hledger, which reads the whole journal each time, and from a running Atlas.

    beside_hledger.py ATLAS DIR JOURNAL

DIR holds the ledger that JOURNAL was exported from. Prints wall clock, processor time and peak
memory of `hledger bal` and `hledger reg`, and wall clock of the accounts and of every transaction
in pages of a thousand over the socket, with what the server holds.
"""
import json
import os
import subprocess
import sys
import time
import urllib.parse

from measure import LocalConnection, ask, held, start


def run(name, command):
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    print(f"| {name} | {time.monotonic() - began:.2f} | {used.ru_utime + used.ru_stime:.2f} | "
          f"{used.ru_maxrss // 1024} | {'' if status == 0 else 'failed'} |", flush=True)


def main():
    program, folder, journal = sys.argv[1:4]
    print("| asked | wall s | processor s | peak MB | |\n|---|---|---|---|---|")
    run("hledger bal", ["hledger", "-f", journal, "bal"])
    run("hledger reg of the account", ["hledger", "-f", journal, "reg", "assets"])
    process = start(program, folder)
    try:
        connection = LocalConnection(folder)
        began = time.monotonic()
        ask(connection, "/api/v1/accounts")
        print(f"| atlas: accounts with balances | {time.monotonic() - began:.4f} | | | |")
        began = time.monotonic()
        url = "/api/v1/transactions?limit=1000"
        rows = 0
        cursor = ""
        while True:
            page = json.loads(ask(connection, url + cursor)[1])
            rows += len(page["items"])
            if not page.get("next_cursor"):
                break
            cursor = "&cursor=" + urllib.parse.quote(page["next_cursor"])
        print(f"| atlas: {rows} transactions in pages | {time.monotonic() - began:.2f} | | | |")
        print(held(process))
    finally:
        process.terminate()
        process.wait(60)


if __name__ == "__main__":
    main()
