"use client";
// SPDX-License-Identifier: Apache-2.0
// The ways out side by side: interest, months, wins, strain; how far from the best possible; and what
// closing debts earlier costs.

import type { DebtAdvice, DebtStrategy } from "../../api/debts";
import { formatDate } from "../../domain/dates";
import { addDecimals, kZero, readDecimal } from "../../money/decimal";
import { toMoney } from "../../money/format";
import { Amount, plural } from "../pieces";

export const kStrategyNames: Record<DebtStrategy, string> = {
    optimal: "Best found",
    avalanche: "Highest rate first",
    snowball: "Smallest balance first",
    hybrid: "Half and half",
    cash_flow_index: "Frees most a month first",
    utilisation_first: "Fullest card first",
    minimum: "Minimums only",
    custom: "Own order",
};

/** A way's name, or an order of debts as it is told. */
export function nameOfOrder(name: string): string {
    return Object.hasOwn(kStrategyNames, name) ? kStrategyNames[name as DebtStrategy] : name;
}

const kWhole = new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 0 });
const kFine = new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 2 });

export function SmartDebtStrategy({
    advice,
    onChoose,
}: {
    advice: DebtAdvice;
    onChoose: (strategy: DebtStrategy) => void;
}) {
    return (
        <section className="card" aria-labelledby="debts-ways">
            <div className="card-head">
                <h2 id="debts-ways">Ways out, side by side</h2>
            </div>
            <div className="debts-scroll" tabIndex={0} role="region" aria-label="Strategies">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">Way</th>
                            <th scope="col" className="number">
                                Interest and fees
                            </th>
                            <th scope="col" className="number">
                                Months
                            </th>
                            <th scope="col">Free of debt</th>
                            <th scope="col">First debt closed</th>
                            <th scope="col" className="number">
                                Strain
                            </th>
                            <th scope="col">Plan</th>
                        </tr>
                    </thead>
                    <tbody>
                        {advice.strategies.map((row) => (
                            <Way key={row.strategy} advice={advice} row={row} onChoose={onChoose} />
                        ))}
                    </tbody>
                </table>
            </div>
            <Gap advice={advice} />
            <Wins advice={advice} />
        </section>
    );
}

function Way({
    advice,
    row,
    onChoose,
}: {
    advice: DebtAdvice;
    row: DebtAdvice["strategies"][number];
    onChoose: (strategy: DebtStrategy) => void;
}) {
    const cost = addDecimals(
        readDecimal(row.interest?.amount ?? "0") ?? kZero,
        readDecimal(row.fees?.amount ?? "0") ?? kZero,
    );
    const name = kStrategyNames[row.strategy];
    if (row.refusal !== undefined) {
        return (
            <tr>
                <th scope="row">{name}</th>
                <td colSpan={6} className="muted">
                    {row.refusal}
                </td>
            </tr>
        );
    }
    const isShown = row.strategy === advice.written_out;
    return (
        <tr data-shown={isShown}>
            <th scope="row">
                {name}
                {row.strategy === advice.recommended ? (
                    <span className="debts-badge">recommended</span>
                ) : null}
            </th>
            <td className="number">
                <Amount money={toMoney(cost, advice.currency)} />
            </td>
            <td className="number">{row.months}</td>
            <td>{row.debt_free_date ? formatDate(row.debt_free_date) : ""}</td>
            <td>
                month {row.first_win_month}; {row.wins_in_a_year} in a year
            </td>
            <td className="number">{kWhole.format(row.strain_worst ?? 0)}</td>
            <td>
                {isShown ? (
                    <span className="muted">shown</span>
                ) : (
                    <button
                        type="button"
                        className="button"
                        aria-label={`Show ${name}`}
                        onClick={() => onChoose(row.strategy)}
                    >
                        Show
                    </button>
                )}
            </td>
        </tr>
    );
}

function Gap({ advice }: { advice: DebtAdvice }) {
    const optimality = advice.optimality;
    if (optimality === undefined) {
        return null;
    }
    return (
        <p className="muted debts-gap">
            {optimality.proven
                ? "The best found is proven best, up to rounding to cents."
                : `No plan can cost less than the best found by more than ${kFine.format(optimality.gap)}.`}{" "}
            Strain is the largest share of a month&apos;s budget that minimums claim.
        </p>
    );
}

function Wins({ advice }: { advice: DebtAdvice }) {
    const wins = advice.wins;
    if (wins === undefined || wins.points.length < 2) {
        return null;
    }
    return (
        <details className="debts-wins">
            <summary>Close a debt earlier: what it costs</summary>
            <ul>
                {wins.points.map((point, index) => (
                    <li key={`${point.cost.amount} ${point.first_win_month}`}>
                        First debt closed in month {point.first_win_month},{" "}
                        {plural(point.wins_in_a_year, "debt")} in a year:{" "}
                        <Amount money={point.price} /> more
                        {index === wins.recommended ? (
                            <span className="debts-badge">suits your record</span>
                        ) : null}
                    </li>
                ))}
            </ul>
            <p className="muted">
                People who close accounts are more likely to get out of debt (Gal and McShane 2012);
                how much more, nobody can promise you. What is weighed here is your own record of
                keeping plans: a chance of {kWhole.format(wins.chance_of_keeping)}, and what a year
                of minimums alone would cost, <Amount money={wins.relapse_cost} />.
            </p>
        </details>
    );
}
