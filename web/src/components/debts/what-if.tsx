"use client";
// SPDX-License-Identifier: Apache-2.0
// Three sliders and what each would do. Amounts are whole units of the currency.

import type { DebtAdvice } from "../../api/debts";
import { negateDecimal, readDecimal } from "../../money/decimal";
import { formatMoney, toMoney } from "../../money/format";
import { plural } from "../pieces";

export interface Changes {
    readonly more: number;
    readonly windfall: number;
    readonly rise: number;
}
export const kNoChange: Changes = { more: 50, windfall: 500, rise: 1 };

type Effect = DebtAdvice["effects"][number];

function describe(effect: Effect | undefined): string {
    if (effect === undefined) {
        return "";
    }
    if (effect.refusal !== undefined) {
        return effect.refusal;
    }
    const change = effect.cost_change;
    const value = change ? readDecimal(change.amount) : null;
    if (!change || !value) {
        return "";
    }
    const months = effect.months_change ?? 0;
    const cost =
        value.units === 0n
            ? "costs nothing"
            : value.units < 0n
              ? `saves ${formatMoney(toMoney(negateDecimal(value), change.currency))}`
              : `costs ${formatMoney(change)}`;
    const time =
        months === 0
            ? "in the same time"
            : months < 0
              ? `${plural(-months, "month")} earlier`
              : `${plural(months, "month")} later`;
    return `${cost}, ${time}`;
}

export function WhatIf({
    advice,
    changes,
    onChange,
}: {
    advice: DebtAdvice;
    changes: Changes;
    onChange: (changes: Changes) => void;
}) {
    const unit = (amount: number) =>
        formatMoney({ amount: String(amount), currency: advice.currency });
    const sliders = [
        { key: "more", name: "More every month", max: 500, step: 10, shown: unit(changes.more) },
        {
            key: "windfall",
            name: "Once, today",
            max: 5000,
            step: 50,
            shown: unit(changes.windfall),
        },
        {
            key: "rise",
            name: "Every rate rises by",
            max: 9,
            step: 1,
            shown: plural(changes.rise, "point"),
        },
    ] as const;
    return (
        <section className="card" aria-labelledby="debts-what-if">
            <div className="card-head">
                <h2 id="debts-what-if">What if</h2>
            </div>
            <div className="debts-sliders">
                {sliders.map(({ key, name, max, step, shown }, index) => (
                    <label key={key}>
                        <span>
                            {name} <strong>{shown}</strong>
                        </span>
                        <input
                            type="range"
                            min={0}
                            max={max}
                            step={step}
                            value={changes[key]}
                            onChange={(event) =>
                                onChange({ ...changes, [key]: Number(event.target.value) })
                            }
                        />
                        <output className="muted">{describe(advice.effects[index])}</output>
                    </label>
                ))}
            </div>
        </section>
    );
}
