"use client";
// SPDX-License-Identifier: Apache-2.0
// How the columns of a CSV file were read, and the conventions a person may correct: a file of
// nothing but 03/04/2026 does not say which is the month.

import { useState } from "react";
import type { CsvMapping } from "../../api/types";

const kDateOrders: ReadonlyArray<readonly [string, string]> = [
    ["year_month_day", "year, month, day (2026-11-22)"],
    ["day_month_year", "day, month, year (22/11/2026)"],
    ["month_day_year", "month, day, year (11/22/2026)"],
];
const kMarks: ReadonlyArray<readonly [string, string]> = [
    ["point", "a point (1,234.56)"],
    ["comma", "a comma (1.234,56)"],
];
const kSigns: ReadonlyArray<readonly [string, string]> = [
    ["positive_is_in", "money in"],
    ["positive_is_out", "money out"],
];

export function MappingChoice({
    mapping,
    questions,
    onRead,
}: {
    mapping: CsvMapping;
    questions: readonly string[];
    onRead: (mapping: CsvMapping) => void;
}) {
    const [draft, setDraft] = useState(mapping);
    const set = (change: Partial<CsvMapping>) => setDraft({ ...draft, ...change });
    const isUnknown = draft.date_order === "unknown" || draft.decimal_mark === "unknown";
    return (
        <details className="mapping" open={questions.length > 0}>
            <summary>How the columns were read</summary>
            {questions.length > 0 ? (
                <div className="warning">
                    <strong>The file leaves something open. Please check before booking.</strong>
                    <ul>
                        {questions.map((question) => (
                            <li key={question}>{question}</li>
                        ))}
                    </ul>
                </div>
            ) : null}
            <p className="small muted">Columns: {mapping.columns.join(", ")}</p>
            <div className="mapping-fields">
                <Choice
                    name="Dates are"
                    options={kDateOrders}
                    value={draft.date_order ?? "unknown"}
                    onChange={(value) => set({ date_order: value })}
                />
                <Choice
                    name="Decimals after"
                    options={kMarks}
                    value={draft.decimal_mark ?? "unknown"}
                    onChange={(value) => set({ decimal_mark: value })}
                />
                <Choice
                    name="A positive amount is"
                    options={kSigns}
                    value={draft.sign ?? "positive_is_in"}
                    onChange={(value) => set({ sign: value })}
                />
                <button
                    type="button"
                    className={questions.length > 0 ? "button primary" : "button"}
                    disabled={isUnknown}
                    onClick={() => onRead(draft)}
                >
                    Read it like this
                </button>
            </div>
        </details>
    );
}

function Choice({
    name,
    options,
    value,
    onChange,
}: {
    name: string;
    options: ReadonlyArray<readonly [string, string]>;
    value: string;
    onChange: (value: string) => void;
}) {
    const isKnown = options.some(([word]) => word === value);
    return (
        <label className="field">
            <span>{name}</span>
            <select value={isKnown ? value : ""} onChange={(event) => onChange(event.target.value)}>
                {isKnown ? null : (
                    <option value="" disabled>
                        please choose
                    </option>
                )}
                {options.map(([word, text]) => (
                    <option key={word} value={word}>
                        {text}
                    </option>
                ))}
            </select>
        </label>
    );
}
