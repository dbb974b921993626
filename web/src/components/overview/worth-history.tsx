"use client";
// SPDX-License-Identifier: Apache-2.0
// Everything together at the end of each of the last months, in one currency by dated rates. A
// month without a rate has no point; nothing is guessed.

import { useResource } from "../../api/resource";
import { getWorth } from "../../api/transfers";
import { addMonths, formatMonth, monthBounds } from "../../domain/dates";
import { formatMoney } from "../../money/format";
import { BalanceChart } from "../account/balance-chart";
import { Failure } from "../pieces";

const kMonths = 24;

export function WorthHistory({ first, last }: { first: string; last: string }) {
    const months = Array.from({ length: kMonths }, (_, index) =>
        addMonths(last, index - kMonths + 1),
    ).filter((month) => month >= first);
    const worth = useResource(`worth ${first} ${last}`, (signal) =>
        Promise.all(months.map((month) => getWorth(monthBounds(month).to, signal))),
    );
    const points = (worth.data ?? []).flatMap(({ total }, index) => {
        const month = months[index];
        return total && month
            ? [{ date: monthBounds(month).to, month, balance: total, pending: total }]
            : [];
    });
    const missing = (worth.data?.length ?? 0) - points.length;
    if (worth.data && points.length < 2) {
        return null;
    }
    return (
        <section className="card worth-history" aria-labelledby="worth-history">
            <div className="card-head">
                <h2 id="worth-history">Worth over time</h2>
                <span className="small muted">
                    {points[0] ? `All accounts, in ${points[0].balance.currency}` : ""}
                </span>
            </div>
            {worth.error ? <Failure error={worth.error} onRetry={worth.reload} /> : null}
            <BalanceChart points={points} title="Worth over time" />
            {missing > 0 ? (
                <p className="small muted">
                    {`No exchange rate is known for ${missing} of the months; they are left out.`}
                </p>
            ) : null}
            <details>
                <summary>The same as a table</summary>
                <div className="scroll" tabIndex={0} role="region" aria-label="Worth as a table">
                    <table className="figures">
                        <thead>
                            <tr>
                                <th scope="col">End of</th>
                                <th scope="col" className="number">
                                    Worth
                                </th>
                            </tr>
                        </thead>
                        <tbody>
                            {[...points].reverse().map(({ month, balance }) => (
                                <tr key={month}>
                                    <th scope="row">{formatMonth(month)}</th>
                                    <td className="number">{formatMoney(balance)}</td>
                                </tr>
                            ))}
                        </tbody>
                    </table>
                </div>
            </details>
        </section>
    );
}
