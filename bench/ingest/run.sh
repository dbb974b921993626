#!/usr/bin/env bash
# Durable events a second over loopback HTTP: `bench/ingest/run.sh PROGRAM [SECONDS] [BATCH…]`.
# Starts PROGRAM serve on an empty folder and sends lines of 100 bytes with wrk; every answer comes
# after an fdatasync. Prints a table: events/s, latency, processor time of the server an event.
# KEYED=1: each batch with its own Idempotency-Key. FOLDER=DIR: where the data lies.
set -euo pipefail
program=$(realpath "${1:-build/release/atlas}")
seconds=${2:-10}
batches=("${@:3}")
[[ ${#batches[@]} -gt 0 ]] || batches=(1 10 100 1000 10000)
here=$(dirname "$(realpath "$0")")
folder=$(mktemp -d "${FOLDER:-${TMPDIR:-/tmp}}/atlas-ingest-XXXXXX")
server=
trap '[[ -z $server ]] || kill "$server" 2>/dev/null; wait 2>/dev/null; rm -rf "$folder"' EXIT

python3 - "$folder" <<'P'
import os, sys, time
f = os.open(sys.argv[1] + "/sync", os.O_CREAT | os.O_WRONLY)
took = []
for i in range(100):
    os.pwrite(f, b"x" * 4096, i * 4096)
    t = time.perf_counter(); os.fdatasync(f); took.append(time.perf_counter() - t)
took.sort()
print(f"a bare fdatasync of 4 KiB: median {took[50]*1e3:.2f} ms, p99 {took[98]*1e3:.2f} ms")
P

key=$("$program" user token --data "$folder/data")
"$program" serve --port 0 --data "$folder/data" > "$folder/out" 2> "$folder/err" &
server=$!
for _ in $(seq 100); do
    port=$(grep -o '127.0.0.1:[0-9]*' "$folder/out" | head -1 | cut -d: -f2 || true)
    [[ -n $port ]] && break
    kill -0 "$server" || { cat "$folder/err"; exit 1; }
    sleep 0.1
done

cpu() { awk '{print $14 + $15}' "/proc/$server/stat"; }
echo "load $(cut -d' ' -f1-3 /proc/loadavg), $(nproc) processors, $seconds s each"
printf '| batch | connections | events/s | p50 ms | p99 ms | CPU ns/event | failed |\n'
printf '|---|---|---|---|---|---|---|\n'
for batch in "${batches[@]}"; do
    case $batch in
        1|10) connections=256 ;;
        100) connections=64 ;;
        *) connections=8 ;;
    esac
    before=$(cpu)
    result=$(KEY=$key BATCH=$batch wrk -t1 -c"$connections" -d"${seconds}s" --timeout 20s \
        -s "$here/events.lua" "http://127.0.0.1:$port" | grep '^RESULT')
    after=$(cpu)
    read -r _ _ rate p50 p99 failed good <<< "$result"
    ns=$(awk -v t=$((after - before)) -v n=$((good * batch)) 'BEGIN{printf "%.0f", n ? t * 1e7 / n : 0}')
    printf '| %s | %s | %s | %s | %s | %s | %s |\n' \
        "$batch" "$connections" "$rate" "$p50" "$p99" "$ns" "$failed"
done
