"use client";
// SPDX-License-Identifier: Apache-2.0
// Two bars per month on one axis, drawn at the width of the card so that labels keep their size.
// Lengths come from exact ratios; a figure is never read back from the drawing.

import { useId } from "react";
import { formatMonth } from "../../domain/dates";
import { axisSteps, type MonthFlow } from "../../domain/totals";
import { compareDecimals, drawnRatio, kZero, type Decimal } from "../../money/decimal";
import { formatAxis, formatMoney, toMoney } from "../../money/format";
import { useWidth } from "../pieces";

const kHeight = 220;
const kEdge = { top: 10, right: 2, bottom: 24, left: 46 };

export interface FlowChartProps {
    readonly flows: readonly MonthFlow[];
    readonly currency: string;
    readonly month: string;
    readonly onMonth: (month: string) => void;
}

function highest(flows: readonly MonthFlow[]): Decimal {
    return flows
        .flatMap(({ income, spending }) => [income, spending])
        .reduce((most, value) => (compareDecimals(value, most) > 0 ? value : most), kZero);
}

export function FlowChart({ flows, currency, month, onMonth }: FlowChartProps) {
    const [frame, width] = useWidth<HTMLDivElement>();
    const id = useId();
    const first = flows[0]?.month ?? "";
    const last = flows.at(-1)?.month ?? "";
    const steps = axisSteps(highest(flows));
    const top: Decimal = { units: steps.at(-1) ?? 0n, scale: 0 };
    const plotHeight = kHeight - kEdge.top - kEdge.bottom;
    const plotWidth = width - kEdge.left - kEdge.right;
    const heightOf = (value: Decimal) => Math.max(0, drawnRatio(value, top)) * plotHeight;
    const slot = plotWidth / flows.length;
    const bar = Math.min(16, Math.max(3, slot * 0.32));
    return (
        <div ref={frame} className="chart">
            <p className="legend" aria-hidden="true">
                <span className="key key-in" /> In <span className="key key-out" /> Out
            </p>
            {plotWidth <= 0 ? null : (
                <svg
                    width={width}
                    height={kHeight}
                    viewBox={`0 0 ${width} ${kHeight}`}
                    role="img"
                    aria-labelledby={`${id}-title ${id}-description`}
                >
                    <title id={`${id}-title`}>{`Money in and out by month, in ${currency}`}</title>
                    <desc id={`${id}-description`}>
                        {`Two bars a month from ${formatMonth(first)} to ${formatMonth(last)}. ` +
                            "The same figures are in the table below."}
                    </desc>
                    {steps.map((step) => {
                        const y = kEdge.top + plotHeight - heightOf({ units: step, scale: 0 });
                        return (
                            <g key={String(step)}>
                                <line
                                    className="gridline"
                                    x1={kEdge.left}
                                    x2={width}
                                    y1={y}
                                    y2={y}
                                />
                                <text
                                    className="tick"
                                    x={kEdge.left - 8}
                                    y={y + 4}
                                    textAnchor="end"
                                >
                                    {formatAxis(step, currency)}
                                </text>
                            </g>
                        );
                    })}
                    {flows.map((flow, index) => {
                        const centre = kEdge.left + slot * (index + 0.5);
                        const base = kEdge.top + plotHeight;
                        const said = (value: Decimal) => formatMoney(toMoney(value, currency));
                        const summary = `${formatMonth(flow.month)}: in ${said(flow.income)}, out ${said(flow.spending)}`;
                        return (
                            <g
                                key={flow.month}
                                className="month"
                                data-chosen={flow.month === month}
                                onClick={() => onMonth(flow.month)}
                            >
                                <title>{summary}</title>
                                <rect
                                    className="slot"
                                    x={centre - slot / 2}
                                    y={kEdge.top}
                                    width={slot}
                                    height={kHeight - kEdge.top}
                                    rx="4"
                                />
                                <rect
                                    className="bar-in"
                                    x={centre - bar - 1}
                                    y={base - heightOf(flow.income)}
                                    width={bar}
                                    height={heightOf(flow.income)}
                                    rx="1.5"
                                />
                                <rect
                                    className="bar-out"
                                    x={centre + 1}
                                    y={base - heightOf(flow.spending)}
                                    width={bar}
                                    height={heightOf(flow.spending)}
                                    rx="1.5"
                                />
                                <text
                                    className="tick"
                                    x={centre}
                                    y={kHeight - 7}
                                    textAnchor="middle"
                                >
                                    {tickOf(flow.month, index, slot)}
                                </text>
                            </g>
                        );
                    })}
                </svg>
            )}
        </div>
    );
}

/** The month's name; on a narrow chart every second one is left out. */
function tickOf(month: string, index: number, slot: number): string {
    return slot < 30 && index % 2 === 0 ? "" : formatMonth(month, "tick");
}
