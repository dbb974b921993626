"use client";
// SPDX-License-Identifier: Apache-2.0
// Every row of a previewed file with what becomes of it and why. The counts choose which rows.

import { useState } from "react";
import { listImportRows, type ImportRow, type ImportRowFilter } from "../../api/imports";
import { useResource } from "../../api/resource";
import type { Import } from "../../api/types";
import { formatDate } from "../../domain/dates";
import { plainReason } from "../../domain/mapping";
import { formatMoney } from "../../money/format";
import { Amount, Failure } from "../pieces";

const kFirst = 20;
const kMore = 200;
const kMost = 1000;

interface Tab {
    readonly show: ImportRowFilter;
    readonly name: string;
    readonly count: number;
    readonly alarming?: boolean;
}

function tabsOf(preview: Import): Tab[] {
    const tabs: Tab[] = [
        { show: "added", name: "New", count: preview.new },
        { show: "duplicate", name: "Already there", count: preview.duplicates },
        { show: "booked", name: "Now posted", count: preview.updated },
        { show: "paired", name: "Own transfers", count: preview.transfers },
        { show: "rejected", name: "Not readable", count: preview.rejected.length, alarming: true },
    ];
    return tabs.filter(({ show, count }) => count > 0 || show !== "booked");
}

export function PreviewRows({ preview }: { preview: Import }) {
    const [show, setShow] = useState<ImportRowFilter>("all");
    const [limit, setLimit] = useState(kFirst);
    const rows = useResource(`${preview.import_id} ${show} ${limit}`, (signal) =>
        listImportRows(preview.import_id, show, limit, signal),
    );
    const items = rows.data?.items ?? [];
    const total = rows.data?.total ?? 0;
    const choose = (next: ImportRowFilter) => {
        setShow(next === show ? "all" : next);
        setLimit(kFirst);
    };
    return (
        <>
            <div className="counts" role="group" aria-label="Show only these rows">
                {tabsOf(preview).map(({ show: name, name: text, count, alarming }) => (
                    <button
                        key={name}
                        type="button"
                        aria-pressed={show === name}
                        disabled={count === 0}
                        data-alarming={alarming === true && count > 0}
                        onClick={() => choose(name)}
                    >
                        <span>{text}</span> <strong>{count.toLocaleString("en-US")}</strong>
                    </button>
                ))}
            </div>
            {rows.error ? <Failure error={rows.error} onRetry={rows.reload} /> : null}
            {items.length > 0 ? (
                <table className="figures sample">
                    <caption>{captionOf(show, items.length, total)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">Date</th>
                            <th scope="col">What, and why</th>
                            <th scope="col" className="number">
                                Amount
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        {items.map((row) => (
                            <Row
                                key={`${row.line}:${row.column}:${row.reason}`}
                                row={row}
                                isAllNew={preview.duplicates + preview.updated === 0}
                            />
                        ))}
                    </tbody>
                </table>
            ) : null}
            {total > items.length && limit < kMost ? (
                <button
                    type="button"
                    className="button quiet"
                    onClick={() => setLimit(Math.min(kMost, limit + kMore))}
                >
                    {`Show more of ${total.toLocaleString("en-US")}`}
                </button>
            ) : null}
        </>
    );
}

function captionOf(show: ImportRowFilter, shown: number, total: number): string {
    const kind = show === "all" ? "rows" : "of these rows";
    return shown < total
        ? `The first ${shown} of ${total.toLocaleString("en-US")} ${kind}`
        : show === "all"
          ? "The rows"
          : "Only these rows";
}

const kDecisions: Record<ImportRow["decision"], string> = {
    added: "New",
    duplicate: "Already there",
    booked: "Now posted",
    rejected: "Left out",
};

/** Where every row is new, each need not say that it was not there before. */
function Row({ row, isAllNew }: { row: ImportRow; isAllNew: boolean }) {
    const isPlain = isAllNew && row.decision === "added";
    return (
        <tr data-decision={row.decision}>
            <td>{row.date ? formatDate(row.date) : ""}</td>
            <td>
                {row.description ? (
                    row.description
                ) : (
                    <span className="muted">{`Line ${row.line}`}</span>
                )}
                <span className="why small" data-decision={row.decision}>
                    <strong>{kDecisions[row.decision]}</strong>
                    {isPlain ? "" : `: ${plainReason(row.reason)}`}
                </span>
                {row.pair ? (
                    <span className="why small" data-decision="paired">
                        <strong>Own transfer</strong>
                        {`: pairs with ${formatMoney(row.pair.amount, { plus: true })} on ${row.pair.account}, ` +
                            `${formatDate(row.pair.date)} (${Math.round(row.pair.confidence * 100)} % sure)`}
                    </span>
                ) : null}
            </td>
            <td className="number">{row.amount ? <Amount money={row.amount} flow /> : null}</td>
        </tr>
    );
}
