"use client";
// SPDX-License-Identifier: Apache-2.0
// The review queue: one question after the other, each with what Atlas thinks, how sure it is and
// why. Everything has a key, every answer can be taken back.

import Link from "next/link";
import { useCallback, useEffect, useRef, useState } from "react";
import { errorOf } from "../../api/client";
import { takeBack, type EditResult } from "../../api/edits";
import {
    acceptReview,
    listCategories,
    listReviews,
    pickReview,
    refile,
    skipReview,
    type Category,
    type ReviewItem,
} from "../../api/filing";
import { useResource } from "../../api/resource";
import { kUnknown } from "../../domain/categories";
import { formatDate } from "../../domain/dates";
import { Amount, Empty, Failure, OnDemand, plural } from "../pieces";
import { CategoryHistory } from "./category-history";
import { CategoryPicker, pathOf } from "./category-picker";
import { Confidence, Reasons } from "./evidence";
import { RuleEditor, draftFor } from "./rule-editor";

const kQueueLength = 50;

type Mode = "ask" | "pick" | "rule";
interface Done {
    readonly text: string;
    readonly edit?: string;
}

export function Review() {
    const queue = useResource("reviews", (signal) => listReviews(kQueueLength, signal));
    const tree = useResource("categories", listCategories);
    const [mode, setMode] = useState<Mode>("ask");
    const [busy, setBusy] = useState(false);
    const [done, setDone] = useState<Done>();
    const [failed, setFailed] = useState<Error>();
    const categories = tree.data ?? [];
    // A merchant put off is put off with all it sold; the server puts off one transaction.
    const [putOff, setPutOff] = useState<ReadonlySet<string>>(new Set());
    const items = [...(queue.data?.items ?? [])].sort(
        (a, b) => Number(putOff.has(a.merchant)) - Number(putOff.has(b.merchant)),
    );
    const item = items[0];

    const run = useCallback(
        async (work: () => Promise<Done>) => {
            setBusy(true);
            setFailed(undefined);
            try {
                setDone(await work());
                setMode("ask");
                queue.reload();
            } catch (error) {
                setFailed(errorOf(error));
            } finally {
                setBusy(false);
            }
        },
        [queue],
    );
    const filed = (result: EditResult, name: string): Done => ({
        text: `Filed under ${name}.`,
        ...(result.edit ? { edit: result.edit.id } : {}),
    });
    const actions = {
        accept: () =>
            item && item.category !== kUnknown
                ? run(async () =>
                      filed(
                          await acceptReview(item.transaction.id),
                          pathOf(categories, item.category),
                      ),
                  )
                : undefined,
        pick: (category: string) =>
            item
                ? run(async () =>
                      filed(
                          await pickReview(item.transaction.id, category),
                          pathOf(categories, category),
                      ),
                  )
                : undefined,
        other: (index: number) => {
            const chosen = item ? othersOf(item)[index] : undefined;
            return chosen ? actions.pick(chosen) : undefined;
        },
        skip: () =>
            item
                ? run(async () => {
                      await skipReview(item.transaction.id);
                      if (item.merchant !== "") {
                          setPutOff(new Set([...putOff, item.merchant]));
                      }
                      return { text: "Put off until the others are done." };
                  })
                : undefined,
        undo: () =>
            done?.edit
                ? run(async () => {
                      await takeBack(done.edit ?? "");
                      return { text: "Taken back." };
                  })
                : undefined,
        refile: () =>
            run(async () => {
                const result = await refile();
                return result.edit
                    ? { text: result.edit.summary, edit: result.edit.id }
                    : { text: "Everything is filed as it would be filed today." };
            }),
    };
    useKeys(mode, busy, actions, setMode);

    if (queue.error && !queue.data) {
        return <Failure error={queue.error} onRetry={queue.reload} />;
    }
    if (!queue.data) {
        return <h1>Review</h1>;
    }
    return (
        <>
            <div className="page-head">
                <h1>Review</h1>
                <p className="muted">
                    {plural(queue.data.total, "question")};{" "}
                    {plural(queue.data.filed, "transaction")} filed without asking.{" "}
                    <Link href="/transfers/">Transfers</Link>
                </p>
            </div>
            <p className="review-done" role="status" aria-live="polite">
                {done ? (
                    <>
                        {done.text}{" "}
                        {done.edit ? (
                            <button type="button" className="button quiet" onClick={actions.undo}>
                                Undo <kbd>u</kbd>
                            </button>
                        ) : null}
                    </>
                ) : null}
            </p>
            {failed ? <Failure error={failed} /> : null}
            {item ? (
                <Question
                    key={item.transaction.id}
                    item={item}
                    categories={categories}
                    mode={mode}
                    busy={busy}
                    onMode={setMode}
                    actions={actions}
                    onRule={(text) => {
                        setDone({ text });
                        setMode("ask");
                        queue.reload();
                    }}
                />
            ) : (
                <Empty
                    title="Nothing to ask"
                    action={<Link href="/transactions/">See the transactions</Link>}
                >
                    Everything is filed, or was answered. New questions come with the next import.
                </Empty>
            )}
            <Waiting items={items.slice(1)} categories={categories} />
            <p className="review-foot">
                <button type="button" className="button" disabled={busy} onClick={actions.refile}>
                    File everything anew with what was learned
                </button>
                <span className="muted small">
                    What you chose yourself stays. It is one step and can be taken back.
                </span>
            </p>
        </>
    );
}

/** The other suggestions worth a button. */
function othersOf(item: ReviewItem): string[] {
    return item.alternatives
        .map(({ category }) => category)
        .filter((category) => category !== kUnknown && category !== item.category)
        .slice(0, 3);
}

