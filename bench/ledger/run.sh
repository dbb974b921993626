#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A large ledger served: bench/ledger/run.sh ATLAS [FOLDER]. See README.md.
set -eu
atlas=${1:?"run.sh ATLAS [FOLDER]"}
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rows=${ROWS:-1m}
peer_rows=${PEER_ROWS:-100k}

make_ledger() { # FOLDER ROWS
    python3 "$here/../import/generate.py" csv "$2" "$work/rows.csv"
    "$atlas" import "$work/rows.csv" --data "$1" --account Checking >/dev/null
    rm "$work/rows.csv"
}

folder=${2:-$work/ledger}
[ $# -ge 2 ] || make_ledger "$folder" "$rows"
echo "## First start here, and the lists"
python3 "$here/measure.py" "$atlas" "$folder"
echo "## Second start, and the lists once their index is read"
python3 "$here/measure.py" "$atlas" "$folder" --settle 30
echo "## A start that is killed, and the one after it"
python3 "$here/measure.py" "$atlas" "$folder" --start-only --kill
python3 "$here/measure.py" "$atlas" "$folder" --start-only
if command -v hledger >/dev/null; then
    echo "## Beside hledger, $peer_rows transactions"
    make_ledger "$work/peer" "$peer_rows"
    "$atlas" export --data "$work/peer" --format hledger >"$work/peer.journal"
    python3 "$here/beside_hledger.py" "$atlas" "$work/peer" "$work/peer.journal"
else
    echo "hledger is not there: not compared"
fi
