"use client";
// SPDX-License-Identifier: Apache-2.0
// Imports so far, newest first, each with its undo. Undoing asks once more: it removes rows.

import { useState } from "react";
import { undoImport } from "../../api/client";
import { useLine } from "../../api/live";
import type { Resource } from "../../api/resource";
import type { Import } from "../../api/types";
import { formatMoment } from "../../domain/dates";
import { describeFailure, Failure, plural } from "../pieces";

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
    const { report } = useLine();
    const [asking, setAsking] = useState(false);
    const [busy, setBusy] = useState(false);
    const [complaint, setComplaint] = useState("");
    const undo = async () => {
        setBusy(true);
        setComplaint("");
        try {
            await undoImport(summary.import_id);
            onUndone();
        } catch (reason) {
            report(reason);
            const { title, advice } = describeFailure(
                reason instanceof Error ? reason : new Error(String(reason)),
            );
            setComplaint(`${title}. ${advice}`);
        }
        setBusy(false);
        setAsking(false);
    };
    const facts = [
        summary.format.toUpperCase(),
        summary.accounts.map(({ name }) => name).join(", "),
        formatMoment(summary.created_at),
    ].filter(Boolean);
    return (
        <li data-state={summary.state}>
            <div className="history-name">
                <strong>{summary.file_name || summary.import_id}</strong>
                <span className="small muted">{facts.join(" · ")}</span>
            </div>
            <div className="history-count">
                <span>{plural(summary.new, "transaction")}</span>
                <span className="small muted">
                    {summary.rejected.length > 0
                        ? `${plural(summary.rejected.length, "row")} not readable`
                        : ""}
                </span>
            </div>
            <div className="history-action">
                {summary.state === "undone" ? (
                    <span className="tag">undone</span>
                ) : asking ? (
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
                            onClick={() => void undo()}
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