interface Actions {
    readonly accept: () => unknown;
    readonly pick: (category: string) => unknown;
    /** One of the other suggestions, by its place. */
    readonly other: (index: number) => unknown;
    readonly skip: () => unknown;
    readonly undo: () => unknown;
}

function useKeys(mode: Mode, busy: boolean, actions: Actions, setMode: (mode: Mode) => void) {
    const latest = useRef(actions);
    useEffect(() => {
        latest.current = actions;
    });
    useEffect(() => {
        const onKey = (event: KeyboardEvent) => {
            const target = event.target as HTMLElement | null;
            const isTyping = target?.closest("input, textarea, select, dialog") !== null;
            if (busy || event.ctrlKey || event.metaKey || event.altKey || isTyping) {
                return;
            }
            if (event.key === "Escape" && mode !== "ask") {
                setMode("ask");
                return;
            }
            const onButton = target?.closest("button, a") !== null && event.key === "Enter";
            if (mode !== "ask" || onButton) {
                return;
            }
            const act: Record<string, () => unknown> = {
                a: latest.current.accept,
                Enter: latest.current.accept,
                p: () => setMode("pick"),
                r: () => setMode("rule"),
                s: latest.current.skip,
                u: latest.current.undo,
                1: () => latest.current.other(0),
                2: () => latest.current.other(1),
                3: () => latest.current.other(2),
            };
            if (act[event.key]) {
                event.preventDefault();
                act[event.key]?.();
            }
        };
        window.addEventListener("keydown", onKey);
        return () => window.removeEventListener("keydown", onKey);
    }, [mode, busy, setMode]);
}

function Question({
    item,
    categories,
    mode,
    busy,
    onMode,
    actions,
    onRule,
}: {
    item: ReviewItem;
    categories: readonly Category[];
    mode: Mode;
    busy: boolean;
    onMode: (mode: Mode) => void;
    actions: Actions;
    onRule: (text: string) => void;
}) {
    const { transaction } = item;
    const isSure = item.category !== kUnknown;
    return (
        <section className="card question" aria-label="Question">
            <div className="card-head">
                <h2>{item.merchant || transaction.description}</h2>
                <Amount money={transaction.amount} flow />
            </div>
            <p className="muted small">
                {formatDate(transaction.date)} ·{" "}
                <span className="printed">{transaction.description}</span>
            </p>
            <p className="guess">
                {isSure ? (
                    <>
                        <strong>{pathOf(categories, item.category)}</strong>{" "}
                        <Confidence value={item.confidence} />
                    </>
                ) : (
                    <strong>Atlas cannot tell.</strong>
                )}
            </p>
            <Reasons item={item} categories={categories} />
            {isSure ? (
                <OnDemand
                    summary="What this category had by month"
                    className="small question-history"
                >
                    <CategoryHistory category={item.category} />
                </OnDemand>
            ) : null}
            {item.alike > 0 ? (
                <p className="small">
                    {plural(item.alike, "other")} of this merchant will follow your answer.
                </p>
            ) : null}
            {mode === "pick" ? (
                <CategoryPicker
                    categories={categories}
                    label="Category"
                    autoFocus
                    onPick={actions.pick}
                    onCancel={() => onMode("ask")}
                />
            ) : null}
            {mode === "rule" ? (
                <RuleEditor
                    draft={draftFor(item)}
                    categories={categories}
                    onSaved={(rule) => onRule(`Rule “${rule.name}” is kept.`)}
                    onCancel={() => onMode("ask")}
                />
            ) : null}
            {mode === "ask" ? (
                <div className="answers">
                    <button
                        type="button"
                        className="button primary"
                        disabled={busy || !isSure}
                        onClick={actions.accept}
                    >
                        Accept <kbd>a</kbd>
                    </button>
                    <button
                        type="button"
                        className="button"
                        disabled={busy}
                        onClick={() => onMode("pick")}
                    >
                        Pick another <kbd>p</kbd>
                    </button>
                    {othersOf(item).map((category, index) => (
                        <button
                            key={category}
                            type="button"
                            className="button quiet"
                            disabled={busy}
                            onClick={() => actions.pick(category)}
                        >
                            {pathOf(categories, category)} <kbd>{index + 1}</kbd>
                        </button>
                    ))}
                    <button
                        type="button"
                        className="button"
                        disabled={busy}
                        onClick={() => onMode("rule")}
                    >
                        Make a rule <kbd>r</kbd>
                    </button>
                    <button type="button" className="button" disabled={busy} onClick={actions.skip}>
                        Skip <kbd>s</kbd>
                    </button>
                </div>
            ) : null}
        </section>
    );
}

function Waiting({
    items,
    categories,
}: {
    items: readonly ReviewItem[];
    categories: readonly Category[];
}) {
    if (items.length === 0) {
        return null;
    }
    return (
        <section className="card waiting" aria-labelledby="waiting-title">
            <h2 id="waiting-title">Next</h2>
            <ul>
                {items.slice(0, 8).map((item) => (
                    <li key={item.transaction.id}>
                        <span className="waiting-name">
                            {item.merchant || item.transaction.description}
                            {item.alike > 0 ? (
                                <span className="muted small"> and {item.alike} more</span>
                            ) : null}
                        </span>
                        <span className="muted small">
                            {item.category === kUnknown ? "?" : pathOf(categories, item.category)}
                        </span>
                        <Amount money={item.transaction.amount} flow />
                    </li>
                ))}
            </ul>
        </section>
    );
}
