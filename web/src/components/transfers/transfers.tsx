"use client";
// SPDX-License-Identifier: Apache-2.0
// Movements between own accounts: pairs Atlas found, the least certain first, to be confirmed or
// taken apart; pairs by hand. Everything can be taken back.

import Link from "next/link";
import { useCallback, useEffect, useRef, useState } from "react";
import { errorOf, listAccounts } from "../../api/client";
import {
    confirmTransfer,
    listTransfers,
    rejectTransfer,
    takeBack,
    unpairTransfer,
    type EditResult,
    type Transfer,
} from "../../api/edits";
import { useResource } from "../../api/resource";
import type { Account, Transaction } from "../../api/types";
import { formatDate } from "../../domain/dates";
import { Confidence } from "../filing/evidence";
import { Amount, Empty, Failure, percent, plural } from "../pieces";
import { PairByHand } from "./pair-by-hand";

/** So sure a pair may be confirmed with the others, unseen. */
const kSure = 0.95;

interface Told {
    readonly text: string;
    readonly edits: readonly string[];
}

export function Transfers() {
    const [reviewed, setReviewed] = useState(false);
    const [pairing, setPairing] = useState(false);
    const [busy, setBusy] = useState(false);
    const [told, setTold] = useState<Told>();
    const [failed, setFailed] = useState<Error>();
    const accounts = useResource("accounts", listAccounts);
    const list = useResource(`transfers ${reviewed}`, async (signal) => ({
        reviewed,
        items: (await listTransfers(reviewed, signal)).items,
    }));
    const { reload } = list;
    const run = useCallback(
        async (works: ReadonlyArray<() => Promise<EditResult>>, text: string) => {
            setBusy(true);
            setFailed(undefined);
            const edits: string[] = [];
            try {
                for (const work of works) {
                    const { edit } = await work();
                    if (edit) {
                        edits.push(edit.id);
                    }
                }
                setTold({ text, edits });
                setPairing(false);
            } catch (error) {
                setFailed(errorOf(error));
                setTold(edits.length > 0 ? { text: "Part of it is done.", edits } : undefined);
            }
            reload();
            setBusy(false);
        },
        [reload],
    );
    // Until the answer is here, the data is the other kind's.
    const found = list.data?.reviewed === reviewed ? list.data.items : undefined;
    const items = [...(found ?? [])]
        .filter((pair) => pair.reviewed === reviewed)
        .sort((a, b) => (reviewed ? 0 : a.confidence - b.confidence));
    const sure = items.filter(({ confidence }) => confidence >= kSure);
    return (
        <div className="transfers">
            <div className="page-head">
                <h1>Transfers</h1>
                <p className="muted small">Money that only moved between your own accounts.</p>
            </div>
            <div className="actions">
                <div className="intervals" role="group" aria-label="Which pairs">
                    {[false, true].map((which) => (
                        <button
                            key={String(which)}
                            type="button"
                            className="button quiet"
                            aria-pressed={reviewed === which}
                            onClick={() => setReviewed(which)}
                        >
                            {which ? "Confirmed" : "To look at"}
                        </button>
                    ))}
                </div>
                <button
                    type="button"
                    className="button"
                    aria-expanded={pairing}
                    onClick={() => setPairing(!pairing)}
                >
                    Pair two by hand
                </button>
                {!reviewed && sure.length > 1 ? (
                    <button
                        type="button"
                        className="button"
                        disabled={busy}
                        onClick={() =>
                            void run(
                                sure.map(
                                    ({ id }) =>
                                        () =>
                                            confirmTransfer(id),
                                ),
                                `${plural(sure.length, "pair")} confirmed.`,
                            )
                        }
                    >
                        {`Confirm the ${sure.length} that are at least ${percent(kSure)} sure`}
                    </button>
                ) : null}
            </div>
            <p className="review-done" role="status">
                {told ? (
                    <>
                        {told.text}{" "}
                        {told.edits.length > 0 ? (
                            <button
                                type="button"
                                className="button quiet"
                                disabled={busy}
                                onClick={() =>
                                    void run(
                                        [...told.edits].reverse().map((id) => () => takeBack(id)),
                                        "Taken back.",
                                    )
                                }
                            >
                                Undo
                            </button>
                        ) : null}
                    </>
                ) : null}
            </p>
            {failed ? <Failure error={failed} /> : null}
            {pairing ? (
                <PairByHand
                    accounts={accounts.data ?? []}
                    busy={busy}
                    onPair={(work) => void run([work], "Paired by hand.")}
                    onCancel={() => setPairing(false)}
                />
            ) : null}
            {list.error ? <Failure error={list.error} onRetry={list.reload} /> : null}
            {found && items.length === 0 && !list.error ? (
                <Nothing reviewed={reviewed} />
            ) : (
                <Pairs
                    key={String(reviewed)}
                    items={items}
                    accounts={accounts.data ?? []}
                    busy={busy}
                    onRun={(work, text) => void run([work], text)}
                />
            )}
        </div>
    );
}

