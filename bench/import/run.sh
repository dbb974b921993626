#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Imports generated statements and says CPU, wall, peak memory and the share of time in fsync:
#   bench/import/run.sh ATLAS [COUNT]            100,000 by default, CSV and OFX, and again
#   bench/import/run.sh ATLAS large [BYTES]      one CSV of so many bytes (1,000,000,000)
#   bench/import/run.sh ATLAS upload [BYTES]     one CSV (250,000,000) through a server, and its commit
#   bench/import/run.sh ATLAS undo [COUNT [retold]]  an import (100k) taken back through a server;
#                                                retold: another file tells all of it too
#   bench/import/run.sh ATLAS formats [BYTES]    a dry run of so many (100,000,000) in each format
# With PYTHON set to one that has ofxparse, that peer is measured on the same OFX; hledger, where it
# is installed, reads the same CSV.
set -eu
atlas=$1
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
timed() {
    name=$1
    shift
    /usr/bin/time -f "$name: %U s user, %S s system, %e s wall, %M KB" "$@" > "$work/out" 2> "$work/err"
    tail -1 "$work/err"
}
if [ "${2:-}" = large ]; then
    python3 "$here/generate.py" csv 100m "$work/large.csv" --bytes "${3:-1000000000}"
    ls -l "$work/large.csv" | awk '{print $5 " bytes"}'
    timed "large csv" "$atlas" import "$work/large.csv" --data "$work/large" --account Main --currency USD
    tr ',' '\n' < "$work/out" | grep -E '"(added|duplicates)"'
    exit 0
fi
if [ "${2:-}" = upload ]; then
    python3 "$here/generate.py" csv 100m "$work/large.csv" --bytes "${3:-250000000}"
    "$atlas" serve --data "$work/served" --port 0 > "$work/out" 2> "$work/err" &
    server=$!
    until grep -q login "$work/out"; do sleep 0.1; done
    told() {
        awk '{printf "%.1f s CPU so far, ", ($14 + $15) / 100}' "/proc/$server/stat"
        grep -E 'VmHWM|RssAnon' "/proc/$server/status" | tr -s '\n\t ' ' '
        echo
    }
    ask() {
        curl -s -o "$work/answer" -w '%{http_code} in %{time_total} s\n' -X POST \
            --unix-socket "$work/served/atlas.sock" "$@"
    }
    told
    ask -T "$work/large.csv" "http://localhost/api/v1/imports?account=Main&currency=USD"
    told
    grep -oE '"new":[0-9]+' "$work/answer"
    ls "$work/served" | grep -c upload- || true
    id=$(grep -oE '"import_id":"[^"]*' "$work/answer" | cut -d'"' -f4)
    ask "http://localhost/api/v1/imports/$id/commit"
    told
    # Filing and the other readers of the ledger go on behind: until they rest for five seconds.
    worked() { awk '{print int(($14 + $15) / 10)}' "/proc/$server/stat"; }
    waited=0 before=-1
    until [ "$(worked)" = "$before" ] || [ $waited -ge 3600 ]; do
        before=$(worked)
        waited=$((waited + 5))
        sleep 5
    done
    echo "at rest after $waited s more"
    told
    asked=$(date +%s%N)
    kill $server
    wait $server || true
    echo "ended $((($(date +%s%N) - asked) / 1000000)) ms after SIGTERM"
    exit 0
fi
if [ "${2:-}" = undo ]; then
    python3 "$here/generate.py" csv "${3:-100k}" "$work/statement.csv"
    timed "import" "$atlas" import "$work/statement.csv" --data "$work/undo" --account Main \
        --currency USD
    id=$(grep -oE '"import_id":"[^"]*' "$work/out" | head -1 | cut -d'"' -f4)
    if [ "${4:-}" = retold ]; then
        python3 "$here/generate.py" ofx "${3:-100k}" "$work/statement.ofx"
        timed "import of the other" "$atlas" import "$work/statement.ofx" --data "$work/undo" \
            --account Main
        tr ',' '\n' < "$work/out" | grep -E '"(added|duplicates)"'
    fi
    "$atlas" serve --data "$work/undo" --port 0 > "$work/out" 2> "$work/err" &
    server=$!
    until grep -q login "$work/out"; do sleep 0.1; done
    cpu() { awk '{printf "%.1f", ($14 + $15) / 100}' "/proc/$server/stat"; }
    own() { awk '/^RssAnon:/ {print int($2 / 1024)}' "/proc/$server/status"; }
    # What files and learns in the background comes to rest first.
    last=-1
    until [ "$(cpu)" = "$last" ]; do
        last=$(cpu)
        sleep 5
    done
    before=$(own)
    echo "before: $last s CPU, $before MB own"
    (
        most=0
        while [ ! -e "$work/done" ]; do
            now=$(own)
            most=$((now > most ? now : most))
            echo "$most" > "$work/most"
            sleep 0.05
        done
    ) &
    curl -s -o "$work/answer" -w 'undo: %{http_code} in %{time_total} s\n' -X POST \
        --unix-socket "$work/undo/atlas.sock" "http://localhost/api/v1/imports/$id/undo"
    touch "$work/done"
    echo "after: $(cpu) s CPU, at most $(($(cat "$work/most") - before)) MB above before"
    kill $server
    wait $server || true
    exit 0
fi
if [ "${2:-}" = formats ]; then
    for kind in csv ofx camt mt940 qif; do
        python3 "$here/generate.py" $kind 100m "$work/s.$kind" --bytes "${3:-100000000}"
        timed "$kind" "$atlas" import "$work/s.$kind" --data "$work/$kind" --account Main \
            --currency EUR --dry-run
        rm -rf "$work/s.$kind" "${work:?}/$kind"
    done
    exit 0
fi
count=${2:-100k}
for kind in csv ofx; do
    python3 "$here/generate.py" $kind "$count" "$work/s.$kind"
    timed "$kind" "$atlas" import "$work/s.$kind" --data "$work/$kind" --account Main --currency USD
    timed "$kind again" "$atlas" import "$work/s.$kind" --data "$work/$kind" --account Main --currency USD
done
if command -v strace > /dev/null; then
    strace -f -c -e trace=fsync,fdatasync "$atlas" import "$work/s.csv" --data "$work/fsync" \
        --account Main --currency USD 2>&1 > /dev/null | grep -E 'sync|total' || true
fi
if [ -n "${PYTHON:-}" ]; then
    timed "ofxparse and sqlite3" "$PYTHON" "$here/ofxparse_sqlite.py" "$work/s.ofx" "$work/peer.db"
fi
if command -v hledger > /dev/null; then
    printf 'skip 1\nfields date,description,amount\ncurrency $\naccount1 assets:main\n' > "$work/s.rules"
    timed "hledger reads the csv" hledger -f "$work/s.csv" --rules-file "$work/s.rules" bal
fi
