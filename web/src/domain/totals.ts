// SPDX-License-Identifier: Apache-2.0
// From the projection of monthly totals by category to what the overview draws: money in and out
// per month, and the month's largest categories. Transfers between own accounts are neither.

import {
    addDecimals,
    compareDecimals,
    kZero,
    negateDecimal,
    readDecimal,
    type Decimal,
} from "../money/decimal";
import { addMonths } from "./dates";

export interface MonthlyTotal {
    readonly month: string;
    readonly category: string;
    readonly amount: { readonly amount: string; readonly currency: string };
}

export interface MonthFlow {
    readonly month: string;
    /** Zero or more. */
    readonly income: Decimal;
    /** Zero or more: money out, refunds taken off. */
    readonly spending: Decimal;
}

export interface CategoryTotal {
    readonly category: string;
    readonly spent: Decimal;
}

function group(category: string): string {
    return category.split(".")[0] ?? category;
}

/** Income categories are money in, transfers neither, the rest out; "other" goes by its sign. */
function side(total: MonthlyTotal, value: Decimal): "in" | "out" | "neither" {
    switch (group(total.category)) {
        case "transfer":
            return "neither";
        case "income":
            return "in";
        case "other":
            return value.units > 0n ? "in" : "out";
        default:
            return "out";
    }
}

/** Currencies present, the one with most entries first. */
export function currenciesOf(totals: readonly MonthlyTotal[]): string[] {
    const counts = new Map<string, number>();
    for (const { amount } of totals) {
        counts.set(amount.currency, (counts.get(amount.currency) ?? 0) + 1);
    }
    return [...counts]
        .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
        .map(([code]) => code);
}

/**
 * Flows of one currency for `count` months in a row up to the last one present, oldest first;
 * months without entries are there with zeros.
 */
export function monthFlows(
    totals: readonly MonthlyTotal[],
    currency: string,
    count: number,
): MonthFlow[] {
    const flows = new Map<string, { income: Decimal; spending: Decimal }>();
    let last = "";
    for (const total of totals) {
        const value = total.amount.currency === currency ? readDecimal(total.amount.amount) : null;
        if (!value) {
            continue;
        }
        last = total.month > last ? total.month : last;
        const flow = flows.get(total.month) ?? { income: kZero, spending: kZero };
        const where = side(total, value);
        if (where === "in") {
            flow.income = addDecimals(flow.income, value);
        } else if (where === "out") {
            flow.spending = addDecimals(flow.spending, negateDecimal(value));
        }
        flows.set(total.month, flow);
    }
    if (last === "") {
        return [];
    }
    return Array.from({ length: count }, (_, index) => {
        const month = addMonths(last, index + 1 - count);
        const flow = flows.get(month) ?? { income: kZero, spending: kZero };
        return { month, income: flow.income, spending: flow.spending };
    });
}

/** The month's categories with money out, largest first, at most `count`. */
export function topCategories(
    totals: readonly MonthlyTotal[],
    currency: string,
    month: string,
    count: number,
): CategoryTotal[] {
    const spent = new Map<string, Decimal>();
    for (const total of totals) {
        const value = readDecimal(total.amount.amount);
        if (
            value &&
            total.month === month &&
            total.amount.currency === currency &&
            side(total, value) === "out"
        ) {
            spent.set(
                total.category,
                addDecimals(spent.get(total.category) ?? kZero, negateDecimal(value)),
            );
        }
    }
    return [...spent]
        .map(([category, sum]) => ({ category, spent: sum }))
        .filter((entry) => entry.spent.units > 0n)
        .sort((a, b) => compareDecimals(b.spent, a.spent) || a.category.localeCompare(b.category))
        .slice(0, count);
}

/** Round whole amounts for an axis that holds `highest`: 0, then two to five equal steps. */
export function axisSteps(highest: Decimal): bigint[] {
    const unit = 10n ** BigInt(highest.scale);
    const whole = (highest.units + unit - 1n) / unit;
    let step = 1n;
    for (let power = 1n; step * 4n < whole; power *= 10n) {
        step =
            [1n, 2n, 5n].map((factor) => factor * power).find((size) => size * 4n >= whole) ?? step;
    }
    const steps = [0n];
    while ((steps.at(-1) ?? 0n) < whole) {
        steps.push((steps.at(-1) ?? 0n) + step);
    }
    return steps;
}
