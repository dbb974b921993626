// SPDX-License-Identifier: Apache-2.0
// What the columns of a file may hold, in words, and what a mapping still lacks before a file can
// be read by it.

export interface Mapping {
    readonly delimiter: string;
    readonly columns: readonly string[];
    readonly date_order?: string;
    readonly decimal_mark?: string;
    readonly sign?: string;
}

/** In the order a person looks for them. */
export const kRoles: ReadonlyArray<readonly [string, string]> = [
    ["ignored", "not used"],
    ["date", "Date"],
    ["amount", "Amount"],
    ["debit", "Money out (debit)"],
    ["credit", "Money in (credit)"],
    ["description", "Description"],
    ["payee", "Other party"],
    ["memo", "Memo"],
    ["direction", "In or out"],
    ["currency", "Currency"],
    ["fee", "Fee"],
    ["balance", "Balance after"],
    ["value_date", "Value date"],
    ["initiated_date", "Day of purchase"],
    ["bank_id", "Bank's reference"],
    ["check_number", "Cheque number"],
    ["kind", "Kind of movement"],
    ["status", "Status"],
    ["original_amount", "Original amount"],
    ["original_currency", "Original currency"],
    ["account", "Account"],
    ["category", "Category"],
    ["tags", "Tags"],
];

/** A reason with the contract's words for an order of dates in a person's. */
export function plainReason(text: string): string {
    return text.replace(/\b(year|month|day)_(year|month|day)_(year|month|day)\b/g, "$1, $2, $3");
}

const kRepeatable = new Set(["ignored", "description", "memo"]);

/** Gives column `index` a role; a role only one column can have leaves the one that had it. */
export function assign(columns: readonly string[], index: number, role: string): string[] {
    return columns.map((old, at) =>
        at === index ? role : old === role && !kRepeatable.has(role) ? "ignored" : old,
    );
}

/** At least `width` columns: what a file has beyond its mapping is not used. */
export function widen(columns: readonly string[], width: number): string[] {
    return [...columns, ...Array<string>(Math.max(0, width - columns.length)).fill("ignored")];
}

/** What keeps a file from being read by this mapping, each as a sentence; empty when nothing. */
export function lacking({ columns, date_order, decimal_mark }: Mapping): string[] {
    const has = (role: string) => columns.includes(role);
    const found: string[] = [];
    if (!has("date")) {
        found.push("Say which column is the date.");
    }
    if (!has("amount") && !has("debit") && !has("credit")) {
        found.push("Say which column is the amount, or which are money out and money in.");
    }
    if ((date_order ?? "unknown") === "unknown") {
        found.push("Say in which order its dates are.");
    }
    if ((decimal_mark ?? "unknown") === "unknown") {
        found.push("Say what stands before its decimals.");
    }
    return found;
}
