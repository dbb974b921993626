"use client";
// SPDX-License-Identifier: Apache-2.0
// One file on its way into the ledger, whatever state it is in.

import { useState, type ReactNode } from "react";
import { ApiError } from "../../api/client";
import type { Account, Import } from "../../api/types";
import { transactionsHref } from "../../domain/filters";
import { describeFailure, plural } from "../pieces";
import { Icon } from "../icons";
import Link from "next/link";
import { AccountChoice } from "./account-choice";
import { MappingChoice } from "./mapping-choice";
import { PreviewBody } from "./preview-body";
import type { Entry, Queue } from "./queue";

export interface FileCardProps {
    readonly entry: Entry;
    readonly accounts: readonly Account[];
    readonly queue: Queue;
}

export function FileCard({ entry, accounts, queue }: FileCardProps) {
    const { file, phase } = entry;
    return (
        <section className="card file" aria-label={file.name} data-phase={phase.name}>
            <div className="card-head">
                <h2 className="file-name">
                    <Icon name="file" />
                    <span>{file.name}</span>
                </h2>
                <p className="small muted">{headline(entry)}</p>
            </div>
            <CardBody entry={entry} accounts={accounts} queue={queue} />
        </section>
    );
}

function headline({ file, phase }: Entry): string {
    const size = file.size < 10_000 ? `${file.size} bytes` : `${Math.round(file.size / 1000)} kB`;
    if (phase.name === "preview" || phase.name === "booking") {
        return `${phase.preview.format.toUpperCase()} · ${size}`;
    }
    return size;
}

function CardBody({ entry, accounts, queue }: FileCardProps): ReactNode {
    const { phase } = entry;
    switch (phase.name) {
        case "reading":
            return <Busy text="Reading the file…" />;
        case "no-account":
            return (
                <>
                    <p>This file does not say which account it belongs to. Which one is it?</p>
                    <AccountChoice
                        accounts={accounts}
                        chosen={entry.wish.account?.name ?? ""}
                        suggestion={entry.file.name}
                        onChoose={(account) => queue.read(entry, { account })}
                        onCancel={() => queue.remove(entry)}
                    />
                </>
            );
        case "preview":
            return (
                <Preview entry={entry} preview={phase.preview} accounts={accounts} queue={queue} />
            );
        case "booking":
            return <Busy text={`Booking ${plural(countOf(phase.preview), "transaction")}…`} />;
        case "booked":
            return (
                <Booked
                    summary={phase.summary}
                    onUndo={() => queue.undo(entry)}
                    onClose={() => queue.remove(entry)}
                />
            );
        case "undoing":
            return <Busy text="Taking it back…" />;
        case "undone":
            return (
                <p role="status">
                    Undone: your ledger is as it was before this file.{" "}
                    <button
                        type="button"
                        className="button quiet"
                        onClick={() => queue.read(entry)}
                    >
                        Read it again
                    </button>
                </p>
            );
        case "failed":
            return (
                <Failed entry={entry} error={phase.error} preview={phase.preview} queue={queue} />
            );
    }
}

/** What booking changes: new ones, and pending ones that are now posted. */
function countOf(report: Import): number {
    return report.new + report.updated;
}

function Busy({ text }: { text: string }) {
    return (
        <div className="busy" role="status">
            <progress aria-label={text} />
            <span>{text}</span>
        </div>
    );
}

