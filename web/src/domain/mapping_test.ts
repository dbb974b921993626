// SPDX-License-Identifier: Apache-2.0
// Goal: a mapping made by hand is one the server accepts. Method: small mappings by eye.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assign, kRoles, lacking, plainReason, widen } from "./mapping";

const whole = {
    delimiter: ",",
    columns: ["date", "description", "amount"],
    date_order: "year_month_day",
    decimal_mark: "point",
};

test("AWholeMappingLacksNothing", () => {
    assert.deepEqual(lacking(whole), []);
    assert.deepEqual(lacking({ ...whole, columns: ["date", "debit", "ignored"] }), []);
    assert.deepEqual(lacking({ ...whole, columns: ["date", "credit"] }), []);
});

test("EachMissingPieceIsNamed", () => {
    assert.match(lacking({ ...whole, columns: ["amount"] }).join(), /date/);
    assert.match(lacking({ ...whole, columns: ["date"] }).join(), /amount/);
    assert.match(lacking({ ...whole, date_order: "unknown" }).join(), /order/);
    assert.match(lacking({ ...whole, decimal_mark: "unknown" }).join(), /decimals/);
    assert.equal(lacking({ delimiter: ",", columns: [] }).length, 4);
});

test("ARoleMovesButTextsMayRepeat", () => {
    assert.deepEqual(assign(["date", "amount", "ignored"], 2, "amount"), [
        "date",
        "ignored",
        "amount",
    ]);
    assert.deepEqual(assign(["description", "ignored"], 1, "description"), [
        "description",
        "description",
    ]);
    assert.deepEqual(assign(["memo", "date"], 0, "ignored"), ["ignored", "date"]);
});

test("ColumnsAreWidenedNeverCut", () => {
    assert.deepEqual(widen(["date"], 3), ["date", "ignored", "ignored"]);
    assert.deepEqual(widen(["date", "amount"], 1), ["date", "amount"]);
});

test("AReasonIsInPlainWords", () => {
    assert.equal(
        plainReason("no date in the order day_month_year"),
        "no date in the order day, month, year",
    );
    assert.equal(plainReason("a_b stays"), "a_b stays");
});

test("EveryRoleHasItsOwnWord", () => {
    assert.equal(new Set(kRoles.map(([, word]) => word)).size, kRoles.length);
});
