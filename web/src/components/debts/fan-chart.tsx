"use client";
// SPDX-License-Identifier: Apache-2.0
// What will be owed by month: the plan as a line, and eight of ten futures as a band, if extra
// payments are kept up as often as so far. The figures are in the table below the drawing.

import { useId } from "react";
import type { DebtAdvice } from "../../api/debts";
import { axisSteps } from "../../domain/totals";
import { compareDecimals, drawnRatio, kZero, readDecimal, type Decimal } from "../../money/decimal";
import { formatAxis } from "../../money/format";
import { Amount } from "../pieces";
import { BandChart, monthsShown } from "./band-chart";

export function FanChart({ advice }: { advice: DebtAdvice }) {
    const id = useId();
    const fan = advice.fan;
    const value = (text: string): Decimal => readDecimal(text) ?? kZero;
    const highest = fan
        .map((month) => value(month.high))
        .reduce((most, one) => (compareDecimals(one, most) > 0 ? one : most), kZero);
    const steps = axisSteps(highest);
    const top: Decimal = { units: steps.at(-1) ?? 1n, scale: 0 };
    const share = (text: string) => Math.max(0, drawnRatio(value(text), top));
    return (
        <section className="card" aria-labelledby={`${id}-head`}>
            <div className="card-head">
                <h2 id={`${id}-head`}>What you will owe</h2>
            </div>
            <BandChart
                title={`Owed by month over ${fan.length} months: the plan, and eight of ten futures`}
                height={220}
                left={52}
                ticks={steps.map((step) => ({
                    at: drawnRatio({ units: step, scale: 0 }, top),
                    text: formatAxis(step, advice.currency),
                }))}
                high={fan.map((month) => share(month.high))}
                low={fan.map((month) => share(month.low))}
                lines={[
                    { className: "fan-middle", values: fan.map((month) => share(month.middle)) },
                    { className: "fan-plan", values: fan.map((month) => share(month.planned)) },
                ]}
                ends={["month 1", `month ${fan.length}`]}
            />
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
                        {monthsShown(fan).map((month) => (
                            <tr key={month.month}>
                                <th scope="row">{month.month}</th>
                                {[month.planned, month.middle, month.high].map((amount, index) => (
                                    <td key={index} className="number">
                                        <Amount money={{ amount, currency: advice.currency }} />
                                    </td>
                                ))}
                            </tr>
                        ))}
                    </tbody>
                </table>
            </details>
        </section>
    );
}
