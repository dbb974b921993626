"use client";
// SPDX-License-Identifier: Apache-2.0
// What an import would do: counts, whether the statement's balance agrees, rows that could not be
// read with the place of each, and the first rows.

import { useState } from "react";
import type { Import, RejectedEntry } from "../../api/types";
import { formatDate } from "../../domain/dates";
import { formatMoney, isNegative, isPositive } from "../../money/format";
import { Amount, plural } from "../pieces";

const kRejectedShown = 5;

export function PreviewBody({ preview }: { preview: Import }) {
    const isNothingNew = preview.new + preview.updated === 0 && preview.duplicates > 0;
    return (
        <>
            <dl className="counts">
                <Count name="New" value={preview.new} />
                <Count name="Already there" value={preview.duplicates} />
                {preview.updated > 0 ? <Count name="Now posted" value={preview.updated} /> : null}
                <Count name="Own transfers" value={preview.transfers} />
                <Count name="Not readable" value={preview.rejected.length} alarming />
            </dl>
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
                />
            ))}
            <Rejected rows={preview.rejected} />
            <Sample preview={preview} />
        </>
    );
}

function Count({
    name,
    value,
    alarming = false,
}: {
    name: string;
    value: number;
    alarming?: boolean;
}) {
    return (
        <div data-alarming={alarming && value > 0}>
            <dt>{name}</dt>
            <dd>{value.toLocaleString("en-US")}</dd>
        </div>
    );
}

function Reconciliation({ line }: { line: Import["reconciliation"][number] }) {
    const agrees = !isNegative(line.difference) && !isPositive(line.difference);
    const statement = formatMoney(line.statement_balance);
    return (
        <p className={agrees ? "agrees" : "warning"} data-testid="reconciliation">
            {agrees
                ? `The balance agrees: the statement and Atlas both say ${statement}.`
                : `The statement says ${statement}, Atlas would have ${formatMoney(line.ledger_balance)}: ` +
                  `a difference of ${formatMoney(line.difference)}. Usually an earlier statement ` +
                  "is missing; you can book this one and add the other later."}
        </p>
    );
}

function Rejected({ rows }: { rows: readonly RejectedEntry[] }) {
    const [all, setAll] = useState(false);
    if (rows.length === 0) {
        return null;
    }
    const shown = all ? rows : rows.slice(0, kRejectedShown);
    return (
        <div className="rejected">
            <h3>{`${plural(rows.length, "row")} could not be read and will be left out`}</h3>
            <ul>
                {shown.map((row) => (
                    <li key={`${row.file}:${row.line}:${row.column}`}>
                        <span className="printed">{`${row.file}:${row.line}:${row.column}`}</span>
                        <span>{row.reason}</span>
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

const kDecisions: Record<string, string> = {
    new: "new",
    added: "new",
    duplicate: "already there",
    booked: "now posted",
};

function Sample({ preview }: { preview: Import }) {
    if (preview.sample.length === 0) {
        return null;
    }
    const isAll = preview.sample.length >= preview.new + preview.duplicates;
    return (
        <table className="figures sample">
            <caption>{isAll ? "The rows" : `The first ${preview.sample.length} rows`}</caption>
            <thead>
                <tr>
                    <th scope="col">Date</th>
                    <th scope="col">Description</th>
                    <th scope="col" className="hidden-narrow">
                        Outcome
                    </th>
                    <th scope="col" className="number">
                        Amount
                    </th>
                </tr>
            </thead>
            <tbody>
                {preview.sample.map((row, index) => (
                    <tr key={index} data-decision={row.decision}>
                        <td>{formatDate(row.date)}</td>
                        <td>{row.description}</td>
                        <td className="hidden-narrow muted">
                            {kDecisions[row.decision] ?? row.decision}
                        </td>
                        <td className="number">
                            <Amount money={row.amount} flow />
                        </td>
                    </tr>
                ))}
            </tbody>
        </table>
    );
}
