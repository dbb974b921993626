"use client";
// SPDX-License-Identifier: Apache-2.0
// The debts in the household's future: how large a buffer, where the surplus does most good, on
// which days to pay, what holds up when rates move. Each part is there where the ledger has enough
// to go by; what it takes for granted is said.

import type { DebtAdvice } from "../../api/debts";
import { nameOfDebt } from "../../domain/debts";
import { Amount, percent, plural } from "../pieces";
import { nameOfOrder } from "./smart-debt-strategy";

export function Outlook({ advice }: { advice: DebtAdvice }) {
    return (
        <>
            <Buffer advice={advice} />
            <Surplus advice={advice} />
            <PaymentDays advice={advice} />
            <MovingRates advice={advice} />
        </>
    );
}

function Assumptions({ texts }: { texts: readonly string[] }) {
    return texts.length === 0 ? null : (
        <details className="small">
            <summary>What this takes for granted</summary>
            <ul className="debts-notes muted">
                {texts.map((text) => (
                    <li key={text}>{text}</li>
                ))}
            </ul>
        </details>
    );
}

function Buffer({ advice }: { advice: DebtAdvice }) {
    const fund = advice.emergency_fund;
    if (!fund) {
        return null;
    }
    const money = (amount: string) => ({ amount, currency: fund.currency });
    const [low = fund.fund, high = fund.fund] = fund.interval;
    return (
        <section className="card" aria-labelledby="debts-buffer">
            <div className="card-head">
                <h2 id="debts-buffer">For bad months</h2>
                <Amount money={money(fund.fund)} />
            </div>
            <p>
                {`A buffer of ${fund.months_of_expenses.toFixed(1)} months of expenses would run dry ` +
                    `in ${percent(fund.run_dry_then.probability)} of futures; what is saved today in ` +
                    `${percent(fund.run_dry_now.probability)}. Still missing: `}
                <Amount money={money(fund.missing)} />.
            </p>
            <p className="small muted">
                {"From the number of futures alone the fund is between "}
                <Amount money={money(low)} /> and <Amount money={money(high)} />.{" "}
                {`${fund.paths.toLocaleString("en-US")} futures, seed ${fund.seed}.`}
            </p>
            <details>
                <summary>Other sizes</summary>
                <div className="debts-scroll" tabIndex={0} role="region" aria-label="Other sizes">
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">Months of expenses</th>
                                <th scope="col" className="number">
                                    Buffer
                                </th>
                                <th scope="col" className="number">
                                    Runs dry
                                </th>
                            </tr>
                        </thead>
                        <tbody>
                            {fund.curve.map((point) => (
                                <tr key={point.months}>
                                    <th scope="row">{point.months}</th>
                                    <td className="number">
                                        <Amount money={money(point.amount)} />
                                    </td>
                                    <td className="number">
                                        {percent(point.run_dry.probability, 1)}
                                    </td>
                                </tr>
                            ))}
                        </tbody>
                    </table>
                </div>
            </details>
            <Assumptions texts={fund.assumptions} />
        </section>
    );
}

const kUses: Record<string, string> = { buffer: "Buffer", invest: "Investing" };

function Surplus({ advice }: { advice: DebtAdvice }) {
    const { surplus } = advice;
    if (!surplus) {
        return null;
    }
    const money = (amount: string) => ({ amount, currency: surplus.currency });
    const nameOf = (use: (typeof surplus.uses)[number]) =>
        kUses[use.use] ?? advice.debts.find(({ id }) => id === use.debt_id)?.name ?? "A debt";
    return (
        <section className="card" aria-labelledby="debts-surplus">
            <div className="card-head">
                <h2 id="debts-surplus">Buffer, debts or investing</h2>
            </div>
            <ul className="debts-payments">
                {surplus.uses.map((use) => (
                    <li key={`${use.use} ${use.debt_id ?? ""}`}>
                        <span className="debts-name">{nameOf(use)}</span>
                        <Amount money={money(use.first_month)} />
                        <span className="muted">{use.why}</span>
                    </li>
                ))}
            </ul>
            <p>
                {`Investing would have to return ${percent(surplus.break_even_return, 1)} a year, its ` +
                    "risk allowed for, to be as good as the best other use."}
            </p>
            <Assumptions texts={surplus.assumptions} />
        </section>
    );
}

function PaymentDays({ advice }: { advice: DebtAdvice }) {
    const { payment_days: fit } = advice;
    if (!fit) {
        return null;
    }
    const money = (amount: string) => ({ amount, currency: fit.currency });
    const moved = fit.days.filter(({ day, day_now }) => day !== day_now);
    return (
        <section className="card" aria-labelledby="debts-days">
            <div className="card-head">
                <h2 id="debts-days">When to pay</h2>
            </div>
            <p>
                {moved.length === 0
                    ? "The days of your payments suit your pay days as they are."
                    : "Ask for these days, if your lenders let you choose:"}
            </p>
            {moved.length > 0 ? (
                <ul className="debts-notes">
                    {moved.map(({ id, day, day_now }) => (
                        <li
                            key={id}
                        >{`${nameOfDebt(advice.debts, id)}: the ${ordinal(day)} instead of the ${ordinal(day_now)}`}</li>
                    ))}
                </ul>
            ) : null}
            <p className="small muted">
                {`The account stays above its buffer in ${percent(fit.now.above_buffer.probability)} ` +
                    `of futures now, in ${percent(fit.fitted.above_buffer.probability)} then; it goes ` +
                    "no lower than "}
                <Amount money={money(fit.now.lowest)} /> now,{" "}
                <Amount money={money(fit.fitted.lowest)} /> then, with the probability that was
                asked for.
                {fit.reached ? "" : " That probability is not reached: days alone do not do it."}
            </p>
        </section>
    );
}

function ordinal(day: number): string {
    const tail = day % 10;
    const teens = day >= 11 && day <= 13;
    return `${day}${teens || tail > 3 || tail === 0 ? "th" : ["st", "nd", "rd"][tail - 1]}`;
}

function MovingRates({ advice }: { advice: DebtAdvice }) {
    const { smart_avalanche: smart } = advice;
    if (!smart) {
        return null;
    }
    const names = smart.variable.map((id) => nameOfDebt(advice.debts, id));
    return (
        <section className="card" aria-labelledby="debts-rates">
            <div className="card-head">
                <h2 id="debts-rates">When rates move</h2>
            </div>
            <p>{smart.why}</p>
            <div className="debts-scroll" tabIndex={0} role="region" aria-label="When rates move">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">Order</th>
                            <th scope="col" className="number">
                                On average
                            </th>
                            <th scope="col" className="number">
                                Worst tenth
                            </th>
                            <th scope="col" className="number">
                                Dearest
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        {smart.orders.map((order) => (
                            <tr key={order.name}>
                                <th scope="row">{nameOfOrder(order.name)}</th>
                                {[order.mean, order.tail, order.worst].map((amount, index) => (
                                    <td key={index} className="number">
                                        <Amount money={amount} />
                                    </td>
                                ))}
                            </tr>
                        ))}
                    </tbody>
                </table>
            </div>
            <p className="small muted">
                {`Interest and fees over ${plural(smart.scenarios, "path")} of rates. ` +
                    `Rates that can move: ${names.join(", ")}.`}
            </p>
        </section>
    );
}
