"use client";
// SPDX-License-Identifier: Apache-2.0
// The credit score estimate: a few questions anybody may leave open, the score with its interval,
// why it is so, and what each answer does to the interval. An estimate, not a consumer report.

import { useId, useState } from "react";
import { listAccounts } from "../../api/client";
import { estimateScore, type CreditAnswer } from "../../api/credit";
import { useResource } from "../../api/resource";
import type { Account } from "../../api/types";
import {
    kCreditFields,
    kScoreHigh,
    kScoreLow,
    placeOf,
    readCredit,
    type CreditInputs,
    type CreditName,
    type CreditTexts,
} from "../../domain/credit";
import { negateDecimal, writeDecimal } from "../../money/decimal";
import { formatMoney, sumByCurrency, toMoney } from "../../money/format";
import { Failure, percent, useSettled } from "../pieces";

const kBands: ReadonlyArray<readonly [string, number, number]> = [
    ["poor", 300, 579],
    ["fair", 580, 669],
    ["good", 670, 739],
    ["very good", 740, 799],
    ["exceptional", 800, 850],
];

export function CreditScorePrediction() {
    const [texts, setTexts] = useState<CreditTexts>({});
    const { inputs } = readCredit(useSettled(texts));
    const { unread } = readCredit(texts);
    const answer = useResource(JSON.stringify(inputs), (signal) => estimateScore(inputs, signal));
    return (
        <div className="credit">
            <h1 className="page-title">Credit score</h1>
            {answer.error ? <Failure error={answer.error} onRetry={answer.reload} /> : null}
            <div className="credit-parts">
                <Questions texts={texts} unread={unread} onChange={setTexts} />
                {answer.data ? <Estimate answer={answer.data} inputs={inputs} /> : null}
            </div>
        </div>
    );
}

function Questions({
    texts,
    unread,
    onChange,
}: {
    texts: CreditTexts;
    unread: readonly CreditName[];
    onChange: (texts: CreditTexts) => void;
}) {
    const id = useId();
    const accounts = useResource("accounts", listAccounts);
    const owed = owedOnCards(accounts.data ?? []);
    return (
        <section className="card" aria-labelledby={`${id}-head`}>
            <div className="card-head">
                <h2 id={`${id}-head`}>What you know</h2>
                <button
                    type="button"
                    className="button quiet"
                    disabled={Object.values(texts).every((text) => text === "")}
                    onClick={() => onChange({})}
                >
                    Clear
                </button>
            </div>
            <p className="small muted">
                Leave open what you do not know. Nothing typed here is kept or leaves this machine.
            </p>
            <div className="credit-fields">
                {kCreditFields.map(({ name, label, unit, hint }) => {
                    const isWrong = unread.includes(name);
                    return (
                        <label key={name} className="field">
                            <span>{label}</span>
                            <span className="credit-input">
                                <input
                                    inputMode="decimal"
                                    autoComplete="off"
                                    maxLength={16}
                                    value={texts[name] ?? ""}
                                    placeholder="not told"
                                    aria-invalid={isWrong}
                                    aria-describedby={`${id}-${name}`}
                                    onChange={({ target }) =>
                                        onChange({ ...texts, [name]: target.value })
                                    }
                                />
                                <span aria-hidden="true">{unit}</span>
                            </span>
                            <span
                                id={`${id}-${name}`}
                                className={isWrong ? "small warn-text" : "small muted"}
                            >
                                {isWrong
                                    ? "This is not a number Atlas can use; it is left out."
                                    : hint}
                            </span>
                        </label>
                    );
                })}
            </div>
            {owed && texts.revolving_balance !== owed.text ? (
                <button
                    type="button"
                    className="button"
                    onClick={() => onChange({ ...texts, revolving_balance: owed.text })}
                >
                    {`Your cards here owe ${owed.shown}: use it`}
                </button>
            ) : null}
        </section>
    );
}

/** What the household's own card accounts owe, in dollars; nothing where it owes nothing. */
function owedOnCards(accounts: readonly Account[]): { text: string; shown: string } | undefined {
    const cards = accounts.filter(
        ({ type, currency, closed }) => type === "credit_card" && currency === "USD" && !closed,
    );
    const sum = sumByCurrency(cards.map(({ balance }) => balance)).get("USD");
    if (!sum || sum.units >= 0n) {
        return undefined;
    }
    const owed = negateDecimal(sum);
    return { text: writeDecimal(owed), shown: formatMoney(toMoney(owed, "USD")) };
}

