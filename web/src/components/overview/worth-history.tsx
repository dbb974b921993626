"use client";
// SPDX-License-Identifier: Apache-2.0
// Everything together at the end of each of the last months, in one currency by dated rates. A
// month without a rate has no point; nothing is guessed.

import { getWorth } from "../../api/client";
import { useResource } from "../../api/resource";
import { addMonths, formatMonth, monthBounds } from "../../domain/dates";
import { BalanceChart, BalanceTable } from "../account/balance-chart";
import { Failure } from "../pieces";

const kMonths = 24;

export function WorthHistory({ first, last }: { first: string; last: string }) {
    const ends = Array.from({ length: kMonths }, (_, index) => addMonths(last, index - kMonths + 1))
        .filter((month) => month >= first)
        .map((month) => monthBounds(month).to);
    const worth = useResource(`worth ${first} ${last}`, (signal) =>
        Promise.all(ends.map((date) => getWorth(date, signal))),
    );
    const points = (worth.data ?? []).flatMap(({ on, total }) =>
        on && total ? [{ date: on, balance: total }] : [],
    );
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
            <BalanceTable
                points={points}
                label="Worth as a table"
                heads={["End of", "Worth"]}
                nameOf={(date) => formatMonth(date.slice(0, 7))}
                className="figures"
            />
        </section>
    );
}
