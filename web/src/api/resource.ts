"use client";
// SPDX-License-Identifier: Apache-2.0
// Asking the server for something and asking again when the ledger moves. Old data stays on the
// page while newer data is on its way, so nothing flickers.

import { useCallback, useEffect, useRef, useState } from "react";
import { errorOf } from "./client";
import { useLine } from "./live";

export interface Resource<Data> {
    readonly data: Data | undefined;
    readonly error: Error | undefined;
    readonly reload: () => void;
}

/** Loads when `key` is not null, again when it, the ledger or `reload` changes. */
export function useResource<Data>(
    key: string | null,
    load: (signal: AbortSignal) => Promise<Data>,
): Resource<Data> {
    const { sequence, report } = useLine();
    const [data, setData] = useState<Data>();
    const [error, setError] = useState<Error>();
    const [turn, setTurn] = useState(0);
    const loadRef = useRef(load);
    useEffect(() => {
        loadRef.current = load;
    });
    useEffect(() => {
        if (key === null) {
            return undefined;
        }
        const control = new AbortController();
        loadRef.current(control.signal).then(
            (answer) => {
                if (!control.signal.aborted) {
                    setData(answer);
                    setError(undefined);
                }
            },
            (reason: unknown) => {
                if (!control.signal.aborted) {
                    report(reason);
                    setError(errorOf(reason));
                }
            },
        );
        return () => control.abort();
    }, [key, sequence, turn, report]);
    const reload = useCallback(() => setTurn((count) => count + 1), []);
    return { data, error, reload };
}
