"use client";
// SPDX-License-Identifier: Apache-2.0
// Which account a file belongs to: one that exists, or a new one that the import makes.

import { useId, useState } from "react";
import type { AccountWish } from "../../api/client";
import type { Account, AccountType } from "../../api/types";
import { kAccountTypes } from "../pieces";

/** The commonest first, the others by their letters. */
const kCurrencies = (
    "USD EUR GBP CAD AUD CHF JPY CNY INR " +
    "AED ARS BDT BGN BRL CLP COP CZK DKK EGP HKD HUF IDR ILS ISK KES KRW KWD MAD MXN MYR NGN NOK " +
    "NZD PEN PHP PKR PLN RON RUB SAR SEK SGD THB TRY TWD UAH UYU VND ZAR"
).split(" ");

export interface AccountChoiceProps {
    readonly accounts: readonly Account[];
    /** The name of the account chosen so far, or "". */
    readonly chosen: string;
    /** A file name, from which a name for a new account is guessed. */
    readonly suggestion: string;
    /** How many other files wait for an account too. */
    readonly others?: number;
    readonly onChoose: (wish: AccountWish, forOthers: boolean) => void;
    readonly onCancel: () => void;
}

function guessName(fileName: string): string {
    return fileName.replace(/\.[a-z0-9]+$/i, "").replace(/[_-]+/g, " ");
}

export function AccountChoice(props: AccountChoiceProps) {
    const { accounts, chosen, suggestion, others = 0, onChoose, onCancel } = props;
    const known = accounts.some(({ name }) => name === chosen);
    const [picked, setPicked] = useState(known ? chosen : (accounts[0]?.name ?? ""));
    const [isNew, setNew] = useState(accounts.length === 0);
    const [name, setName] = useState(() => guessName(suggestion));
    const [type, setType] = useState<AccountType>("checking");
    const [currency, setCurrency] = useState(accounts[0]?.currency ?? "USD");
    const [complaint, setComplaint] = useState("");
    const [forOthers, setForOthers] = useState(false);
    const id = useId();

    const submit = () => {
        const trimmed = name.trim();
        if (!isNew) {
            onChoose({ name: picked }, forOthers);
        } else if (trimmed === "") {
            setComplaint("Give the account a name, so that you recognise it later.");
        } else if (accounts.some((account) => account.name === trimmed)) {
            setComplaint(
                `There is an account "${trimmed}" already: choose it, or take another name.`,
            );
        } else {
            onChoose({ name: trimmed, type, currency }, forOthers);
        }
    };
    return (
        <form
            className="account-choice"
            onSubmit={(event) => {
                event.preventDefault();
                submit();
            }}
        >
            <label className="field">
                <span>Account</span>
                <select
                    value={isNew ? "new" : `old ${picked}`}
                    onChange={({ target }) => {
                        setNew(target.value === "new");
                        if (target.value !== "new") {
                            setPicked(target.value.slice("old ".length));
                        }
                    }}
                >
                    {accounts.map((account) => (
                        <option key={account.id} value={`old ${account.name}`}>
                            {account.name}
                        </option>
                    ))}
                    <option value="new">New account…</option>
                </select>
            </label>
            {isNew ? (
                <>
                    <label className="field grow">
                        <span>Name</span>
                        <input
                            value={name}
                            maxLength={100}
                            onChange={(event) => setName(event.target.value)}
                            aria-describedby={complaint ? `${id}-complaint` : undefined}
                            aria-invalid={complaint !== ""}
                        />
                    </label>
                    <label className="field">
                        <span>Type</span>
                        <select
                            value={type}
                            onChange={(event) => setType(event.target.value as AccountType)}
                        >
                            {Object.entries(kAccountTypes).map(([value, text]) => (
                                <option key={value} value={value}>
                                    {text}
                                </option>
                            ))}
                        </select>
                    </label>
                    <label className="field">
                        <span>Currency</span>
                        <select
                            value={currency}
                            onChange={(event) => setCurrency(event.target.value)}
                        >
                            {kCurrencies.map((code) => (
                                <option key={code}>{code}</option>
                            ))}
                        </select>
                    </label>
                </>
            ) : null}
            {others > 0 ? (
                <label className="check for-others">
                    <input
                        type="checkbox"
                        checked={forOthers}
                        onChange={({ target }) => setForOthers(target.checked)}
                    />
                    <span>
                        {others === 1
                            ? "The other file that does not say is of this account too"
                            : `The other ${others} files that do not say are of this account too`}
                    </span>
                </label>
            ) : null}
            <div className="actions">
                <button type="submit" className="button primary">
                    {isNew ? "Read it into a new account" : "Use this account"}
                </button>
                <button type="button" className="button quiet" onClick={onCancel}>
                    Cancel
                </button>
            </div>
            {complaint ? (
                <p id={`${id}-complaint`} className="warning" role="alert">
                    {complaint}
                </p>
            ) : null}
        </form>
    );
}
