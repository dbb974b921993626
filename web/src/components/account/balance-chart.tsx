"use client";
// SPDX-License-Identifier: Apache-2.0
// A balance over time as one line, and the same figures as a table, for every reader.

import { useId } from "react";
import type { BalanceSeries } from "../../api/edits";
import { formatDate } from "../../domain/dates";
import { formatMoney } from "../../money/format";
import { useWidth } from "../pieces";

const kHeight = 220;
const kEdge = { top: 24, right: 8, bottom: 24, left: 8 };

type Point = Pick<BalanceSeries["points"][number], "date" | "balance">;

/** The drawing alone may be inexact: no figure is read back from it. */
function drawn(point: Point): number {
    return Number(point.balance.amount);
}

/** The frame is always there, so that its width is known when the points arrive. */
export function BalanceChart({
    points,
    title = "Balance over time",
}: {
    points: readonly Point[];
    title?: string;
}) {
    const [frame, width] = useWidth<HTMLDivElement>();
    return (
        <div ref={frame} className="balance-chart">
            <Line points={points} width={width} title={title} />
        </div>
    );
}

function Line({
    points,
    width,
    title,
}: {
    points: readonly Point[];
    width: number;
    title: string;
}) {
    const id = useId();
    const first = points[0];
    const last = points.at(-1);
    if (!first || !last || width <= kEdge.left + kEdge.right) {
        return null;
    }
    const values = points.map(drawn);
    const low = Math.min(0, ...values);
    const high = Math.max(0, ...values);
    const span = high - low || 1;
    const plot = {
        width: width - kEdge.left - kEdge.right,
        height: kHeight - kEdge.top - kEdge.bottom,
    };
    const x = (index: number) =>
        kEdge.left + (points.length === 1 ? 0 : (index / (points.length - 1)) * plot.width);
    const y = (value: number) => kEdge.top + ((high - value) / span) * plot.height;
    const line = values
        .map(
            (value, index) =>
                `${index === 0 ? "M" : "L"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`,
        )
        .join("");
    const labels = [
        { index: 0, end: "start" },
        { index: points.length - 1, end: "end" },
    ] as const;
    const highest = points[values.indexOf(Math.max(...values))] ?? first;
    const lowest = points[values.indexOf(Math.min(...values))] ?? first;
    return (
        <svg
            width={width}
            height={kHeight}
            viewBox={`0 0 ${width} ${kHeight}`}
            role="img"
            aria-labelledby={`${id}-title ${id}-description`}
        >
            <title id={`${id}-title`}>{title}</title>
            <desc id={`${id}-description`}>
                {`From ${formatDate(first.date)} to ${formatDate(last.date)}; ` +
                    `highest ${formatMoney(highest.balance)} on ${formatDate(highest.date)}, ` +
                    `lowest ${formatMoney(lowest.balance)} on ${formatDate(lowest.date)}. ` +
                    "The same figures are in the table below."}
            </desc>
            <line className="zero" x1={kEdge.left} x2={width - kEdge.right} y1={y(0)} y2={y(0)} />
            <path className="line" d={line} />
            {labels.map(({ index, end }) => (
                <text
                    key={end}
                    className="value"
                    x={x(index)}
                    y={Math.max(kEdge.top + 10, y(values[index] ?? 0) - 8)}
                    textAnchor={end}
                >
                    {formatMoney((points[index] ?? first).balance)}
                </text>
            ))}
            <text x={kEdge.left} y={kHeight - 6}>
                {formatDate(first.date)}
            </text>
            <text x={width - kEdge.right} y={kHeight - 6} textAnchor="end">
                {formatDate(last.date)}
            </text>
        </svg>
    );
}

/** The figures of the line, the newest first. */
export function BalanceTable({
    points,
    label,
    heads,
    nameOf,
    className,
}: {
    points: readonly Point[];
    label: string;
    heads: readonly [string, string];
    nameOf: (date: string) => string;
    className?: string;
}) {
    return (
        <details>
            <summary>The same as a table</summary>
            <div className="scroll" tabIndex={0} role="region" aria-label={label}>
                <table className={className}>
                    <thead>
                        <tr>
                            <th scope="col">{heads[0]}</th>
                            <th scope="col" className="number">
                                {heads[1]}
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        {[...points].reverse().map(({ date, balance }) => (
                            <tr key={date}>
                                <th scope="row">{nameOf(date)}</th>
                                <td className="number">{formatMoney(balance)}</td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            </div>
        </details>
    );
}
