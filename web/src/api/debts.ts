// SPDX-License-Identifier: Apache-2.0
// The calls about debts: advice with what-ifs, and offers compared by the calculator.

import { ApiError } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type DebtAdvice = Schemas["DebtAdvice"];
export type DebtQuestion = Partial<Schemas["AskDebtAdvice"]>;
export type DebtStrategy = Schemas["DebtStrategy"];
export type DebtMonth = Schemas["DebtMonth"];
export type Debt = Schemas["Debt"];
export type RefinanceAnswer = Schemas["RefinanceAnswer"];
export type RefinanceOffer = Pick<
    Schemas["RefinanceOffer"],
    "kind" | "apr" | "term_months" | "fee"
> & { readonly replaces: readonly string[] };

async function post<Answer>(path: string, body: unknown, signal: AbortSignal): Promise<Answer> {
    let response: Response;
    try {
        response = await fetch(path, {
            method: "POST",
            credentials: "same-origin",
            headers: { accept: "application/json", "content-type": "application/json" },
            body: JSON.stringify(body),
            signal,
        });
    } catch (error) {
        if (error instanceof DOMException && error.name === "AbortError") {
            throw error;
        }
        throw new ApiError(0, null, "Atlas did not answer.");
    }
    const answer: unknown = await response.json().catch(() => null);
    if (!response.ok) {
        const problem = answer as Schemas["Problem"] | null;
        throw new ApiError(
            response.status,
            problem,
            problem?.detail ?? `Atlas answered ${response.status}.`,
        );
    }
    return answer as Answer;
}

export function askDebtAdvice(question: DebtQuestion, signal: AbortSignal): Promise<DebtAdvice> {
    return post<DebtAdvice>("/api/ai/debt", question, signal);
}

/** The household's debts as the calculator takes them, from the day of the advice on. */
export function compareOffers(
    advice: DebtAdvice,
    offers: readonly RefinanceOffer[],
    signal: AbortSignal,
): Promise<RefinanceAnswer> {
    const debts = advice.debts.map((debt) => ({
        id: debt.id,
        balance: debt.balance.amount,
        apr: debt.apr,
        compounding: debt.compounding,
        minimum: debt.minimum,
        ...(debt.promo ? { promo: debt.promo } : {}),
        ...(debt.secured === undefined ? {} : { secured: debt.secured }),
        prepayment_penalty: debt.prepayment_penalty,
    }));
    const request = {
        currency: advice.currency,
        start: advice.as_of,
        monthly_budget: advice.monthly_budget.amount,
        debts,
        offers,
    };
    return post<RefinanceAnswer>("/api/v1/calc/refinance", request, signal);
}