function Nothing({ reviewed }: { reviewed: boolean }) {
    return reviewed ? (
        <Empty title="None is confirmed yet">
            <p>Pairs you say yes to are kept here, and can be taken apart again.</p>
        </Empty>
    ) : (
        <Empty
            title="No pair waits to be looked at"
            action={<Link href="/import/">Import a statement</Link>}
        >
            <p>
                When a statement of another account of yours comes in, Atlas pairs what left here
                with what arrived there.
            </p>
        </Empty>
    );
}

interface PairsProps {
    readonly items: readonly Transfer[];
    readonly accounts: readonly Account[];
    readonly busy: boolean;
    readonly onRun: (work: () => Promise<EditResult>, text: string) => void;
}

function Pairs({ items, accounts, busy, onRun }: PairsProps) {
    const list = useRef<HTMLUListElement>(null);
    const acted = useRef<{ index: number; ids: string } | null>(null);
    const ids = items.map(({ id }) => id).join();
    // The row that was answered goes; its place has the next one, which is where the eye is.
    useEffect(() => {
        if (!busy && acted.current !== null && acted.current.ids !== ids) {
            const buttons = list.current?.querySelectorAll<HTMLButtonElement>("[data-first]");
            buttons?.[Math.min(acted.current.index, buttons.length - 1)]?.focus();
            acted.current = null;
        }
    }, [ids, busy]);
    const act = (index: number, work: () => Promise<EditResult>, text: string) => {
        acted.current = { index, ids };
        onRun(work, text);
    };
    return (
        <ul ref={list} className="pairs">
            {items.map((pair, index) => (
                <li key={pair.id} className="card" aria-label={labelOf(pair)}>
                    <div className="legs">
                        <Leg name="Out" leg={pair.out} accounts={accounts} />
                        <Leg name="In" leg={pair.in} accounts={accounts} />
                    </div>
                    <div className="actions">
                        {pair.reviewed ? (
                            <>
                                <span className="small muted">You confirmed it.</span>
                                <button
                                    type="button"
                                    data-first=""
                                    className="button"
                                    disabled={busy}
                                    onClick={() =>
                                        act(index, () => unpairTransfer(pair.id), "Taken apart.")
                                    }
                                >
                                    Take apart
                                </button>
                            </>
                        ) : (
                            <>
                                <Confidence value={pair.confidence} />
                                <button
                                    type="button"
                                    data-first=""
                                    className="button primary"
                                    disabled={busy}
                                    onClick={() =>
                                        act(index, () => confirmTransfer(pair.id), "Confirmed.")
                                    }
                                >
                                    It is one
                                </button>
                                <button
                                    type="button"
                                    className="button"
                                    disabled={busy}
                                    onClick={() =>
                                        act(
                                            index,
                                            () => rejectTransfer(pair.id),
                                            "Taken apart; it will not be proposed again.",
                                        )
                                    }
                                >
                                    It is not
                                </button>
                            </>
                        )}
                    </div>
                </li>
            ))}
        </ul>
    );
}

function labelOf({ out }: Transfer): string {
    return `${out.description}, ${formatDate(out.date)}`;
}

function Leg({
    name,
    leg,
    accounts,
}: {
    name: string;
    leg: Transaction;
    accounts: readonly Account[];
}) {
    const account = accounts.find(({ id }) => id === leg.account_id)?.name ?? "";
    return (
        <div className="leg">
            <span className="small muted">{`${name} · ${account} · ${formatDate(leg.date)}`}</span>
            <span className="leg-what">{leg.description}</span>
            <Amount money={leg.amount} flow />
        </div>
    );
}
