"use client";
// SPDX-License-Identifier: Apache-2.0
// What went through one category in each of the last twelve months that have any, as bars and as a
// table a screen reader can walk.

import { listMonthlyTotals } from "../../api/client";
import { useResource } from "../../api/resource";
import { formatMonth } from "../../domain/dates";
import {
    addDecimals,
    compareDecimals,
    drawnRatio,
    kZero,
    negateDecimal,
    readDecimal,
    type Decimal,
} from "../../money/decimal";
import { isPositive, toMoney } from "../../money/format";
import { Amount, Failure } from "../pieces";

const kMonthsShown = 12;

export function CategoryHistory({ category }: { category: string }) {
    const totals = useResource(`history ${category}`, (signal) =>
        listMonthlyTotals("1970-01-01", "2999-12-31", signal),
    );
    const own = (totals.data ?? []).filter(
        (total) => total.category === category || total.category.startsWith(`${category}.`),
    );
    const currency = own[own.length - 1]?.amount.currency;
    const sums = new Map<string, Decimal>();
    for (const { month, amount } of own) {
        if (amount.currency === currency) {
            const value = readDecimal(amount.amount) ?? kZero;
            sums.set(month, addDecimals(sums.get(month) ?? kZero, value));
        }
    }
    const rows = [...sums].sort(([a], [b]) => a.localeCompare(b)).slice(-kMonthsShown);
    const sizes = rows.map(([, sum]) => (sum.units < 0n ? negateDecimal(sum) : sum));
    const most = sizes.reduce((a, b) => (compareDecimals(a, b) > 0 ? a : b), kZero);
    if (!totals.data) {
        return totals.error ? <Failure error={totals.error} onRetry={totals.reload} /> : null;
    }
    if (rows.length === 0) {
        return <p className="muted small">Nothing is filed here yet.</p>;
    }
    return (
        <table className="history" aria-label="By month">
            <tbody>
                {rows.map(([month, sum], index) => (
                    <tr key={month}>
                        <th scope="row" className="small">
                            {formatMonth(month)}
                        </th>
                        <td className="history-cell" aria-hidden="true">
                            <span
                                className="history-bar"
                                data-in={isPositive(toMoney(sum, currency ?? "USD"))}
                                style={{
                                    width: `${100 * drawnRatio(sizes[index] ?? kZero, most)}%`,
                                }}
                            />
                        </td>
                        <td className="number">
                            <Amount money={toMoney(sum, currency ?? "USD")} />
                        </td>
                    </tr>
                ))}
            </tbody>
        </table>
    );
}
