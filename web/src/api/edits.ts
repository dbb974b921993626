// SPDX-License-Identifier: Apache-2.0
// What a person changes: transactions one by one or many at once, transfers, refunds; and the
// account's own page. Every change answers with a step that can be taken back.

import { writeFilters, type TransactionFilters } from "../domain/filters";
import { call, write } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Edit = Schemas["Edit"];
export type EditResult = Schemas["EditResult"];
export type TransactionChange = Partial<Schemas["TransactionChange"]>;
export type Split = Schemas["Split"];
export type Transfer = Schemas["Transfer"];
export type RefundList = Schemas["RefundList"];
export type MatchSuggestion = Schemas["MatchSuggestion"];
export type BalanceSeries = Schemas["BalanceSeries"];
export type AccountReport = Schemas["AccountReport"];
export type BalanceInterval = Schemas["BalanceInterval"];

function send(path: string, method: string, body?: unknown): Promise<EditResult> {
    return write<EditResult>(path, {
        method,
        ...(body === undefined
            ? {}
            : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
}

const of = encodeURIComponent;

export const editTransaction = (id: string, change: TransactionChange) =>
    send(`/transactions/${of(id)}`, "PATCH", { change });

export const editMany = (ids: readonly string[], change: TransactionChange) =>
    send("/transactions/bulk", "POST", { ids, change });

/** Every transaction that fits, also those the page has not loaded. */
export const editAllOf = (filters: TransactionFilters, change: TransactionChange) =>
    send("/transactions/bulk", "POST", {
        filter: Object.fromEntries(writeFilters(filters)),
        change,
    });

export const listEdits = async (limit: number, signal: AbortSignal) =>
    (await call<Schemas["EditList"]>(`/edits?limit=${limit}`, { signal })).items;
export const takeBack = (editId: string) => send(`/edits/${of(editId)}/undo`, "POST");

export const listTransfers = (reviewed: boolean, signal: AbortSignal) =>
    call<Schemas["TransferList"]>(`/transfers?reviewed=${reviewed}&limit=200`, { signal });
export const confirmTransfer = (id: string) => send(`/transfers/${of(id)}/confirm`, "POST");
export const rejectTransfer = (id: string) => send(`/transfers/${of(id)}/reject`, "POST");
/** The pair comes apart, and a later import may pair its legs again. */
export const unpairTransfer = (id: string) => send(`/transfers/${of(id)}`, "DELETE");
export const pairTransfer = (out: string, into: string) =>
    send("/transfers", "POST", { out, in: into });

export const listRefunds = (id: string, signal: AbortSignal) =>
    call<RefundList>(`/transactions/${of(id)}/refunds`, { signal });
export const listCounterparts = (id: string, signal: AbortSignal) =>
    call<Schemas["CounterpartList"]>(`/transactions/${of(id)}/counterparts`, { signal });

export const getBalances = (id: string, interval: BalanceInterval, signal: AbortSignal) =>
    call<BalanceSeries>(`/accounts/${of(id)}/balances?interval=${interval}`, { signal });
export const getReport = (id: string, signal: AbortSignal) =>
    call<AccountReport>(`/accounts/${of(id)}/reconciliation`, { signal });
