"use client";
// SPDX-License-Identifier: Apache-2.0
// How a file's columns are read. Above each column stands what it holds, below it the file's own
// cells, and beside each row what Atlas makes of it. Anything may be put right by hand: a file of
// nothing but 03/04/2026 does not say which is the month.

import { useId, useState } from "react";
import { listImportRows, readTable, type ImportRow, type Table } from "../../api/imports";
import { useResource } from "../../api/resource";
import type { CsvMapping } from "../../api/types";
import { formatDate } from "../../domain/dates";
import { assign, kRoles, lacking, plainReason, widen } from "../../domain/mapping";
import { Amount, Failure } from "../pieces";

type Options = ReadonlyArray<readonly [string, string]>;

const kDateOrders: Options = [
    ["year_month_day", "year, month, day (2026-11-22)"],
    ["day_month_year", "day, month, year (22/11/2026)"],
    ["month_day_year", "month, day, year (11/22/2026)"],
    ["excel_day_number", "the number a sheet keeps a day by (46348)"],
];
const kMarks: Options = [
    ["point", "a point (1,234.56)"],
    ["comma", "a comma (1.234,56)"],
];
const kSigns: Options = [
    ["positive_is_in", "money in"],
    ["positive_is_out", "money out"],
];
const kDelimiters: Options = [
    [",", "comma"],
    [";", "semicolon"],
    ["\t", "tab"],
    ["|", "bar"],
];

const kRowsShown = 6;
const kRowsRead = 60;

export interface MappingChoiceProps {
    readonly file: File;
    /** The mapping in use; none yet where Atlas could not tell the columns apart. */
    readonly mapping: CsvMapping | undefined;
    /** The preview whose rows stand beside the file's own; none before there is one. */
    readonly importId?: string;
    readonly questions: readonly string[];
    readonly onRead: (mapping: CsvMapping) => void;
}

const kBlank: CsvMapping = {
    delimiter: "",
    columns: [],
    date_order: "unknown",
    decimal_mark: "unknown",
    sign: "positive_is_in",
};

export function MappingChoice(props: MappingChoiceProps) {
    const { file, mapping, importId, questions, onRead } = props;
    const isUrgent = questions.length > 0 || mapping === undefined;
    const [open, setOpen] = useState(isUrgent);
    return (
        <details
            className="mapping"
            open={open}
            onToggle={(event) => setOpen(event.currentTarget.open)}
        >
            <summary>{mapping ? "How the columns were read" : "Say what the columns are"}</summary>
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
            {open ? (
                <Editor
                    file={file}
                    mapping={mapping ?? kBlank}
                    importId={importId}
                    isUrgent={isUrgent}
                    onRead={onRead}
                />
            ) : null}
        </details>
    );
}

interface EditorProps {
    readonly file: File;
    readonly mapping: CsvMapping;
    readonly importId: string | undefined;
    readonly isUrgent: boolean;
    readonly onRead: (mapping: CsvMapping) => void;
}

function Editor({ file, mapping, importId, isUrgent, onRead }: EditorProps) {
    const id = useId();
    const [draft, setDraft] = useState(mapping);
    const set = (change: Partial<CsvMapping>) => setDraft({ ...draft, ...change });
    const table = useResource(`${file.name} ${draft.delimiter} ${draft.encoding ?? ""}`, (signal) =>
        readTable(file, draft, signal),
    );
    const rows = useResource(importId ?? null, (signal) =>
        listImportRows(importId ?? "", "all", kRowsRead, signal),
    );
    const width = Math.max(0, ...(table.data?.records ?? []).map(({ cells }) => cells.length));
    const columns = widen(draft.columns, width);
    const delimiter = draft.delimiter || (table.data?.delimiter ?? ",");
    const skip_records = draft.skip_records ?? headOf(table.data) + 1;
    const whole: CsvMapping = { ...draft, delimiter, skip_records, columns };
    const missing = lacking(whole);
    return (
        <form
            className="mapping-editor"
            onSubmit={(event) => {
                event.preventDefault();
                onRead(whole);
            }}
        >
            {table.error ? <Failure error={table.error} onRetry={table.reload} /> : null}
            {table.data ? (
                <Columns
                    table={table.data}
                    mapping={whole}
                    isChanged={JSON.stringify(draft) !== JSON.stringify(mapping)}
                    rows={rows.data?.items ?? []}
                    onAssign={(index, role) => set({ columns: assign(columns, index, role) })}
                />
            ) : null}
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
                <Choice
                    name="Columns end at a"
                    options={kDelimiters}
                    value={delimiter}
                    onChange={(value) => set({ delimiter: value })}
                />
                <label className="field">
                    <span>Rows before the first entry</span>
                    <input
                        type="number"
                        min={0}
                        max={1000}
                        value={skip_records}
                        onChange={({ target }) =>
                            set({ skip_records: Math.max(0, Math.trunc(Number(target.value))) })
                        }
                    />
                </label>
            </div>
            <p className="actions">
                <button
                    type="submit"
                    className={isUrgent ? "button primary" : "button"}
                    disabled={missing.length > 0}
                    aria-describedby={missing.length > 0 ? `${id}-missing` : undefined}
                >
                    Read it like this
                </button>
                {missing.length > 0 ? (
                    <span id={`${id}-missing`} className="small muted">
                        {missing.join(" ")}
                    </span>
                ) : null}
            </p>
        </form>
    );
}

