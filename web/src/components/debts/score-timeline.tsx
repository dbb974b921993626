"use client";
// SPDX-License-Identifier: Apache-2.0
// What the plan does to the estimated credit score, month by month, with its interval.

import Link from "next/link";
import type { DebtAdvice } from "../../api/debts";
import { kCreditFields } from "../../domain/credit";
import { Amount } from "../pieces";
import { BandChart, monthsShown } from "./band-chart";

const kStep = 50;

/** "applications" of "inquiries_6m", as the page of the score asks for it. */
function labelOf(name: string): string {
    const label = kCreditFields.find((field) => field.name === name)?.label;
    return (label ?? name.replaceAll("_", " ")).toLowerCase();
}

type Timeline = NonNullable<DebtAdvice["score"]>;

export function ScoreTimeline({ advice }: { advice: DebtAdvice }) {
    const { score } = advice;
    if (!score || score.months.length < 2) {
        return null;
    }
    const first = score.months[0];
    const last = score.months.at(-1);
    const change = Math.round(score.change);
    return (
        <section className="card" aria-labelledby="debts-score">
            <div className="card-head">
                <h2 id="debts-score">Credit score along the plan</h2>
                <Link className="small" href="/credit/">
                    Estimate your own
                </Link>
            </div>
            <p>
                {`From about ${Math.round(first?.score ?? 0)} to ${Math.round(last?.score ?? 0)}: ` +
                    `${change < 0 ? "−" : "+"}${Math.abs(change)} points. Estimate, not a consumer report.`}
            </p>
            <Drawing months={score.months} />
            <p className="small muted">
                {score.unknown.length > 0
                    ? `Not told: ${score.unknown.map(labelOf).join(", ")}; each widens the interval. `
                    : ""}
                {score.disclaimer}
            </p>
            <details>
                <summary>The same as a table</summary>
                <div
                    className="debts-scroll"
                    tabIndex={0}
                    role="region"
                    aria-label="Score as a table"
                >
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">Month</th>
                                <th scope="col" className="number">
                                    On cards
                                </th>
                                <th scope="col" className="number">
                                    Of limits
                                </th>
                                <th scope="col" className="number">
                                    Score
                                </th>
                                <th scope="col">Interval</th>
                            </tr>
                        </thead>
                        <tbody>
                            {monthsShown(score.months).map((month) => (
                                <tr key={month.month}>
                                    <th scope="row">{month.month === 0 ? "today" : month.month}</th>
                                    <td className="number">
                                        <Amount
                                            money={{
                                                amount: month.revolving_balance,
                                                currency: advice.currency,
                                            }}
                                        />
                                    </td>
                                    <td className="number">
                                        {`${Math.round(month.utilisation * 100)} %`}
                                    </td>
                                    <td className="number">{Math.round(month.score)}</td>
                                    <td>{`${Math.round(month.low)} to ${Math.round(month.high)}`}</td>
                                </tr>
                            ))}
                        </tbody>
                    </table>
                </div>
            </details>
        </section>
    );
}

function Drawing({ months }: { months: Timeline["months"] }) {
    const low = kStep * Math.floor(Math.min(...months.map((month) => month.low)) / kStep);
    const high = kStep * Math.ceil(Math.max(...months.map((month) => month.high)) / kStep);
    const share = (value: number) => (value - low) / (high - low || 1);
    return (
        <BandChart
            title={`Estimated score over ${months.length - 1} months, with its interval`}
            height={180}
            left={40}
            ticks={[low, (low + high) / 2, high].map((text) => ({ at: share(text), text }))}
            high={months.map((month) => share(month.high))}
            low={months.map((month) => share(month.low))}
            lines={[{ className: "fan-plan", values: months.map((month) => share(month.score)) }]}
            ends={["today", `month ${months.length - 1}`]}
        />
    );
}