function Preview({ entry, preview, accounts, queue }: FileCardProps & { preview: Import }) {
    const [choosing, setChoosing] = useState(false);
    const count = countOf(preview);
    const kind = preview.updated > 0 ? "transaction" : "new transaction";
    return (
        <>
            <p className="into">
                <span className="muted">Goes into</span>{" "}
                <strong>{preview.accounts.map(({ name }) => name).join(", ")}</strong>
                {preview.accounts.some((account) => account.created) ? (
                    <span className="tag">new account</span>
                ) : null}
                {choosing ? null : (
                    <button
                        type="button"
                        className="button quiet"
                        onClick={() => setChoosing(true)}
                    >
                        Change
                    </button>
                )}
            </p>
            {choosing ? (
                <AccountChoice
                    accounts={accounts}
                    chosen={preview.accounts[0]?.name ?? ""}
                    suggestion={entry.file.name}
                    onChoose={(account) => queue.read(entry, { account })}
                    onCancel={() => setChoosing(false)}
                />
            ) : null}
            <PreviewBody preview={preview} />
            {preview.mapping ? (
                <MappingChoice
                    mapping={preview.mapping}
                    questions={preview.questions}
                    onRead={(mapping) => queue.read(entry, { mapping })}
                />
            ) : null}
            <p className="actions">
                {count > 0 && preview.questions.length === 0 ? (
                    <button
                        type="button"
                        className="button primary"
                        onClick={() => queue.book([entry])}
                    >
                        {`Book ${plural(count, kind)}`}
                    </button>
                ) : null}
                <button type="button" className="button" onClick={() => queue.remove(entry)}>
                    {count > 0 ? "Leave this file out" : "Close"}
                </button>
            </p>
        </>
    );
}

function Booked({
    summary,
    onUndo,
    onClose,
}: {
    summary: Import;
    onUndo: () => void;
    onClose: () => void;
}) {
    return (
        <>
            <p role="status" className="done">
                {`Booked ${plural(countOf(summary), "transaction")}. `}
                {summary.duplicates > 0
                    ? `${plural(summary.duplicates, "row")} were there before and left out. `
                    : ""}
                {summary.rejected.length > 0
                    ? `${plural(summary.rejected.length, "row")} could not be read.`
                    : ""}
            </p>
            <p className="actions">
                <Link className="button primary" href={transactionsHref({})}>
                    See the transactions
                </Link>
                <button type="button" className="button" onClick={onUndo}>
                    Undo this import
                </button>
                <button type="button" className="button quiet" onClick={onClose}>
                    Close
                </button>
            </p>
        </>
    );
}

function Failed({
    entry,
    error,
    preview,
    queue,
}: {
    entry: Entry;
    error: Error;
    preview: Import | undefined;
    queue: Queue;
}) {
    const { title, advice } = explain(error);
    const places = error instanceof ApiError ? (error.problem?.errors ?? []) : [];
    return (
        <div role="alert" className="failure">
            <strong>{title}</strong>
            <span>{advice}</span>
            {places.length > 0 ? (
                <ul className="small">
                    {places.map(({ pointer, detail }) => (
                        <li key={`${pointer} ${detail}`}>{detail}</li>
                    ))}
                </ul>
            ) : null}
            <p className="actions">
                <button
                    type="button"
                    className="button"
                    onClick={() =>
                        preview && !isStale(error) ? queue.book([entry]) : queue.read(entry)
                    }
                >
                    Try again
                </button>
                <button type="button" className="button quiet" onClick={() => queue.remove(entry)}>
                    Leave this file out
                </button>
            </p>
        </div>
    );
}

/** True when the preview no longer holds, because the ledger has moved on. */
function isStale(error: Error): boolean {
    return error instanceof ApiError && (error.status === 404 || error.status === 409);
}

/** The import's own wording, where it can be more helpful than the general one. */
function explain(error: Error): { title: string; advice: string } {
    const status = error instanceof ApiError ? error.status : -1;
    if (status === 413) {
        return {
            title: "This file is too large",
            advice:
                "Ask your bank for a shorter period, for example one year at a time. " +
                "Nothing was changed.",
        };
    }
    if (status === 400 || status === 415 || status === 422) {
        return {
            title: "Atlas cannot read this file",
            advice:
                `${error.message} Nothing was changed. Most banks offer OFX or QFX ` +
                '(sometimes called "Quicken" or "Money"), which works best.',
        };
    }
    return describeFailure(error);
}