/** Where the names of the columns most likely stand: the first of the widest records. */
function headOf(table: Table | undefined): number {
    const widths = (table?.records ?? []).map(({ cells }) => cells.length);
    return Math.max(0, widths.indexOf(Math.max(0, ...widths)));
}

interface ColumnsProps {
    readonly table: Table;
    readonly mapping: CsvMapping;
    readonly rows: readonly ImportRow[];
    /** The reading beside the rows is of before the change. */
    readonly isChanged: boolean;
    readonly onAssign: (index: number, role: string) => void;
}

function Columns({ table, mapping, rows, isChanged, onAssign }: ColumnsProps) {
    const skip = mapping.skip_records ?? 0;
    const header = skip > 0 ? table.records[skip - 1]?.cells : undefined;
    const nameOf = (index: number) => header?.[index] || `Column ${index + 1}`;
    const shown = table.records
        .slice(skip)
        .filter(({ cells }) => cells.some((cell) => cell !== ""))
        .slice(0, kRowsShown);
    const readOf = (line: number) => rows.find((row) => row.line === line);
    return (
        <div className="scroll raw" tabIndex={0} role="region" aria-label="Columns of the file">
            <table className="figures">
                <caption>The file as printed, and what Atlas makes of each row</caption>
                <thead>
                    <tr>
                        <th scope="col">Line</th>
                        {mapping.columns.map((role, index) => (
                            <th key={index} scope="col" data-unused={role === "ignored"}>
                                <span className="raw-name">{nameOf(index)}</span>
                                <select
                                    value={role}
                                    aria-label={`${nameOf(index)} holds`}
                                    onChange={({ target }) => onAssign(index, target.value)}
                                >
                                    {kRoles.map(([name, text]) => (
                                        <option key={name} value={name}>
                                            {text}
                                        </option>
                                    ))}
                                </select>
                            </th>
                        ))}
                        {rows.length > 0 ? (
                            <th scope="col">
                                {isChanged ? "Read as, before your change" : "Read as"}
                            </th>
                        ) : null}
                    </tr>
                </thead>
                <tbody>
                    {shown.map(({ line, cells }) => (
                        <tr key={line}>
                            <td className="muted">{line}</td>
                            {mapping.columns.map((role, index) => (
                                <td
                                    key={index}
                                    className="printed"
                                    data-unused={role === "ignored"}
                                >
                                    {cells[index] ?? ""}
                                </td>
                            ))}
                            {rows.length > 0 ? (
                                <td className={isChanged ? "stale" : undefined}>
                                    <ReadAs row={readOf(line)} />
                                </td>
                            ) : null}
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}

function ReadAs({ row }: { row: ImportRow | undefined }) {
    if (!row) {
        return <span className="muted">not an entry</span>;
    }
    if (!row.date || !row.amount) {
        return <span className="warn-text">{plainReason(row.reason)}</span>;
    }
    return (
        <span className="read-as">
            <span>{formatDate(row.date)}</span>
            <Amount money={row.amount} flow />
            <span>{row.description}</span>
        </span>
    );
}

function Choice({
    name,
    options,
    value,
    onChange,
}: {
    name: string;
    options: Options;
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
