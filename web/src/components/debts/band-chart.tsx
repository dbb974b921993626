"use client";
// SPDX-License-Identifier: Apache-2.0
// Lines over months with a band around them. What a height stands for is the caller's: every value
// is a share of the drawing's height, 0 at its foot and 1 at its top.

import { useId } from "react";
import { useWidth } from "../pieces";

const kEdge = { top: 10, right: 8, bottom: 24 };
const kFiguresShown = 12;

interface BandChartProps {
    readonly title: string;
    readonly height: number;
    /** Room for the words of the ticks. */
    readonly left: number;
    readonly ticks: ReadonlyArray<{ readonly at: number; readonly text: string | number }>;
    readonly high: readonly number[];
    readonly low: readonly number[];
    readonly lines: ReadonlyArray<{
        readonly className: string;
        readonly values: readonly number[];
    }>;
    /** What stands below the first month and the last. */
    readonly ends: readonly [string, string];
}

/** The frame is always there, so that its width is known; two months make a line. */
export function BandChart(props: BandChartProps) {
    const { title, height, left, ticks, high, low, lines, ends } = props;
    const id = useId();
    const [frame, width] = useWidth<HTMLDivElement>();
    const plot = {
        width: width - left - kEdge.right,
        height: height - kEdge.top - kEdge.bottom,
    };
    const y = (value: number) => kEdge.top + plot.height * (1 - value);
    const points = (values: readonly number[]) =>
        values.map((value, index) => {
            const x = left + (plot.width * index) / (values.length - 1);
            return `${x.toFixed(1)},${y(value).toFixed(1)}`;
        });
    return (
        <div ref={frame} className="chart">
            {plot.width <= 0 || high.length < 2 ? null : (
                <svg
                    width={width}
                    height={height}
                    viewBox={`0 0 ${width} ${height}`}
                    role="img"
                    aria-labelledby={`${id}-title`}
                >
                    <title id={`${id}-title`}>{title}</title>
                    {ticks.map(({ at, text }) => (
                        <g key={at}>
                            <line className="gridline" x1={left} x2={width} y1={y(at)} y2={y(at)} />
                            <text className="tick" x={left - 8} y={y(at) + 4} textAnchor="end">
                                {text}
                            </text>
                        </g>
                    ))}
                    <polygon
                        className="fan-band"
                        points={[...points(high), ...points(low).reverse()].join(" ")}
                    />
                    {lines.map(({ className, values }) => (
                        <polyline
                            key={className}
                            className={className}
                            points={points(values).join(" ")}
                        />
                    ))}
                    <text className="tick" x={left} y={height - 6}>
                        {ends[0]}
                    </text>
                    <text className="tick" x={width - kEdge.right} y={height - 6} textAnchor="end">
                        {ends[1]}
                    </text>
                </svg>
            )}
        </div>
    );
}

/** The months of a drawing that its table shows: evenly spread, the first among them. */
export function monthsShown<Month>(months: readonly Month[]): Month[] {
    const every = Math.max(1, Math.ceil(months.length / kFiguresShown));
    return months.filter((_, index) => index % every === 0);
}
