// SPDX-License-Identifier: Apache-2.0
// The credit score estimate: what is told of a household, nothing kept.

import type { CreditInputs } from "../domain/credit";
import { call } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type CreditAnswer = Schemas["CreditScoreAnswer"];

export function estimateScore(inputs: CreditInputs, signal: AbortSignal): Promise<CreditAnswer> {
    const told: Schemas["CreditScore"] = inputs;
    return call<CreditAnswer>("/calc/credit-score", {
        method: "POST",
        body: JSON.stringify(told),
        headers: { "content-type": "application/json" },
        signal,
    });
}
