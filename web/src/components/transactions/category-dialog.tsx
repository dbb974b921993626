"use client";
// SPDX-License-Identifier: Apache-2.0
// Choosing a category by typing a few letters of its name; arrows and Enter, or a click.

import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { categoryName, isLeaf, kCategoryIds } from "../../domain/categories";

/** Leaves whose name, parent or id hold every typed word, those that begin with it first. */
export function matchingCategories(typed: string): string[] {
    const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
    const textOf = (id: string) =>
        `${categoryName(id)} ${categoryName(id.split(".")[0] ?? id)} ${id}`.toLowerCase();
    const begins = (id: string) =>
        categoryName(id)
            .toLowerCase()
            .startsWith(words[0] ?? "");
    return kCategoryIds
        .filter((id) => isLeaf(id) && words.every((word) => textOf(id).includes(word)))
        .sort((left, right) => Number(begins(right)) - Number(begins(left)));
}

export interface CategoryDialogProps {
    readonly title: string;
    readonly onPick: (category: string) => void;
    readonly onClose: () => void;
}

export function CategoryDialog({ title, onPick, onClose }: CategoryDialogProps) {
    const id = useId();
    const dialog = useRef<HTMLDialogElement>(null);
    const list = useRef<HTMLUListElement>(null);
    const [typed, setTyped] = useState("");
    const [at, setAt] = useState(0);
    const found = useMemo(() => matchingCategories(typed), [typed]);
    const active = Math.min(at, found.length - 1);
    useEffect(() => dialog.current?.showModal(), []);
    useEffect(() => {
        list.current?.children[active]?.scrollIntoView({ block: "nearest" });
    }, [active]);
    const onKey = (event: KeyboardEvent) => {
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            event.preventDefault();
            const step = event.key === "ArrowDown" ? 1 : -1;
            setAt(Math.min(Math.max(active + step, 0), found.length - 1));
        } else if (event.key === "Enter" && found[active]) {
            event.preventDefault();
            onPick(found[active]);
        }
    };
    return (
        <dialog
            ref={dialog}
            className="card picker"
            aria-labelledby={`${id}-title`}
            onClose={onClose}
        >
            <h2 id={`${id}-title`}>{title}</h2>
            <label className="field">
                <span>Category</span>
                <input
                    role="combobox"
                    aria-expanded="true"
                    aria-controls={`${id}-list`}
                    aria-activedescendant={found[active] ? `${id}-${active}` : undefined}
                    aria-autocomplete="list"
                    autoComplete="off"
                    spellCheck={false}
                    value={typed}
                    placeholder="Type a few letters"
                    onChange={(event) => {
                        setTyped(event.target.value);
                        setAt(0);
                    }}
                    onKeyDown={onKey}
                />
            </label>
            <ul id={`${id}-list`} ref={list} role="listbox" aria-label="Categories">
                {found.map((category, index) => (
                    <li
                        key={category}
                        id={`${id}-${index}`}
                        role="option"
                        aria-selected={index === active}
                        onClick={() => onPick(category)}
                    >
                        {categoryName(category)}
                        <span className="small muted">
                            {categoryName(category.split(".")[0] ?? category)}
                        </span>
                    </li>
                ))}
            </ul>
            {found.length === 0 ? <p className="muted">No category has that name.</p> : null}
            <div className="dialog-actions">
                <button type="button" className="button quiet" onClick={onClose}>
                    Cancel
                </button>
            </div>
        </dialog>
    );
}
