// SPDX-License-Identifier: Apache-2.0
// Transfers between own accounts as a person reviews them, and the steps people took.

import { call, write } from "./client";
import type { EditResult } from "./edits";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Transfer = Schemas["Transfer"];
export type TransferList = Schemas["TransferList"];
export type Edit = Schemas["Edit"];
export type Worth = Schemas["Worth"];

export const listTransfers = (reviewed: boolean, signal: AbortSignal) =>
    call<TransferList>(`/transfers?reviewed=${reviewed}&limit=200`, { signal });

/** The pair comes apart, and a later import may pair its legs again. */
export const unpairTransfer = (id: string) =>
    write<EditResult>(`/transfers/${encodeURIComponent(id)}`, { method: "DELETE" });

export const listEdits = async (limit: number, signal: AbortSignal) =>
    (await call<Schemas["EditList"]>(`/edits?limit=${limit}`, { signal })).items;

/** Everything together at the end of a day, in the household's currency. */
export const getWorth = (on: string, signal: AbortSignal) =>
    call<Worth>(`/worth?on=${on}`, { signal });
