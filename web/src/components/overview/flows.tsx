"use client";
// SPDX-License-Identifier: Apache-2.0
// Money in and out by month, and the largest categories of the chosen month.

import { useMemo, useState } from "react";
import Link from "next/link";
import type { MonthlyTotal } from "../../api/types";
import { categoryName } from "../../domain/categories";
import { formatMonth, monthBounds } from "../../domain/dates";
import { transactionsHref } from "../../domain/filters";
import { currenciesOf, monthFlows, topCategories, type MonthFlow } from "../../domain/totals";
import { drawnRatio, kZero } from "../../money/decimal";
import { toMoney } from "../../money/format";
import { Amount } from "../pieces";
import { Icon } from "../icons";
import { FlowChart } from "./flow-chart";

const kMonthsShown = 12;
const kCategoriesShown = 8;

export function Flows({ totals }: { totals: readonly MonthlyTotal[] | undefined }) {
    const currencies = useMemo(() => currenciesOf(totals ?? []), [totals]);
    const [chosenCurrency, setCurrency] = useState("");
    const [chosenMonth, setMonth] = useState("");
    const currency = currencies.includes(chosenCurrency) ? chosenCurrency : (currencies[0] ?? "");
    const flows = useMemo(
        () => monthFlows(totals ?? [], currency, kMonthsShown),
        [totals, currency],
    );
    if (totals === undefined) {
        return (
            <section className="card flows" aria-busy="true">
                <p className="muted">Adding up the months…</p>
            </section>
        );
    }
    const last = flows.at(-1);
    if (!last) {
        return (
            <section className="card flows">
                <h2>Money in and out</h2>
                <p className="muted">Nothing booked yet, so there is nothing to draw.</p>
            </section>
        );
    }
    const month = flows.some((flow) => flow.month === chosenMonth) ? chosenMonth : last.month;
    return (
        <div className="flows-column">
            <section className="card flows" aria-labelledby="flows-title">
                <div className="card-head">
                    <h2 id="flows-title">Money in and out</h2>
                    {currencies.length > 1 ? (
                        <CurrencySwitch
                            currencies={currencies}
                            chosen={currency}
                            onChoose={setCurrency}
                        />
                    ) : null}
                </div>
                <FlowChart flows={flows} currency={currency} month={month} onMonth={setMonth} />
                <FlowTable flows={flows} currency={currency} />
            </section>
            <Categories
                totals={totals}
                flows={flows}
                currency={currency}
                month={month}
                onMonth={setMonth}
            />
        </div>
    );
}

function CurrencySwitch({
    currencies,
    chosen,
    onChoose,
}: {
    currencies: readonly string[];
    chosen: string;
    onChoose: (currency: string) => void;
}) {
    return (
        <div className="switch" role="group" aria-label="Currency">
            {currencies.map((currency) => (
                <button
                    key={currency}
                    type="button"
                    aria-pressed={currency === chosen}
                    onClick={() => onChoose(currency)}
                >
                    {currency}
                </button>
            ))}
        </div>
    );
}

function FlowTable({ flows, currency }: { flows: readonly MonthFlow[]; currency: string }) {
    return (
        <details className="table-alternative">
            <summary>Show the figures as a table</summary>
            <table className="figures">
                <caption className="hidden">Money in and out by month, in {currency}</caption>
                <thead>
                    <tr>
                        <th scope="col">Month</th>
                        <th scope="col">In</th>
                        <th scope="col">Out</th>
                    </tr>
                </thead>
                <tbody>
                    {[...flows].reverse().map((flow) => (
                        <tr key={flow.month}>
                            <th scope="row">{formatMonth(flow.month)}</th>
                            <td>
                                <Amount money={toMoney(flow.income, currency)} />
                            </td>
                            <td>
                                <Amount money={toMoney(flow.spending, currency)} />
                            </td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </details>
    );
}

interface CategoriesProps {
    readonly totals: readonly MonthlyTotal[];
    readonly flows: readonly MonthFlow[];
    readonly currency: string;
    readonly month: string;
    readonly onMonth: (month: string) => void;
}

function Categories({ totals, flows, currency, month, onMonth }: CategoriesProps) {
    const top = useMemo(
        () => topCategories(totals, currency, month, kCategoriesShown),
        [totals, currency, month],
    );
    const index = flows.findIndex((flow) => flow.month === month);
    const before = flows[index - 1]?.month;
    const after = flows[index + 1]?.month;
    const largest = top[0]?.spent ?? kZero;
    return (
        <section className="card categories" aria-labelledby="categories-title">
            <div className="card-head">
                <h2 id="categories-title">
                    Spending in <span aria-live="polite">{formatMonth(month, "long")}</span>
                </h2>
                <div className="stepper">
                    <StepButton name="Month before" icon="left" month={before} onMonth={onMonth} />
                    <StepButton name="Month after" icon="right" month={after} onMonth={onMonth} />
                </div>
            </div>
            {top.length === 0 ? (
                <p className="muted">No spending in this month.</p>
            ) : (
                <ol className="bars">
                    {top.map(({ category, spent }) => (
                        <li key={category}>
                            <Link href={transactionsHref({ category, ...monthBounds(month) })}>
                                {categoryName(category)}
                            </Link>
                            <Amount money={toMoney(spent, currency)} />
                            <svg className="bar" aria-hidden="true" focusable="false">
                                <rect className="bar-track" width="100%" height="100%" rx="3" />
                                <rect
                                    className="bar-fill"
                                    height="100%"
                                    rx="3"
                                    width={`${Math.max(0.6, drawnRatio(spent, largest) * 100)}%`}
                                />
                            </svg>
                        </li>
                    ))}
                </ol>
            )}
        </section>
    );
}

function StepButton({
    name,
    icon,
    month,
    onMonth,
}: {
    name: string;
    icon: "left" | "right";
    month: string | undefined;
    onMonth: (month: string) => void;
}) {
    return (
        <button
            type="button"
            className="icon-button"
            aria-label={name}
            disabled={month === undefined}
            onClick={() => month !== undefined && onMonth(month)}
        >
            <Icon name={icon} />
        </button>
    );
}
