"use client";
// SPDX-License-Identifier: Apache-2.0
// One account: its balance over time, the days no file tells of, and every balance of the bank
// beside the ledger's, with the likeliest reason for each difference.

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { listAccounts } from "../../api/client";
import { getBalances, getReport, type AccountReport, type BalanceInterval } from "../../api/edits";
import { useResource } from "../../api/resource";
import { formatDate } from "../../domain/dates";
import { transactionsHref } from "../../domain/filters";
import { formatMoney } from "../../money/format";
import { Amount, Empty, Failure, ImportLink, kAccountTypes } from "../pieces";
import { BalanceChart, BalanceTable } from "./balance-chart";

const kIntervals: ReadonlyArray<readonly [BalanceInterval, string]> = [
    ["day", "By day"],
    ["week", "By week"],
    ["month", "By month"],
];

export function AccountPage() {
    const id = useSearchParams().get("id") ?? "";
    const [interval, setInterval] = useState<BalanceInterval>("day");
    const accounts = useResource("accounts", listAccounts);
    const series = useResource(id === "" ? null : `${id} ${interval}`, (signal) =>
        getBalances(id, interval, signal),
    );
    const report = useResource(id === "" ? null : id, (signal) => getReport(id, signal));
    const account = accounts.data?.find((each) => each.id === id);
    if (accounts.data && !account) {
        return (
            <Empty title="There is no such account" action={<Link href="/">All accounts</Link>}>
                <p>It may have gone with the import that made it.</p>
            </Empty>
        );
    }
    const points = series.data?.points ?? [];
    return (
        <div className="account-page">
            <h1 className="page-title">{account?.name ?? "Account"}</h1>
            {account ? (
                <>
                    <p className="balance-now">
                        <Amount money={account.balance} />
                    </p>
                    <p className="muted">
                        {[account.institution, account.number_masked, kAccountTypes[account.type]]
                            .filter(Boolean)
                            .join(" · ")}
                        {" · "}
                        <Link href={transactionsHref({ account_id: account.id })}>
                            Its transactions
                        </Link>
                    </p>
                </>
            ) : null}
            <section className="card" aria-labelledby="balance-title">
                <div className="card-head">
                    <h2 id="balance-title">Balance over time</h2>
                    <div className="intervals" role="group" aria-label="Interval">
                        {kIntervals.map(([name, label]) => (
                            <button
                                key={name}
                                type="button"
                                className="button quiet"
                                aria-pressed={interval === name}
                                onClick={() => setInterval(name)}
                            >
                                {label}
                            </button>
                        ))}
                    </div>
                </div>
                {series.error ? <Failure error={series.error} onRetry={series.reload} /> : null}
                <BalanceChart points={points} />
                <BalanceTable
                    points={points}
                    label="Balances as a table"
                    heads={["Day", "Balance"]}
                    nameOf={formatDate}
                />
            </section>
            {report.error ? <Failure error={report.error} onRetry={report.reload} /> : null}
            {report.data ? <Report report={report.data} /> : null}
        </div>
    );
}

function Report({ report }: { report: AccountReport }) {
    const { statements, gaps, balances, agrees } = report;
    const troubled = balances.filter(({ causes }) => causes.length > 0);
    return (
        <>
            <section className="card" aria-labelledby="coverage-title">
                <h2 id="coverage-title">What the files cover</h2>
                {statements.length === 0 ? (
                    <p className="muted">
                        No imported file tells of this account. <ImportLink />
                    </p>
                ) : (
                    <p>
                        {`${statements.length} ${statements.length === 1 ? "file tells" : "files tell"} of ` +
                            `${formatDate(statements[0]?.from ?? "")} to ${formatDate(statements.at(-1)?.to ?? "")}.`}
                    </p>
                )}
                {gaps.length > 0 ? (
                    <>
                        <p className="warning">No file covers these days:</p>
                        <ul>
                            {gaps.map(({ from, to, days }) => (
                                <li key={from}>
                                    {`${formatDate(from)} to ${formatDate(to)} (${days} days)`}
                                </li>
                            ))}
                        </ul>
                    </>
                ) : null}
            </section>
            <section className="card" aria-labelledby="agree-title">
                <h2 id="agree-title">Agreement with the bank</h2>
                <p role="status" className={agrees ? "muted" : "warning"}>
                    {balances.length === 0
                        ? "No file has told a balance yet."
                        : agrees
                          ? "The bank's last balance and the ledger agree to the cent."
                          : "The bank's last balance is not the ledger's."}
                </p>
                {troubled.length > 0 ? (
                    <div className="scroll" tabIndex={0} role="region" aria-label="Differences">
                        <table>
                            <thead>
                                <tr>
                                    <th scope="col">Day</th>
                                    <th scope="col" className="number">
                                        Bank
                                    </th>
                                    <th scope="col" className="number">
                                        Ledger
                                    </th>
                                    <th scope="col">What first differs, and why</th>
                                </tr>
                            </thead>
                            <tbody>
                                {troubled.map(({ date, statement, ledger, change, causes }) => (
                                    <tr key={date}>
                                        <th scope="row">{formatDate(date)}</th>
                                        <td className="number">{formatMoney(statement)}</td>
                                        <td className="number">{formatMoney(ledger)}</td>
                                        <td>
                                            {formatMoney(change, { plus: true })}
                                            <ul className="causes">
                                                {causes.map(({ cause, text }) => (
                                                    <li key={cause + text}>{text}</li>
                                                ))}
                                            </ul>
                                        </td>
                                    </tr>
                                ))}
                            </tbody>
                        </table>
                    </div>
                ) : null}
            </section>
        </>
    );
}
