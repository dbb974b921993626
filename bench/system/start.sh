#!/usr/bin/env bash
# Time from the start of the program to its printed link (it serves by then), and its resident
# memory, on the sample household of five years.  bench/system/start.sh PROGRAM [RUNS]
set -euo pipefail
program=${1:?usage: start.sh PROGRAM [RUNS]}
runs=${2:-11}
work=$(mktemp -d)
child=
finish() {
    [[ -z $child ]] || kill "$child" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

# Starts the server, waits for its link; the milliseconds that took go to $milliseconds.
start() {
    local began now
    : >"$work/out"
    began=$(date +%s%N)
    "$program" serve --data "$work/data" --port 0 "$@" >"$work/out" 2>"$work/err" &
    child=$!
    until grep -q 'login?token=' "$work/out"; do
        kill -0 "$child" || { cat "$work/err" >&2; exit 1; }
        read -rt 0.002 <> <(:) || true
    done
    now=$(date +%s%N)
    milliseconds=$(((now - began) / 1000000))
}
stop() {
    kill "$child"
    wait "$child" || true
    child=
}

start --demo
echo "first start, making the sample household: $milliseconds ms"
stop
times=()
for ((run = 0; run < runs; ++run)); do
    start
    times+=("$milliseconds")
    resident=$(awk '/VmRSS/ {print $2}' "/proc/$child/status")
    stop
done
sorted=$(printf '%s\n' "${times[@]}" | sort -n)
median=$(sed -n "$(((runs + 1) / 2))p" <<<"$sorted")
echo "start to ready, $runs runs: median $median ms, worst $(tail -1 <<<"$sorted") ms"
echo "resident memory when ready: $((resident / 1024)) MiB"
echo "data folder: $(du -sm "$work/data" | cut -f1) MiB"
echo "load average: $(cut -d' ' -f1-3 /proc/loadavg)"
