"use client";
// SPDX-License-Identifier: Apache-2.0
// Import: drop or choose files, see for each what would be booked, then book, and undo if wrong.

import { useEffect, useMemo, useState } from "react";
import { listAccounts, listImports } from "../../api/client";
import { useResource } from "../../api/resource";
import { plural } from "../pieces";
import { DropZone } from "./drop-zone";
import { FileCard } from "./file-card";
import { History } from "./history";
import { useQueue, type Entry } from "./queue";

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
            <BookAll entries={queue.entries} ready={ready} onBook={() => queue.book(ready)} />
            {queue.entries.map((entry) => (
                <FileCard
                    key={entry.key}
                    entry={entry}
                    accounts={accounts.data ?? []}
                    queue={queue}
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
    onBook,
}: {
    entries: readonly Entry[];
    ready: readonly Entry[];
    onBook: () => void;
}) {
    const booking = entries.filter(({ phase }) => phase.name === "booking").length;
    const reading = entries.filter(({ phase }) => phase.name === "reading").length;
    const [batch, setBatch] = useState(0);
    const count = useMemo(
        () =>
            ready.reduce(
                (sum, { phase }) => sum + (phase.name === "preview" ? phase.preview.new : 0),
                0,
            ),
        [ready],
    );
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
    if (ready.length < 2) {
        return null;
    }
    return (
        <div className="book-all">
            <button
                type="button"
                className="button primary"
                onClick={() => {
                    setBatch(ready.length);
                    onBook();
                }}
            >
                {`Book all: ${plural(count, "new transaction")} from ${ready.length} files`}
            </button>
        </div>
    );
}
