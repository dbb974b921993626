// SPDX-License-Identifier: Apache-2.0
// Every account with its balance, and the date that balance is known for.

import Link from "next/link";
import type { Account, AccountType } from "../../api/types";
import { formatDate } from "../../domain/dates";
import { Amount, kAccountTypes } from "../pieces";

const kGroups: ReadonlyArray<{ name: string; types: readonly AccountType[] }> = [
    { name: "Cash", types: ["checking", "savings", "cash"] },
    { name: "Investments", types: ["investment"] },
    { name: "Debts", types: ["credit_card", "loan"] },
    { name: "Other", types: ["other"] },
];

export function AccountList({ accounts }: { accounts: readonly Account[] }) {
    const groups = kGroups
        .map(({ name, types }) => ({
            name,
            members: accounts.filter(({ type }) => types.includes(type)),
        }))
        .filter(({ members }) => members.length > 0);
    return (
        <section className="card accounts" aria-label="Balances">
            <table>
                <caption className="hidden">Accounts and balances</caption>
                <thead className="hidden">
                    <tr>
                        <th scope="col">Account</th>
                        <th scope="col">Balance and its date</th>
                    </tr>
                </thead>
                {groups.map(({ name, members }) => (
                    <tbody key={name}>
                        <tr className="group-row">
                            <th scope="rowgroup" colSpan={2}>
                                {name}
                            </th>
                        </tr>
                        {members.map((account) => (
                            <AccountRow key={account.id} account={account} />
                        ))}
                    </tbody>
                ))}
            </table>
        </section>
    );
}

function AccountRow({ account }: { account: Account }) {
    const facts = [
        account.institution,
        account.number_masked ?? kAccountTypes[account.type],
    ].filter(Boolean);
    return (
        <tr className="account-row">
            <th scope="row">
                <Link href={`/account/?id=${encodeURIComponent(account.id)}`}>{account.name}</Link>
                <span className="small muted">{facts.join(" · ")}</span>
            </th>
            <td>
                <Amount money={account.balance} />
                <span className="small muted">{balanceNote(account)}</span>
            </td>
        </tr>
    );
}

function balanceNote(account: Account): string {
    if (account.closed) {
        return `closed ${formatDate(account.closed)}`;
    }
    return account.balance_date
        ? `as of ${formatDate(account.balance_date)}`
        : "nothing booked yet";
}
