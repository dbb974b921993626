#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs a command and says every EVERY seconds, for the process it started: wall, processor time,
# resident memory and its peak, bytes read and written so far, and the size of FILE-wal and FILE:
#   bench/import/watch.sh EVERY FILE COMMAND …
set -eu
every=$1
store=$2
shift 2
begin=$(date +%s)
"$@" &
pid=$!
size_of() { stat -c %s "$1" 2> /dev/null || echo 0; }
tell() {
    cpu=$(awk '{printf "%.1f", ($14 + $15) / 100}' "/proc/$pid/stat" 2> /dev/null) || return 1
    memory=$(awk '/VmHWM|VmRSS/ {printf "%s %d MB ", $1, $2 / 1024}' "/proc/$pid/status") || return 1
    moved=$(awk '/^[rw]char/ {printf "%s %d MB ", $1, $2 / 1e6}' "/proc/$pid/io") || return 1
    echo "$(($(date +%s) - begin)) s wall, $cpu s CPU, $memory$moved" \
        "log $(($(size_of "$store-wal") / 1000000)) MB, store $(($(size_of "$store") / 1000000)) MB" >&2
}
while kill -0 "$pid" 2> /dev/null; do
    tell || break
    sleep "$every"
done
wait "$pid"
