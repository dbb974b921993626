"use client";
// SPDX-License-Identifier: Apache-2.0
// Which account a file belongs to: one that exists, or a new one made on the spot.

import { useId, useState } from "react";
import { createAccount } from "../../api/client";
import { useLine } from "../../api/live";
import type { Account, AccountType } from "../../api/types";
import { describeFailure, kAccountTypes } from "../common";

const kNew = "+";
const kCurrencies = ["USD", "EUR", "GBP", "CAD", "AUD", "CHF", "JPY", "SEK", "NOK", "DKK", "PLN", "INR", "BRL", "MXN"];

export interface AccountChoiceProps {
    readonly accounts: readonly Account[];
    readonly chosen: string;
    /** A file name, from which a name for a new account is guessed. */
    readonly suggestion: string;
    readonly onChoose: (account: string) => void;
    readonly onCreated: () => void;
    readonly onCancel: () => void;
}

export function AccountChoice({ accounts, chosen, suggestion, onChoose, onCreated, onCancel }: AccountChoiceProps) {
    const { report } = useLine();
    const [picked, setPicked] = useState(chosen !== "" ? chosen : (accounts[0]?.id ?? kNew));
    const [name, setName] = useState(() => suggestion.replace(/\.[a-z0-9]+$/i, "").replace(/[_-]+/g, " "));
    const [type, setType] = useState<AccountType>("checking");
    const [currency, setCurrency] = useState(accounts[0]?.currency ?? "USD");
    const [busy, setBusy] = useState(false);
    const [complaint, setComplaint] = useState("");
    const id = useId();

    const submit = async () => {
        if (picked !== kNew) {
            onChoose(picked);
            return;
        }
        if (name.trim() === "") {
            setComplaint("Give the account a name, so that you recognise it later.");
            return;
        }
        setBusy(true);
        try {
            const account = await createAccount({ name: name.trim(), type, currency });
            onCreated();
            onChoose(account.id);
        } catch (reason) {
            report(reason);
            const { title, advice } = describeFailure(reason instanceof Error ? reason : new Error(String(reason)));
            setComplaint(`${title}. ${advice}`);
            setBusy(false);
        }
    };
    return (
        <form
            className="account-choice"
            onSubmit={(event) => {
                event.preventDefault();
                void submit();
            }}
        >
            <label className="field">
                <span>Account</span>
                <select value={picked} onChange={(event) => setPicked(event.target.value)}>
                    {accounts.map((account) => <option key={account.id} value={account.id}>{account.name}</option>)}
                    <option value={kNew}>New account…</option>
                </select>
            </label>
            {picked === kNew ? (
                <>
                    <label className="field grow">
                        <span>Name</span>
                        <input
                            value={name} maxLength={100} onChange={(event) => setName(event.target.value)}
                            aria-describedby={complaint ? `${id}-complaint` : undefined}
                            aria-invalid={complaint !== ""}
                        />
                    </label>
                    <label className="field">
                        <span>Type</span>
                        <select value={type} onChange={(event) => setType(event.target.value as AccountType)}>
                            {Object.entries(kAccountTypes).map(([value, text]) => (
                                <option key={value} value={value}>{text}</option>
                            ))}
                        </select>
                    </label>
                    <label className="field">
                        <span>Currency</span>
                        <select value={currency} onChange={(event) => setCurrency(event.target.value)}>
                            {kCurrencies.map((code) => <option key={code}>{code}</option>)}
                        </select>
                    </label>
                </>
            ) : null}
            <div className="actions">
                <button type="submit" className="button primary" disabled={busy}>
                    {picked === kNew ? "Make it and read the file" : "Use this account"}
                </button>
                <button type="button" className="button quiet" onClick={onCancel}>Cancel</button>
            </div>
            {complaint ? <p id={`${id}-complaint`} className="warning" role="alert">{complaint}</p> : null}
        </form>
    );
}
