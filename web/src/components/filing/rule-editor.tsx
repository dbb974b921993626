"use client";
// SPDX-License-Identifier: Apache-2.0
// Writing a rule: its words, what it would have changed, and only then keeping it.

import { useState } from "react";
import { errorOf } from "../../api/client";
import {
    dryRunRule,
    saveRule,
    type Category,
    type DryRun,
    type ReviewItem,
    type Rule,
    type RuleDraft,
} from "../../api/filing";
import { kUnknown } from "../../domain/categories";
import { formatDate } from "../../domain/dates";
import { Amount, Failure, plural } from "../pieces";
import { CategoryPicker, pathOf } from "./category-picker";

const quoted = (text: string) => `"${text.replace(/[\\"]/g, (mark) => `\\${mark}`)}"`;

/** Words of a bank's text that will come again: no numbers, no marks. */
export function steadyWords(text: string): string {
    const words = text.split(/[^\p{L}\p{N}&']+/u).filter((word) => /^[\p{L}&']{2,}$/u.test(word));
    return words.slice(0, 3).join(" ");
}

export function draftFor(item: ReviewItem): RuleDraft {
    const words = steadyWords(item.transaction.description) || item.transaction.description;
    const category = item.category === kUnknown ? "" : item.category;
    return {
        name: item.merchant || words,
        enabled: true,
        text: `when description contains ${quoted(words)} then file under ${category}`,
    };
}

export function RuleEditor({
    draft,
    categories,
    onSaved,
    onCancel,
}: {
    draft: RuleDraft;
    categories: readonly Category[];
    onSaved: (rule: Rule) => void;
    onCancel: () => void;
}) {
    const [name, setName] = useState(draft.name);
    const [text, setText] = useState(draft.text);
    const [trial, setTrial] = useState<DryRun>();
    const [failed, setFailed] = useState<Error>();
    const [busy, setBusy] = useState(false);
    const run = async <Result,>(work: () => Promise<Result>, then: (result: Result) => void) => {
        setBusy(true);
        setFailed(undefined);
        try {
            then(await work());
        } catch (error) {
            setFailed(errorOf(error));
        } finally {
            setBusy(false);
        }
    };
    const rule: RuleDraft = { ...draft, name, text };
    return (
        <form
            className="rule-editor"
            aria-label="Rule"
            onSubmit={(event) => {
                event.preventDefault();
                void run(() => saveRule(rule), onSaved);
            }}
        >
            <label className="field">
                <span>Name</span>
                <input value={name} onChange={(event) => setName(event.target.value)} required />
            </label>
            <label className="field">
                <span>Rule</span>
                <textarea
                    rows={3}
                    spellCheck={false}
                    value={text}
                    onChange={(event) => {
                        setText(event.target.value);
                        setTrial(undefined);
                    }}
                />
            </label>
            {/file under\s*$/.test(text) ? (
                <CategoryPicker
                    categories={categories}
                    label="File under"
                    onPick={(id) => setText(`${text.trimEnd()} ${id}`)}
                    onCancel={onCancel}
                />
            ) : null}
            {failed ? <Failure error={failed} /> : null}
            {trial ? <Trial trial={trial} categories={categories} /> : null}
            <div className="answers">
                <button
                    type="button"
                    className="button"
                    disabled={busy}
                    onClick={() => void run(() => dryRunRule(rule), setTrial)}
                >
                    What would it have changed?
                </button>
                <button type="submit" className="button primary" disabled={busy}>
                    Keep this rule
                </button>
                <button type="button" className="button quiet" onClick={onCancel}>
                    Cancel
                </button>
            </div>
        </form>
    );
}

function Trial({ trial, categories }: { trial: DryRun; categories: readonly Category[] }) {
    return (
        <div className="trial" role="status">
            <p>
                It fits {plural(trial.matched, "transaction")}: {trial.changed} would change,{" "}
                {trial.already_so} are filed like that already
                {trial.persons_choice > 0 ? `, ${trial.persons_choice} you filed otherwise` : ""}
                {trial.overruled > 0 ? `, ${trial.overruled} an earlier rule decides` : ""}.
            </p>
            {trial.changed_sample.length > 0 ? (
                <ul className="trial-list small" aria-label="Would change">
                    {trial.changed_sample.slice(0, 6).map(({ transaction, category }) => (
                        <li key={transaction.id}>
                            <span>{formatDate(transaction.date)}</span>
                            <span className="printed">{transaction.description}</span>
                            <Amount money={transaction.amount} flow />
                            <span className="muted">
                                {pathOf(categories, transaction.splits[0]?.category ?? "")} →{" "}
                                {pathOf(categories, category)}
                            </span>
                        </li>
                    ))}
                </ul>
            ) : null}
        </div>
    );
}
