// SPDX-License-Identifier: Apache-2.0
// Short names for the generated types. The generated file is the contract; this page is the one
// place that knows what its schemas are called.

import type { components } from "./schema";

type Schemas = components["schemas"];

export type Money = Schemas["Money"];
export type Account = Schemas["Account"];
export type AccountDraft = Schemas["AccountDraft"];
export type AccountType = Account["type"];
export type Transaction = Schemas["Transaction"];
export type MonthlyTotal = Schemas["MonthlyTotal"];
export type ImportPreview = Schemas["ImportPreview"];
export type ImportSummary = Schemas["ImportSummary"];
export type RejectedRow = Schemas["RejectedRow"];
export type Problem = Schemas["Problem"];

export interface Page<Item> {
    readonly items: Item[];
    readonly next_cursor?: string;
    readonly total?: number;
}
