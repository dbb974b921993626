"use client";
// SPDX-License-Identifier: Apache-2.0
// What people changed, newest first, each step with its undo; imports have their own list.

import Link from "next/link";
import { useState } from "react";
import { listEdits, takeBack, type Edit } from "../../api/edits";
import { useResource } from "../../api/resource";
import { formatMoment } from "../../domain/dates";
import { Empty, Failure, plural } from "../pieces";
import { Step, useUndo } from "./step";

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
                            <Change
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

function Change({ edit, onDone }: { edit: Edit; onDone: (text: string) => void }) {
    const { busy, complaint, undo } = useUndo(async () => {
        const { skipped } = await takeBack(edit.id);
        onDone(
            skipped.length > 0
                ? `Taken back, but for ${plural(skipped.length, "transaction")} changed again since.`
                : "Taken back.",
        );
    });
    return (
        <Step
            state={edit.undone ? "undone" : "done"}
            name={edit.summary}
            about={formatMoment(edit.at)}
            count={<span>{edit.changed > 0 ? plural(edit.changed, "transaction") : ""}</span>}
            action={
                <button
                    type="button"
                    className="button quiet"
                    disabled={busy}
                    aria-label={`Undo: ${edit.summary}`}
                    onClick={() => void undo()}
                >
                    Undo
                </button>
            }
            complaint={complaint}
        />
    );
}
