// SPDX-License-Identifier: Apache-2.0
// Goal: what a person types reaches the estimator in its units, and nonsense is named, not sent.
import assert from "node:assert/strict";
import { test } from "node:test";
import { kCreditFields, placeOf, readCredit } from "./credit";

test("UnitsArePersonsAndBecomeTheModels", () => {
    const { inputs, unread } = readCredit({
        annual_income: "$72,500",
        debt_to_income: "18 %",
        oldest_account_months: "9.5",
        revolving_utilisation: "29",
        inquiries_6m: "0",
    });
    assert.deepEqual(inputs, {
        annual_income: 72500,
        debt_to_income: 0.18,
        oldest_account_months: 114,
        revolving_utilisation: 0.29,
        inquiries_6m: 0,
    });
    assert.deepEqual(unread, []);
});

test("NothingToldIsNothingSent", () => {
    assert.deepEqual(readCredit({ annual_income: "  " }), { inputs: {}, unread: [] });
});

test("WhatIsNoNumberIsNamedAndLeftOut", () => {
    for (const text of ["many", "-3", "1e9", "1.2.3", "999999999999"]) {
        assert.deepEqual(readCredit({ annual_income: text, public_records: "1" }), {
            inputs: { public_records: 1 },
            unread: ["annual_income"],
        });
    }
});

test("TheScaleEndsAtItsEnds", () => {
    assert.equal(placeOf(300), 0);
    assert.equal(placeOf(850), 1);
    assert.equal(placeOf(575), 0.5);
    assert.equal(placeOf(200), 0);
    assert.equal(placeOf(900), 1);
});

test("EveryInputIsAskedOnce", () => {
    assert.equal(new Set(kCreditFields.map(({ name }) => name)).size, 8);
});
