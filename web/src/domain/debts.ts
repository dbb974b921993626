// SPDX-License-Identifier: Apache-2.0
// Names and rates of debts; a schedule of payments as files a person can keep: a table for a spreadsheet, days for a calendar.

/** A debt's own name, or its id where it has gone. */
export function nameOfDebt(
    debts: ReadonlyArray<{ readonly id: string; readonly name: string }>,
    id: string,
): string {
    return debts.find((debt) => debt.id === id)?.name ?? id;
}

/** A line never breaks between a number and its percent sign. */
export function keepPercents(text: string): string {
    return text.replace(/(\d) %/g, "$1\u00a0%");
}

export interface ScheduleRow {
    readonly month: number;
    readonly id: string;
    readonly date: string;
    readonly interest: string;
    readonly fees?: string | undefined;
    readonly paid: string;
    readonly balance: string;
}

/** A cell; text that a spreadsheet would run as a formula is kept text. */
function cell(text: string): string {
    const safe = /^[=+@\t\r-]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function scheduleCsv(
    rows: readonly ScheduleRow[],
    nameOf: (id: string) => string,
    currency: string,
): string {
    const lines = rows.map((row) =>
        [
            String(row.month),
            row.date,
            nameOf(row.id),
            row.paid,
            row.interest,
            row.fees ?? "0",
            row.balance,
            currency,
        ]
            .map(cell)
            .join(","),
    );
    return ["month,date,debt,paid,interest,fees,balance,currency", ...lines, ""].join("\r\n");
}

/** RFC 5545: a line has at most 75 octets; longer ones go on after a space. */
function fold(line: string): string {
    const parts: string[] = [];
    let part = "";
    let octets = 0;
    for (const letter of line) {
        const size = new TextEncoder().encode(letter).length;
        if (octets + size > 74) {
            parts.push(part);
            part = "";
            octets = 0;
        }
        part += letter;
        octets += size;
    }
    return [...parts, part].join("\r\n ");
}

function icsText(text: string): string {
    return text.replace(/([\\;,])/g, "\\$1").replace(/\r?\n/g, "\\n");
}

/** One all-day event for each payment above nothing. */
export function scheduleIcs(
    rows: readonly ScheduleRow[],
    nameOf: (id: string) => string,
    currency: string,
): string {
    const stamp = `${(rows[0]?.date ?? "2000-01-01").replaceAll("-", "")}T000000Z`;
    const events = rows
        .filter((row) => !/^0+(\.0+)?$/.test(row.paid))
        .flatMap((row) => [
            "BEGIN:VEVENT",
            `UID:${row.id}-${row.month}@atlas`,
            `DTSTAMP:${stamp}`,
            `DTSTART;VALUE=DATE:${row.date.replaceAll("-", "")}`,
            `SUMMARY:${icsText(`Pay ${row.paid} ${currency} to ${nameOf(row.id)}`)}`,
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]);
    return [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Atlas//Debt plan//EN",
        ...events,
        "END:VCALENDAR",
        "",
    ]
        .map(fold)
        .join("\r\n");
}

/** "0.2399" → "23.99 %", by the digits. */
export function formatRate(rate: string): string {
    const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(rate);
    if (!match) {
        return rate;
    }
    const [, sign = "", whole = "", fraction = ""] = match;
    const digits = fraction.padEnd(4, "0");
    const percent = `${whole}${digits.slice(0, 2)}`.replace(/^0+(?=\d)/, "");
    return `${sign}${percent}.${digits.slice(2).replace(/(\d{2}\d*?)0+$/, "$1")} %`;
}
