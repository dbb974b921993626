"use client";
// SPDX-License-Identifier: Apache-2.0
// What a transaction belongs with: its refunds or purchase, the other end of a transfer. What is
// proposed is a proposal; a click decides, and the decision can be taken back.

import { useEffect, useState } from "react";
import {
    confirmTransfer,
    editTransaction,
    listCounterparts,
    listRefunds,
    pairTransfer,
    rejectTransfer,
    type EditResult,
    type MatchSuggestion,
    type RefundList,
} from "../../api/edits";
import type { Transaction } from "../../api/types";
import { formatDate } from "../../domain/dates";
import { formatMoney, isNegative } from "../../money/format";

interface RelationsProps {
    readonly transaction: Transaction;
    readonly onRun: (work: () => Promise<EditResult>) => void;
}

export function Relations({ transaction, onRun }: RelationsProps) {
    const [refunds, setRefunds] = useState<RefundList>();
    const [ends, setEnds] = useState<readonly MatchSuggestion[]>([]);
    const { id, transfer_id: transferId } = transaction;
    useEffect(() => {
        const control = new AbortController();
        setRefunds(undefined);
        setEnds([]);
        // Proposals are extra: without them the page is still whole.
        listRefunds(id, control.signal).then(setRefunds, () => undefined);
        listCounterparts(id, control.signal).then(
            ({ suggestions }) => setEnds(suggestions.filter(({ score }) => score >= 0.6)),
            () => undefined,
        );
        return () => control.abort();
    }, [id, transaction]);
    const spent = isNegative(transaction.amount);
    const linkRefund = (other: string) =>
        onRun(() =>
            spent
                ? editTransaction(other, { refund_of: id })
                : editTransaction(id, { refund_of: other }),
        );
    const pair = (other: string) =>
        onRun(() => (spent ? pairTransfer(id, other) : pairTransfer(other, id)));
    return (
        <>
            {transferId ? (
                <section aria-label="Transfer">
                    <h3>Transfer</h3>
                    <p className="small muted">
                        {transaction.filed.reviewed
                            ? "You confirmed that this moved between your accounts."
                            : "This looks like money between your own accounts."}
                    </p>
                    <div className="row-actions">
                        {transaction.filed.reviewed ? null : (
                            <button
                                type="button"
                                className="button"
                                onClick={() => onRun(() => confirmTransfer(transferId))}
                            >
                                It is
                            </button>
                        )}
                        <button
                            type="button"
                            className="button quiet"
                            onClick={() => onRun(() => rejectTransfer(transferId))}
                        >
                            It is not
                        </button>
                    </div>
                </section>
            ) : null}
            {refunds && refunds.refunds.length > 0 ? (
                <section aria-label="Refunds">
                    <h3>Refunds</h3>
                    <ul className="splits">
                        {refunds.refunds.map((refund) => (
                            <li key={refund.id}>
                                <span>{formatDate(refund.date)}</span>
                                <span>{formatMoney(refund.amount)}</span>
                            </li>
                        ))}
                    </ul>
                    <p className="small muted">{`It still costs ${formatMoney(refunds.remaining)}.`}</p>
                </section>
            ) : null}
            <Proposals
                title={spent ? "May be its refund" : "May be a refund of"}
                items={refunds?.suggestions ?? []}
                verb="Link"
                onPick={linkRefund}
            />
            <Proposals
                title="May be the other end of a transfer"
                items={ends}
                verb="Pair"
                onPick={pair}
            />
        </>
    );
}

interface ProposalsProps {
    readonly title: string;
    readonly items: readonly MatchSuggestion[];
    readonly verb: string;
    readonly onPick: (id: string) => void;
}

function Proposals({ title, items, verb, onPick }: ProposalsProps) {
    if (items.length === 0) {
        return null;
    }
    return (
        <section aria-label={title}>
            <h3>{title}</h3>
            <ul className="proposals">
                {items.slice(0, 3).map(({ transaction, reason }) => (
                    <li key={transaction.id}>
                        <span>
                            {transaction.merchant ?? transaction.description}
                            <span className="small muted">
                                {`${formatDate(transaction.date)}, ${formatMoney(transaction.amount)}: ${reason}`}
                            </span>
                        </span>
                        <button
                            type="button"
                            className="button"
                            aria-label={`${verb} ${transaction.description}`}
                            onClick={() => onPick(transaction.id)}
                        >
                            {verb}
                        </button>
                    </li>
                ))}
            </ul>
        </section>
    );
}
