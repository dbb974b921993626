#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Whole-vector reads at 1,000 a second over 4 connections, /health beside them: what the machine and
# the way there take by themselves. Starts PROGRAM serve --demo on an empty folder.
#   bench/features/http.sh PROGRAM [RATE] [SECONDS]
# Where it may, server and client go before the other work of the machine (chrt): the load printed
# says how much there was. PLAIN=1: they do not.
set -euo pipefail
program=$(realpath "${1:?usage: http.sh PROGRAM [RATE] [SECONDS]}")
rate=${2:-1000}
seconds=${3:-10}
here=$(dirname "$(realpath "$0")")
folder=$(mktemp -d "${TMPDIR:-/tmp}/atlas-vector-XXXXXX")
server=
trap '[[ -z $server ]] || kill "$server" 2>/dev/null; wait 2>/dev/null; rm -rf "$folder"' EXIT

g++ -std=c++20 -O2 "$here/../http/open_loop.cpp" -o "$folder/open_loop"
first=()
if [[ -z ${PLAIN:-} ]] && chrt -f 10 true 2>/dev/null; then
    first=(chrt -f 10)
fi
"${first[@]}" "$program" serve --demo --port 0 --data "$folder/data" >"$folder/out" 2>"$folder/err" &
server=$!
port=
for _ in $(seq 300); do
    port=$(grep -o '127.0.0.1:[0-9]*' "$folder/out" | head -1 | cut -d: -f2 || true)
    [[ -z $port ]] || break
    kill -0 "$server" || { cat "$folder/err"; exit 1; }
    sleep 0.1
done
key=$("$program" user token --read-only --data "$folder/data" 2>/dev/null)

ticks() { awk '{print $14 + $15}' "/proc/$server/stat"; }
echo "load $(cut -d' ' -f1-3 /proc/loadavg), $(nproc) processors, priority: ${first[*]:-none}"
for path in /health /api/v1/features; do
    echo "$path, $rate/s for $seconds s over 4 connections"
    before=$(ticks)
    "${first[@]}" "$folder/open_loop" "$port" "$path" "$rate" "$seconds" 4 "$key"
    echo "processor time of the server a read: $((($(ticks) - before) * 10000 / (rate * seconds))) us"
done
