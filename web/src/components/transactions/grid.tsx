"use client";
// SPDX-License-Identifier: Apache-2.0
// The virtual list: however many rows there are, only those in sight (and a few around) exist in
// the document. One focusable grid; the active row is named to assistive technology by id.

import {
    useCallback,
    useEffect,
    useImperativeHandle,
    useLayoutEffect,
    useRef,
    useState,
    type Ref,
} from "react";
import type { TransactionList } from "../../api/transactions";
import type { Transaction } from "../../api/types";
import { categoryName, kUnknown } from "../../domain/categories";
import { formatDate } from "../../domain/dates";
import { Amount } from "../pieces";

const kOverscan = 8;
const kAhead = 150;
const kHeadHeight = 34;
const kRowHeight = { wide: 40, narrow: 60 };

export interface GridProps {
    readonly ref: Ref<HTMLDivElement>;
    readonly list: TransactionList;
    readonly names: ReadonlyMap<string, string>;
    readonly active: number;
    /** Whether the active row has been chosen by the reader yet. */
    readonly marked: boolean;
    /** The list starts again at its top when this changes. */
    readonly resetKey: string;
    readonly onOpen: (row: Transaction) => void;
    readonly picked: ReadonlySet<string>;
    readonly onPick: (id: string) => void;
}

function useNarrow(): boolean {
    const [narrow, setNarrow] = useState(false);
    useEffect(() => {
        const query = window.matchMedia("(max-width: 760px)");
        const read = () => setNarrow(query.matches);
        read();
        query.addEventListener("change", read);
        return () => query.removeEventListener("change", read);
    }, []);
    return narrow;
}

/** First and one-past-last row in sight of a scrolling element. */
function useSight(scroller: React.RefObject<HTMLDivElement | null>, rowHeight: number) {
    const [sight, setSight] = useState({ first: 0, end: 30 });
    const read = useCallback(() => {
        const element = scroller.current;
        if (element) {
            const first = Math.floor(element.scrollTop / rowHeight);
            const end = Math.ceil((element.scrollTop + element.clientHeight) / rowHeight);
            setSight((before) =>
                before.first === first && before.end === end ? before : { first, end },
            );
        }
    }, [scroller, rowHeight]);
    useLayoutEffect(() => {
        read();
        const element = scroller.current;
        if (!element) {
            return undefined;
        }
        const observer = new ResizeObserver(read);
        observer.observe(element);
        return () => observer.disconnect();
    }, [read, scroller]);
    return { ...sight, read };
}

export function Grid(props: GridProps) {
    const { ref, list, names, active, marked, resetKey, onOpen, picked, onPick } = props;
    const scroller = useRef<HTMLDivElement>(null);
    useImperativeHandle(ref, () => scroller.current as HTMLDivElement);
    const rowHeight = useNarrow() ? kRowHeight.narrow : kRowHeight.wide;
    const { first, end, read } = useSight(scroller, rowHeight);
    const { rows, complete, want } = list;
    const shown = rows.length + (complete ? 0 : 1);

    useEffect(() => want(end + kAhead), [want, end, rows.length]);
    useEffect(() => {
        scroller.current?.scrollTo({ top: 0 });
    }, [resetKey]);
    useEffect(() => {
        const element = scroller.current;
        if (!element || !marked) {
            return;
        }
        const top = active * rowHeight;
        const room = element.clientHeight - kHeadHeight;
        if (top < element.scrollTop) {
            element.scrollTop = top;
        } else if (top + rowHeight > element.scrollTop + room) {
            element.scrollTop = top + rowHeight - room;
        }
    }, [active, marked, rowHeight]);

    const from = Math.max(0, first - kOverscan);
    const to = Math.min(shown, end + kOverscan);
    return (
        <div
            ref={scroller}
            className="grid"
            role="grid"
            tabIndex={0}
            aria-label="Transactions"
            aria-rowcount={complete ? rows.length + 1 : -1}
            aria-busy={list.pending}
            onScroll={read}
            aria-activedescendant={
                marked && active >= from && active < to ? `row-${active}` : undefined
            }
        >
            <div role="rowgroup" className="grid-head">
                <div role="row" aria-rowindex={1} className="grid-row">
                    <span role="columnheader">
                        <span className="hidden">Selected</span>
                    </span>
                    <span role="columnheader">Date</span>
                    <span role="columnheader">Description</span>
                    <span role="columnheader">Category</span>
                    <span role="columnheader">Account</span>
                    <span role="columnheader" className="number">
                        Amount
                    </span>
                </div>
            </div>
            <div role="rowgroup" className="grid-body" style={{ height: shown * rowHeight }}>
                {Array.from({ length: Math.max(0, to - from) }, (_, offset) => {
                    const index = from + offset;
                    const row = rows[index];
                    const place = {
                        transform: `translateY(${index * rowHeight}px)`,
                        height: rowHeight,
                    };
                    return row ? (
                        <Row
                            key={row.id}
                            row={row}
                            index={index}
                            place={place}
                            account={names.get(row.account_id) ?? ""}
                            selected={marked && index === active}
                            onOpen={onOpen}
                            picked={picked.has(row.id)}
                            onPick={onPick}
                        />
                    ) : (
                        <div
                            key={index}
                            role="row"
                            aria-rowindex={index + 2}
                            className="grid-row waiting"
                            style={place}
                        >
                            <span role="gridcell">Loading…</span>
                        </div>
                    );
                })}
            </div>
        </div>
    );
}

interface RowProps {
    readonly row: Transaction;
    readonly index: number;
    readonly account: string;
    readonly selected: boolean;
    readonly place: { transform: string; height: number };
    readonly onOpen: (row: Transaction) => void;
    readonly picked: boolean;
    readonly onPick: (id: string) => void;
}

function Row({ row, index, account, selected, place, onOpen, picked, onPick }: RowProps) {
    const name = row.title ?? row.chosen_merchant ?? row.merchant ?? row.description;
    const tags = [...new Set(row.splits.flatMap((split) => split.tags ?? []))];
    const isUnknown = row.splits.every(({ category }) => category === kUnknown);
    return (
        <div
            id={`row-${index}`}
            role="row"
            aria-rowindex={index + 2}
            aria-selected={selected}
            className="grid-row"
            style={place}
            onClick={() => onOpen(row)}
        >
            <span
                role="gridcell"
                className="cell-pick"
                onClick={(event) => event.stopPropagation()}
            >
                <input
                    type="checkbox"
                    tabIndex={-1}
                    aria-label={`Select ${name}`}
                    checked={picked}
                    onChange={() => onPick(row.id)}
                />
            </span>
            <span role="gridcell" className="cell-date">
                {formatDate(row.date)}
            </span>
            <span role="gridcell" className="cell-text">
                {name}
                {tags.slice(0, 2).map((tag) => (
                    <span key={tag} className="tag">
                        {tag}
                    </span>
                ))}
                {row.status === "pending" ? <span className="tag">pending</span> : null}
            </span>
            <span role="gridcell" className={isUnknown ? "cell-category unsure" : "cell-category"}>
                {categoriesOf(row)}
            </span>
            <span role="gridcell" className="cell-account">
                {account}
            </span>
            <span role="gridcell" className="cell-amount number">
                <Amount money={row.amount} flow={!row.transfer_id} style={{ plus: true }} />
            </span>
        </div>
    );
}

function categoriesOf(row: Transaction): string {
    const [first, ...others] = row.splits;
    const name = categoryName(first?.category ?? kUnknown);
    return others.length === 0 ? name : `${name} and ${others.length} more`;
}
