"use client";
// SPDX-License-Identifier: Apache-2.0
// Two transactions that belong together and were not found: first the one that left, by searching,
// then what may have arrived, the likeliest first.

import { useState } from "react";
import { listTransactions } from "../../api/client";
import { listCounterparts, pairTransfer, type EditResult } from "../../api/edits";
import { useResource } from "../../api/resource";
import type { Account, Transaction } from "../../api/types";
import { formatDate } from "../../domain/dates";
import { kNoFilters } from "../../domain/filters";
import { Amount, Failure, useSettled } from "../pieces";

const kShown = 8;
const kSearched = 40;

export function PairByHand({
    accounts,
    busy,
    onPair,
    onCancel,
}: {
    accounts: readonly Account[];
    busy: boolean;
    onPair: (work: () => Promise<EditResult>) => void;
    onCancel: () => void;
}) {
    const [out, setOut] = useState<Transaction>();
    return (
        <section className="card pair-by-hand" aria-label="Pair two by hand">
            {out ? (
                <>
                    <p>
                        {`Left on ${formatDate(out.date)}: ${out.description} `}
                        <Amount money={out.amount} />{" "}
                        <button
                            type="button"
                            className="button quiet"
                            onClick={() => setOut(undefined)}
                        >
                            Another
                        </button>
                    </p>
                    <Arrivals
                        out={out}
                        accounts={accounts}
                        busy={busy}
                        onPick={(into) => onPair(() => pairTransfer(out.id, into.id))}
                    />
                </>
            ) : (
                <Search
                    label="What left? Search its text or amount"
                    flow="out"
                    accounts={accounts}
                    verb="This one"
                    busy={busy}
                    onPick={setOut}
                />
            )}
            <p className="actions">
                <button type="button" className="button quiet" onClick={onCancel}>
                    Cancel
                </button>
            </p>
        </section>
    );
}

function Arrivals({
    out,
    accounts,
    busy,
    onPick,
}: {
    out: Transaction;
    accounts: readonly Account[];
    busy: boolean;
    onPick: (row: Transaction) => void;
}) {
    const found = useResource(`counterparts ${out.id}`, (signal) =>
        listCounterparts(out.id, signal),
    );
    const likely = (found.data?.suggestions ?? []).map(({ transaction }) => transaction);
    return (
        <>
            {found.error ? <Failure error={found.error} onRetry={found.reload} /> : null}
            {likely.length > 0 ? (
                <>
                    <h3>Likely arrivals</h3>
                    <Rows
                        rows={likely}
                        accounts={accounts}
                        verb="Pair"
                        busy={busy}
                        onPick={onPick}
                    />
                </>
            ) : null}
            <Search
                label="Where did it arrive? Search its text or amount"
                flow="in"
                without={out.account_id}
                accounts={accounts}
                verb="Pair"
                busy={busy}
                onPick={onPick}
            />
        </>
    );
}

interface PickProps {
    readonly accounts: readonly Account[];
    readonly verb: string;
    readonly busy: boolean;
    readonly onPick: (row: Transaction) => void;
}

function Search({
    label,
    flow,
    without,
    ...pick
}: PickProps & { label: string; flow: "in" | "out"; without?: string }) {
    const [query, setQuery] = useState("");
    const q = useSettled(query.trim());
    const found = useResource(q === "" ? null : `${flow} ${q}`, (signal) =>
        listTransactions({ ...kNoFilters, flow, q }, kSearched, undefined, signal),
    );
    const rows = (found.data?.items ?? []).filter(
        (row) => !row.transfer_id && row.account_id !== without,
    );
    return (
        <>
            <label className="field">
                <span>{label}</span>
                <input
                    type="search"
                    maxLength={200}
                    value={query}
                    onChange={({ target }) => setQuery(target.value)}
                />
            </label>
            {found.error ? <Failure error={found.error} onRetry={found.reload} /> : null}
            {q !== "" && found.data && rows.length === 0 ? (
                <p className="muted small" role="status">
                    Nothing unpaired fits.
                </p>
            ) : null}
            {q === "" ? null : <Rows rows={rows} {...pick} />}
        </>
    );
}

function Rows({
    rows,
    accounts,
    verb,
    busy,
    onPick,
}: PickProps & { rows: readonly Transaction[] }) {
    return (
        <ul className="pick-rows">
            {rows.slice(0, kShown).map((row) => (
                <li key={row.id}>
                    <span>
                        {row.description}
                        <span className="small muted">
                            {` ${accounts.find(({ id }) => id === row.account_id)?.name ?? ""}, ${formatDate(row.date)}`}
                        </span>
                    </span>
                    <Amount money={row.amount} flow />
                    <button
                        type="button"
                        className="button"
                        disabled={busy}
                        aria-label={`${verb}: ${row.description}, ${formatDate(row.date)}`}
                        onClick={() => onPick(row)}
                    >
                        {verb}
                    </button>
                </li>
            ))}
        </ul>
    );
}
