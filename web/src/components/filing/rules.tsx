"use client";
// SPDX-License-Identifier: Apache-2.0
// The household's rules, the ones its answers suggest, and its categories with their months.

import Link from "next/link";
import { useState, type ReactNode } from "react";
import { errorOf } from "../../api/client";
import { takeBack } from "../../api/edits";
import {
    addCategory,
    applyRules,
    changeCategory,
    listCategories,
    listRules,
    listSuggestions,
    rejectSuggestion,
    removeRule,
    saveRule,
    type Category,
    type Rule,
    type RuleDraft,
} from "../../api/filing";
import { useResource } from "../../api/resource";
import { Failure, plural } from "../pieces";
import { CategoryHistory } from "./category-history";
import { CategoryPicker, pathOf } from "./category-picker";
import { RuleEditor } from "./rule-editor";

type Act = (work: () => Promise<unknown>, text: string) => void;

const kNewRule: RuleDraft = {
    name: "",
    enabled: true,
    text: 'when description contains "" then file under ',
};

export function Rules() {
    const rules = useResource("rules", listRules);
    const suggestions = useResource("suggestions", listSuggestions);
    const tree = useResource("categories", listCategories);
    const [editing, setEditing] = useState<RuleDraft>();
    const [failed, setFailed] = useState<Error>();
    const [said, setSaid] = useState<ReactNode>(null);
    const categories = tree.data ?? [];
    const act: Act = (work, text) => {
        setFailed(undefined);
        work().then(
            () => {
                setSaid(text);
                rules.reload();
                suggestions.reload();
                tree.reload();
            },
            (error: unknown) => setFailed(errorOf(error)),
        );
    };
    const apply = () =>
        act(async () => {
            const { edit } = await applyRules();
            setSaid(null);
            if (edit) {
                const undo = () => act(() => takeBack(edit.id), "Taken back.");
                window.setTimeout(() =>
                    setSaid(
                        <>
                            {edit.summary}.{" "}
                            <button type="button" className="button quiet" onClick={undo}>
                                Undo
                            </button>
                        </>,
                    ),
                );
            }
        }, "Nothing would change.");
    if (rules.error && !rules.data) {
        return <Failure error={rules.error} onRetry={rules.reload} />;
    }
    return (
        <>
            <div className="page-head">
                <h1>Rules and categories</h1>
                <p className="muted">
                    The first rule that fits decides; your own choice always wins.
                </p>
            </div>
            <p role="status" aria-live="polite">
                {said}
            </p>
            {failed ? <Failure error={failed} /> : null}
            <section className="card" aria-labelledby="rules-title">
                <div className="card-head">
                    <h2 id="rules-title">Rules</h2>
                    <span className="answers">
                        <button type="button" className="button" onClick={apply}>
                            Apply to the past
                        </button>
                        <button
                            type="button"
                            className="button primary"
                            onClick={() => setEditing(kNewRule)}
                        >
                            New rule
                        </button>
                    </span>
                </div>
                {editing ? (
                    <RuleEditor
                        key={editing.id ?? editing.text}
                        draft={editing}
                        categories={categories}
                        onCancel={() => setEditing(undefined)}
                        onSaved={(rule) => {
                            setEditing(undefined);
                            act(() => Promise.resolve(), `Rule “${rule.name}” is kept.`);
                        }}
                    />
                ) : null}
                <RuleList rules={rules.data ?? []} act={act} onEdit={setEditing} />
            </section>
            {suggestions.data && suggestions.data.length > 0 ? (
                <section className="card" aria-labelledby="suggestions-title">
                    <h2 id="suggestions-title">Your answers suggest</h2>
                    <ul className="rule-list">
                        {suggestions.data.map((suggestion) => (
                            <li key={suggestion.key}>
                                <span>
                                    File all <strong>{suggestion.merchant}</strong> under{" "}
                                    {pathOf(categories, suggestion.category)}?{" "}
                                    <span className="muted small">
                                        You did {plural(suggestion.answers, "time")}.
                                    </span>
                                </span>
                                <span className="answers">
                                    <button
                                        type="button"
                                        className="button"
                                        onClick={() =>
                                            act(
                                                () =>
                                                    saveRule({
                                                        name: suggestion.merchant,
                                                        text: suggestion.text,
                                                        enabled: true,
                                                    }),
                                                `Rule “${suggestion.merchant}” is kept.`,
                                            )
                                        }
                                    >
                                        Make the rule
                                        <span className="hidden"> for {suggestion.merchant}</span>
                                    </button>
                                    <button
                                        type="button"
                                        className="button quiet"
                                        onClick={() =>
                                            act(
                                                () => rejectSuggestion(suggestion.key),
                                                "It will not be suggested again.",
                                            )
                                        }
                                    >
                                        Never
                                        <span className="hidden"> for {suggestion.merchant}</span>
                                    </button>
                                </span>
                            </li>
                        ))}
                    </ul>
                </section>
            ) : null}
            <Categories categories={categories} act={act} />
        </>
    );
}

