// SPDX-License-Identifier: Apache-2.0
// Goal: amounts are printed digit for digit. Method: printed cases; a law that stripping the
// decoration gives the input back; sizes no double can hold.
import assert from "node:assert/strict";
import { test } from "node:test";
import { writeDecimal } from "./decimal";
import { formatAxis, formatMoney, isNegative, isPositive, sumByCurrency } from "./format";

const usd = (amount: string) => ({ amount, currency: "USD" });

test("PrintsSymbolGroupingAndSign", () => {
    assert.equal(formatMoney(usd("1234.50")), "$1,234.50");
    assert.equal(formatMoney(usd("-1234567.89")), "\u2212$1,234,567.89");
    assert.equal(formatMoney({ amount: "-0.07", currency: "EUR" }), "\u2212€0.07");
    assert.equal(formatMoney({ amount: "1500", currency: "JPY" }), "¥1,500");
    assert.equal(formatMoney({ amount: "1.234", currency: "KWD" }), "KWD\u00a01.234");
});

test("PadsToTheCurrencyAndNeverCutsDigits", () => {
    assert.equal(formatMoney(usd("5")), "$5.00");
    assert.equal(formatMoney(usd("5.1")), "$5.10");
    assert.equal(formatMoney(usd("0.123456")), "$0.123456");
});

test("PlusOnlyWhereAskedAndNeverOnZero", () => {
    assert.equal(formatMoney(usd("3.00"), { plus: true }), "+$3.00");
    assert.equal(formatMoney(usd("0.00"), { plus: true }), "$0.00");
    assert.equal(formatMoney(usd("-0.00"), { plus: true }), "$0.00");
    assert.equal(formatMoney(usd("-3.00"), { plus: true, bare: true }), "\u22123.00");
});

test("KeepsDigitsNoDoubleCanHold", () => {
    assert.equal(formatMoney(usd("90071992547409930.01")), "$90,071,992,547,409,930.01");
    assert.equal(formatMoney(usd("-92233720368547758.07")), "\u2212$92,233,720,368,547,758.07");
});

test("DecorationStripsBackToTheInput", () => {
    for (let minor = -2_000n; minor < 2_000n; minor += 7n) {
        const amount = writeDecimal({ units: minor * 987_654_321n, scale: 2 });
        const printed = formatMoney(usd(amount)).replace("\u2212", "-").replace(/[$,]/g, "");
        assert.equal(printed, amount);
    }
});

test("ShowsUnreadableTextAndUnknownCurrenciesAsTheyCame", () => {
    assert.equal(formatMoney(usd("n/a")), "n/a USD");
    assert.equal(formatMoney({ amount: "2.5", currency: "POINTS" }), "2.5\u00a0POINTS");
});

test("AxisLabelsAreShort", () => {
    assert.equal(formatAxis(0n, "USD"), "$0");
    assert.equal(formatAxis(500n, "USD"), "$500");
    assert.equal(formatAxis(8_000n, "USD"), "$8k");
    assert.equal(formatAxis(2_500n, "EUR"), "€2.5k");
    assert.equal(formatAxis(1_250n, "USD"), "$1,250");
    assert.equal(formatAxis(-3_000_000n, "USD"), "\u2212$3M");
});

test("SumsPerCurrencyAndNeverAcross", () => {
    const sums = sumByCurrency([
        usd("0.10"),
        { amount: "5", currency: "EUR" },
        usd("0.20"),
        usd("junk"),
        usd("-1"),
    ]);
    assert.deepEqual(
        [...sums].map(([code, sum]) => [code, writeDecimal(sum)]),
        [
            ["USD", "-0.70"],
            ["EUR", "5"],
        ],
    );
});

test("SignsReadTheString", () => {
    assert.equal(isNegative(usd("-0.01")), true);
    assert.equal(isNegative(usd("-0.00")), false);
    assert.equal(isPositive(usd("0.01")), true);
    assert.equal(isPositive(usd("0")), false);
});
