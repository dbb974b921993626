// SPDX-License-Identifier: Apache-2.0
// What a household can tell about its credit, in its own words and units, and the numbers the
// estimator takes.

export interface CreditField {
    readonly name: CreditName;
    readonly label: string;
    readonly unit: string;
    readonly hint: string;
    /** How the model's unit follows from the person's. */
    readonly factor: number;
    readonly max: number;
}

export type CreditName =
    | "annual_income"
    | "debt_to_income"
    | "oldest_account_months"
    | "revolving_balance"
    | "revolving_utilisation"
    | "inquiries_6m"
    | "delinquencies_2y"
    | "public_records";

export const kCreditFields: readonly CreditField[] = [
    {
        name: "annual_income",
        label: "Income a year",
        unit: "$",
        hint: "Before tax, everybody's together.",
        factor: 1,
        max: 100_000_000,
    },
    {
        name: "debt_to_income",
        label: "Debt payments of income",
        unit: "%",
        hint: "What cards and loans take of a month's income.",
        factor: 0.01,
        max: 1000,
    },
    {
        name: "oldest_account_months",
        label: "Oldest credit account",
        unit: "years",
        hint: "Since the first card or loan.",
        factor: 12,
        max: 100,
    },
    {
        name: "revolving_balance",
        label: "Owed on cards",
        unit: "$",
        hint: "On cards and credit lines together.",
        factor: 1,
        max: 100_000_000,
    },
    {
        name: "revolving_utilisation",
        label: "Of their limits",
        unit: "%",
        hint: "That sum as a share of the limits.",
        factor: 0.01,
        max: 1000,
    },
    {
        name: "inquiries_6m",
        label: "Applications",
        unit: "in 6 months",
        hint: "For cards or loans.",
        factor: 1,
        max: 100,
    },
    {
        name: "delinquencies_2y",
        label: "Late payments",
        unit: "in 2 years",
        hint: "By 30 days or more.",
        factor: 1,
        max: 100,
    },
    {
        name: "public_records",
        label: "Bankruptcies and judgements",
        unit: "on record",
        hint: "None for most people.",
        factor: 1,
        max: 100,
    },
];

export type CreditInputs = Partial<Record<CreditName, number>>;
export type CreditTexts = Partial<Record<CreditName, string>>;

/** What was typed, as the estimator takes it; what is no number is left out and named. */
export function readCredit(texts: CreditTexts): {
    readonly inputs: CreditInputs;
    readonly unread: readonly CreditName[];
} {
    const inputs: CreditInputs = {};
    const unread: CreditName[] = [];
    for (const { name, factor, max } of kCreditFields) {
        const text = (texts[name] ?? "").replace(/[\s,$%]/g, "");
        if (text === "") {
            continue;
        }
        const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
        if (Number.isNaN(value) || value > max) {
            unread.push(name);
        } else {
            inputs[name] = Number((value * factor).toPrecision(12));
        }
    }
    return { inputs, unread };
}

export const kScoreLow = 300;
export const kScoreHigh = 850;

/** Where a score stands between the ends of the scale, 0 to 1. */
export function placeOf(score: number): number {
    return Math.min(1, Math.max(0, (score - kScoreLow) / (kScoreHigh - kScoreLow)));
}