function RuleList({
    rules,
    act,
    onEdit,
}: {
    rules: readonly Rule[];
    act: Act;
    onEdit: (rule: RuleDraft) => void;
}) {
    if (rules.length === 0) {
        return <p className="muted">No rules yet. Answers in the review queue suggest some.</p>;
    }
    const draft = (rule: Rule): RuleDraft => ({
        id: rule.id,
        name: rule.name,
        text: rule.text,
        enabled: rule.enabled,
    });
    return (
        <ol className="rule-list">
            {rules.map((rule, index) => (
                <li key={rule.id} data-off={!rule.enabled}>
                    <span>
                        <strong>{rule.name}</strong>
                        <code className="rule-text">{rule.text}</code>
                    </span>
                    <span className="answers">
                        <label className="check small">
                            <input
                                type="checkbox"
                                checked={rule.enabled}
                                onChange={() =>
                                    act(
                                        () => saveRule({ ...draft(rule), enabled: !rule.enabled }),
                                        rule.enabled ? "Switched off." : "Switched on.",
                                    )
                                }
                            />
                            On<span className="hidden">: {rule.name}</span>
                        </label>
                        <button
                            type="button"
                            className="button quiet"
                            disabled={index === 0}
                            onClick={() =>
                                act(
                                    () => saveRule({ ...draft(rule), position: index - 1 }),
                                    "Moved up.",
                                )
                            }
                        >
                            Up<span className="hidden">: {rule.name}</span>
                        </button>
                        <button
                            type="button"
                            className="button quiet"
                            onClick={() => onEdit(draft(rule))}
                        >
                            Edit<span className="hidden">: {rule.name}</span>
                        </button>
                        <button
                            type="button"
                            className="button quiet"
                            onClick={() => act(() => removeRule(rule.id), "Removed.")}
                        >
                            Remove<span className="hidden">: {rule.name}</span>
                        </button>
                    </span>
                </li>
            ))}
        </ol>
    );
}

function Categories({ categories, act }: { categories: readonly Category[]; act: Act }) {
    const [chosen, setChosen] = useState<string>();
    const [name, setName] = useState("");
    const [isMerging, setMerging] = useState(false);
    const category = categories.find(({ id }) => id === chosen);
    return (
        <section className="card" aria-labelledby="categories-title">
            <h2 id="categories-title">Categories</h2>
            <div className="category-columns">
                <ul className="category-tree" aria-label="Categories">
                    {categories.map((each) => (
                        <li
                            key={each.id}
                            data-hidden={each.hidden}
                            style={{ paddingLeft: `${each.id.split(".").length - 1}rem` }}
                        >
                            <button
                                type="button"
                                className="button quiet"
                                aria-pressed={each.id === chosen}
                                onClick={() => {
                                    setChosen(each.id);
                                    setName(each.name);
                                    setMerging(false);
                                }}
                            >
                                {each.name}
                                <span className="muted small"> {each.transactions || ""}</span>
                            </button>
                        </li>
                    ))}
                </ul>
                <div>
                    {category ? (
                        <>
                            <h3>{pathOf(categories, category.id)}</h3>
                            <CategoryHistory category={category.id} />
                            <p>
                                <Link href={`/transactions/?category=${category.id}`}>
                                    Its transactions
                                </Link>
                            </p>
                            <form
                                className="answers"
                                onSubmit={(event) => {
                                    event.preventDefault();
                                    act(() => changeCategory(category.id, { name }), "Renamed.");
                                }}
                            >
                                <label className="field">
                                    <span>Name</span>
                                    <input
                                        value={name}
                                        onChange={(event) => setName(event.target.value)}
                                    />
                                </label>
                                <button type="submit" className="button">
                                    Rename
                                </button>
                                <button
                                    type="button"
                                    className="button"
                                    onClick={() =>
                                        act(
                                            () =>
                                                changeCategory(category.id, {
                                                    hidden: !category.hidden,
                                                }),
                                            category.hidden ? "Shown again." : "Hidden.",
                                        )
                                    }
                                >
                                    {category.hidden ? "Show again" : "Hide"}
                                </button>
                                <button
                                    type="button"
                                    className="button"
                                    onClick={() => setMerging(!isMerging)}
                                >
                                    Merge …
                                </button>
                            </form>
                            {isMerging ? (
                                <CategoryPicker
                                    categories={categories}
                                    label="Merge into"
                                    autoFocus
                                    onPick={(id) =>
                                        act(
                                            () => changeCategory(category.id, { merge_into: id }),
                                            `Merged into ${pathOf(categories, id)}.`,
                                        )
                                    }
                                    onCancel={() => setMerging(false)}
                                />
                            ) : null}
                        </>
                    ) : (
                        <p className="muted">Choose a category to see its months.</p>
                    )}
                    <NewCategory parent={category} act={act} />
                </div>
            </div>
        </section>
    );
}

function NewCategory({ parent, act }: { parent: Category | undefined; act: Act }) {
    const [name, setName] = useState("");
    return (
        <form
            className="answers"
            onSubmit={(event) => {
                event.preventDefault();
                act(() => addCategory(parent?.id ?? "", name), `${name} is there.`);
                setName("");
            }}
        >
            <label className="field">
                <span>New category {parent ? `below ${parent.name}` : "at the top"}</span>
                <input value={name} onChange={(event) => setName(event.target.value)} required />
            </label>
            <button type="submit" className="button">
                Add
            </button>
        </form>
    );
}
