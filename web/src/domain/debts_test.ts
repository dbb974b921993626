// SPDX-License-Identifier: Apache-2.0
// Goal: exported schedules are what spreadsheets and calendars read. Method: small rows by hand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { formatRate, keepPercents, scheduleCsv, scheduleIcs, type ScheduleRow } from "./debts";

const rows: ScheduleRow[] = [
    { month: 1, id: "a", date: "2026-12-22", interest: "1.00", paid: "20.00", balance: "81.00" },
    { month: 2, id: "a", date: "2027-01-22", interest: "0.81", paid: "0.00", balance: "81.81" },
];

test("ACsvHasARowForEachPaymentAndQuotesNames", () => {
    const text = scheduleCsv(rows, () => 'Card "Gold", joint', "USD");
    assert.equal(
        text.split("\r\n")[1],
        '1,2026-12-22,"Card ""Gold"", joint",20.00,1.00,0,81.00,USD',
    );
    assert.equal(text.split("\r\n").length, 4);
});

test("ANameIsNoFormula", () => {
    assert.match(
        scheduleCsv(rows, () => "=1+1", "USD"),
        /,'=1\+1,/,
    );
    assert.match(
        scheduleCsv(rows, () => "-12.30", "USD"),
        /,-12.30,/,
    );
});

test("ACalendarHasADayForEachPaymentAboveNothing", () => {
    const text = scheduleIcs(rows, () => "Card; joint, gold", "USD");
    assert.equal(text.match(/BEGIN:VEVENT/g)?.length, 1);
    assert.ok(text.includes("DTSTART;VALUE=DATE:20261222\r\n"));
    assert.ok(text.includes("SUMMARY:Pay 20.00 USD to Card\\; joint\\, gold\r\n"));
    assert.ok(text.endsWith("END:VCALENDAR\r\n"));
});

test("LongLinesAreFolded", () => {
    const text = scheduleIcs(rows, () => "ü".repeat(90), "USD");
    for (const line of text.split("\r\n")) {
        assert.ok(new TextEncoder().encode(line).length <= 75, line);
    }
    assert.ok(text.replaceAll("\r\n ", "").includes("ü".repeat(90)));
});

test("RatesArePercentByTheirDigits", () => {
    assert.equal(formatRate("0.2399"), "23.99 %");
    assert.equal(formatRate("0.2"), "20.00 %");
    assert.equal(formatRate("0"), "0.00 %");
    assert.equal(formatRate("4"), "400.00 %");
    assert.equal(formatRate("0.12345"), "12.345 %");
    assert.equal(formatRate("-0.01"), "-1.00 %");
});

test("ALineDoesNotBreakBeforeAPercentSign", () => {
    assert.equal(
        keepPercents("At 24.49 % or 3 %, % alone"),
        "At 24.49\u00a0% or 3\u00a0%, % alone",
    );
});
