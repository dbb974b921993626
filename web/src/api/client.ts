// SPDX-License-Identifier: Apache-2.0
// The calls to Atlas: same origin, cookie sent by the browser, errors as problem+json. Writes
// carry an Idempotency-Key, so a request repeated after a lost answer has one effect.

import { writeFilters, type TransactionFilters } from "../domain/filters";
import type {
    Account, AccountDraft, ImportPreview, ImportSummary, MonthlyTotal, Page, Problem, Transaction,
} from "./types";

const kBase = "/api/v1";

/** What went wrong, in the server's words; status 0 when no answer came at all. */
export class ApiError extends Error {
    readonly status: number;
    readonly problem: Problem | null;

    constructor(status: number, problem: Problem | null, message: string) {
        super(message);
        this.name = "ApiError";
        this.status = status;
        this.problem = problem;
    }

    /** True when an input error points at this field, e.g. "account". */
    concerns(field: string): boolean {
        const errors = this.problem?.errors ?? [];
        return errors.some(({ pointer }) => pointer.split("/").includes(field));
    }
}

async function readProblem(response: Response): Promise<Problem | null> {
    const type = response.headers.get("content-type") ?? "";
    if (!type.includes("json")) {
        return null;
    }
    try {
        return (await response.json()) as Problem;
    } catch {
        return null;
    }
}

async function call<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
    let response: Response;
    try {
        response = await fetch(`${kBase}${path}`, {
            credentials: "same-origin",
            ...init,
            headers: { accept: "application/json", ...init.headers },
        });
    } catch (error) {
        if (error instanceof DOMException && error.name === "AbortError") {
            throw error;
        }
        throw new ApiError(0, null, "Atlas did not answer.");
    }
    if (!response.ok) {
        const problem = await readProblem(response);
        const message = problem?.detail ?? problem?.title ?? `Atlas answered ${response.status}.`;
        throw new ApiError(response.status, problem, message);
    }
    return (await response.json()) as Answer;
}

/** 128 random bits in hex; crypto.randomUUID is missing on plain http from another machine. */
function freshKey(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function write<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = { "idempotency-key": freshKey(), ...init.headers };
    return call<Answer>(path, { method: "POST", ...init, headers });
}

const kPagesMax = 100;

/** Every page of a list that is short by nature (accounts, imports). */
async function callAll<Item>(path: string, signal?: AbortSignal): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < kPagesMax; ++page) {
        const query = cursor === undefined ? "" : `?cursor=${encodeURIComponent(cursor)}`;
        const answer = await call<Page<Item>>(`${path}${query}`, signal ? { signal } : {});
        items.push(...answer.items);
        cursor = answer.next_cursor;
        if (!cursor) {
            break;
        }
    }
    return items;
}

export function listAccounts(signal?: AbortSignal): Promise<Account[]> {
    return callAll<Account>("/accounts", signal);
}

export function createAccount(draft: AccountDraft): Promise<Account> {
    return write<Account>("/accounts", {
        body: JSON.stringify(draft),
        headers: { "content-type": "application/json" },
    });
}

export function listTransactions(
    filters: TransactionFilters, limit: number, cursor: string | undefined, signal: AbortSignal,
): Promise<Page<Transaction>> {
    const params = writeFilters(filters);
    params.set("limit", String(limit));
    if (cursor !== undefined) {
        params.set("cursor", cursor);
    }
    return call<Page<Transaction>>(`/transactions?${params}`, { signal });
}

export async function listMonthlyTotals(
    from: string, to: string, signal?: AbortSignal): Promise<MonthlyTotal[]> {
    const params = new URLSearchParams({ from, to });
    const init = signal ? { signal } : {};
    return (await call<{ items: MonthlyTotal[] }>(`/monthly-totals?${params}`, init)).items;
}

export function listImports(signal?: AbortSignal): Promise<ImportSummary[]> {
    return callAll<ImportSummary>("/imports", signal);
}

/** Uploads one file for a preview; nothing is booked. `account` is an id, or "" to let the file say. */
export function previewImport(file: File, account: string): Promise<ImportPreview> {
    const query = account === "" ? "" : `?account=${encodeURIComponent(account)}`;
    return write<ImportPreview>(`/imports${query}`, {
        body: file,
        headers: {
            "content-type": "application/octet-stream",
            "x-file-name": encodeURIComponent(file.name),
        },
    });
}

export function commitImport(id: string): Promise<ImportSummary> {
    return write<ImportSummary>(`/imports/${encodeURIComponent(id)}/commit`);
}

export function undoImport(id: string): Promise<ImportSummary> {
    return write<ImportSummary>(`/imports/${encodeURIComponent(id)}/undo`);
}
