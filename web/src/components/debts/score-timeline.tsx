"use client";
// SPDX-License-Identifier: Apache-2.0
// What the plan does to the estimated credit score, month by month, with its interval.

import { useId } from "react";
import Link from "next/link";
import type { DebtAdvice } from "../../api/debts";
import { Amount, useWidth } from "../pieces";

const kHeight = 180;
const kEdge = { top: 10, right: 8, bottom: 24, left: 40 };
const kRowsShown = 12;
const kStep = 50;

type Timeline = NonNullable<DebtAdvice["score"]>;

export function ScoreTimeline({ advice }: { advice: DebtAdvice }) {
    const { score } = advice;
    if (!score || score.months.length < 2) {
        return null;
    }
    const first = score.months[0];
    const last = score.months.at(-1);
    const change = Math.round(score.change);
    const every = Math.max(1, Math.ceil(score.months.length / kRowsShown));
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
            <Drawing score={score} />
            <p className="small muted">
                {score.unknown.length > 0
                    ? `Nobody told: ${score.unknown.map((name) => name.replaceAll("_", " ")).join(", ")}; each widens the interval. `
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
                            {score.months
                                .filter((_, index) => index % every === 0)
                                .map((month) => (
                                    <tr key={month.month}>
                                        <th scope="row">
                                            {month.month === 0 ? "today" : month.month}
                                        </th>
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

function Drawing({ score }: { score: Timeline }) {
    const id = useId();
    const [frame, width] = useWidth<HTMLDivElement>();
    const { months } = score;
    const low = kStep * Math.floor(Math.min(...months.map((month) => month.low)) / kStep);
    const high = kStep * Math.ceil(Math.max(...months.map((month) => month.high)) / kStep);
    const plot = {
        width: width - kEdge.left - kEdge.right,
        height: kHeight - kEdge.top - kEdge.bottom,
    };
    const x = (index: number) => kEdge.left + (plot.width * index) / (months.length - 1);
    const y = (value: number) => kEdge.top + plot.height * (1 - (value - low) / (high - low || 1));
    const line = (values: readonly number[]) =>
        values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`);
    const band = [
        ...line(months.map((month) => month.high)),
        ...line(months.map((month) => month.low)).reverse(),
    ];
    return (
        <div ref={frame} className="chart">
            {plot.width <= 0 ? null : (
                <svg
                    width={width}
                    height={kHeight}
                    viewBox={`0 0 ${width} ${kHeight}`}
                    role="img"
                    aria-labelledby={`${id}-title`}
                >
                    <title id={`${id}-title`}>
                        {`Estimated score over ${months.length - 1} months, with its interval`}
                    </title>
                    {[low, (low + high) / 2, high].map((value) => (
                        <g key={value}>
                            <line
                                className="gridline"
                                x1={kEdge.left}
                                x2={width}
                                y1={y(value)}
                                y2={y(value)}
                            />
                            <text
                                className="tick"
                                x={kEdge.left - 8}
                                y={y(value) + 4}
                                textAnchor="end"
                            >
                                {value}
                            </text>
                        </g>
                    ))}
                    <polygon className="fan-band" points={band.join(" ")} />
                    <polyline
                        className="fan-plan"
                        points={line(months.map((month) => month.score)).join(" ")}
                    />
                    <text className="tick" x={kEdge.left} y={kHeight - 6}>
                        today
                    </text>
                    <text className="tick" x={width - kEdge.right} y={kHeight - 6} textAnchor="end">
                        {`month ${months.length - 1}`}
                    </text>
                </svg>
            )}
        </div>
    );
}
