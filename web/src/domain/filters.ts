// SPDX-License-Identifier: Apache-2.0
// The filters of the transaction list and their life in the address: what a link says is what
// the list shows. Anything unreadable in a link is dropped, never guessed.

import { readDate } from "./dates";

export interface TransactionFilters {
    readonly account_id: string;
    readonly category: string;
    readonly from: string;
    readonly to: string;
    readonly q: string;
    readonly amount_min: string;
    readonly amount_max: string;
    readonly flow: string;
    readonly status: string;
    readonly filed_by: string;
    readonly reviewed: string;
    readonly tagged: string;
}

export const kNoFilters: TransactionFilters = {
    account_id: "",
    category: "",
    from: "",
    to: "",
    q: "",
    amount_min: "",
    amount_max: "",
    flow: "",
    status: "",
    filed_by: "",
    reviewed: "",
    tagged: "",
};

const kWords = {
    flow: ["in", "out"],
    status: ["posted", "pending"],
    filed_by: ["none", "rule", "memory", "merchant", "model", "import", "user"],
    reviewed: ["true", "false"],
    tagged: ["true", "false"],
} as const;

const kTextMax = 200;

export function readFilters(params: URLSearchParams): TransactionFilters {
    const text = (name: string) => (params.get(name) ?? "").slice(0, kTextMax);
    const date = (name: string) => (readDate(text(name)) ? text(name) : "");
    const amount = (name: string) => (/^\d+(\.\d{1,6})?$/.test(text(name)) ? text(name) : "");
    const word = (name: keyof typeof kWords) =>
        kWords[name].some((known) => known === text(name)) ? text(name) : "";
    const category = text("category");
    return {
        account_id: text("account_id"),
        category: /^[a-z_]+(\.[a-z_]+)*$/.test(category) ? category : "",
        from: date("from"),
        to: date("to"),
        q: text("q"),
        amount_min: amount("amount_min"),
        amount_max: amount("amount_max"),
        flow: word("flow"),
        status: word("status"),
        filed_by: word("filed_by"),
        reviewed: word("reviewed"),
        tagged: word("tagged"),
    };
}

/** The query of a link or a request: only the filters that are set, in a fixed order. */
export function writeFilters(filters: TransactionFilters): URLSearchParams {
    const params = new URLSearchParams();
    for (const name of Object.keys(kNoFilters) as (keyof TransactionFilters)[]) {
        const value = filters[name].trim();
        if (value !== "") {
            params.set(name, value);
        }
    }
    return params;
}

export function transactionsHref(filters: Partial<TransactionFilters>): string {
    const query = writeFilters({ ...kNoFilters, ...filters }).toString();
    return query === "" ? "/transactions/" : `/transactions/?${query}`;
}

export function countActive(filters: TransactionFilters): number {
    return [...writeFilters(filters).keys()].length;
}

/** Why this range can show nothing, in words; empty when it is fine. */
export function rangeComplaint(filters: TransactionFilters): string {
    const reversed = filters.from !== "" && filters.to !== "" && filters.from > filters.to;
    return reversed ? "The first day is after the last day, so nothing can match." : "";
}
