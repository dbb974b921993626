"use client";
// SPDX-License-Identifier: Apache-2.0
// Import: drop or choose files, see for each what would be booked, then book, and undo if wrong.

import Link from "next/link";
import { useEffect, useState } from "react";
import { listAccounts, listImports } from "../../api/client";
import { useResource } from "../../api/resource";
import { transactionsHref } from "../../domain/filters";
import { plural } from "../pieces";
import { DropZone } from "./drop-zone";
import { FileCard } from "./file-card";
import { History } from "./history";
import { useQueue, type Entry, type Queue } from "./queue";

/** Up to so many files each shows its rows at once. */
const kOpenMax = 3;

export function ImportPage() {
    const accounts = useResource("accounts", listAccounts);
    const history = useResource("imports", listImports);
    const queue = useQueue(() => {
        history.reload();
        accounts.reload();
    });
    useNoStrayDrops();
    const ready = queue.entries.filter(isReady);
    return (
        <div className="import">
            <h1 className="page-title">Import</h1>
            <DropZone onFiles={queue.add} />
            <BookAll entries={queue.entries} ready={ready} queue={queue} />
            {queue.entries.map((entry) => (
                <FileCard
                    key={entry.key}
                    entry={entry}
                    accounts={accounts.data ?? []}
                    queue={queue}
                    isCompact={queue.entries.length > kOpenMax}
                />
            ))}
            <History history={history} onUndone={() => history.reload()} />
        </div>
    );
}

function isReady({ phase }: Entry): boolean {
    if (phase.name !== "preview") {
        return false;
    }
    const { preview } = phase;
    return preview.new + preview.updated > 0 && preview.questions.length === 0;
}

/** A file dropped beside the zone must not replace the page. */
function useNoStrayDrops() {
    useEffect(() => {
        const refuse = (event: DragEvent) => event.preventDefault();
        window.addEventListener("dragover", refuse);
        window.addEventListener("drop", refuse);
        return () => {
            window.removeEventListener("dragover", refuse);
            window.removeEventListener("drop", refuse);
        };
    }, []);
}

function BookAll({
    entries,
    ready,
    queue,
}: {
    entries: readonly Entry[];
    ready: readonly Entry[];
    queue: Queue;
}) {
    const [batch, setBatch] = useState(0);
    const phases = entries.map(({ phase }) => phase.name);
    const countOf = (...names: string[]) => phases.filter((name) => names.includes(name)).length;
    const booking = countOf("booking");
    const reading = countOf("reading", "waiting");
    const open = countOf("no-account", "failed");
    const booked = entries.filter(({ phase }) => phase.name === "booked");
    const totals = totalsOf(ready);
    if (booking > 0 && batch > 1) {
        return (
            <div className="book-all" role="status">
                <progress max={batch} value={batch - booking} aria-label="Files booked" />
                <span>{`Booking file ${batch - booking + 1} of ${batch}…`}</span>
            </div>
        );
    }
    if (reading > 0 && entries.length > 1) {
        const done = entries.length - reading;
        return (
            <div className="book-all" role="status">
                <progress max={entries.length} value={done} aria-label="Files read" />
                <span>{`Reading file ${done + 1} of ${entries.length}…`}</span>
            </div>
        );
    }
    return (
        <>
            {ready.length >= 2 ? (
                <div className="book-all">
                    <button
                        type="button"
                        className="button primary"
                        onClick={() => {
                            setBatch(ready.length);
                            queue.book(ready);
                        }}
                    >
                        {`Book all: ${plural(totals.count, "new transaction")} from ${ready.length} files`}
                    </button>
                    <span className="small muted">
                        {[
                            totals.known > 0 ? `${totals.known} already there` : "",
                            totals.pairs > 0 ? plural(totals.pairs, "own transfer") : "",
                            totals.rejected > 0 ? `${totals.rejected} not readable` : "",
                            open > 0 ? `${plural(open, "file")} still to decide` : "",
                        ]
                            .filter(Boolean)
                            .join(" · ")}
                    </span>
                </div>
            ) : null}
            {booked.length >= 2 ? (
                <div className="book-all">
                    <span role="status">{`${booked.length} files are booked.`}</span>
                    <button
                        type="button"
                        className="button"
                        onClick={() => [...booked].reverse().forEach((entry) => queue.undo(entry))}
                    >
                        {`Undo all ${booked.length}`}
                    </button>
                    <Link className="button primary" href={transactionsHref({})}>
                        See the transactions
                    </Link>
                    <button
                        type="button"
                        className="button quiet"
                        onClick={() => booked.forEach((entry) => queue.remove(entry))}
                    >
                        Clear from this list
                    </button>
                </div>
            ) : null}
        </>
    );
}

function totalsOf(entries: readonly Entry[]) {
    const totals = { count: 0, known: 0, pairs: 0, rejected: 0 };
    for (const { phase } of entries) {
        if (phase.name === "preview") {
            totals.count += phase.preview.new;
            totals.known += phase.preview.duplicates;
            totals.pairs += phase.preview.transfers;
            totals.rejected += phase.preview.rejected.length;
        }
    }
    return totals;
}
