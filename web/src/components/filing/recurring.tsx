"use client";
// SPDX-License-Identifier: Apache-2.0
// What comes again: pay, bills, subscriptions; when the next is due, and what changed.

import { listRecurring, type Series } from "../../api/filing";
import { useResource } from "../../api/resource";
import { categoryName } from "../../domain/categories";
import { formatDate } from "../../domain/dates";
import { formatMoney } from "../../money/format";
import { Amount, Empty, Failure, ImportLink, plural } from "../pieces";

const kCadences: Record<Series["cadence"], string> = {
    weekly: "every week",
    biweekly: "every two weeks",
    four_weekly: "every four weeks",
    semi_monthly: "twice a month",
    monthly: "every month",
    two_monthly: "every two months",
    quarterly: "every quarter",
    half_yearly: "every half year",
    yearly: "every year",
};
const kSections: ReadonlyArray<{ title: string; kinds: ReadonlyArray<Series["kind"]> }> = [
    { title: "Pay and other income", kinds: ["salary", "income"] },
    { title: "Bills", kinds: ["bill"] },
    { title: "Subscriptions", kinds: ["subscription"] },
    { title: "Loans", kinds: ["loan"] },
    { title: "Between accounts", kinds: ["transfer"] },
];

export function Recurring() {
    const series = useResource("recurring", listRecurring);
    if (series.error && !series.data) {
        return <Failure error={series.error} onRetry={series.reload} />;
    }
    if (!series.data) {
        return <h1>Recurring</h1>;
    }
    const { items, as_of } = series.data;
    const live = items.filter(({ state }) => state !== "stopped");
    const stopped = items.filter(({ state }) => state === "stopped");
    return (
        <>
            <div className="page-head">
                <h1>Recurring</h1>
                <p className="muted">
                    {plural(live.length, "series", "series")}, as seen on {formatDate(as_of)}
                </p>
            </div>
            {items.length === 0 ? (
                <Empty title="Nothing comes again yet" action={<ImportLink />}>
                    Three months of statements are enough to find what does.
                </Empty>
            ) : null}
            {kSections.map(({ title, kinds }) => (
                <Section
                    key={title}
                    title={title}
                    items={live.filter(({ kind }) => kinds.includes(kind))}
                />
            ))}
            <Section title="Stopped" items={stopped} />
        </>
    );
}

function Section({ title, items }: { title: string; items: readonly Series[] }) {
    if (items.length === 0) {
        return null;
    }
    const sorted = [...items].sort((a, b) =>
        (a.next_date ?? a.last_date).localeCompare(b.next_date ?? b.last_date),
    );
    return (
        <section className="card series" aria-label={title}>
            <h2>{title}</h2>
            <ul>
                {sorted.map((each) => (
                    <li key={`${each.transactions[0]}`}>
                        <div>
                            <strong>{each.name}</strong>{" "}
                            <span className="muted small">{kCadences[each.cadence]}</span>
                            <div className="muted small">{describe(each)}</div>
                        </div>
                        <div className="number">
                            <Amount money={each.usual} flow />
                            <div className="muted small">{due(each)}</div>
                        </div>
                    </li>
                ))}
            </ul>
        </section>
    );
}

function due(series: Series): string {
    if (!series.next_date) {
        return `last ${formatDate(series.last_date)}`;
    }
    const late = series.state === "late" ? "late, " : "";
    const { next_earliest: first, next_latest: last } = series;
    const spread = first && last && first !== last ? ` (${first.slice(8)}–${last.slice(8)})` : "";
    return `${late}next ${formatDate(series.next_date)}${spread}`;
}

function describe(series: Series): string {
    const parts = [categoryName(series.category)];
    if (series.pattern === "variable") {
        parts.push(`${formatMoney(series.low)} to ${formatMoney(series.high)}`);
    }
    const change = series.price_changes[series.price_changes.length - 1];
    if (change) {
        parts.push(
            `${formatMoney(change.from)} became ${formatMoney(change.to)} on ${formatDate(change.date)}`,
        );
    }
    if (series.skipped.length > 0) {
        parts.push(`${plural(series.skipped.length, "time")} skipped`);
    }
    return parts.join(" · ");
}
