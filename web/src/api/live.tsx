"use client";
// SPDX-License-Identifier: Apache-2.0
// The line to the server: one event stream that says "the ledger moved to sequence N", on which
// pages ask again; and whether this browser is signed in at all.

import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { ApiError } from "./client";

export type LineState = "connecting" | "live" | "lost";

interface Line {
    readonly state: LineState;
    /** Grows with every change of the ledger; pages refetch when it does. */
    readonly sequence: number;
    readonly signedOut: boolean;
    /** Tells the line about a failed call; only a 401 matters to it. */
    readonly report: (error: unknown) => void;
}

const LineContext = createContext<Line>({
    state: "connecting",
    sequence: 0,
    signedOut: false,
    report: () => undefined,
});

const kGatherMs = 150;
const kRetryMs = 3_000;

/** Keeps the stream open while the page is seen; a hidden tab holds no connection. */
function useStream(enabled: boolean): { state: LineState; sequence: number } {
    const [state, setState] = useState<LineState>("connecting");
    const [sequence, setSequence] = useState(0);
    useEffect(() => {
        if (!enabled) {
            return undefined;
        }
        let source: EventSource | null = null;
        let gather: ReturnType<typeof setTimeout> | undefined;
        let retry: ReturnType<typeof setTimeout> | undefined;
        let wasOpen = false;
        const bump = () => {
            clearTimeout(gather);
            gather = setTimeout(() => setSequence((count) => count + 1), kGatherMs);
        };
        const close = () => {
            clearTimeout(retry);
            source?.close();
            source = null;
        };
        const open = () => {
            close();
            source = new EventSource("/api/v1/stream");
            source.addEventListener("ledger", bump);
            source.onopen = () => {
                setState("live");
                if (wasOpen) {
                    bump(); // What happened while the line was down is not repeated.
                }
                wasOpen = true;
            };
            source.onerror = () => {
                setState("lost");
                if (source?.readyState === EventSource.CLOSED) {
                    retry = setTimeout(open, kRetryMs);
                }
            };
        };
        const onVisibility = () => (document.hidden ? close() : open());
        document.addEventListener("visibilitychange", onVisibility);
        if (!document.hidden) {
            open();
        }
        return () => {
            document.removeEventListener("visibilitychange", onVisibility);
            clearTimeout(gather);
            close();
        };
    }, [enabled]);
    return { state, sequence };
}

export function LineProvider({ children }: { children: ReactNode }) {
    const [signedOut, setSignedOut] = useState(false);
    const { state, sequence } = useStream(!signedOut);
    const line = useMemo<Line>(
        () => ({
            state,
            sequence,
            signedOut,
            report: (error) => {
                if (error instanceof ApiError && error.status === 401) {
                    setSignedOut(true);
                }
            },
        }),
        [state, sequence, signedOut],
    );
    return <LineContext.Provider value={line}>{children}</LineContext.Provider>;
}

export function useLine(): Line {
    return useContext(LineContext);
}
