// SPDX-License-Identifier: Apache-2.0
// How amounts look. The engine's Intl gives the currency's symbol, its place and the grouping;
// the digits come from the decimal string itself, so no amount passes through a double (older
// engines would convert a string handed to Intl).

import { addDecimals, kZero, readDecimal, writeDecimal, type Decimal } from "./decimal";

export interface MoneyText {
    readonly amount: string;
    readonly currency: string;
}

export interface MoneyStyle {
    /** Write a plus before positive amounts. */
    readonly plus?: boolean;
    /** Leave the currency out (a column that names it in its head). */
    readonly bare?: boolean;
}

const kLocale = "en-US";
const kMinus = "\u2212";
const kGrouping = new Intl.NumberFormat(kLocale, { useGrouping: true, maximumFractionDigits: 0 });

interface CurrencyPattern {
    readonly before: string;
    readonly after: string;
    readonly decimals: number;
}

const patterns = new Map<string, CurrencyPattern>();

function patternOf(currency: string): CurrencyPattern {
    const known = patterns.get(currency);
    if (known) {
        return known;
    }
    let pattern: CurrencyPattern;
    try {
        const format = new Intl.NumberFormat(kLocale, { style: "currency", currency });
        const parts = format.formatToParts(1);
        const first = parts.findIndex((part) => part.type === "integer");
        const last = parts.findLastIndex(
            (part) => part.type === "integer" || part.type === "fraction",
        );
        pattern = {
            before: parts
                .slice(0, first)
                .map((part) => part.value)
                .join(""),
            after: parts
                .slice(last + 1)
                .map((part) => part.value)
                .join(""),
            decimals: format.resolvedOptions().maximumFractionDigits ?? 2,
        };
    } catch {
        // Not an ISO 4217 shape (a commodity such as a long ticker): name it after the number.
        pattern = { before: "", after: `\u00a0${currency}`, decimals: 0 };
    }
    patterns.set(currency, pattern);
    return pattern;
}

/** "-1234.5", "USD" → "−$1,234.50". Text that is no decimal is shown as it came. */
export function formatMoney(money: MoneyText, style: MoneyStyle = {}): string {
    const value = readDecimal(money.amount);
    if (!value) {
        return `${money.amount} ${money.currency}`;
    }
    const pattern = patternOf(money.currency);
    const [whole = "0", fraction = ""] = writeDecimal(value).replace("-", "").split(".");
    const shownFraction = fraction.padEnd(pattern.decimals, "0");
    const digits =
        kGrouping.format(BigInt(whole)) + (shownFraction === "" ? "" : `.${shownFraction}`);
    const sign = value.units < 0n ? kMinus : style.plus && value.units > 0n ? "+" : "";
    return style.bare ? `${sign}${digits}` : `${sign}${pattern.before}${digits}${pattern.after}`;
}

/** A short label for an axis: whole thousands as "8k", millions as "2M". Whole amounts only. */
export function formatAxis(whole: bigint, currency: string): string {
    const pattern = patternOf(currency);
    const magnitude = whole < 0n ? -whole : whole;
    const sign = whole < 0n ? kMinus : "";
    const [digits, unit] = shorten(magnitude);
    return `${sign}${pattern.before}${digits}${unit}${pattern.after}`;
}

function shorten(magnitude: bigint): [string, string] {
    for (const [size, unit] of [
        [1_000_000n, "M"],
        [1_000n, "k"],
    ] as const) {
        if (magnitude >= size && (magnitude * 10n) % size === 0n) {
            return [
                writeDecimal({ units: (magnitude * 10n) / size, scale: 1 }).replace(/\.0$/, ""),
                unit,
            ];
        }
    }
    return [kGrouping.format(magnitude), ""];
}

/** Sums per currency, exactly, in order of first appearance. */
export function sumByCurrency(amounts: Iterable<MoneyText>): Map<string, Decimal> {
    const sums = new Map<string, Decimal>();
    for (const { amount, currency } of amounts) {
        const value = readDecimal(amount);
        if (value) {
            sums.set(currency, addDecimals(sums.get(currency) ?? kZero, value));
        }
    }
    return sums;
}

export function toMoney(value: Decimal, currency: string): MoneyText {
    return { amount: writeDecimal(value), currency };
}

export function isNegative(money: MoneyText): boolean {
    return (readDecimal(money.amount)?.units ?? 0n) < 0n;
}

export function isPositive(money: MoneyText): boolean {
    return (readDecimal(money.amount)?.units ?? 0n) > 0n;
}
