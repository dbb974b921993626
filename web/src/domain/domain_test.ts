// SPDX-License-Identifier: Apache-2.0
// Goal: dates never shift, links and filters mean the same, totals add up. Method: printed cases,
// round trips over every day of five years, and a slow second sum.
import assert from "node:assert/strict";
import { test } from "node:test";
import { writeDecimal } from "../money/decimal";
import { categoryName, isLeaf, kCategoryIds } from "./categories";
import {
    addMonths,
    daysInMonth,
    formatDate,
    formatMoment,
    formatMonth,
    monthBounds,
    readDate,
} from "./dates";
import {
    countActive,
    kNoFilters,
    rangeComplaint,
    readFilters,
    transactionsHref,
    writeFilters,
} from "./filters";
import { axisSteps, currenciesOf, monthFlows, topCategories, type MonthlyTotal } from "./totals";

test("DatesArePrintedAsWritten", () => {
    assert.equal(formatDate("2026-11-02"), "2 Nov 2026");
    assert.equal(formatDate("2026-13-02"), "2026-13-02");
    assert.equal(formatMonth("2026-03"), "Mar 2026");
    assert.equal(formatMonth("2026-03", "long"), "March 2026");
    assert.equal(formatMonth("2026-03", "tick"), "Mar");
    assert.equal(formatMoment("2026-11-22T23:59:11Z"), "22 Nov 2026, 23:59 UTC");
});

test("EveryDayAgreesWithTheProlepticCalendarOfTheEngine", () => {
    for (let time = Date.UTC(2023, 0, 1); time < Date.UTC(2028, 0, 1); time += 86_400_000) {
        const text = new Date(time).toISOString().slice(0, 10);
        const date = readDate(text);
        assert.ok(date, text);
        assert.equal(Date.UTC(date.year, date.month - 1, date.day), time);
    }
    for (const text of [
        "2026-02-29",
        "2026-00-10",
        "2026-04-31",
        "26-04-01",
        "2026-4-1",
        "2026-04-00",
    ]) {
        assert.equal(readDate(text), null, text);
    }
    assert.deepEqual(
        [1900, 2000, 2024, 2026].map((year) => daysInMonth(year, 2)),
        [28, 29, 29, 28],
    );
});

test("MonthsAddAndBound", () => {
    assert.equal(addMonths("2026-01", -1), "2025-12");
    assert.equal(addMonths("2026-12", 1), "2027-01");
    assert.equal(addMonths("2026-06", -30), "2023-12");
    assert.deepEqual(monthBounds("2024-02"), { from: "2024-02-01", to: "2024-02-29" });
});

test("LinksAndFiltersRoundTrip", () => {
    const filters = {
        ...kNoFilters,
        account_id: "a-1",
        category: "food.groceries",
        from: "2026-01-01",
        to: "2026-02-01",
        q: "tea & 50%",
        amount_min: "10.5",
        reviewed: "false",
    };
    assert.deepEqual(readFilters(writeFilters(filters)), filters);
    assert.equal(transactionsHref({ category: "food" }), "/transactions/?category=food");
    assert.equal(transactionsHref({}), "/transactions/");
    assert.equal(countActive(filters), 7);
    assert.equal(countActive({ ...kNoFilters, q: "  " }), 0);
});

test("UnreadableFiltersAreDropped", () => {
    const read = readFilters(new URLSearchParams("from=yesterday&to=2026-02-30&category=<b>&q=x"));
    assert.deepEqual(read, { ...kNoFilters, q: "x" });
    assert.equal(readFilters(new URLSearchParams({ q: "x".repeat(900) })).q.length, 200);
    assert.notEqual(rangeComplaint({ ...kNoFilters, from: "2026-02-01", to: "2026-01-01" }), "");
    assert.equal(rangeComplaint({ ...kNoFilters, from: "2026-02-01", to: "2026-02-01" }), "");
});

const usd = (month: string, category: string, amount: string): MonthlyTotal => ({
    month,
    category,
    amount: { amount, currency: "USD" },
});
const totals: MonthlyTotal[] = [
    usd("2026-09", "income.wages", "4000.10"),
    usd("2026-09", "food.groceries", "-300.20"),
    usd("2026-09", "transfer.internal", "-900.00"),
    usd("2026-11", "food.groceries", "-50.05"),
    usd("2026-11", "food.coffee", "-50.15"),
    usd("2026-11", "shopping.general", "20.00"),
    usd("2026-11", "other.unknown", "7.00"),
    { month: "2026-12", category: "food.coffee", amount: { amount: "-3.00", currency: "EUR" } },
];

test("FlowsFillEmptyMonthsAndLeaveTransfersOut", () => {
    const flows = monthFlows(totals, "USD", 4).map(({ month, income, spending }) => [
        month,
        writeDecimal(income),
        writeDecimal(spending),
    ]);
    assert.deepEqual(flows, [
        ["2026-08", "0", "0"],
        ["2026-09", "4000.10", "300.20"],
        ["2026-10", "0", "0"],
        ["2026-11", "7.00", "80.20"],
    ]);
    assert.deepEqual(monthFlows(totals, "GBP", 4), []);
    assert.deepEqual(currenciesOf(totals), ["USD", "EUR"]);
});

test("TopCategoriesAreSpendingOnlyLargestFirst", () => {
    const top = topCategories(totals, "USD", "2026-11", 5).map(({ category, spent }) => [
        category,
        writeDecimal(spent),
    ]);
    assert.deepEqual(top, [
        ["food.coffee", "50.15"],
        ["food.groceries", "50.05"],
    ]);
    assert.equal(topCategories(totals, "USD", "2026-11", 1).length, 1);
});

test("AxisHoldsTheHighestInFewRoundSteps", () => {
    for (let cents = 1n; cents < 100_000_000n; cents = (cents * 13n) / 10n + 1n) {
        const steps = axisSteps({ units: cents, scale: 2 });
        const top = steps.at(-1) ?? 0n;
        assert.ok(
            top * 100n >= cents && steps.length >= 2 && steps.length <= 5,
            `${cents}: ${steps}`,
        );
        assert.ok((top - (steps[1] ?? 0n)) * 100n < cents, `${cents}: an empty step in ${steps}`);
    }
    assert.deepEqual(axisSteps({ units: 650_000n, scale: 2 }), [0n, 2000n, 4000n, 6000n, 8000n]);
    assert.deepEqual(axisSteps({ units: 0n, scale: 2 }), [0n]);
});

test("CategoriesHaveNames", () => {
    assert.equal(categoryName("food.groceries"), "Groceries");
    assert.equal(categoryName("made.up"), "made.up");
    assert.equal(new Set(kCategoryIds).size, kCategoryIds.length);
    assert.ok(
        kCategoryIds.filter(isLeaf).every((id) => kCategoryIds.includes(id.split(".")[0] ?? "")),
    );
});
