// SPDX-License-Identifier: Apache-2.0
// Just enough reading of statement files to show every state of the import page: a CSV with the
// columns date,description,amount and an OFX with STMTTRN blocks. Everything else is refused.
import { textToCents } from "./data.mjs";

/** "03/04/2026" by a date order; anything else as it is. */
function orderDate(text, order) {
    const match = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(text);
    if (!match) {
        return text;
    }
    const [, first, second, year] = match;
    const [month, day] = order === "day_month_year" ? [second, first] : [first, second];
    return `${year}-${month}-${day}`;
}

export function readStatement(name, text, given) {
    if (/<OFX>/i.test(text)) {
        return readOfx(name, text);
    }
    const lines = text.split(/\r?\n/);
    if (!/^date,description,amount$/i.test((lines[0] ?? "").trim())) {
        return null;
    }
    const isOpen = given === null && lines.slice(1).some((line) => /^\d\d\/\d\d\//.test(line));
    const mapping = given ?? {
        delimiter: ",",
        skip_records: 1,
        columns: ["date", "description", "amount"],
        date_order: isOpen ? "unknown" : "year_month_day",
        decimal_mark: "point",
        sign: "positive_is_in",
    };
    const statement = {
        format: "csv",
        account: "",
        rows: [],
        rejected: [],
        mapping,
        questions: isOpen ? ["03/04/2026 may be 3 April or 4 March."] : [],
    };
    lines.slice(1).forEach((content, index) => {
        if (content.trim() === "") {
            return;
        }
        const line = index + 2;
        const [printed = "", description = "", amount = ""] = content.split(",");
        const date = orderDate(printed, mapping.date_order);
        const cents = textToCents(amount.trim());
        if (!isDate(date)) {
            statement.rejected.push({
                file: name,
                line,
                column: 1,
                reason: `"${printed}" is not a date`,
            });
        } else if (cents === null) {
            const column = date.length + description.length + 3;
            statement.rejected.push({
                file: name,
                line,
                column,
                reason: `"${amount}" is not an amount in dollars and cents`,
            });
        } else {
            statement.rows.push({ date, description, cents, line });
        }
    });
    return statement;
}

function isDate(text) {
    const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
    return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function readOfx(name, text) {
    const field = (block, tag) =>
        new RegExp(`<${tag}>([^<\\r\\n]*)`, "i").exec(block)?.[1]?.trim() ?? "";
    const statement = { format: "ofx", account: field(text, "ACCTID"), rows: [], rejected: [] };
    for (const match of text.matchAll(/<STMTTRN>[\s\S]*?(?=<STMTTRN>|<\/BANKTRANLIST>)/gi)) {
        const line = text.slice(0, match.index).split("\n").length;
        const day = field(match[0], "DTPOSTED");
        const cents = textToCents(field(match[0], "TRNAMT"));
        if (cents === null) {
            statement.rejected.push({
                file: name,
                line,
                column: 1,
                reason: `"${field(match[0], "TRNAMT")}" is not an amount`,
            });
            continue;
        }
        statement.rows.push({
            date: `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`,
            description: field(match[0], "NAME"),
            cents,
            line,
        });
    }
    const balance = /<LEDGERBAL>[\s\S]*?<BALAMT>([^<\r\n]*)/i.exec(text)?.[1];
    statement.balance = balance === undefined ? undefined : textToCents(balance.trim());
    return statement;
}
