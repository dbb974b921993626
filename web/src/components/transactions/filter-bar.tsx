"use client";
// SPDX-License-Identifier: Apache-2.0
// Search and filters. Typing is applied after a short pause; everything else at once.

import { useEffect, useRef, useState, type RefObject } from "react";
import type { Account } from "../../api/types";
import { categoryName, isLeaf, kCategoryIds } from "../../domain/categories";
import { countActive, kNoFilters, type TransactionFilters } from "../../domain/filters";
import { Icon } from "../icons";

const kPauseMs = 200;

const kPlain = { flow: "", status: "", filed_by: "", reviewed: "", tagged: "" };
const kShows: Readonly<Record<string, Partial<TransactionFilters>>> = {
    review: { reviewed: "false" },
    pending: { status: "pending" },
    untagged: { tagged: "false" },
    in: { flow: "in" },
    out: { flow: "out" },
    unfiled: { filed_by: "none" },
};

/** The one condition that is set, as the list of them names it. */
function showing(filters: TransactionFilters): string {
    const set = Object.entries(kShows).find(([, wanted]) =>
        Object.entries(wanted).every(
            ([name, value]) => filters[name as keyof TransactionFilters] === value,
        ),
    );
    return set?.[0] ?? "";
}

export interface FilterBarProps {
    readonly filters: TransactionFilters;
    readonly accounts: readonly Account[];
    readonly search: RefObject<HTMLInputElement | null>;
    readonly onChange: (filters: TransactionFilters) => void;
    readonly onLeave: () => void;
}

export function FilterBar({ filters, accounts, search, onChange, onLeave }: FilterBarProps) {
    const [expanded, setExpanded] = useState(false);
    const set = (change: Partial<TransactionFilters>) => onChange({ ...filters, ...change });
    const count = countActive({ ...filters, q: "" });
    return (
        <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}>
            <SearchField filters={filters} search={search} onChange={onChange} onLeave={onLeave} />
            <button
                type="button"
                className="button filters-toggle"
                aria-expanded={expanded}
                aria-controls="more-filters"
                onClick={() => setExpanded(!expanded)}
            >
                {count > 0 ? `Filters (${count})` : "Filters"}
            </button>
            <div id="more-filters" className="more-filters" data-expanded={expanded}>
                <label className="field">
                    <span>Account</span>
                    <select
                        value={filters.account_id}
                        onChange={(event) => set({ account_id: event.target.value })}
                    >
                        <option value="">All accounts</option>
                        {accounts.map(({ id, name }) => (
                            <option key={id} value={id}>
                                {name}
                            </option>
                        ))}
                    </select>
                </label>
                <label className="field">
                    <span>Category</span>
                    <select
                        value={filters.category}
                        onChange={(event) => set({ category: event.target.value })}
                    >
                        <option value="">All categories</option>
                        {kCategoryIds
                            .filter((id) => !isLeaf(id))
                            .map((parent) => (
                                <optgroup key={parent} label={categoryName(parent)}>
                                    <option value={parent}>{`${categoryName(parent)}: all`}</option>
                                    {kCategoryIds
                                        .filter((id) => id.startsWith(`${parent}.`))
                                        .map((id) => (
                                            <option key={id} value={id}>
                                                {categoryName(id)}
                                            </option>
                                        ))}
                                </optgroup>
                            ))}
                    </select>
                </label>
                <label className="field">
                    <span>From</span>
                    <input
                        type="date"
                        value={filters.from}
                        onChange={(event) => set({ from: event.target.value })}
                    />
                </label>
                <label className="field">
                    <span>To</span>
                    <input
                        type="date"
                        value={filters.to}
                        onChange={(event) => set({ to: event.target.value })}
                    />
                </label>
                <label className="field">
                    <span>At least</span>
                    <input
                        inputMode="decimal"
                        className="short"
                        value={filters.amount_min}
                        onChange={(event) =>
                            set({ amount_min: event.target.value.replace(/[^\d.]/g, "") })
                        }
                    />
                </label>
                <label className="field">
                    <span>At most</span>
                    <input
                        inputMode="decimal"
                        className="short"
                        value={filters.amount_max}
                        onChange={(event) =>
                            set({ amount_max: event.target.value.replace(/[^\d.]/g, "") })
                        }
                    />
                </label>
                <label className="field">
                    <span>Show</span>
                    <select
                        value={showing(filters)}
                        onChange={(event) => set({ ...kPlain, ...kShows[event.target.value] })}
                    >
                        <option value="">Everything</option>
                        <option value="review">To be reviewed</option>
                        <option value="pending">Pending</option>
                        <option value="untagged">Without tags</option>
                        <option value="in">Money in</option>
                        <option value="out">Money out</option>
                        <option value="unfiled">Not filed</option>
                    </select>
                </label>
                {countActive(filters) > 0 ? (
                    <button
                        type="button"
                        className="button quiet"
                        onClick={() => onChange(kNoFilters)}
                    >
                        Clear
                    </button>
                ) : null}
            </div>
        </form>
    );
}

function SearchField({ filters, search, onChange, onLeave }: Omit<FilterBarProps, "accounts">) {
    const [text, setText] = useState(filters.q);
    const latest = useRef({ filters, onChange });
    const sent = useRef(filters.q);
    useEffect(() => {
        latest.current = { filters, onChange };
        // The address changed from elsewhere (a link, "Clear"): show what it says.
        if (filters.q !== sent.current) {
            sent.current = filters.q;
            setText(filters.q);
        }
    }, [filters, onChange]);
    useEffect(() => {
        const pause = setTimeout(() => {
            const q = text.trim();
            if (q !== sent.current) {
                sent.current = q;
                latest.current.onChange({ ...latest.current.filters, q });
            }
        }, kPauseMs);
        return () => clearTimeout(pause);
    }, [text]);
    return (
        <label className="search">
            <span className="hidden">Search descriptions and merchants</span>
            <Icon name="search" />
            <input
                ref={search}
                type="search"
                placeholder="Search"
                value={text}
                maxLength={200}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => setText(event.target.value)}
                onKeyDown={(event) => {
                    if (event.key === "Escape" && text === "") {
                        onLeave();
                    }
                }}
            />
            <kbd aria-hidden="true">/</kbd>
        </label>
    );
}
