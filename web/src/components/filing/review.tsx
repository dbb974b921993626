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
    readTransactions,
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
const kOthersShown = 20;

type Mode = "ask" | "pick" | "rule";
interface Done {
    readonly text: string;
    readonly edit?: string;
    /** The question it answered. */
    readonly asked?: string;
}

export function Review() {
    const queue = useResource("reviews", (signal) => listReviews(kQueueLength, signal));
    const tree = useResource("categories", listCategories);
    const [mode, setMode] = useState<Mode>("ask");
    const [busy, setBusy] = useState(false);
    const [done, setDone] = useState<Done>();
    const [failed, setFailed] = useState<Error>();
    const categories = tree.data ?? [];
    // What was answered is gone from the page before the server's next list is here.
    const [answered, setAnswered] = useState<ReadonlySet<string>>(new Set());
    // An answer has the other questions decided anew: the one on the screen stays there, whatever
    // its place becomes, so that no key is for another than the one that was read.
    const [held, setHeld] = useState<string>();
    const [aloneId, setAloneId] = useState<string>();
    // The question whose answer was taken back: asked again as soon as it is back in the list.
    const [returning, setReturning] = useState<string>();
    const items = (queue.data?.items ?? []).filter(
        ({ transaction }) => !answered.has(transaction.id),
    );
    const find = (wanted?: string) => items.find(({ transaction }) => transaction.id === wanted);
    const back = find(returning);
    const item = back ?? find(held) ?? items[0];
    const id = item?.transaction.id;
    if (back) {
        setReturning(undefined);
    }
    if (id !== held) {
        setHeld(id);
        setMode("ask");
    }
    const isAlone = id !== undefined && aloneId === id;
    const others = isAlone ? [] : (item?.others ?? []);

    const run = useCallback(
        async (work: () => Promise<Done>) => {
            setBusy(true);
            setFailed(undefined);
            try {
                setDone(await work());
                setMode("ask");
            } catch (error) {
                setFailed(errorOf(error));
            } finally {
                setBusy(false);
                queue.reload();
            }
        },
        [queue],
    );
    const answer = (category: string, send: () => Promise<EditResult>) =>
        run(async () => {
            const { edit } = await send();
            setAnswered(new Set([...answered, id ?? "", ...others]));
            const name = pathOf(categories, category);
            return {
                text:
                    others.length > 0
                        ? `${others.length + 1} transactions filed under ${name}.`
                        : `Filed under ${name}.`,
                ...(edit ? { edit: edit.id, asked: id ?? "" } : {}),
            };
        });
    const actions = {
        accept: () => {
            if (!item || !id) {
                return undefined;
            }
            return item.category === kUnknown
                ? setMode("pick")
                : answer(item.category, () => acceptReview(id, others));
        },
        pick: (category: string) =>
            id ? answer(category, () => pickReview(id, category, others)) : undefined,
        other: (index: number) => {
            const chosen = item ? othersOf(item)[index] : undefined;
            return chosen ? actions.pick(chosen) : undefined;
        },
        alone: () => setAloneId(isAlone ? undefined : id),
        skip: () =>
            id
                ? run(async () => {
                      await skipReview(id);
                      setHeld(items[1]?.transaction.id);
                      return { text: "Put off until the others are done." };
                  })
                : undefined,
        undo: () =>
            done?.edit
                ? run(async () => {
                      await takeBack(done.edit ?? "");
                      setAnswered(new Set());
                      setReturning(done.asked);
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
    const questions = queue.data.questions ?? queue.data.total;
    return (
        <>
            <div className="page-head">
                <h1>Review</h1>
                <p className="muted">
                    {plural(questions, "question")}
                    {queue.data.total > questions
                        ? ` for ${plural(queue.data.total, "transaction")}`
                        : ""}
                    ; {queue.data.filed} filed without asking.{" "}
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
                    isAlone={isAlone}
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
            <Waiting items={items.filter((other) => other !== item)} categories={categories} />
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
    /** The answer is for the transaction shown, not for those that belong to the question. */
    readonly alone: () => unknown;
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
                o: latest.current.alone,
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

/** "14 ×", where one answer serves more than one. */
function Times({ item }: { item: ReviewItem }) {
    return item.alike > 0 ? <span className="times">{item.alike + 1} × </span> : null;
}

/** One amount, or from where to where they reach. */
function Amounts({ item }: { item: ReviewItem }) {
    const { span } = item;
    if (!span || span.least.amount === span.most.amount) {
        return <Amount money={item.transaction.amount} flow />;
    }
    return (
        <span className="span">
            <Amount money={span.least} flow /> to <Amount money={span.most} flow />
        </span>
    );
}

function Others({ ids }: { ids: readonly string[] }) {
    const rows = useResource(`others ${ids[0] ?? ""} ${ids.length}`, (signal) =>
        readTransactions(ids.slice(0, kOthersShown), signal),
    );
    return (
        <ul className="others">
            {(rows.data ?? []).map((row) => (
                <li key={row.id}>
                    <span className="muted">{formatDate(row.date)}</span>
                    <span className="printed">{row.description}</span>
                    <Amount money={row.amount} flow />
                </li>
            ))}
            {ids.length > kOthersShown ? (
                <li className="muted">and {ids.length - kOthersShown} more</li>
            ) : null}
        </ul>
    );
}

/** Which transactions the answer is for, and a way to answer for one alone. */
function Together({ item, isAlone, actions }: QuestionPart) {
    const others = item.others ?? [];
    if (others.length === 0) {
        return null;
    }
    return (
        <div className="together small">
            <p>
                {isAlone
                    ? "Your answer is for this one alone, of "
                    : `Your answer files ${item.alike > others.length ? "" : "all "}${others.length + 1}, as one step, from `}
                {formatDate(isAlone ? item.transaction.date : (item.span?.first ?? ""))}
                {isAlone ? "" : ` to ${formatDate(item.span?.last ?? "")}`}.{" "}
                <button
                    type="button"
                    className="button quiet"
                    aria-pressed={isAlone}
                    onClick={actions.alone}
                >
                    Only this one <kbd>o</kbd>
                </button>
            </p>
            <OnDemand summary="See the others" className="question-history">
                <Others ids={others} />
            </OnDemand>
        </div>
    );
}

interface QuestionPart {
    readonly item: ReviewItem;
    readonly isAlone: boolean;
    readonly actions: Actions;
}

function Question({
    item,
    categories,
    mode,
    busy,
    isAlone,
    onMode,
    actions,
    onRule,
}: QuestionPart & {
    categories: readonly Category[];
    mode: Mode;
    busy: boolean;
    onMode: (mode: Mode) => void;
    onRule: (text: string) => void;
}) {
    const { transaction } = item;
    const isSure = item.category !== kUnknown;
    return (
        <section className="card question" aria-label="Question">
            <div className="card-head">
                <h2>
                    <Times item={item} />
                    {item.merchant || transaction.description}
                </h2>
                <Amounts item={item} />
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
                    <strong>
                        {item.alike > 0
                            ? "Atlas cannot tell: where do these belong?"
                            : "Atlas cannot tell: where does this belong?"}
                    </strong>
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
            <Together item={item} isAlone={isAlone} actions={actions} />
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
                    {isSure ? (
                        <button
                            type="button"
                            className="button primary"
                            disabled={busy}
                            onClick={actions.accept}
                        >
                            Accept <kbd>a</kbd>
                        </button>
                    ) : null}
                    <button
                        type="button"
                        className={isSure ? "button" : "button primary"}
                        disabled={busy}
                        onClick={() => onMode("pick")}
                    >
                        {isSure ? "Pick another" : "Pick a category"} <kbd>p</kbd>
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
                            <Times item={item} />
                            {item.merchant || item.transaction.description}
                        </span>
                        <span className="muted small">
                            {item.category === kUnknown ? "?" : pathOf(categories, item.category)}
                        </span>
                        <Amounts item={item} />
                    </li>
                ))}
            </ul>
        </section>
    );
}
