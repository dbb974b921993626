"use client";
// SPDX-License-Identifier: Apache-2.0
// What people changed, newest first, each step with its undo; imports have their own list.

import Link from "next/link";
import { useState } from "react";
import { takeBack } from "../../api/edits";
import { useLine } from "../../api/live";
import { useResource } from "../../api/resource";
import { listEdits, type Edit } from "../../api/transfers";
import { formatMoment } from "../../domain/dates";
import { describeFailure, Empty, Failure, plural } from "../pieces";

const kFirst = 50;
const kMost = 1000;

export function Changes() {
    const [limit, setLimit] = useState(kFirst);
    const [said, setSaid] = useState("");
    const edits = useResource(`edits ${limit}`, (signal) => listEdits(limit, signal));
    const items = edits.data ?? [];
    return (
        <>
            <div className="page-head">
                <h1>Changes</h1>
                <p className="muted small">
                    Every step somebody took here. Imports are{" "}
                    <Link href="/import/#history">on the import page</Link>.
                </p>
            </div>
            {edits.error ? <Failure error={edits.error} onRetry={edits.reload} /> : null}
            <p className="review-done" role="status">
                {said}
            </p>
            {edits.data && items.length === 0 ? (
                <Empty title="Nothing was changed yet">
                    <p>
                        What you file, split, tag, pair or delete is listed here, so that it can be
                        taken back.
                    </p>
                </Empty>
            ) : null}
            {items.length > 0 ? (
                <section className="card history" aria-label="Changes">
                    <ul>
                        {items.map((edit) => (
                            <Step
                                key={edit.id}
                                edit={edit}
                                onDone={(text) => {
                                    setSaid(text);
                                    edits.reload();
                                }}
                            />
                        ))}
                    </ul>
                </section>
            ) : null}
            {items.length >= limit && limit < kMost ? (
                <button
                    type="button"
                    className="button quiet"
                    onClick={() => setLimit(Math.min(kMost, limit * 4))}
                >
                    Show older ones
                </button>
            ) : null}
        </>
    );
}

function Step({ edit, onDone }: { edit: Edit; onDone: (text: string) => void }) {
    const { report } = useLine();
    const [busy, setBusy] = useState(false);
    const [complaint, setComplaint] = useState("");
    const undo = async () => {
        setBusy(true);
        setComplaint("");
        try {
            const { skipped } = await takeBack(edit.id);
            onDone(
                skipped.length > 0
                    ? `Taken back, but for ${plural(skipped.length, "transaction")} changed again since.`
                    : "Taken back.",
            );
        } catch (reason) {
            report(reason);
            const { title, advice } = describeFailure(
                reason instanceof Error ? reason : new Error(String(reason)),
            );
            setComplaint(`${title}. ${advice}`);
        }
        setBusy(false);
    };
    return (
        <li data-state={edit.undone ? "undone" : "done"}>
            <div className="history-name">
                <strong>{edit.summary}</strong>
                <span className="small muted">{formatMoment(edit.at)}</span>
            </div>
            <div className="history-count">
                <span>{edit.changed > 0 ? plural(edit.changed, "transaction") : ""}</span>
            </div>
            <div className="history-action">
                {edit.undone ? (
                    <span className="tag">undone</span>
                ) : (
                    <button
                        type="button"
                        className="button quiet"
                        disabled={busy}
                        aria-label={`Undo: ${edit.summary}`}
                        onClick={() => void undo()}
                    >
                        Undo
                    </button>
                )}
            </div>
            {complaint ? (
                <p className="warning" role="alert">
                    {complaint}
                </p>
            ) : null}
        </li>
    );
}
