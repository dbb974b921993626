"use client";
// SPDX-License-Identifier: Apache-2.0
// What an import would do: whether the statement's balance agrees, the rows with what becomes of
// each, and the place of each that could not be read.

import { useState } from "react";
import type { Import, RejectedEntry } from "../../api/types";
import { plainReason } from "../../domain/mapping";
import { formatMoney, isNegative, isPositive } from "../../money/format";
import { plural } from "../pieces";
import { PreviewRows } from "./preview-rows";

const kRejectedShown = 5;

export function PreviewBody({ preview }: { preview: Import }) {
    const isNothingNew = preview.new + preview.updated === 0 && preview.duplicates > 0;
    return (
        <>
            {isNothingNew ? (
                <p>
                    Everything readable in this file is in your ledger already. There is nothing to
                    do.
                </p>
            ) : null}
            {preview.reconciliation.map((line) => (
                <Reconciliation
                    key={`${line.account} ${line.ledger_balance.currency}`}
                    line={line}
                    isOnlyOne={preview.reconciliation.length === 1}
                />
            ))}
            <Rejected rows={preview.rejected} />
            <Notes rows={preview.notes} />
            <PreviewRows preview={preview} />
        </>
    );
}

function Reconciliation({
    line,
    isOnlyOne,
}: {
    line: Import["reconciliation"][number];
    isOnlyOne: boolean;
}) {
    const agrees = !isNegative(line.difference) && !isPositive(line.difference);
    const statement = formatMoney(line.statement_balance);
    const whose = isOnlyOne ? "" : ` of ${line.account}`;
    return (
        <p className={agrees ? "agrees" : "warning"} data-testid="reconciliation">
            {agrees
                ? `The balance${whose} agrees: the statement and Atlas both say ${statement}.`
                : `The statement${whose} says ${statement}, Atlas would have ${formatMoney(line.ledger_balance)}: ` +
                  `a difference of ${formatMoney(line.difference)}. Usually an earlier statement ` +
                  "is missing; you can book this one and add the other later."}
        </p>
    );
}

export function Rejected({ rows }: { rows: readonly RejectedEntry[] }) {
    return (
        <Places
            title={`${plural(rows.length, "row")} could not be read and will be left out`}
            rows={rows}
        />
    );
}

/** What costs no row: balances that do not follow, lines that are no movement. */
export function Notes({ rows }: { rows: readonly RejectedEntry[] | undefined }) {
    return <Places title="Worth knowing about this file" rows={rows ?? []} />;
}

function Places({ title, rows }: { title: string; rows: readonly RejectedEntry[] }) {
    const [all, setAll] = useState(false);
    if (rows.length === 0) {
        return null;
    }
    const shown = all ? rows : rows.slice(0, kRejectedShown);
    return (
        <div className="rejected">
            <h3>{title}</h3>
            <ul>
                {shown.map((row) => (
                    <li key={`${row.file}:${row.line}:${row.column}:${row.reason}`}>
                        <span className="printed">{`${row.file}:${row.line}:${row.column}`}</span>
                        <span>{plainReason(row.reason)}</span>
                    </li>
                ))}
            </ul>
            {rows.length > shown.length ? (
                <button type="button" className="button quiet" onClick={() => setAll(true)}>
                    {`Show all ${rows.length}`}
                </button>
            ) : null}
        </div>
    );
}
