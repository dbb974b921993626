"use client";
// SPDX-License-Identifier: Apache-2.0
// Dividing a transaction into parts. What is left to divide is always in sight, and nothing is
// saved until it is nothing.

import { useEffect, useId, useRef, useState } from "react";
import type { Split } from "../../api/edits";
import type { Transaction } from "../../api/types";
import { categoryName, isLeaf, kCategoryIds, kUnknown } from "../../domain/categories";
import { addDecimals, negateDecimal, readDecimal, writeDecimal } from "../../money/decimal";
import { formatMoney } from "../../money/format";
import { Icon } from "../icons";

interface Part {
    readonly key: number;
    readonly category: string;
    readonly amount: string;
    readonly note: string;
    readonly tags: readonly string[];
}

/** What the parts leave of the whole; null while an amount is no number. */
export function remainderOf(whole: string, amounts: readonly string[]): string | null {
    let left = readDecimal(whole);
    for (const amount of amounts) {
        const part = readDecimal(amount.trim());
        if (left === null || part === null) {
            return null;
        }
        left = addDecimals(left, negateDecimal(part));
    }
    return left === null ? null : writeDecimal(left);
}

const isNothing = (amount: string | null) => amount !== null && /^-?0*(\.0*)?$/.test(amount);

export interface SplitDialogProps {
    readonly transaction: Transaction;
    readonly onSave: (splits: Split[]) => void;
    readonly onClose: () => void;
}

export function SplitDialog({ transaction, onSave, onClose }: SplitDialogProps) {
    const id = useId();
    const dialog = useRef<HTMLDialogElement>(null);
    const next = useRef(transaction.splits.length);
    const { amount: whole, currency } = transaction.amount;
    const [parts, setParts] = useState<readonly Part[]>(() =>
        transaction.splits.map((split, key) => ({
            key,
            category: split.category,
            amount: split.amount.amount,
            note: split.note ?? "",
            tags: split.tags ?? [],
        })),
    );
    useEffect(() => dialog.current?.showModal(), []);
    const left = remainderOf(
        whole,
        parts.map(({ amount }) => amount),
    );
    const complete = isNothing(left) && parts.every(({ category }) => category !== "");
    const change = (key: number, what: Partial<Part>) =>
        setParts(parts.map((part) => (part.key === key ? { ...part, ...what } : part)));
    const add = () => {
        const amount = left !== null && !isNothing(left) ? left : "";
        const key = next.current++;
        setParts([...parts, { key, category: kUnknown, amount, note: "", tags: [] }]);
    };
    const save = () =>
        onSave(
            parts.map(({ category, amount, note, tags }) => ({
                category,
                amount: { amount: amount.trim(), currency },
                ...(note.trim() ? { note: note.trim() } : {}),
                tags: [...tags],
            })),
        );
    return (
        <dialog
            ref={dialog}
            className="card split-dialog"
            aria-labelledby={`${id}-title`}
            onClose={onClose}
        >
            <h2 id={`${id}-title`}>{`Divide ${formatMoney(transaction.amount)}`}</h2>
            <form
                onSubmit={(event) => {
                    event.preventDefault();
                    if (complete) {
                        save();
                    }
                }}
            >
                {parts.map((part, index) => (
                    <fieldset key={part.key} className="part">
                        <legend className="hidden">{`Part ${index + 1}`}</legend>
                        <label className="field">
                            <span>Category</span>
                            <select
                                value={part.category}
                                onChange={(event) =>
                                    change(part.key, { category: event.target.value })
                                }
                            >
                                {kCategoryIds.filter(isLeaf).map((category) => (
                                    <option key={category} value={category}>
                                        {categoryName(category)}
                                    </option>
                                ))}
                            </select>
                        </label>
                        <label className="field part-amount">
                            <span>{`Amount in ${currency}`}</span>
                            <input
                                inputMode="decimal"
                                value={part.amount}
                                onChange={(event) =>
                                    change(part.key, { amount: event.target.value })
                                }
                            />
                        </label>
                        <label className="field part-note">
                            <span>Note</span>
                            <input
                                value={part.note}
                                maxLength={500}
                                onChange={(event) => change(part.key, { note: event.target.value })}
                            />
                        </label>
                        <button
                            type="button"
                            className="icon-button"
                            aria-label={`Remove part ${index + 1}`}
                            disabled={parts.length === 1}
                            onClick={() => setParts(parts.filter(({ key }) => key !== part.key))}
                        >
                            <Icon name="close" />
                        </button>
                    </fieldset>
                ))}
                <p className="remainder" role="status" data-complete={isNothing(left)}>
                    {left === null
                        ? "An amount is not a number yet."
                        : isNothing(left)
                          ? "Nothing is left: the parts are the whole."
                          : `${formatMoney({ amount: left, currency })} left to divide.`}
                </p>
                <div className="dialog-actions">
                    <button type="button" className="button" onClick={add}>
                        Add a part
                    </button>
                    <button type="button" className="button quiet" onClick={onClose}>
                        Cancel
                    </button>
                    <button type="submit" className="button primary" disabled={!complete}>
                        Save
                    </button>
                </div>
            </form>
        </dialog>
    );
}
