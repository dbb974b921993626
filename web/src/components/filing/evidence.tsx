"use client";
// SPDX-License-Identifier: Apache-2.0
// How sure Atlas is, and why.

import type { Category, ReviewItem } from "../../api/filing";
import { nameIds } from "./category-picker";

/** A quiet mark: three dots, and the figure in words for who wants it. */
export function Confidence({ value }: { value: number }) {
    const level = value >= 0.9 ? 3 : value >= 0.6 ? 2 : 1;
    const words = `${Math.round(value * 100)} % sure`;
    return (
        <span className="confidence" data-level={level} title={words}>
            <span aria-hidden="true">{"●".repeat(level) + "○".repeat(3 - level)}</span>
            <span className="small muted"> {words}</span>
        </span>
    );
}

export function Reasons({
    item,
    categories,
}: {
    item: ReviewItem;
    categories: readonly Category[];
}) {
    if (item.reasons.length === 0) {
        return null;
    }
    return (
        <ul className="reasons small" aria-label="Why">
            {item.reasons.map((reason, index) => (
                <li key={index}>{nameIds(categories, reason.text)}</li>
            ))}
        </ul>
    );
}
