"use client";
// SPDX-License-Identifier: Apache-2.0
// The transaction list in memory: a first page at once, then large ones until the whole list is
// here (past a bound, as it is scrolled). When the ledger moves, the same number of rows is fetched
// anew and swapped in at once.

import { useCallback, useEffect, useRef, useState } from "react";
import { writeFilters, type TransactionFilters } from "../domain/filters";
import { errorOf, listTransactions } from "./client";
import { useLine } from "./live";
import type { Transaction } from "./types";

const kFirstPage = 200;
const kPageSize = 1000;

/** Fetched without being asked for, so that the list's length is known; more comes by scrolling. */
const kEagerRows = 20_000;

export interface TransactionList {
    readonly rows: readonly Transaction[];
    readonly complete: boolean;
    /** Of all that fit, as the server counts them. */
    readonly total: number | undefined;
    /** Nothing of these filters has arrived yet. */
    readonly pending: boolean;
    readonly error: Error | undefined;
    /** Fetches on until at least `count` rows are here. */
    readonly want: (count: number) => void;
    readonly retry: () => void;
}

interface Loaded {
    readonly key: string;
    readonly rows: readonly Transaction[];
    readonly cursor: string | undefined;
    readonly total: number | undefined;
}

const kNothing: Loaded = { key: "", rows: [], cursor: undefined, total: undefined };

async function fetchRows(
    filters: TransactionFilters,
    start: Loaded,
    count: number,
    signal: AbortSignal,
): Promise<Loaded> {
    let { rows, cursor, total } = start;
    do {
        const page = await listTransactions(
            filters,
            cursor === undefined ? kFirstPage : kPageSize,
            cursor,
            signal,
        );
        rows = [...rows, ...page.items];
        cursor = page.next_cursor || undefined;
        total = page.total ?? total;
    } while (cursor !== undefined && rows.length < count);
    return { key: start.key, rows, cursor, total };
}

export function useTransactions(filters: TransactionFilters): TransactionList {
    const { sequence, report } = useLine();
    const key = writeFilters(filters).toString();
    const [loaded, setLoaded] = useState<Loaded>({ ...kNothing, key: "\n" });
    const [error, setError] = useState<Error>();
    const [turn, setTurn] = useState(0);
    const latest = useRef({ loaded, filters });
    const control = useRef<AbortController | null>(null);
    const busy = useRef(false);
    const wanted = useRef(0);
    useEffect(() => {
        latest.current = { loaded, filters };
    });

    const run = useCallback(
        (start: Loaded, count: number) => {
            control.current?.abort();
            const mine = new AbortController();
            control.current = mine;
            busy.current = true;
            fetchRows(latest.current.filters, start, count, mine.signal).then(
                (next) => {
                    if (!mine.signal.aborted) {
                        busy.current = false;
                        latest.current = { ...latest.current, loaded: next };
                        setLoaded(next);
                        setError(undefined);
                        if (wanted.current > next.rows.length && next.cursor !== undefined) {
                            run(next, wanted.current);
                        }
                    }
                },
                (reason: unknown) => {
                    if (!mine.signal.aborted) {
                        busy.current = false;
                        report(reason);
                        setError(errorOf(reason));
                    }
                },
            );
        },
        [report],
    );

    useEffect(() => {
        const before = latest.current.loaded;
        const same = before.key === key;
        wanted.current = Math.max(kEagerRows, same ? before.rows.length : 0);
        run({ ...kNothing, key }, same ? before.rows.length : 1);
        return () => control.current?.abort();
    }, [key, sequence, turn, run]);

    const want = useCallback(
        (count: number) => {
            wanted.current = Math.max(wanted.current, count);
            const now = latest.current.loaded;
            if (!busy.current && now.cursor !== undefined && now.rows.length < count) {
                run(now, count);
            }
        },
        [run],
    );
    const retry = useCallback(() => setTurn((count) => count + 1), []);

    const complete = loaded.cursor === undefined;
    return {
        rows: loaded.rows,
        complete,
        total: loaded.total,
        pending: loaded.key !== key,
        error,
        want,
        retry,
    };
}
