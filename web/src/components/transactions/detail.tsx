"use client";
// SPDX-License-Identifier: Apache-2.0
// Everything known about one transaction, with where it came from: file, line and column.

import Link from "next/link";
import { useEffect, useRef, type ReactNode } from "react";
import type { EditResult } from "../../api/edits";
import { explainFiling, listCategories } from "../../api/filing";
import { useResource } from "../../api/resource";
import type { Transaction } from "../../api/types";
import { categoryName, kUnknown } from "../../domain/categories";
import { formatDate } from "../../domain/dates";
import { transactionsHref } from "../../domain/filters";
import { pathOf } from "../filing/category-picker";
import { Confidence, Reasons } from "../filing/evidence";
import { Amount, Failure, OnDemand } from "../pieces";
import { Icon } from "../icons";
import type { EditAction } from "./editing";
import { Relations } from "./relations";

const kFiledBy: Record<Transaction["filed"]["source"], string> = {
    rule: "one of your rules",
    memory: "how you filed it before",
    merchant: "the list of known merchants",
    model: "the categoriser",
    user: "you",
    import: "the statement itself",
    none: "nobody yet",
};

export function Detail({
    transaction,
    account,
    onClose,
    onAct,
    onRun,
}: {
    transaction: Transaction;
    account: string;
    onClose: () => void;
    onAct: (action: EditAction) => void;
    onRun: (work: () => Promise<EditResult>) => void;
}) {
    const heading = useRef<HTMLHeadingElement>(null);
    useEffect(() => {
        heading.current?.focus({ preventScroll: true });
    }, []);
    const { source, filed } = transaction;
    return (
        <aside className="detail card" aria-label="Transaction details">
            <div className="card-head">
                <h2 ref={heading} tabIndex={-1}>
                    {transaction.title ??
                        transaction.chosen_merchant ??
                        transaction.merchant ??
                        transaction.description}
                </h2>
                <button
                    type="button"
                    className="icon-button"
                    aria-label="Close details"
                    onClick={onClose}
                >
                    <Icon name="close" />
                </button>
            </div>
            <p className="detail-amount">
                <Amount money={transaction.amount} flow />
            </p>
            <dl className="facts">
                <Fact name="Date">{formatDate(transaction.date)}</Fact>
                {transaction.posted_date && transaction.posted_date !== transaction.date ? (
                    <Fact name="Posted">{formatDate(transaction.posted_date)}</Fact>
                ) : null}
                <Fact name="Account">
                    <Link href={transactionsHref({ account_id: transaction.account_id })}>
                        {account}
                    </Link>
                </Fact>
                <Fact name="Status">
                    {transaction.status === "pending" ? "Pending at the bank" : "Posted"}
                </Fact>
                <Fact name="As printed">
                    <span className="printed">{transaction.description}</span>
                </Fact>
                {transaction.original_amount ? (
                    <Fact name="Original">
                        <Amount money={transaction.original_amount} />
                    </Fact>
                ) : null}
                {transaction.transfer_id ? (
                    <Fact name="Transfer">Between your own accounts</Fact>
                ) : null}
            </dl>
            <h3>Filing</h3>
            <ul className="splits">
                {transaction.splits.map((split, index) => (
                    <li key={index}>
                        <Link href={transactionsHref({ category: split.category })}>
                            {categoryName(split.category)}
                        </Link>
                        <Amount money={split.amount} />
                        {split.note ? <span className="small muted">{split.note}</span> : null}
                    </li>
                ))}
            </ul>
            <div className="row-actions">
                <button type="button" className="button" onClick={() => onAct("category")}>
                    Category
                </button>
                <button type="button" className="button" onClick={() => onAct("split")}>
                    Divide
                </button>
                <button type="button" className="button" onClick={() => onAct("tags")}>
                    Tags
                </button>
                <button type="button" className="button" onClick={() => onAct("note")}>
                    Note
                </button>
                <button type="button" className="button" onClick={() => onAct("reviewed")}>
                    {filed.reviewed ? "Not reviewed" : "Reviewed"}
                </button>
            </div>
            {transaction.note ? <p className="note">{transaction.note}</p> : null}
            <Relations transaction={transaction} onRun={onRun} />
            <p className="small muted" data-testid="filed">
                {filedText(filed)}
            </p>
            <OnDemand key={transaction.id} summary="Why there?" className="small why-filed">
                <WhyFiled id={transaction.id} />
            </OnDemand>
            <h3>Source</h3>
            <p className="printed" data-testid="source">{`${source.file}:${source.line}`}</p>
            <p className="small muted">
                {`Line ${source.line}, column ${source.column}. `}
                <Link href="/import/#history">See the imports</Link>
            </p>
        </aside>
    );
}

/** The evidence: what Atlas would say today, whoever filed it. */
function WhyFiled({ id }: { id: string }) {
    const why = useResource(`why ${id}`, (signal) => explainFiling(id, signal));
    const tree = useResource("categories", listCategories);
    const categories = tree.data ?? [];
    const failure = why.error ? <Failure error={why.error} onRetry={why.reload} /> : null;
    if (!why.data) {
        return failure;
    }
    const { category, confidence, reasons } = why.data;
    return (
        <>
            {failure}
            {category === kUnknown ? (
                <p>Today Atlas could not tell.</p>
            ) : (
                <p>
                    {`Today Atlas would say ${pathOf(categories, category)} `}
                    <Confidence value={confidence} />
                </p>
            )}
            {reasons.length > 0 ? (
                <Reasons item={why.data} categories={categories} />
            ) : (
                <p className="muted">There is nothing to go by.</p>
            )}
        </>
    );
}

function filedText(filed: Transaction["filed"]): string {
    if (filed.source === "none") {
        return "Not filed yet: no rule, memory or model was sure enough.";
    }
    const by = `Filed by ${kFiledBy[filed.source]}`;
    const sure = filed.source === "user" ? "" : `, ${Math.round(filed.confidence * 100)} % sure`;
    return `${by}${sure}. ${filed.reviewed ? "Reviewed." : "Not reviewed yet."}`;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
    return (
        <div>
            <dt>{name}</dt>
            <dd>{children}</dd>
        </div>
    );
}
