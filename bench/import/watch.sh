#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs a command and says every EVERY seconds, for the process that does the work: wall, processor
# time, resident memory and its peak, how much of it is its own (anonymous) and how much are pages
# of files (mapped, SQLite's index of the log among them), bytes read and written so far, and the
# size of FILE-wal and FILE. A COMMAND that only starts another (/usr/bin/time, nice, sh -c) is
# passed over for its child. At the end: the most seen of each.
#   bench/import/watch.sh EVERY FILE COMMAND …
set -eu
every=$1
store=$2
shift 2
begin=$(date +%s)
"$@" &
started=$!
size_of() { stat -c %s "$1" 2> /dev/null || echo 0; }
# The only child of the only child …: what a wrapper wraps.
worker_of() {
    worker=$1
    while true; do
        children=$(cat "/proc/$worker/task/$worker/children" 2> /dev/null) || children=
        set -- $children
        [ $# -eq 1 ] || break
        worker=$1
    done
    echo "$worker"
}
most_anon=0
most_file=0
most_all=0
tell() {
    pid=$(worker_of "$started")
    cpu=$(awk '{printf "%.1f", ($14 + $15) / 100}' "/proc/$pid/stat" 2> /dev/null) || return 1
    eval "$(awk '/^(VmHWM|VmRSS|RssAnon|RssFile|RssShmem):/ {
        sub(":", "", $1); printf "%s=%d;", $1, $2 / 1024}' "/proc/$pid/status")" || return 1
    moved=$(awk '/^[rw]char/ {printf "%s %d MB ", $1, $2 / 1e6}' "/proc/$pid/io") || return 1
    pages=$((RssFile + RssShmem))
    most_anon=$((RssAnon > most_anon ? RssAnon : most_anon))
    most_file=$((pages > most_file ? pages : most_file))
    most_all=$((VmHWM > most_all ? VmHWM : most_all))
    echo "$(($(date +%s) - begin)) s wall, $cpu s CPU, resident $VmRSS MB (own $RssAnon," \
        "of files $pages), peak $VmHWM MB, $moved" \
        "log $(($(size_of "$store-wal") / 1000000)) MB, store $(($(size_of "$store") / 1000000)) MB" >&2
}
while kill -0 "$started" 2> /dev/null; do
    tell || break
    sleep "$every"
done
echo "most seen: own $most_anon MB, of files $most_file MB, peak of both $most_all MB" >&2
wait "$started"
