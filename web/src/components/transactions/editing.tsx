"use client";
// SPDX-License-Identifier: Apache-2.0
// Changing transactions from the list: a selection, the dialogs, and the last step, which can be
// taken back with one key.

import { useCallback, useMemo, useState } from "react";
import { errorOf } from "../../api/client";
import {
    editAllOf,
    editMany,
    editTransaction,
    takeBack,
    type EditResult,
    type TransactionChange,
} from "../../api/edits";
import type { Transaction } from "../../api/types";
import type { TransactionFilters } from "../../domain/filters";
import { plural } from "../pieces";
import { CategoryDialog } from "./category-dialog";
import { SplitDialog } from "./split-dialog";
import { TextDialog } from "./text-dialog";

export type EditAction = "category" | "split" | "tags" | "note" | "reviewed" | "undo" | "select";

interface Told {
    readonly text: string;
    readonly editId?: string;
    readonly failed: boolean;
}

export interface Editing {
    readonly selected: ReadonlySet<string>;
    readonly toggle: (id: string) => void;
    readonly act: (action: EditAction, row: Transaction | undefined) => void;
    readonly run: (work: () => Promise<EditResult>) => void;
    readonly view: React.ReactNode;
}

export interface EditingOptions {
    readonly filters: TransactionFilters;
    readonly rows: readonly Transaction[];
    readonly total: number | undefined;
    readonly onDone: () => void;
}

function describe({ edit, skipped, unchanged }: EditResult): string {
    const parts = [edit ? edit.summary : "Nothing changed"];
    if (skipped.length > 0) {
        parts.push(`${skipped.length} left as they are: ${skipped[0]?.reason}`);
    } else if (!edit && unchanged > 0) {
        parts.push("it was like that already");
    }
    return parts.join(". ");
}

export function useEditing({ filters, rows, total, onDone }: EditingOptions): Editing {
    const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
    const [allOfList, setAllOfList] = useState(false);
    const [open, setOpen] = useState<"category" | "split" | "tags" | "note" | null>(null);
    const [row, setRow] = useState<Transaction>();
    const [told, setTold] = useState<Told>();

    const toggle = useCallback((id: string) => {
        setAllOfList(false);
        setSelected((before) => {
            const after = new Set(before);
            if (!after.delete(id)) {
                after.add(id);
            }
            return after;
        });
    }, []);
    const clear = useCallback(() => {
        setSelected(new Set());
        setAllOfList(false);
    }, []);
    const run = useCallback((work: () => Promise<EditResult>) => {
        work().then(
            (result) => {
                const editId = result.edit?.id;
                setTold({ text: describe(result), failed: false, ...(editId ? { editId } : {}) });
            },
            (error: unknown) => setTold({ text: errorOf(error).message, failed: true }),
        );
    }, []);
    const close = () => {
        setOpen(null);
        onDone();
    };
    const apply = (change: TransactionChange) => {
        const target = row;
        close();
        if (allOfList) {
            run(() => editAllOf(filters, change));
        } else if (selected.size > 0) {
            run(() => editMany([...selected], change));
        } else if (target) {
            run(() => editTransaction(target.id, change));
        }
        clear();
    };
    const undo = () => {
        const editId = told?.editId;
        if (editId) {
            run(() => takeBack(editId));
        }
    };
    const act = (action: EditAction, target: Transaction | undefined) => {
        if (action === "undo") {
            undo();
            return;
        }
        if (!target && selected.size === 0) {
            return;
        }
        setRow(target);
        if (action === "select") {
            if (target) {
                toggle(target.id);
            }
        } else if (action === "reviewed") {
            if (selected.size > 0) {
                run(() => editMany([...selected], { reviewed: true }));
                clear();
            } else if (target) {
                run(() => editTransaction(target.id, { reviewed: !target.filed.reviewed }));
            }
        } else if (action !== "split" || selected.size === 0) {
            setOpen(action);
        }
    };
    const count = allOfList ? (total ?? selected.size) : selected.size;
    const subject = count > 0 ? plural(count, "transaction") : (row?.merchant ?? row?.description);
    const chosen = useMemo(() => rows.filter(({ id }) => selected.has(id)), [rows, selected]);
    const view = (
        <>
            {selected.size > 0 ? (
                <div className="bulk-bar" role="toolbar" aria-label="Selected transactions">
                    <span className="bulk-count" role="status">{`${count} selected`}</span>
                    {total !== undefined && total > selected.size && !allOfList ? (
                        <button
                            type="button"
                            className="button quiet"
                            onClick={() => setAllOfList(true)}
                        >
                            {`Select all ${total}`}
                        </button>
                    ) : null}
                    <button
                        type="button"
                        className="button"
                        onClick={() => act("category", chosen[0])}
                    >
                        Category
                    </button>
                    <button type="button" className="button" onClick={() => act("tags", chosen[0])}>
                        Tags
                    </button>
                    <button
                        type="button"
                        className="button"
                        onClick={() => {
                            setRow(undefined);
                            apply({ reviewed: true });
                        }}
                    >
                        Reviewed
                    </button>
                    <button type="button" className="button quiet" onClick={clear}>
                        Clear
                    </button>
                </div>
            ) : null}
            {told ? (
                <div className="toast" role={told.failed ? "alert" : "status"}>
                    <span>{told.text}</span>
                    {told.editId ? (
                        <button type="button" className="button quiet" onClick={undo}>
                            Undo
                        </button>
                    ) : null}
                    <button
                        type="button"
                        className="button quiet"
                        onClick={() => setTold(undefined)}
                    >
                        Dismiss
                    </button>
                </div>
            ) : null}
            {open === "category" ? (
                <CategoryDialog
                    title={`File ${subject ?? ""}`}
                    onPick={(category) => apply({ category })}
                    onClose={close}
                />
            ) : null}
            {open === "tags" ? (
                <TextDialog
                    title={`Tag ${subject ?? ""}`}
                    label="Tags"
                    hint="Separated by commas; they are added to the ones there are."
                    start=""
                    onSave={(text) => {
                        const tags = [
                            ...new Set(
                                text
                                    .split(",")
                                    .map((tag) => tag.trim())
                                    .filter(Boolean),
                            ),
                        ];
                        if (tags.length > 0) {
                            apply({ add_tags: tags });
                        } else {
                            close();
                        }
                    }}
                    onClose={close}
                />
            ) : null}
            {open === "note" && row ? (
                <TextDialog
                    title={`Note on ${subject ?? ""}`}
                    label="Note"
                    hint="For yourself; an import never changes it."
                    start={row.note ?? ""}
                    onSave={(note) => apply(note === "" ? { clear: ["note"] } : { note })}
                    onClose={close}
                />
            ) : null}
            {open === "split" && row ? (
                <SplitDialog
                    transaction={row}
                    onSave={(splits) => apply({ splits })}
                    onClose={close}
                />
            ) : null}
        </>
    );
    return { selected, toggle, act, run, view };
}
