#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Atlas beside FastAPI + pydantic + uvicorn on the same two small routes, in one run; then 10,000
# idle connections. Needs wrk and python3 with venv.
# usage: bench/http/run.sh BUILD_FOLDER   (configured with -DATLAS_BENCH=ON)
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
build=${1:?usage: run.sh BUILD_FOLDER}
seconds=${SECONDS_EACH:-10}
connections=64
server=$(find "$build" -name bench_http_server -type f -perm -u+x | head -n 1)
[ -n "$server" ] || { echo "no bench_http_server in $build: build it first" >&2; exit 1; }
venv=${PEER_VENV:-$build/bench_http_venv}
started=()
work=$(mktemp -d)
stop() {
    for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
    rm -rf "$work"
}
trap stop EXIT

if [ ! -x "$venv/bin/uvicorn" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet fastapi uvicorn uvloop httptools
fi

ulimit -n "$(ulimit -Hn)"
"$server" 0 0 >"$work/atlas.out" &
atlas=$!
started+=("$atlas")
"${server%server}floor" >"$work/floor.out" &
floor=$!
started+=("$floor")
peer_port=$((20000 + RANDOM % 20000))
cores=$(nproc)
(cd "$here" && exec "$venv/bin/uvicorn" peer:app --port "$peer_port" --workers "$cores" \
    --no-access-log --log-level warning) &
peer=$!
started+=("$peer")
port=""
for _ in $(seq 100); do
    port=$(awk '/listening on/ {print $3}' "$work/atlas.out")
    [ -n "$port" ] && curl -sf "http://127.0.0.1:$peer_port/payments/1" >/dev/null && break
    sleep 0.2
done

cpu_ticks() { # PID: of it and its children, in hundredths of a second
    local pids pid sum=0
    pids="$1 $(cat /proc/"$1"/task/*/children 2>/dev/null)"
    for pid in $pids; do
        sum=$((sum + $(awk '{sub(/.*\) /, ""); print $12 + $13}' "/proc/$pid/stat")))
    done
    echo "$sum"
}
rate() { # PID PORT PATH [wrk arguments]: requests a second, and CPU microseconds a request
    local out before
    before=$(cpu_ticks "$1")
    out=$(wrk -t1 -c"$connections" -d"${seconds}s" "${@:4}" "http://127.0.0.1:$2$3")
    if grep -q "Non-2xx" <<<"$out"; then
        echo "$out" >&2
        exit 1
    fi
    awk -v ticks="$(($(cpu_ticks "$1") - before))" \
        '/requests in/ {n = $1} /Requests\/sec/ {rate = $2}
         END {printf "%.0f %.2f\n", rate, ticks * 10000 / n}' <<<"$out"
}

echo "load before: $(cut -d' ' -f1-3 /proc/loadavg), $cores cores, $connections connections," \
    "${seconds}s each, load generator on the same cores"
report() { # NAME ATLAS_RATE ATLAS_CPU PEER_RATE PEER_CPU
    awk -v name="$1" -v a="$2" -v ac="$3" -v p="$4" -v pc="$5" 'BEGIN {
        printf "%s: Atlas %d/s at %.2f us CPU, FastAPI %d/s at %.1f us CPU; ", name, a, ac, p, pc
        printf "ratio %.1f in rate, %.1f in CPU\n", a / p, pc / ac}'
}
for round in 1 2 3; do
    a=$(rate "$atlas" "$port" /payments/360)
    p=$(rate "$peer" "$peer_port" /payments/360)
    # shellcheck disable=SC2086  # two figures each
    report "round $round path parameter" $a $p
    a=$(rate "$atlas" "$port" /payments -s "$here/post.lua")
    p=$(rate "$peer" "$peer_port" /payments -s "$here/post.lua")
    # shellcheck disable=SC2086
    report "round $round JSON body" $a $p
done
floor_port=$(awk '/listening on/ {print $3}' "$work/floor.out")
f=$(rate "$floor" "$floor_port" /)
# shellcheck disable=SC2086
echo "floor of this kernel (constant bytes, nothing parsed): $(printf '%d/s at %.2f us CPU' $f)"
echo "load after: $(cut -d' ' -f1-3 /proc/loadavg)"
python3 "$here/idle.py" "$port" "$atlas" "${IDLE_COUNT:-10000}"
