"use client";
// SPDX-License-Identifier: Apache-2.0
// The transaction page: filters that live in the address, the list, and the details of one row.

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { listAccounts } from "../../api/client";
import { useResource } from "../../api/resource";
import { useTransactions } from "../../api/transactions";
import {
    countActive,
    kNoFilters,
    rangeComplaint,
    readFilters,
    transactionsHref,
    type TransactionFilters,
} from "../../domain/filters";
import { Empty, Failure, ImportLink, plural } from "../pieces";
import { Icon } from "../icons";
import { Detail } from "./detail";
import { useEditing } from "./editing";
import { FilterBar } from "./filter-bar";
import { Grid } from "./grid";
import { Shortcuts, useShortcuts, type Command } from "./shortcuts";

export function Transactions() {
    const params = useSearchParams();
    const filters = useMemo(() => readFilters(new URLSearchParams(params.toString())), [params]);
    const setFilters = useCallback((next: TransactionFilters) => {
        window.history.replaceState(null, "", transactionsHref(next));
    }, []);
    const accounts = useResource("accounts", listAccounts);
    const list = useTransactions(filters);
    const { rows } = list;
    const [activeId, setActiveId] = useState("");
    const [isOpen, setOpen] = useState(false);
    const [helps, setHelps] = useState(false);
    const search = useRef<HTMLInputElement>(null);
    const grid = useRef<HTMLDivElement>(null);
    const found = rows.findIndex((row) => row.id === activeId);
    const active = found < 0 ? 0 : found;
    const shown = isOpen && found >= 0 ? rows[found] : undefined;

    const moveTo = (index: number) => {
        const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
        if (row) {
            setActiveId(row.id);
        }
    };
    const close = () => {
        setOpen(false);
        grid.current?.focus();
    };
    const editing = useEditing({
        filters,
        rows,
        total: list.total,
        onDone: () => grid.current?.focus({ preventScroll: true }),
    });
    const run = (command: Command) => {
        switch (command.name) {
            case "edit":
                editing.act(command.action, found < 0 ? undefined : rows[found]);
                break;
            case "move":
                grid.current?.focus({ preventScroll: true });
                moveTo(found < 0 ? 0 : active + command.by);
                break;
            case "first":
                moveTo(0);
                break;
            case "last":
                moveTo(rows.length - 1);
                break;
            case "open":
                moveTo(active);
                setOpen(true);
                break;
            case "close":
                close();
                break;
            case "search":
                search.current?.focus();
                break;
            case "help":
                setHelps(true);
                break;
        }
    };
    useShortcuts(run, grid, isOpen);

    const names = useMemo(
        () => new Map((accounts.data ?? []).map((account) => [account.id, account.name])),
        [accounts.data],
    );
    const filtered = countActive(filters) > 0;
    const complaint = rangeComplaint(filters);
    const nothing = !list.pending && !list.error && rows.length === 0;
    return (
        <div className="transactions" data-open={shown !== undefined}>
            <div className="title-row">
                <h1 className="page-title">Transactions</h1>
                <p className="muted count" role="status" data-testid="count">
                    {list.pending ? "Looking…" : plural(list.total ?? rows.length, "transaction")}
                </p>
                <Link className="small" href="/changes/">
                    Changes
                </Link>
                <button
                    type="button"
                    className="icon-button keys-button"
                    aria-label="Keyboard shortcuts"
                    title="Keyboard shortcuts (?)"
                    onClick={() => setHelps(true)}
                >
                    <Icon name="keyboard" />
                </button>
            </div>
            <FilterBar
                filters={filters}
                accounts={accounts.data ?? []}
                search={search}
                onChange={setFilters}
                onLeave={() => grid.current?.focus()}
            />
            {complaint ? (
                <p className="warning" role="alert">
                    {complaint}
                </p>
            ) : null}
            {list.error ? <Failure error={list.error} onRetry={list.retry} /> : null}
            {nothing ? (
                filtered ? (
                    <Empty
                        title="Nothing matches"
                        action={
                            <button
                                type="button"
                                className="button"
                                onClick={() => setFilters(kNoFilters)}
                            >
                                Clear the filters
                            </button>
                        }
                    >
                        <p>No transaction fits all of these filters together.</p>
                    </Empty>
                ) : (
                    <Empty title="No transactions yet" action={<ImportLink />}>
                        <p>They appear here as soon as you import a statement.</p>
                    </Empty>
                )
            ) : (
                <div className="split">
                    <Grid
                        ref={grid}
                        list={list}
                        names={names}
                        active={active}
                        marked={found >= 0}
                        resetKey={transactionsHref(filters)}
                        onOpen={(row) => {
                            setActiveId(row.id);
                            setOpen(true);
                        }}
                        picked={editing.selected}
                        onPick={editing.toggle}
                    />
                    {shown ? (
                        <Detail
                            transaction={shown}
                            account={names.get(shown.account_id) ?? ""}
                            onClose={close}
                            onAct={(action) => editing.act(action, shown)}
                            onRun={editing.run}
                        />
                    ) : null}
                </div>
            )}
            {editing.view}
            <Shortcuts isOpen={helps} onClose={() => setHelps(false)} />
            <TitleGuard />
        </div>
    );
}

/** A client-side change of the address must not lose the page's title. */
function TitleGuard() {
    useEffect(() => {
        document.title = "Transactions · Atlas";
    }, []);
    return null;
}
