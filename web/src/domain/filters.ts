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
}

export const kNoFilters: TransactionFilters = {
    account_id: "",
    category: "",
    from: "",
    to: "",
    q: "",
};

const kTextMax = 200;

export function readFilters(params: URLSearchParams): TransactionFilters {
    const text = (name: string) => (params.get(name) ?? "").slice(0, kTextMax);
    const date = (name: string) => (readDate(text(name)) ? text(name) : "");
    const category = text("category");
    return {
        account_id: text("account_id"),
        category: /^[a-z_]+(\.[a-z_]+)*$/.test(category) ? category : "",
        from: date("from"),
        to: date("to"),
        q: text("q"),
    };
}

/** The query of a link or a request: only the filters that are set, in a fixed order. */
export function writeFilters(filters: TransactionFilters): URLSearchParams {
    const params = new URLSearchParams();
    for (const name of ["account_id", "category", "from", "to", "q"] as const) {
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
