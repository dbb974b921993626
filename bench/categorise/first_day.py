#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The first day of one user, from outside: rows are imported into an empty ledger, and every
question of the review queue is answered with the label of the row it shows, as a person would.

    first_day.py --atlas build/release/atlas --rows ROWS.csv [--count 400] [--mcc]

ROWS.csv as for figures.py; its latest COUNT rows. Prints how many rows wait, how many questions
are shown for them, how many answers it took until nothing is asked, and what is right in the end.
Only the standard library; traffic to 127.0.0.1 alone."""
import argparse
import csv
import http.cookiejar
import json
import re
import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections import defaultdict

from figures import read, top, wilson


def write_statement(rows, path):
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["Date", "Description", "Amount", "MCC"])
        for row in rows:
            out.writerow([row["date"], row["description"], row["amount"], row.get("mcc", "")])


class Client:
    def __init__(self, link):
        self.origin = re.match(r"http://[^/]+", link).group(0)
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        try:
            self.opener.open(link, timeout=30).read()
        except urllib.error.HTTPError as error:  # No page is there to be sent on to.
            if error.code != 404:
                raise

    def call(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.origin + "/api/v1" + path, data)
        if data is not None:
            request.add_header("content-type", "application/json")
            request.add_header("origin", self.origin)
            request.add_header("idempotency-key", uuid.uuid4().hex)
        with self.opener.open(request, timeout=60) as answer:
            return json.load(answer)

    def transactions(self):
        found, cursor = [], ""
        while True:
            page = self.call("/transactions?limit=200" + cursor)
            found += page["items"]
            if not page.get("next_cursor"):
                return found
            cursor = "&cursor=" + urllib.parse.quote(page["next_cursor"])


def key_of(date, amount, description):
    return date, f"{float(amount):.2f}", " ".join(description.split())


def labels_of(client, rows):
    """Label by transaction; equal rows in their order."""
    waiting = defaultdict(list)
    for row in rows:
        waiting[key_of(row["date"], row["amount"], row["description"])].append(row["label"])
    labels, lost = {}, 0
    for item in client.transactions():
        text = "" if item["description"] == "(no description)" else item["description"]
        options = waiting[key_of(item["date"], item["amount"]["amount"], text)]
        if options:
            labels[item["id"]] = options.pop(0)
        else:
            lost += 1
    return labels, lost


def settled(client):
    """The queue once it has the ledger's last change and nothing moves any more."""
    before = None
    while True:
        queue = client.call("/reviews?limit=500")
        now = (queue["total"], queue["filed"], queue["as_of_sequence"], queue["up_to_date"])
        if now == before and queue["up_to_date"]:
            return queue
        before = now


def answer_all(client, labels):
    answers, lines, wrong_alike, asked = 0, [], 0, set()
    while True:
        queue = settled(client)
        items = [item for item in queue["items"] if item["transaction"]["id"] not in asked]
        if not items:
            return answers, lines, wrong_alike, queue
        item = items[0]
        number = item["transaction"]["id"]
        asked.add(number)
        others = item.get("others", [])
        label = labels.get(number, "other.unknown")
        answers += 1
        wrong_alike += sum(labels.get(other) != label for other in others)
        client.call(f"/reviews/{number}/pick", {"category": label, **(
            {"others": others} if others else {})})
        lines.append((answers, queue["total"]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--atlas", required=True)
    parser.add_argument("--rows", required=True)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--account", default="checking")
    parser.add_argument("--mcc", action="store_true")
    given = parser.parse_args()
    rows = read(given.rows, given.mcc)[-given.count:]
    with tempfile.TemporaryDirectory() as folder:
        write_statement(rows, f"{folder}/rows.csv")
        done = subprocess.run(
            [given.atlas, "import", f"{folder}/rows.csv", "--data", f"{folder}/data", "--account",
             "Main", "--type", given.account, "--currency", rows[0]["currency"]],
            capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit(done.stdout + done.stderr)
        served = subprocess.Popen([given.atlas, "serve", "--data", f"{folder}/data", "--port", "0"],
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            for line in served.stdout:
                link = re.search(r"http://\S+token=\S+", line)
                if link:
                    break
            client = Client(link.group(0))
            labels, lost = labels_of(client, rows)
            queue = settled(client)
            print(f"{len(labels)} rows ({lost} not found again), {queue['filed']} filed, "
                  f"{queue['total']} wait, in {len(queue['items'])} questions")
            answers, lines, wrong_alike, queue = answer_all(client, labels)
            half = next((n for n, total in lines if total <= len(labels) / 4), answers)
            print(f"{answers} answers until nothing is asked; a quarter left after {half}; "
                  f"{queue['total']} still wait; {wrong_alike} rows got another row's answer "
                  "that is not theirs")
            right = sum(top(item["splits"][0]["category"]) == top(labels[item["id"]])
                        for item in client.transactions() if item["id"] in labels)
            print("right at top in the end:", wilson(right, len(labels)))
        finally:
            served.terminate()
            served.wait()


if __name__ == "__main__":
    main()
