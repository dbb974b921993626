"use client";
// SPDX-License-Identifier: Apache-2.0
// The debt page: what to pay this month and why first, then sliders, the ways out side by side, what
// will be owed, offers, the schedule, and what all of it stands on.

import Link from "next/link";
import { useMemo, useState } from "react";
import {
    askDebtAdvice,
    type DebtAdvice,
    type DebtQuestion,
    type DebtStrategy,
} from "../../api/debts";
import { useResource } from "../../api/resource";
import { formatDate } from "../../domain/dates";
import { formatRate, keepPercents, nameOfDebt } from "../../domain/debts";
import { Amount, Empty, Failure, ImportLink, useSettled } from "../pieces";
import { FanChart } from "./fan-chart";
import { Outlook } from "./outlook";
import { RefinanceAlerts } from "./refinance-alerts";
import { Schedule } from "./schedule";
import { ScoreTimeline } from "./score-timeline";
import { SmartDebtStrategy } from "./smart-debt-strategy";
import { kNoChange, WhatIf, type Changes } from "./what-if";

function questionOf(strategy: DebtStrategy | undefined, changes: Changes): DebtQuestion {
    return {
        ...(strategy ? { strategy } : {}),
        changes: [
            { kind: "more_each_month", amount: String(changes.more) },
            { kind: "windfall", amount: String(changes.windfall) },
            { kind: "rate_rise", by: `0.0${changes.rise}` },
        ],
    };
}

export function Debts() {
    const [strategy, setStrategy] = useState<DebtStrategy>();
    const [changes, setChanges] = useState<Changes>(kNoChange);
    const settled = useSettled(changes);
    const question = useMemo(() => questionOf(strategy, settled), [strategy, settled]);
    const advice = useResource(JSON.stringify(question), (signal) =>
        askDebtAdvice(question, signal),
    );
    const data = advice.data;
    return (
        <>
            <div className="page-head">
                <h1>Debts</h1>
                <Link className="small" href="/credit/">
                    Credit score estimate
                </Link>
            </div>
            {advice.error ? <Failure error={advice.error} onRetry={advice.reload} /> : null}
            {data === undefined ? (
                advice.error ? null : (
                    <p className="muted loading" role="status">
                        Working out your plan…
                    </p>
                )
            ) : data.debts.length === 0 ? (
                <Empty title="No debts" action={<ImportLink />}>
                    <p>
                        A card or loan account with something owed appears here by itself, with its
                        rate inferred from the interest that was posted.
                    </p>
                </Empty>
            ) : (
                <div className="debts">
                    <ThisMonth advice={data} />
                    <WhatIf advice={data} changes={changes} onChange={setChanges} />
                    <SmartDebtStrategy advice={data} onChoose={setStrategy} />
                    <FanChart advice={data} />
                    <RefinanceAlerts advice={data} />
                    <Outlook advice={data} />
                    <ScoreTimeline advice={data} />
                    <Schedule advice={data} />
                    <Grounds advice={data} />
                </div>
            )}
        </>
    );
}

function ThisMonth({ advice }: { advice: DebtAdvice }) {
    const byDay = [...advice.this_month].sort((a, b) => a.due.localeCompare(b.due));
    return (
        <section className="card debts-now" aria-labelledby="debts-now">
            <div className="card-head">
                <h2 id="debts-now">Pay this month</h2>
                <Amount money={advice.monthly_budget} />
            </div>
            <p>{advice.summary}</p>
            <ul className="debts-payments">
                {byDay.map((payment) => (
                    <li key={payment.debt_id}>
                        <span className="debts-name">{payment.name}</span>
                        <Amount money={payment.pay} />
                        <span className="muted">
                            by {formatDate(payment.due)}. {keepPercents(payment.why)}
                        </span>
                    </li>
                ))}
            </ul>
        </section>
    );
}

const kSources = { given: "given", inferred: "inferred", assumed: "assumed" } as const;

function Grounds({ advice }: { advice: DebtAdvice }) {
    const nameOf = (id: string) => nameOfDebt(advice.debts, id);
    return (
        <section className="card" aria-labelledby="debts-grounds">
            <div className="card-head">
                <h2 id="debts-grounds">What this stands on</h2>
            </div>
            <div className="debts-scroll" tabIndex={0} role="region" aria-label="Debts and terms">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">Debt</th>
                            <th scope="col" className="number">
                                Owed
                            </th>
                            <th scope="col" className="number">
                                Rate
                            </th>
                            <th scope="col">Rate is</th>
                            <th scope="col">Minimum is</th>
                        </tr>
                    </thead>
                    <tbody>
                        {advice.debts.map((debt) => (
                            <tr key={debt.id}>
                                <th scope="row">{debt.name}</th>
                                <td className="number">
                                    <Amount money={debt.balance} />
                                </td>
                                <td className="number">{formatRate(debt.apr)}</td>
                                <td>{kSources[debt.apr_source]}</td>
                                <td>{kSources[debt.minimum_source]}</td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            </div>
            <ul className="debts-notes muted">
                {advice.evidence.map((one) => (
                    <li key={`${one.debt_id} ${one.text}`}>
                        {nameOf(one.debt_id)}: {one.text}
                    </li>
                ))}
                {advice.assumptions.map((text) => (
                    <li key={text}>{text}</li>
                ))}
                {advice.left_out.map((one) => (
                    <li key={one.id}>
                        {one.name} is left out. {one.reason}
                    </li>
                ))}
                {advice.audit_id === undefined ? null : (
                    <li>Entry {advice.audit_id} of the audit log.</li>
                )}
            </ul>
        </section>
    );
}
