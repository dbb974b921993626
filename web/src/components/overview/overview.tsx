"use client";
// SPDX-License-Identifier: Apache-2.0
// The overview: what you own and owe per currency, every account with its balance and its date,
// money in and out by month, and where a month's money went.

import { useMemo } from "react";
import { listAccounts, listMonthlyTotals } from "../../api/client";
import { useResource } from "../../api/resource";
import type { Account } from "../../api/types";
import { addMonths, monthBounds } from "../../domain/dates";
import { writeDecimal } from "../../money/decimal";
import { sumByCurrency, toMoney } from "../../money/format";
import { Amount, Empty, Failure, ImportLink } from "../pieces";
import { AccountList } from "./account-list";
import { Flows } from "./flows";
import { WorthHistory } from "./worth-history";

const kMonthsLoaded = 24;

export function Overview() {
    const accounts = useResource("accounts", listAccounts);
    const last = useMemo(() => latestMonth(accounts.data ?? []), [accounts.data]);
    const totals = useResource(last === "" ? null : `totals ${last}`, (signal) =>
        listMonthlyTotals(
            monthBounds(addMonths(last, 1 - kMonthsLoaded)).from,
            monthBounds(last).to,
            signal,
        ),
    );
    const failure = accounts.error ?? totals.error;
    return (
        <>
            <h1 className="page-title">Accounts</h1>
            {failure ? (
                <Failure
                    error={failure}
                    onRetry={() => {
                        accounts.reload();
                        totals.reload();
                    }}
                />
            ) : null}
            {accounts.data === undefined ? (
                failure ? null : (
                    <p className="muted loading" role="status">
                        Reading your ledger…
                    </p>
                )
            ) : accounts.data.length === 0 ? (
                <Empty title="No accounts yet" action={<ImportLink />}>
                    <p>
                        Download a statement from your bank as OFX, QFX or CSV and import it. Atlas
                        shows what it found before anything is booked, and every import can be
                        undone.
                    </p>
                </Empty>
            ) : (
                <>
                    <Worth accounts={accounts.data} />
                    <div className="overview">
                        <AccountList accounts={accounts.data} />
                        <Flows totals={totals.data} />
                    </div>
                    {last === "" || !totals.data ? null : (
                        <WorthHistory
                            first={totals.data.map(({ month }) => month).sort()[0] ?? last}
                            last={last}
                        />
                    )}
                </>
            )}
        </>
    );
}

/** The month of the latest balance: the demo's clock may not be this machine's. */
function latestMonth(accounts: readonly Account[]): string {
    const dates = accounts.map((account) => account.balance_date ?? "").sort();
    return dates.at(-1)?.slice(0, 7) ?? "";
}

function Worth({ accounts }: { accounts: readonly Account[] }) {
    const open = accounts.filter((account) => !account.closed);
    const net = sumByCurrency(open.map((account) => account.balance));
    const owned = sumByCurrency(
        open.filter((account) => !account.liability).map((account) => account.balance),
    );
    const owed = sumByCurrency(
        open.filter((account) => account.liability).map((account) => account.balance),
    );
    // The currency most accounts are in stands first: it is the one a person lives in.
    const accountsIn = (currency: string) =>
        open.filter((account) => account.currency === currency).length;
    const ordered = [...net].sort(([left], [right]) => accountsIn(right) - accountsIn(left));
    return (
        <section className="worth" aria-label="Net worth">
            {ordered.map(([currency, total]) => (
                <dl key={currency} className="worth-card">
                    <div className="worth-main">
                        <dt>Net worth in {currency}</dt>
                        <dd data-testid={`net-${currency}`} data-amount={writeDecimal(total)}>
                            <Amount money={toMoney(total, currency)} />
                        </dd>
                    </div>
                    <div>
                        <dt>Owned</dt>
                        <dd>
                            <Amount
                                money={toMoney(
                                    owned.get(currency) ?? { units: 0n, scale: 0 },
                                    currency,
                                )}
                            />
                        </dd>
                    </div>
                    <div>
                        <dt>Owed</dt>
                        <dd>
                            <Amount
                                money={toMoney(
                                    owed.get(currency) ?? { units: 0n, scale: 0 },
                                    currency,
                                )}
                            />
                        </dd>
                    </div>
                </dl>
            ))}
        </section>
    );
}
