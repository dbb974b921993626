"use client";
// SPDX-License-Identifier: Apache-2.0
// Small pieces every page uses: an amount, an empty state, a failure with a way on.

import Link from "next/link";
import { useEffect, useRef, useState, type ReactNode, type RefObject } from "react";
import { ApiError } from "../api/client";
import type { AccountType, Money } from "../api/types";
import { formatMoney, isPositive, type MoneyStyle } from "../money/format";

/** `flow` colours money in and writes its plus; a balance stays plain. */
export function Amount({
    money,
    flow = false,
    style,
}: {
    money: Money;
    flow?: boolean;
    style?: MoneyStyle;
}) {
    const gain = flow && isPositive(money);
    return (
        <span className={gain ? "amount gain" : "amount"}>
            {formatMoney(money, { plus: flow, ...style })}
        </span>
    );
}

export const kAccountTypes: Record<AccountType, string> = {
    checking: "Checking",
    savings: "Savings",
    credit_card: "Credit card",
    loan: "Loan",
    investment: "Investment",
    cash: "Cash",
    other: "Other",
};

export function Empty({
    title,
    children,
    action,
}: {
    title: string;
    children: ReactNode;
    action?: ReactNode;
}) {
    return (
        <div className="empty">
            <h2>{title}</h2>
            <div className="muted">{children}</div>
            {action ? <p>{action}</p> : null}
        </div>
    );
}

export function ImportLink({ children = "Import a statement" }: { children?: ReactNode }) {
    return (
        <Link className="button primary" href="/import/">
            {children}
        </Link>
    );
}

/** What happened, why, and what to do, without blame. */
export function describeFailure(error: Error): { title: string; advice: string } {
    if (!(error instanceof ApiError)) {
        return { title: "This page could not be filled", advice: error.message };
    }
    if (error.status === 0) {
        return {
            title: "Atlas does not answer",
            advice:
                "It may have been stopped, or is just starting. Nothing is lost; " +
                "try again in a moment.",
        };
    }
    if (error.status === 503 || error.status === 429) {
        return { title: "Atlas is busy", advice: `${error.message} Nothing is lost.` };
    }
    if (error.status === 507) {
        return {
            title: "The disk is full",
            advice: "Nothing was changed. Free some space, then try again.",
        };
    }
    return { title: error.problem?.title ?? "That did not work", advice: error.message };
}

export function Failure({ error, onRetry }: { error: Error; onRetry?: () => void }) {
    const { title, advice } = describeFailure(error);
    return (
        <div className="failure" role="alert">
            <strong>{title}</strong>
            <span>{advice}</span>
            {onRetry ? (
                <button type="button" className="button" onClick={onRetry}>
                    Try again
                </button>
            ) : null}
        </div>
    );
}

/** Details that are made, and their data asked for, only while somebody has them open. */
export function OnDemand({
    summary,
    className,
    children,
}: {
    summary: string;
    className: string;
    children: ReactNode;
}) {
    const [open, setOpen] = useState(false);
    return (
        <details className={className} onToggle={(event) => setOpen(event.currentTarget.open)}>
            <summary>{summary}</summary>
            {open ? children : null}
        </details>
    );
}

/** The width of an element, kept current; 0 before it is known. */
export function useWidth<Target extends HTMLElement>(): [RefObject<Target | null>, number] {
    const target = useRef<Target>(null);
    const [width, setWidth] = useState(0);
    useEffect(() => {
        const element = target.current;
        if (!element) {
            return undefined;
        }
        const observer = new ResizeObserver(([entry]) =>
            setWidth(Math.floor(entry?.contentRect.width ?? 0)),
        );
        observer.observe(element);
        return () => observer.disconnect();
    }, []);
    return [target, width];
}

const kSettleMs = 250;

/** The value once it has stood still: a slider asks when it rests, a field when typing pauses. */
export function useSettled<Value>(value: Value): Value {
    const [settled, setSettled] = useState(value);
    useEffect(() => {
        const timer = setTimeout(() => setSettled(value), kSettleMs);
        return () => clearTimeout(timer);
    }, [value]);
    return settled;
}

/** A probability or a share, as a person says it. */
export function percent(share: number, digits = 0): string {
    return `${(100 * share).toFixed(digits)} %`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
    return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}
