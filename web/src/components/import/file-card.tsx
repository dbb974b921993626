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
import { Notes, PreviewBody, Rejected } from "./preview-body";
import type { Entry, Queue } from "./queue";

export interface FileCardProps {
    readonly entry: Entry;
    readonly accounts: readonly Account[];
    readonly queue: Queue;
    /** Among many files, one that asks nothing shows a line and opens on demand. */
    readonly isCompact?: boolean;
}

export function FileCard({ entry, accounts, queue, isCompact = false }: FileCardProps) {
    const { file, phase } = entry;
    const [opened, setOpened] = useState(false);
    const folded =
        isCompact && phase.name === "preview" && phase.preview.questions.length === 0
            ? phase.preview
            : undefined;
    const isOpen = folded === undefined || opened;
    return (
        <section className="card file" aria-label={file.name} data-phase={phase.name}>
            <div className="card-head">
                <h2 className="file-name">
                    <Icon name="file" />
                    <span>{file.name}</span>
                </h2>
                <p className="small muted">{headline(entry)}</p>
            </div>
            {folded ? (
                <p className="folded">
                    <span>{summaryOf(folded)}</span>
                    <button
                        type="button"
                        className="button quiet"
                        aria-expanded={isOpen}
                        aria-label={`${isOpen ? "Hide" : "Show"} the rows of ${file.name}`}
                        onClick={() => setOpened(!opened)}
                    >
                        {isOpen ? "Hide the rows" : "Show the rows"}
                    </button>
                </p>
            ) : null}
            {isOpen ? (
                <CardBody entry={entry} accounts={accounts} queue={queue} isCompact={isCompact} />
            ) : null}
        </section>
    );
}

/** "Everyday: 12 new, 3 already there, 1 own transfer". */
function summaryOf(preview: Import): string {
    const names = preview.accounts.map(({ name }) => name).join(", ");
    const parts = [
        `${preview.new} new`,
        preview.duplicates > 0 ? `${preview.duplicates} already there` : "",
        preview.updated > 0 ? `${preview.updated} now posted` : "",
        preview.transfers > 0 ? plural(preview.transfers, "own transfer") : "",
        preview.rejected.length > 0 ? `${preview.rejected.length} not readable` : "",
    ];
    return `${names}: ${parts.filter(Boolean).join(", ")}`;
}

function inMegabytes(bytes: number): string {
    return `${Math.round(bytes / 1_000_000)} MB`;
}

function headline({ file, phase }: Entry): string {
    const size =
        file.size < 10_000
            ? plural(file.size, "byte")
            : file.size < 10_000_000
              ? `${Math.round(file.size / 1000)} kB`
              : inMegabytes(file.size);
    if (phase.name === "preview" || phase.name === "booking") {
        return `${phase.preview.format.toUpperCase()} · ${size}`;
    }
    return size;
}

function CardBody({ entry, accounts, queue, isCompact = false }: FileCardProps): ReactNode {
    const { phase } = entry;
    switch (phase.name) {
        case "waiting":
            return <p className="muted small">Waits its turn.</p>;
        case "reading":
            return (
                <Reading
                    size={entry.file.size}
                    sentBytes={phase.sentBytes}
                    onStop={() => queue.remove(entry)}
                />
            );
        case "no-account":
            return (
                <>
                    <p>This file does not say which account it belongs to. Which one is it?</p>
                    <AccountChoice
                        accounts={accounts}
                        chosen={entry.wish.account?.name ?? ""}
                        suggestion={entry.file.name}
                        others={othersWithoutAccount(entry, queue).length}
                        onChoose={(account, forOthers) => {
                            const more = forOthers ? othersWithoutAccount(entry, queue) : [];
                            [entry, ...more].forEach((one) => queue.read(one, { account }));
                        }}
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
                    isCompact={isCompact}
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

function othersWithoutAccount(entry: Entry, queue: Queue): Entry[] {
    return queue.entries.filter(
        (other) => other.key !== entry.key && other.phase.name === "no-account",
    );
}

/** What booking changes: new ones, and pending ones that are now posted. */
function countOf(report: Import): number {
    return report.new + report.updated;
}

/** A file that takes a moment to send says how far it is, and can be stopped. */
const kLongToSendBytes = 8_000_000;

function Reading({
    size,
    sentBytes,
    onStop,
}: {
    size: number;
    sentBytes: number;
    onStop: () => void;
}) {
    if (size < kLongToSendBytes) {
        return <Busy text="Reading the file…" />;
    }
    const sent = Math.min(sentBytes, size);
    const isSent = sent === size;
    const text = isSent ? "Reading the file…" : `Sent ${inMegabytes(sent)} of ${inMegabytes(size)}`;
    return (
        <div className="busy">
            {isSent ? (
                <progress aria-label={text} />
            ) : (
                <progress aria-label="Sending the file" max={size} value={sent} />
            )}
            <span>{text}</span>
            <button type="button" className="button quiet" onClick={onStop}>
                Stop
            </button>
        </div>
    );
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
    const asks = preview.questions.length > 0;
    const columns = <Columns entry={entry} preview={preview} queue={queue} />;
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
            {asks ? columns : null}
            <PreviewBody preview={preview} />
            {asks ? null : columns}
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

function Columns({ entry, preview, queue }: { entry: Entry; preview: Import; queue: Queue }) {
    return preview.mapping ? (
        <MappingChoice
            file={entry.file}
            mapping={preview.mapping}
            importId={preview.import_id}
            questions={preview.questions}
            onRead={(mapping) => queue.read(entry, { mapping })}
        />
    ) : null;
}

function Booked({
    summary,
    isCompact,
    onUndo,
    onClose,
}: {
    summary: Import;
    isCompact: boolean;
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
                {summary.transfers > 0 ? `${plural(summary.transfers, "own transfer")} found.` : ""}
            </p>
            <Rejected rows={summary.rejected} />
            <Notes rows={summary.notes} />
            <p className="actions">
                {isCompact ? null : (
                    <Link className="button primary" href={transactionsHref({})}>
                        See the transactions
                    </Link>
                )}
                <button
                    type="button"
                    className={isCompact ? "button quiet" : "button"}
                    onClick={onUndo}
                >
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
            {mayHaveColumns(error, entry.file) ? (
                <MappingChoice
                    file={entry.file}
                    mapping={entry.wish.mapping ?? undefined}
                    questions={[]}
                    onRead={(mapping) => queue.read(entry, { mapping })}
                />
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

/** Where the columns could not be told apart, a person may say what they hold. */
function mayHaveColumns(error: Error, file: File): boolean {
    return (
        error instanceof ApiError &&
        (error.status === 400 || error.status === 422) &&
        file.size > 0 &&
        /\.(csv|tsv|txt)$/i.test(file.name)
    );
}

/** True when the preview no longer holds, because the ledger has moved on. */
function isStale(error: Error): boolean {
    return error instanceof ApiError && (error.status === 404 || error.status === 409);
}

/** A server's message between sentences: a capital first, a full stop last. */
function asSentence(text: string): string {
    const whole = text.charAt(0).toUpperCase() + text.slice(1);
    return /[.!?]$/.test(whole) ? whole : `${whole}.`;
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
                `${asSentence(error.message)} Nothing was changed. Most banks offer OFX or QFX ` +
                '(sometimes called "Quicken" or "Money"), which works best.',
        };
    }
    return describeFailure(error);
}
