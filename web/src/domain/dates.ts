// SPDX-License-Identifier: Apache-2.0
// Calendar dates as printed. A booking date is three numbers, not a moment: nothing here makes a
// Date of it in a local zone, so no zone can shift it.

export interface CalendarDate {
    readonly year: number;
    readonly month: number;
    readonly day: number;
}

const kMonths = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
];
const kMonthsLong = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

export function daysInMonth(year: number, month: number): number {
    if (month === 2) {
        return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
    }
    return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Reads "2026-11-22"; null for any other shape or a day that does not exist. */
export function readDate(text: string): CalendarDate | null {
    const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
    if (!match) {
        return null;
    }
    const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
    const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
    return exists ? { year, month, day } : null;
}

/** "2026-11-02" → "2 Nov 2026"; other text as it came. */
export function formatDate(text: string): string {
    const date = readDate(text);
    return date ? `${date.day} ${kMonths[date.month - 1]} ${date.year}` : text;
}

/** "2026-11" → "Nov 2026" or "November 2026". */
export function formatMonth(month: string, length: "short" | "long" | "tick" = "short"): string {
    const date = readDate(`${month}-01`);
    if (!date) {
        return month;
    }
    const names = length === "long" ? kMonthsLong : kMonths;
    const name = names[date.month - 1] ?? "";
    return length === "tick" ? name : `${name} ${date.year}`;
}

/** "2026-01" and -1 → "2025-12". */
export function addMonths(month: string, count: number): string {
    const date = readDate(`${month}-01`);
    if (!date) {
        return month;
    }
    const index = date.year * 12 + date.month - 1 + count;
    const year = Math.floor(index / 12);
    return `${String(year).padStart(4, "0")}-${String(index - year * 12 + 1).padStart(2, "0")}`;
}

/** First and last day of "2026-02". */
export function monthBounds(month: string): { from: string; to: string } {
    const date = readDate(`${month}-01`);
    const last = date ? daysInMonth(date.year, date.month) : 31;
    return { from: `${month}-01`, to: `${month}-${String(last).padStart(2, "0")}` };
}

/** "2026-11-22T18:03:11Z" → "22 Nov 2026, 18:03 UTC": a moment, said in UTC as stored. */
export function formatMoment(text: string): string {
    const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(text);
    return match ? `${formatDate(match[1] ?? "")}, ${match[2]} UTC` : formatDate(text);
}
