#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Starts `atlas serve` on a folder and measures it over its socket.

    measure.py ATLAS DIR [--requests N] [--settle SECONDS] [--start-only] [--kill]

Prints how soon it listens and is ready, what it holds in memory, and for each list the 50th and
99th percentile in milliseconds, wall clock. --settle waits between ready and the first question, for
the list index to be read behind. --kill ends it by SIGKILL instead of SIGTERM.
"""
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.parse

START_SECONDS_MAX = 1200
LIST_SECONDS_MAX = 20
HERE = "/api/v1/transactions?limit=50"


class LocalConnection(http.client.HTTPConnection):
    """HTTP over DIR/atlas.sock: what the owner of the folder may ask without signing in."""

    def __init__(self, folder):
        super().__init__("localhost")
        self.path = os.path.join(folder, "atlas.sock")

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(120)
        self.sock.connect(self.path)


def ask(connection, url, method="GET", body=None):
    headers = {"Host": "localhost"}
    if body is not None:
        headers["Content-Type"] = "application/json"
    connection.request(method, url, body=body, headers=headers)
    answer = connection.getresponse()
    return answer.status, answer.read()


def held(process):
    fields = {}
    with open(f"/proc/{process.pid}/status", encoding="ascii") as lines:
        for line in lines:
            name, _, value = line.partition(":")
            fields[name] = value.strip()
    with open(f"/proc/{process.pid}/stat", encoding="ascii") as stat:
        columns = stat.read().rpartition(")")[2].split()
    seconds = (int(columns[11]) + int(columns[12])) / os.sysconf("SC_CLK_TCK")
    megabytes = {n: int(fields[n].split()[0]) // 1024 for n in ("VmRSS", "VmHWM", "RssAnon")}
    return (f"resident {megabytes['VmRSS']} MB (anonymous {megabytes['RssAnon']}), peak "
            f"{megabytes['VmHWM']} MB, processor {seconds:.1f} s")


def start(program, folder):
    began = time.monotonic()
    process = subprocess.Popen([program, "serve", "--data", folder, "--port", "0"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    listens = None
    while time.monotonic() - began < START_SECONDS_MAX:
        if process.poll() is not None:
            sys.exit(f"atlas serve ended with {process.returncode}")
        try:
            status, body = ask(LocalConnection(folder), "/ready")
        except OSError:
            time.sleep(0.01)
            continue
        if listens is None:
            listens = time.monotonic() - began
            print(f"listens after {listens:.2f} s: {status}, {held(process)}", flush=True)
        if status == 200:
            break
        print(f"  {time.monotonic() - began:6.1f} s {json.loads(body).get('detail')}", flush=True)
        time.sleep(1)
    print(f"ready after {time.monotonic() - began:.2f} s: {held(process)}", flush=True)
    return process


def measure(connection, name, urls, requests):
    """One URL a request, in turn. A list is asked until it has cost LIST_SECONDS_MAX."""
    times = []
    first = None
    for i in range(requests):
        began = time.monotonic()
        status, body = ask(connection, urls[i % len(urls)])
        times.append((time.monotonic() - began) * 1000)
        if status != 200:
            print(f"| {name} | {status} {body[:120]} |")
            return
        first = first if first is not None else times[0]
        if sum(times) > LIST_SECONDS_MAX * 1000:
            break
    ordered = sorted(times)
    last = ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]
    print(f"| {name} | {len(ordered)} | {first:.1f} | {ordered[len(ordered) // 2]:.1f} | "
          f"{last:.1f} |", flush=True)


def deep_pages(connection):
    """URLs of pages from the middle of the list: what a person who scrolls asks for."""
    status, body = ask(connection, HERE + "&from=2000-01-01&to=2020-06-30")
    page = json.loads(body)
    urls = []
    while status == 200 and page.get("next_cursor") and len(urls) < 20:
        cursor = urllib.parse.quote(page["next_cursor"])
        urls.append(f"{HERE}&from=2000-01-01&to=2020-06-30&cursor={cursor}")
        status, body = ask(connection, urls[-1])
        page = json.loads(body)
    return urls or [HERE]


def lists(connection, requests):
    accounts = json.loads(ask(connection, "/api/v1/accounts")[1])["items"]
    account = accounts[0].get("id") or accounts[0]["account"]["id"]
    print("| asked | requests | first ms | p50 ms | p99 ms |\n|---|---|---|---|---|")
    for name, urls in {
            "search by category, counted": [HERE + "&category=food&count=true"],
            "accounts": ["/api/v1/accounts"],
            "first page": [HERE],
            "first page, counted": [HERE + "&count=true"],
            "one account": [HERE + "&account_id=" + account],
            "a year, counted": [HERE + "&from=2018-01-01&to=2018-12-31&count=true"],
            "amounts, counted": [HERE + "&amount_min=100&count=true"],
            "a frequent word, counted": [HERE + "&q=tesco&count=true"],
            "a rare word, counted": [HERE + "&q=zeppelin&count=true"],
            "no hit, counted": [HERE + "&q=xyzzyq&count=true"],
            "largest first": [HERE + "&order=largest"],
            "deep pages by cursor": deep_pages(connection),
            "review queue": ["/api/v1/reviews"],
            "categories": ["/api/v1/categories"],
            "monthly totals": ["/api/v1/monthly-totals"],
            "worth over time": ["/api/v1/worth"],
            "balance over time": [f"/api/v1/accounts/{account}/balances"],
            "steps": ["/api/v1/edits"]}.items():
        measure(connection, name, urls, requests)


def changes(connection, requests):
    """An edit, and the list and the queue that come after it."""
    item = json.loads(ask(connection, HERE)[1])["items"][0]
    url = "/api/v1/transactions/" + item["id"]
    kinds = {"a note is changed": [], "the counted list after it": [], "the queue after it": []}
    for i in range(requests):
        for name, (target, method, body) in zip(kinds, (
                (url, "PATCH", json.dumps({"change": {"note": f"note {i}"}})),
                (HERE + "&q=tesco&count=true", "GET", None), ("/api/v1/reviews", "GET", None))):
            began = time.monotonic()
            status, answer = ask(connection, target, method, body)
            kinds[name].append((time.monotonic() - began) * 1000)
            if status != 200:
                print(f"| {name} | {status} {answer[:160]} |")
                return
    for name, times in kinds.items():
        ordered = sorted(times)
        print(f"| {name} | {len(ordered)} | {times[0]:.1f} | {ordered[len(ordered) // 2]:.1f} | "
              f"{ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]:.1f} |")


def main():
    program, folder = sys.argv[1], sys.argv[2]
    options = sys.argv[3:]
    requests = int(options[options.index("--requests") + 1]) if "--requests" in options else 100
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    process = start(program, folder)
    try:
        if "--start-only" not in options:
            if "--settle" in options:
                time.sleep(float(options[options.index("--settle") + 1]))
                print(f"settled: {held(process)}")
            connection = LocalConnection(folder)
            lists(connection, requests)
            changes(connection, requests)
            print(held(process))
    finally:
        began = time.monotonic()
        process.send_signal(signal.SIGKILL if "--kill" in options else signal.SIGTERM)
        process.wait(120)
        print(f"stopped within {time.monotonic() - began:.2f} s")


if __name__ == "__main__":
    main()
