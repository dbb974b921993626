"use client";
// SPDX-License-Identifier: Apache-2.0
// What will be owed by month: the plan as a line, and eight of ten futures as a band, if extra
// payments are kept up as often as so far. The figures are in the table below the drawing.

import { useId } from "react";
import type { DebtAdvice } from "../../api/debts";
import { axisSteps } from "../../domain/totals";
import { compareDecimals, drawnRatio, kZero, readDecimal, type Decimal } from "../../money/decimal";
import { formatAxis } from "../../money/format";
import { Amount, useWidth } from "../pieces";

const kHeight = 220;
const kEdge = { top: 10, right: 8, bottom: 24, left: 52 };
const kRowsShown = 12;

export function FanChart({ advice }: { advice: DebtAdvice }) {
    const [frame, width] = useWidth<HTMLDivElement>();
    const id = useId();
    const fan = advice.fan;
    const value = (text: string): Decimal => readDecimal(text) ?? kZero;
    const highest = fan
        .map((month) => value(month.high))
        .reduce((most, one) => (compareDecimals(one, most) > 0 ? one : most), kZero);
    const steps = axisSteps(highest);
    const top: Decimal = { units: steps.at(-1) ?? 1n, scale: 0 };
    const plotWidth = width - kEdge.left - kEdge.right;
    const plotHeight = kHeight - kEdge.top - kEdge.bottom;
    const x = (index: number) => kEdge.left + (plotWidth * index) / Math.max(1, fan.length - 1);
    const y = (text: string) =>
        kEdge.top + plotHeight * (1 - Math.max(0, drawnRatio(value(text), top)));
    const line = (texts: readonly string[]) =>
        texts.map((text, index) => `${x(index).toFixed(1)},${y(text).toFixed(1)}`);
    const band = [
        ...line(fan.map((month) => month.high)),
        ...line(fan.map((month) => month.low)).reverse(),
    ];
    const every = Math.max(1, Math.ceil(fan.length / kRowsShown));
    return (
        <section className="card" aria-labelledby={`${id}-head`}>
            <div className="card-head">
                <h2 id={`${id}-head`}>What you will owe</h2>
            </div>
            <div ref={frame} className="chart">
                {plotWidth <= 0 || fan.length < 2 ? null : (
                    <svg
                        width={width}
                        height={kHeight}
                        viewBox={`0 0 ${width} ${kHeight}`}
                        role="img"
                        aria-labelledby={`${id}-title`}
                    >
                        <title id={`${id}-title`}>
                            {`Owed by month over ${fan.length} months: the plan, and eight of ten futures`}
                        </title>
                        {steps.map((step) => {
                            const at =
                                kEdge.top +
                                plotHeight * (1 - drawnRatio({ units: step, scale: 0 }, top));
                            return (
                                <g key={String(step)}>
                                    <line
                                        className="gridline"
                                        x1={kEdge.left}
                                        x2={width}
                                        y1={at}
                                        y2={at}
                                    />
                                    <text
                                        className="tick"
                                        x={kEdge.left - 8}
                                        y={at + 4}
                                        textAnchor="end"
                                    >
                                        {formatAxis(step, advice.currency)}
                                    </text>
                                </g>
                            );
                        })}
                        <polygon className="fan-band" points={band.join(" ")} />
                        <polyline
                            className="fan-middle"
                            points={line(fan.map((month) => month.middle)).join(" ")}
                        />
                        <polyline
                            className="fan-plan"
                            points={line(fan.map((month) => month.planned)).join(" ")}
                        />
                        <text className="tick" x={kEdge.left} y={kHeight - 6}>
                            month 1
                        </text>
                        <text
                            className="tick"
                            x={width - kEdge.right}
                            y={kHeight - 6}
                            textAnchor="end"
                        >
                            {`month ${fan.length}`}
                        </text>
                    </svg>
                )}
            </div>
            <p className="legend muted">
                <span className="key key-plan" aria-hidden="true" /> as planned{" "}
                <span className="key key-middle" aria-hidden="true" /> half of the futures{" "}
                <span className="key key-band" aria-hidden="true" /> eight of ten
            </p>
            <details>
                <summary>The same as a table</summary>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">Month</th>
                            <th scope="col" className="number">
                                Planned
                            </th>
                            <th scope="col" className="number">
                                Half owe less than
                            </th>
                            <th scope="col" className="number">
                                One in ten owes more than
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        {fan
                            .filter((_, index) => index % every === 0)
                            .map((month) => (
                                <tr key={month.month}>
                                    <th scope="row">{month.month}</th>
                                    {[month.planned, month.middle, month.high].map(
                                        (amount, index) => (
                                            <td key={index} className="number">
                                                <Amount
                                                    money={{ amount, currency: advice.currency }}
                                                />
                                            </td>
                                        ),
                                    )}
                                </tr>
                            ))}
                    </tbody>
                </table>
            </details>
        </section>
    );
}
