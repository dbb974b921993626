// SPDX-License-Identifier: Apache-2.0
// Exact decimals for amounts. The API writes amounts as decimal strings; here they become a
// BigInt of the smallest unit written and a count of decimals, and never a floating number.

export interface Decimal {
    readonly units: bigint;
    readonly scale: number;
}

const kPattern = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** Reads a plain decimal string; null when the text is anything else. */
export function readDecimal(text: string): Decimal | null {
    const match = kPattern.exec(text);
    if (!match) {
        return null;
    }
    const fraction = match[3] ?? "";
    const magnitude = BigInt(`${match[2]}${fraction}`);
    return { units: match[1] === "-" ? -magnitude : magnitude, scale: fraction.length };
}

/** Writes a decimal with exactly the decimals it carries. */
export function writeDecimal(value: Decimal): string {
    const negative = value.units < 0n;
    const digits = (negative ? -value.units : value.units)
        .toString()
        .padStart(value.scale + 1, "0");
    const cut = digits.length - value.scale;
    const fraction = value.scale > 0 ? `.${digits.slice(cut)}` : "";
    return `${negative ? "-" : ""}${digits.slice(0, cut)}${fraction}`;
}

function rescale(value: Decimal, scale: number): bigint {
    return value.units * 10n ** BigInt(scale - value.scale);
}

export function addDecimals(left: Decimal, right: Decimal): Decimal {
    const scale = Math.max(left.scale, right.scale);
    return { units: rescale(left, scale) + rescale(right, scale), scale };
}

export function negateDecimal(value: Decimal): Decimal {
    return { units: -value.units, scale: value.scale };
}

export function compareDecimals(left: Decimal, right: Decimal): -1 | 0 | 1 {
    const scale = Math.max(left.scale, right.scale);
    const a = rescale(left, scale);
    const b = rescale(right, scale);
    return a < b ? -1 : a > b ? 1 : 0;
}

export const kZero: Decimal = { units: 0n, scale: 0 };

/**
 * The quotient part / whole as a number, for drawing lengths only: cut to six decimals, and 0
 * when whole is 0. Never show it as an amount.
 */
export function drawnRatio(part: Decimal, whole: Decimal): number {
    const scale = Math.max(part.scale, whole.scale);
    const divisor = rescale(whole, scale);
    return divisor === 0n ? 0 : Number((rescale(part, scale) * 1_000_000n) / divisor) / 1_000_000;
}
