// SPDX-License-Identifier: Apache-2.0
// The credit score estimate: what is told of a household, nothing kept.

import { call } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type CreditAnswer = Schemas["CreditScoreAnswer"];
export type CreditInput = keyof Omit<Schemas["CreditScore"], "accounts_open">;
export type CreditInputs = Partial<Record<CreditInput, number>>;

export const estimateScore = (inputs: CreditInputs, signal: AbortSignal) =>
    call<CreditAnswer>("/calc/credit-score", {
        method: "POST",
        body: JSON.stringify(inputs),
        headers: { "content-type": "application/json" },
        signal,
    });
