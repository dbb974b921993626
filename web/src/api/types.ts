// SPDX-License-Identifier: Apache-2.0
// Short names for the generated types. The generated file is the contract; this page is the one
// place that knows what its schemas are called.

import type { components, operations } from "./schema";

type Schemas = components["schemas"];

export type Money = Schemas["Money"];
export type Account = Schemas["Account"];
export type AccountType = Schemas["AccountType"];
export type Transaction = Schemas["Transaction"];
export type MonthlyTotal = Schemas["MonthlyTotal"];
export type Import = Schemas["Import"];
export type CsvMapping = Schemas["CsvMapping"];
export type RejectedEntry = Schemas["RejectedEntry"];
export type Problem = Schemas["Problem"];

/** What an operation answers when it succeeds. */
export type Answer<Name extends keyof operations> =
    operations[Name]["responses"] extends infer Responses
        ? Responses extends { 200: { content: { "application/json": infer Body } } }
            ? Body
            : Responses extends { 201: { content: { "application/json": infer Body } } }
              ? Body
              : never
        : never;

/** The names an operation takes in its query. */
export type QueryName<Name extends keyof operations> = keyof NonNullable<
    operations[Name]["parameters"]["query"]
> &
    string;
