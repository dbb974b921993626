"use client";
// SPDX-License-Identifier: Apache-2.0
// Choosing a category by typing: a combobox over the household's own tree.

import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { Category } from "../../api/filing";

const kShown = 8;

/** "Food & drink › Coffee", by the household's own names. */
export function pathOf(categories: readonly Category[], id: string): string {
    const found = categories.find((category) => category.id === id);
    if (!found) {
        return id;
    }
    return found.parent ? `${pathOf(categories, found.parent)} › ${found.name}` : found.name;
}

/** A sentence with ids of categories in it, by the household's own names. */
export function nameIds(categories: readonly Category[], text: string): string {
    return text.replace(/\b[a-z_]+(?:\.[a-z_]+)+\b/g, (id) => pathOf(categories, id));
}

/** Words of the query, each the start of a word of the name; the best-named first. */
export function matches(categories: readonly Category[], query: string): Category[] {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const scored = categories
        .filter((category) => !category.hidden)
        .map((category) => {
            const name = `${category.name} ${category.id}`.toLowerCase().split(/[\s._&,/]+/);
            const all = `${name.join(" ")} ${category.description.toLowerCase()}`.split(/\s+/);
            const inName = words.every((word) => name.some((part) => part.startsWith(word)));
            const anywhere = words.every((word) => all.some((part) => part.startsWith(word)));
            // "pets" is "Pets & vet" before "Children & pets".
            const isFirst = words.length > 0 && (name[0] ?? "").startsWith(words[0] ?? "");
            return {
                category,
                score: (inName ? 2 : anywhere ? 1 : 0) + (inName && isFirst ? 1 : 0),
            };
        })
        .filter(({ score }) => score > 0);
    return scored.sort((a, b) => b.score - a.score).map(({ category }) => category);
}

export function CategoryPicker({
    categories,
    label,
    onPick,
    onCancel,
    autoFocus = false,
}: {
    categories: readonly Category[];
    label: string;
    onPick: (id: string) => void;
    onCancel?: () => void;
    autoFocus?: boolean;
}) {
    const [query, setQuery] = useState("");
    const [at, setAt] = useState(0);
    const input = useRef<HTMLInputElement>(null);
    const list = useId();
    const found = useMemo(() => matches(categories, query).slice(0, kShown), [categories, query]);
    useEffect(() => {
        if (autoFocus) {
            input.current?.focus();
        }
    }, [autoFocus]);
    const pick = (category: Category | undefined) => {
        if (category) {
            setQuery("");
            onPick(category.id);
        }
    };
    const onKey = (event: KeyboardEvent) => {
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            event.preventDefault();
            const step = event.key === "ArrowDown" ? 1 : -1;
            setAt((now) => (now + step + found.length) % Math.max(found.length, 1));
        } else if (event.key === "Enter") {
            event.preventDefault();
            pick(found[at]);
        } else if (event.key === "Escape") {
            event.stopPropagation();
            onCancel?.();
        }
    };
    return (
        <div className="picker">
            <label className="field">
                <span>{label}</span>
                <input
                    ref={input}
                    role="combobox"
                    aria-expanded={found.length > 0}
                    aria-controls={list}
                    aria-activedescendant={found[at] ? `${list}-${at}` : undefined}
                    aria-autocomplete="list"
                    autoComplete="off"
                    value={query}
                    onChange={(event) => {
                        setQuery(event.target.value);
                        setAt(0);
                    }}
                    onKeyDown={onKey}
                />
            </label>
            <ul role="listbox" id={list} aria-label={label} className="picker-list">
                {found.map((category, index) => (
                    <li
                        key={category.id}
                        id={`${list}-${index}`}
                        role="option"
                        aria-selected={index === at}
                        onMouseDown={(event) => {
                            event.preventDefault();
                            pick(category);
                        }}
                    >
                        {pathOf(categories, category.id)}
                    </li>
                ))}
            </ul>
            {found.length === 0 ? (
                <p className="muted small" role="status">
                    No category is called that.
                </p>
            ) : null}
        </div>
    );
}
