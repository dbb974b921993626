"use client";
// SPDX-License-Identifier: Apache-2.0
// The files being imported and what each is waiting for. One file is sent at a time, so that a
// second statement of the same account is compared with the first one's outcome.

import { useCallback, useEffect, useReducer, useRef } from "react";
import {
    ApiError,
    commitImport,
    errorOf,
    previewImport,
    undoImport,
    type ImportWish,
} from "../../api/client";
import { useLine } from "../../api/live";
import type { Import } from "../../api/types";

export type Phase =
    | { readonly name: "waiting" | "no-account" }
    | { readonly name: "reading"; readonly sentBytes: number }
    | { readonly name: "preview" | "booking"; readonly preview: Import }
    | { readonly name: "booked" | "undoing" | "undone"; readonly summary: Import }
    | { readonly name: "failed"; readonly error: Error; readonly preview?: Import };

export interface Entry {
    readonly key: number;
    readonly file: File;
    readonly wish: ImportWish;
    readonly phase: Phase;
}

type Action =
    | { readonly type: "add"; readonly entries: readonly Entry[] }
    | {
          readonly type: "set";
          readonly key: number;
          readonly phase: Phase;
          readonly wish?: ImportWish;
      }
    | { readonly type: "remove"; readonly key: number };

function reduce(entries: readonly Entry[], action: Action): readonly Entry[] {
    switch (action.type) {
        case "add":
            return [...entries, ...action.entries];
        case "remove":
            return entries.filter(({ key }) => key !== action.key);
        case "set":
            return entries.map((entry) =>
                entry.key !== action.key
                    ? entry
                    : {
                          ...entry,
                          phase: action.phase,
                          wish: action.wish ?? entry.wish,
                      },
            );
    }
}

export interface Queue {
    readonly entries: readonly Entry[];
    readonly add: (files: Iterable<File>) => void;
    readonly read: (entry: Entry, change?: Partial<ImportWish>) => void;
    readonly book: (entries: readonly Entry[]) => void;
    readonly undo: (entry: Entry) => void;
    readonly remove: (entry: Entry) => void;
}

export function useQueue(onBooked: () => void): Queue {
    const [entries, dispatch] = useReducer(reduce, []);
    const { report } = useLine();
    const chain = useRef<Promise<void>>(Promise.resolve());
    const nextKey = useRef(1);
    const removed = useRef(new Set<number>());
    const sending = useRef(new Map<number, AbortController>());
    const booked = useRef(onBooked);
    useEffect(() => {
        booked.current = onBooked;
    });

    const enqueue = useCallback(
        (key: number, work: () => Promise<Phase>, preview?: Import) => {
            chain.current = chain.current
                .then(work)
                .catch((reason: unknown): Phase => {
                    if (removed.current.has(key)) {
                        return { name: "waiting" };
                    }
                    report(reason);
                    const error = errorOf(reason);
                    // A new account needs a currency where the file names none: the same form.
                    const lacksAccount =
                        reason instanceof ApiError &&
                        (reason.concerns("account") || reason.concerns("currency"));
                    return lacksAccount
                        ? { name: "no-account" }
                        : { name: "failed", error, ...(preview ? { preview } : {}) };
                })
                .then((phase) => dispatch({ type: "set", key, phase }));
        },
        [report],
    );

    const read = useCallback(
        ({ key, file, wish: before }: Entry, change: Partial<ImportWish> = {}) => {
            const wish = { ...before, ...change };
            dispatch({ type: "set", key, phase: { name: "waiting" }, wish });
            enqueue(key, async () => {
                if (removed.current.has(key)) {
                    return { name: "waiting" };
                }
                const onSent = (sentBytes: number) =>
                    dispatch({ type: "set", key, phase: { name: "reading", sentBytes } });
                onSent(0);
                const control = new AbortController();
                sending.current.set(key, control);
                const preview = await previewImport(file, wish, onSent, control.signal).finally(
                    () => sending.current.delete(key),
                );
                return preview.accounts.length === 0 && wish.account === null
                    ? { name: "no-account" }
                    : { name: "preview", preview };
            });
        },
        [enqueue],
    );

    const add = useCallback(
        (files: Iterable<File>) => {
            const fresh = Array.from(files, (file): Entry => ({
                key: nextKey.current++,
                file,
                wish: { account: null, mapping: null },
                phase: { name: "waiting" },
            }));
            dispatch({ type: "add", entries: fresh });
            fresh.forEach((entry) => read(entry));
        },
        [read],
    );

    const book = useCallback(
        (chosen: readonly Entry[]) => {
            for (const { key, phase } of chosen) {
                if (phase.name !== "preview" && phase.name !== "failed") {
                    continue;
                }
                const { preview } = phase;
                if (!preview) {
                    continue;
                }
                dispatch({ type: "set", key, phase: { name: "booking", preview } });
                enqueue(
                    key,
                    async () => {
                        const summary = await commitImport(preview.import_id);
                        booked.current();
                        return { name: "booked", summary };
                    },
                    preview,
                );
            }
        },
        [enqueue],
    );

    const undo = useCallback(
        ({ key, phase }: Entry) => {
            if (phase.name !== "booked") {
                return;
            }
            const { summary } = phase;
            dispatch({ type: "set", key, phase: { name: "undoing", summary } });
            enqueue(key, async () => {
                await undoImport(summary.import_id);
                booked.current();
                return { name: "undone", summary };
            });
        },
        [enqueue],
    );

    const remove = useCallback(({ key }: Entry) => {
        removed.current.add(key);
        sending.current.get(key)?.abort();
        dispatch({ type: "remove", key });
    }, []);
    return { entries, add, read, book, undo, remove };
}
