// SPDX-License-Identifier: Apache-2.0
// The calls to Atlas: same origin, cookie sent by the browser, errors as problem+json. Writes
// carry an Idempotency-Key, so a request repeated after a lost answer has one effect.

import { writeFilters, type TransactionFilters } from "../domain/filters";
import { tellingHowFar } from "./upload";
import type {
    Account,
    AccountType,
    Answer,
    CsvMapping,
    Import,
    MonthlyTotal,
    Problem,
    QueryName,
    Transaction,
} from "./types";
import type { operations } from "./schema";

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

/** Whatever was thrown, as an error. */
export function errorOf(reason: unknown): Error {
    return reason instanceof Error ? reason : new Error(String(reason));
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

/** What carries a request; fetch, unless somebody wants to see how far it is. */
export type Transport = (url: string, init: RequestInit) => Promise<Response>;

export async function call<Answer>(
    path: string,
    init: RequestInit = {},
    transport: Transport = fetch,
): Promise<Answer> {
    let response: Response;
    try {
        response = await transport(`${kBase}${path}`, {
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

export function write<Answer>(
    path: string,
    init: RequestInit = {},
    transport?: Transport,
): Promise<Answer> {
    const headers = { "idempotency-key": freshKey(), ...init.headers };
    return call<Answer>(path, { method: "POST", ...init, headers }, transport);
}

/** A query with only the names the operation knows. */
function query<Name extends keyof operations>(
    _operation: Name,
    values: Partial<Record<QueryName<Name>, string>>,
): string {
    const set = Object.entries<string | undefined>(values).filter(([, value]) => value);
    return set.length === 0 ? "" : `?${new URLSearchParams(set as [string, string][])}`;
}

export async function listAccounts(signal?: AbortSignal): Promise<Account[]> {
    return (await call<Answer<"list_accounts">>("/accounts", signal ? { signal } : {})).items;
}

export interface TransactionPage {
    readonly items: readonly Transaction[];
    readonly next_cursor?: string;
    readonly total?: number;
}

export function listTransactions(
    filters: TransactionFilters,
    limit: number,
    cursor: string | undefined,
    signal: AbortSignal,
): Promise<TransactionPage> {
    const given = Object.fromEntries(writeFilters(filters)) as Partial<TransactionFilters>;
    const text = query("list_transactions", {
        ...given,
        limit: String(limit),
        ...(cursor === undefined ? {} : { cursor }),
    });
    return call<Answer<"list_transactions">>(`/transactions${text}`, { signal });
}

/** Totals of the months that hold the two days. */
export async function listMonthlyTotals(
    from: string,
    to: string,
    signal?: AbortSignal,
): Promise<MonthlyTotal[]> {
    const text = query("get_monthly_totals", { from, to });
    const init = signal ? { signal } : {};
    return (await call<Answer<"get_monthly_totals">>(`/monthly-totals${text}`, init)).items;
}

/** Everything together at the end of a day, in the household's currency. */
export function getWorth(on: string, signal: AbortSignal): Promise<Answer<"get_worth">> {
    return call<Answer<"get_worth">>(`/worth${query("get_worth", { on })}`, { signal });
}

export async function listImports(signal?: AbortSignal): Promise<Import[]> {
    return (await call<Answer<"list_imports">>("/imports", signal ? { signal } : {})).items;
}

/** The account a file goes into: one that exists by its name, or one the import makes. */
export interface AccountWish {
    readonly name: string;
    readonly type?: AccountType;
    readonly currency?: string;
}

/** What the reader said about a file; null where the file itself must say. */
export interface ImportWish {
    readonly account: AccountWish | null;
    readonly mapping: CsvMapping | null;
}

/** Uploads one file for a preview; nothing is booked. */
/** `onSent` is told of the bytes that have gone out; `signal` stops the sending. */
export function previewImport(
    file: File,
    { account, mapping }: ImportWish,
    onSent: (bytes: number) => void,
    signal: AbortSignal,
): Promise<Import> {
    const text = query("create_import", {
        ...(account ? { account: account.name } : {}),
        ...(account?.type ? { account_type: account.type } : {}),
        ...(account?.currency ? { currency: account.currency } : {}),
        ...(mapping ? { mapping: JSON.stringify(mapping) } : {}),
    });
    const headers = {
        "content-type": "application/octet-stream",
        "x-file-name": encodeURIComponent(file.name),
    };
    return write<Answer<"create_import">>(
        `/imports${text}`,
        { body: file, headers, signal },
        tellingHowFar(onSent),
    );
}

export function commitImport(id: string): Promise<Import> {
    return write<Answer<"commit_import">>(`/imports/${encodeURIComponent(id)}/commit`);
}

export function undoImport(id: string): Promise<Import> {
    return write<Answer<"undo_import">>(`/imports/${encodeURIComponent(id)}/undo`);
}
