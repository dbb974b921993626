// SPDX-License-Identifier: Apache-2.0
// Calls about filing: the review queue, rules, categories, what comes again.

import { call, write } from "./client";
import type { EditResult } from "./edits";
import type { components } from "./schema";
import type { Answer, Transaction } from "./types";

type Schemas = components["schemas"];
export type ReviewItem = Schemas["ReviewItem"];
export type ReviewList = Schemas["ReviewList"];
export type Rule = Schemas["Rule"];
export type DryRun = Schemas["DryRun"];
export type RuleSuggestion = Schemas["RuleSuggestion"];
export type Category = Schemas["Category"];
export type Series = Schemas["Series"];

/** A rule as it is written; without an id it is a new one. */
export interface RuleDraft {
    readonly id?: string;
    readonly name: string;
    readonly text: string;
    readonly enabled: boolean;
    readonly position?: number;
}

function post<Body>(path: string, body: unknown = {}): Promise<Body> {
    return write<Body>(path, {
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
    });
}
const signalled = (signal?: AbortSignal): RequestInit => (signal ? { signal } : {});

export const listReviews = (limit: number, signal?: AbortSignal) =>
    call<Answer<"list_reviews">>(`/reviews?limit=${limit}`, signalled(signal));
/** Why a transaction is filed where it is. */
export const explainFiling = (id: string, signal: AbortSignal) =>
    call<ReviewItem>(`/transactions/${encodeURIComponent(id)}/filing`, { signal });
/** `others`: filed with it, as one step. */
export const acceptReview = (id: string, others: readonly string[]) =>
    post<EditResult>(`/reviews/${id}/accept`, { others });
export const pickReview = (id: string, category: string, others: readonly string[]) =>
    post<EditResult>(`/reviews/${id}/pick`, { category, others });
/** A few transactions of a question, to be looked at. */
export const readTransactions = (ids: readonly string[], signal: AbortSignal) =>
    Promise.all(ids.map((id) => call<Transaction>(`/transactions/${id}`, { signal })));
export const skipReview = (id: string) => post<ReviewList>(`/reviews/${id}/skip`);
export const refile = () => post<EditResult>("/reviews/refile");

export const listRules = async (signal?: AbortSignal) =>
    (await call<Answer<"list_rules">>("/rules", signalled(signal))).items;
export const saveRule = (rule: RuleDraft) => post<Rule>("/rules", rule);
export const removeRule = (id: string) =>
    write<Answer<"remove_rule">>(`/rules/${encodeURIComponent(id)}`, { method: "DELETE" });
export const dryRunRule = (rule: RuleDraft) => post<DryRun>("/rules/dry-run", rule);
export const applyRules = () => post<EditResult>("/rules/apply");
export const listSuggestions = async (signal?: AbortSignal) =>
    (await call<Answer<"list_rule_suggestions">>("/rules/suggestions", signalled(signal))).items;
export const rejectSuggestion = (key: string) =>
    post<unknown>(`/rules/suggestions/${encodeURIComponent(key)}/reject`);

export const listCategories = async (signal?: AbortSignal) =>
    (await call<Answer<"list_categories">>("/categories", signalled(signal))).items;
export const addCategory = (parent: string, name: string) =>
    post<unknown>("/categories", { parent, name });
export const changeCategory = (
    id: string,
    change: { name?: string; hidden?: boolean; merge_into?: string },
) =>
    write<unknown>(`/categories/${encodeURIComponent(id)}`, {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(change),
    });

export const listRecurring = (signal?: AbortSignal) =>
    call<Answer<"list_recurring">>("/recurring", signalled(signal));
