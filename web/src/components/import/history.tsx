"use client";
// SPDX-License-Identifier: Apache-2.0
// Imports so far, newest first, each with its undo. Undoing asks once more: it removes rows.

import { useState } from "react";
import { undoImport } from "../../api/client";
import type { Resource } from "../../api/resource";
import type { Import } from "../../api/types";
import { formatMoment } from "../../domain/dates";
import { Step, useUndo } from "../changes/step";
import { Failure, plural } from "../pieces";

export function History({
    history,
    onUndone,
}: {
    history: Resource<Import[]>;
    onUndone: () => void;
}) {
    const shown = (history.data ?? []).filter(({ state }) => state !== "preview");
    return (
        <section id="history" className="card history" aria-labelledby="history-title">
            <h2 id="history-title">Imports so far</h2>
            {history.error ? <Failure error={history.error} onRetry={history.reload} /> : null}
            {history.data !== undefined && shown.length === 0 ? (
                <p className="muted">
                    None yet. Every import will be listed here and can be undone.
                </p>
            ) : null}
            {shown.length > 0 ? (
                <ul>
                    {shown.map((summary) => (
                        <HistoryRow key={summary.import_id} summary={summary} onUndone={onUndone} />
                    ))}
                </ul>
            ) : null}
        </section>
    );
}

function HistoryRow({ summary, onUndone }: { summary: Import; onUndone: () => void }) {
    const [asking, setAsking] = useState(false);
    const { busy, complaint, undo } = useUndo(async () => {
        await undoImport(summary.import_id);
        onUndone();
    });
    const facts = [
        summary.format.toUpperCase(),
        summary.accounts.map(({ name }) => name).join(", "),
        formatMoment(summary.created_at),
    ].filter(Boolean);
    return (
        <Step
            state={summary.state}
            name={summary.file_name || summary.import_id}
            about={facts.join(" · ")}
            count={
                <>
                    <span>{plural(summary.new, "transaction")}</span>
                    <span className="small muted">
                        {summary.rejected.length > 0
                            ? `${plural(summary.rejected.length, "row")} not readable`
                            : ""}
                    </span>
                </>
            }
            action={
                asking ? (
                    <span
                        className="ask"
                        role="group"
                        aria-label={`Undo ${summary.file_name || "this import"}?`}
                    >
                        <span className="small">{`Remove ${plural(summary.new, "transaction")}?`}</span>
                        <button
                            type="button"
                            className="button danger"
                            disabled={busy}
                            onClick={() => void undo().then(() => setAsking(false))}
                        >
                            Remove
                        </button>
                        <button
                            type="button"
                            className="button quiet"
                            disabled={busy}
                            onClick={() => setAsking(false)}
                        >
                            Keep
                        </button>
                    </span>
                ) : (
                    <button
                        type="button"
                        className="button quiet"
                        aria-label={`Undo ${summary.file_name || "this import"}`}
                        onClick={() => setAsking(true)}
                    >
                        Undo
                    </button>
                )
            }
            complaint={complaint}
        />
    );
}