function Estimate({ answer, inputs }: { answer: CreditAnswer; inputs: CreditInputs }) {
    const id = useId();
    const told = kCreditFields.filter(({ name }) => inputs[name] !== undefined);
    const open = kCreditFields.filter(({ name }) => inputs[name] === undefined);
    const [low = kScoreLow, high = kScoreHigh] = answer.interval;
    return (
        <section className="card credit-estimate" aria-labelledby={`${id}-head`}>
            <div className="card-head">
                <h2 id={`${id}-head`}>Estimate</h2>
                <span className="small muted">Estimate, not a consumer report</span>
            </div>
            <p className="credit-score" role="status">
                <strong data-testid="score">{Math.round(answer.score)}</strong>
                <span>
                    {`${answer.band}; between ${Math.round(low)} and ${Math.round(high)} for ` +
                        `${Math.round(answer.coverage * 100)} of 100 households that tell the same`}
                </span>
            </p>
            <Scale answer={answer} />
            {open.length > 0 ? (
                <p className="small muted">
                    {told.length === 0
                        ? "Nothing is told yet, so this is what is known of anybody: the widest interval."
                        : `Not told: ${open.map(({ label }) => label.toLowerCase()).join(", ")}. ` +
                          "Each widens the interval."}
                </p>
            ) : null}
            {told.length > 0 ? <Reasons answer={answer} inputs={inputs} /> : null}
            <p className="small muted">
                {`Risk reading: ${percent(answer.default_risk.probability, 1)} (${answer.default_risk.of}). `}
                {answer.disclaimer} {`Model ${answer.model}.`}
            </p>
        </section>
    );
}

function Scale({ answer }: { answer: CreditAnswer }) {
    const [low = kScoreLow, high = kScoreHigh] = answer.interval;
    const x = (score: number) => 600 * placeOf(score);
    return (
        <svg className="credit-scale" viewBox="0 0 600 54" aria-hidden="true">
            {kBands.map(([name, from, to], index) => (
                <g key={name}>
                    <rect
                        className="credit-band"
                        data-even={index % 2 === 0}
                        data-here={name === answer.band}
                        x={x(from)}
                        width={x(to + 1) - x(from)}
                        y={20}
                        height={14}
                    />
                    <text x={x(from) + 3} y={50}>
                        {from}
                    </text>
                </g>
            ))}
            <rect
                className="credit-interval"
                x={x(low)}
                width={Math.max(2, x(high) - x(low))}
                y={23}
                height={8}
            />
            <rect className="credit-mark" x={x(answer.score) - 2} y={12} width={4} height={30} />
        </svg>
    );
}

const widthOf = ({ interval }: CreditAnswer) => (interval[1] ?? 0) - (interval[0] ?? 0);

/** Without each answer in turn: what it does to the interval. */
async function widthsWithout(inputs: CreditInputs, signal: AbortSignal) {
    const names = Object.keys(inputs) as CreditName[];
    const widths = names.map(async (name) => {
        const rest = { ...inputs };
        delete rest[name];
        return [name, widthOf(await estimateScore(rest, signal))] as const;
    });
    return new Map(await Promise.all(widths));
}

function Reasons({ answer, inputs }: { answer: CreditAnswer; inputs: CreditInputs }) {
    const widths = useResource(JSON.stringify(inputs), (signal) => widthsWithout(inputs, signal));
    const most = Math.max(1, ...answer.reasons.map(({ effect }) => Math.abs(effect)));
    const shown = answer.reasons.filter(
        ({ feature }) => inputs[feature as CreditName] !== undefined,
    );
    return (
        <div className="scroll" tabIndex={0} role="region" aria-label="Why">
            <table className="figures">
                <caption className="hidden">What each answer does</caption>
                <thead>
                    <tr>
                        <th scope="col">Why</th>
                        <th scope="col" className="number">
                            Points
                        </th>
                        <th scope="col" aria-hidden="true" />
                        <th scope="col" className="number">
                            Interval
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {shown.map(({ feature, effect }) => {
                        const label = kCreditFields.find(({ name }) => name === feature)?.label;
                        const without = widths.data?.get(feature as CreditName);
                        return (
                            <tr key={feature}>
                                <th scope="row">{label ?? feature}</th>
                                <td className="number">{pointsOf(effect)}</td>
                                <td aria-hidden="true" className="credit-bar-cell">
                                    <svg viewBox="-50 0 100 10" className="credit-bar">
                                        <rect
                                            data-down={effect < 0}
                                            x={effect < 0 ? (-50 * -effect) / most : 0}
                                            width={(50 * Math.abs(effect)) / most}
                                            height={10}
                                        />
                                    </svg>
                                </td>
                                <td className="number small muted">
                                    {without === undefined
                                        ? ""
                                        : narrows(Math.round(without - widthOf(answer)))}
                                </td>
                            </tr>
                        );
                    })}
                </tbody>
            </table>
        </div>
    );
}

function pointsOf(effect: number): string {
    const points = Math.round(effect);
    return points === 0 ? "0" : `${points < 0 ? "−" : "+"}${Math.abs(points)}`;
}

function narrows(points: number): string {
    return points > 0
        ? `${points} narrower`
        : points < 0
          ? `${-points} wider`
          : "as wide without it";
}
