"use client";
// SPDX-License-Identifier: Apache-2.0
// Is an offer worth it? The dearest debts against one loan whose terms a person may change; the first
// terms are published averages and say so.

import { useMemo, useState } from "react";
import { compareOffers, type DebtAdvice, type RefinanceOffer } from "../../api/debts";
import { useResource } from "../../api/resource";
import { formatRate, keepPercents, nameOfDebt } from "../../domain/debts";
import { readDecimal } from "../../money/decimal";
import { Amount, Failure } from "../pieces";

/** The rate: Federal Reserve, G.19, 24-month personal loans, August 2023. */
const kPublished = { percent: "12.17", months: "60", fee: "0" };

function offerOf(terms: typeof kPublished, replaces: readonly string[]): RefinanceOffer | null {
    const percent = readDecimal(terms.percent);
    const fee = readDecimal(terms.fee);
    const months = Number(terms.months);
    if (!percent || !fee || percent.units < 0n || fee.units < 0n || !Number.isInteger(months)) {
        return null;
    }
    if (months < 1 || months > 600) {
        return null;
    }
    // Percent to fraction: two places to the right, by the digits.
    const scale = percent.scale + 2;
    const digits = String(percent.units).padStart(scale + 1, "0");
    const apr = `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
    return { kind: "loan", apr, term_months: months, fee: terms.fee, replaces };
}

export function RefinanceAlerts({ advice }: { advice: DebtAdvice }) {
    const [terms, setTerms] = useState(kPublished);
    const dearer = useMemo(() => {
        const mark = Number(terms.percent) / 100;
        return advice.debts.filter((debt) => Number(debt.apr) > mark);
    }, [advice.debts, terms.percent]);
    const offer = offerOf(
        terms,
        dearer.map((debt) => debt.id),
    );
    const key =
        offer && dearer.length > 0
            ? JSON.stringify([offer, advice.debts, advice.monthly_budget])
            : null;
    const answer = useResource(key, (signal) =>
        compareOffers(advice, offer ? [offer] : [], signal),
    );
    const fields = [
        { name: "percent", label: "Rate, percent" },
        { name: "months", label: "Months" },
        { name: "fee", label: "Fee" },
    ] as const;
    return (
        <section className="card" aria-labelledby="debts-offers">
            <div className="card-head">
                <h2 id="debts-offers">Would a new loan pay?</h2>
            </div>
            <MarketAlerts advice={advice} />
            <div className="debts-terms">
                {fields.map(({ name, label }) => (
                    <label key={name}>
                        <span>{label}</span>
                        <input
                            inputMode="decimal"
                            value={terms[name]}
                            onChange={(event) => setTerms({ ...terms, [name]: event.target.value })}
                        />
                    </label>
                ))}
            </div>
            <p className="muted">
                The first rate is the average of 24-month personal loans in August 2023 (Federal
                Reserve, G.19); longer ones may cost more. Put in what you are offered.
            </p>
            <div aria-live="polite">
                {offer === null ? (
                    <p>Rate and fee are amounts, months a number from 1 to 600.</p>
                ) : dearer.length === 0 ? (
                    <p>None of your debts has a higher rate: keep them.</p>
                ) : answer.error ? (
                    <Failure error={answer.error} onRetry={answer.reload} />
                ) : answer.data ? (
                    <Verdict advice={advice} answer={answer.data} />
                ) : (
                    <p className="muted">Comparing…</p>
                )}
            </div>
        </section>
    );
}

/** Alerts of the market: where its published rates make it worth asking for an offer. */
function MarketAlerts({ advice }: { advice: DebtAdvice }) {
    const nameOf = (id: string) => nameOfDebt(advice.debts, id);
    return (
        <>
            {advice.refinance_alerts.map((alert) => (
                <div key={`${alert.kind} ${alert.debts.join()}`} className="debts-alert">
                    <p>
                        <strong>
                            {`${alert.worth_up_to_apr ? "Worth asking for" : "With more a month, worth asking for"} ` +
                                `${alert.debts.map(nameOf).join(", ")}.`}
                        </strong>{" "}
                        {keepPercents(alert.why)}
                    </p>
                    <p className="muted">
                        {alert.break_even_month
                            ? `It has paid for its fee after month ${alert.break_even_month}. `
                            : ""}
                        {alert.worth_up_to_apr
                            ? `An offer is worth taking up to ${formatRate(alert.worth_up_to_apr)}.`
                            : ""}
                    </p>
                </div>
            ))}
        </>
    );
}

function Verdict({
    advice,
    answer,
}: {
    advice: DebtAdvice;
    answer: Awaited<ReturnType<typeof compareOffers>>;
}) {
    const verdict = answer.offers[0];
    if (!verdict) {
        return null;
    }
    if (verdict.refusal !== undefined) {
        return (
            <p>
                <strong>Beyond your budget.</strong> {verdict.refusal}
            </p>
        );
    }
    const money = (amount: string) => ({ amount, currency: answer.currency });
    const names = verdict.replaces.map((id) => nameOfDebt(advice.debts, id)).join(", ");
    const saving = verdict.lifetime_saving;
    const isWorthIt = answer.best !== null && answer.best !== undefined;
    return (
        <div className={isWorthIt ? "debts-alert" : undefined}>
            <p>
                <strong>{isWorthIt ? "Worth it." : "Not worth it."}</strong> It would pay off{" "}
                {names}
                {saving ? (
                    <>
                        {" "}
                        and {isWorthIt ? "save" : "save (below zero: cost)"}{" "}
                        <Amount money={money(saving)} /> over the whole time, all fees counted
                    </>
                ) : null}
                . Its payment is <Amount money={money(verdict.payment)} /> a month.
            </p>
            <p className="muted">
                {verdict.break_even_month
                    ? `It has paid for its costs after month ${verdict.break_even_month}. `
                    : "It never pays for its costs. "}
                {verdict.worth_up_to_apr
                    ? `An offer is worth taking up to ${formatRate(verdict.worth_up_to_apr)}.`
                    : "It would not pay at any rate."}
            </p>
            {verdict.rule_of_thumb && answer.rule_of_thumb ? (
                <details>
                    <summary>Why, by a rule of thumb</summary>
                    <p>{verdict.rule_of_thumb.text}</p>
                    <p className="muted">{answer.rule_of_thumb.text}</p>
                    <details>
                        <summary>All its rules</summary>
                        <ol className="debts-rules">
                            {answer.rule_of_thumb.rules.map((rule, at) => (
                                <li
                                    key={rule.text}
                                    aria-current={
                                        at + 1 === verdict.rule_of_thumb?.rule ? "true" : undefined
                                    }
                                >
                                    {rule.text}{" "}
                                    <span className="muted">
                                        {`Right in ${rule.agreed} of ${rule.cases}.`}
                                    </span>
                                </li>
                            ))}
                        </ol>
                    </details>
                </details>
            ) : null}
        </div>
    );
}
