// SPDX-License-Identifier: Apache-2.0
// An in-memory stand-in for Atlas: the same paths, shapes, problem+json and event stream, and the
// exported pages under the same content security policy. For development and UI tests only.
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { answerEdit } from "./edits.mjs";
import { makeHousehold, money, textToCents } from "./data.mjs";
import { readStatement } from "./files.mjs";

const kOut = fileURLToPath(new URL("../out", import.meta.url));
const kTypes = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".ico": "image/x-icon",
};

/** The policy Atlas sends: hashes of exactly the inline scripts of this page. */
export function contentPolicy(html) {
    const hashes = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
        (match) => `'sha256-${createHash("sha256").update(match[1]).digest("base64")}'`,
    );
    return [
        "default-src 'self'",
        `script-src ${["'self'", ...new Set(hashes)].join(" ")}`,
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ].join("; ");
}

class Refusal extends Error {
    constructor(status, title, detail, errors) {
        super(title);
        this.body = { type: "about:blank", title, status, detail, ...(errors ? { errors } : {}) };
    }
}

function firstImport({ accounts, transactions }) {
    const { name, type, currency } = accounts.get("card");
    return {
        import_id: "i-1",
        state: "committed",
        file_name: "card-2026.ofx",
        format: "ofx",
        accounts: [{ id: "card", name, type, currency, created: true }],
        new: transactions.length,
        duplicates: 0,
        updated: 0,
        transfers: 38,
        rejected: [],
        reconciliation: [],
        sample: [],
        questions: [],
        created_at: "2026-11-22T08:14:09Z",
        sequence: 1,
    };
}

function makeState(options) {
    const household = options.empty
        ? { accounts: new Map(), transactions: [] }
        : makeHousehold(options.seed ?? 7, options.rows ?? 2000);
    return {
        ...household,
        imports: options.empty ? [] : [firstImport(household)],
        previews: new Map(),
        sequence: 1,
        streams: new Set(),
        next: 2,
        calls: [],
    };
}

function bump(state) {
    state.sequence += 1;
    for (const stream of state.streams) {
        stream.write(
            `event: ledger\nid: ${state.sequence}\ndata: {"sequence":${state.sequence}}\n\n`,
        );
    }
}

function accountJson({ cents, ...account }) {
    return { ...account, balance: money(cents, account.currency), balance_date: "2026-11-22" };
}

function matchingTransactions(state, query) {
    const q = (query.get("q") ?? "").toLowerCase();
    const category = query.get("category") ?? "";
    const [from, to, account] = [
        query.get("from") ?? "",
        query.get("to") ?? "9999",
        query.get("account_id"),
    ];
    return state.transactions.filter(
        (row) =>
            (!account || row.account_id === account) &&
            row.date >= from &&
            row.date <= to &&
            (category === "" ||
                row.splits.some(
                    (split) =>
                        split.category === category || split.category.startsWith(`${category}.`),
                )) &&
            (q === "" || `${row.description} ${row.merchant ?? ""}`.toLowerCase().includes(q)),
    );
}

function listTransactions(state, query) {
    const matches = matchingTransactions(state, query);
    const start = Number(query.get("cursor") ?? 0);
    const end = start + Math.min(Number(query.get("limit") ?? 100), 1000);
    return {
        items: matches.slice(start, end),
        as_of_sequence: state.sequence,
        total: matches.length,
        ...(end < matches.length ? { next_cursor: String(end) } : {}),
    };
}

function monthlyTotals(state, query) {
    const sums = new Map();
    for (const row of state.transactions) {
        for (const split of row.splits) {
            const key = `${row.date.slice(0, 7)}|${split.category}|${split.amount.currency}`;
            sums.set(key, (sums.get(key) ?? 0) + textToCents(split.amount.amount));
        }
    }
    const items = [...sums].sort().map(([key, cents]) => {
        const [month, category, currency] = key.split("|");
        return { month, category, amount: money(cents, currency) };
    });
    const [from, to] = [query.get("from") ?? "", query.get("to") ?? "9999"];
    return {
        as_of_sequence: state.sequence,
        up_to_date: true,
        items: items.filter(({ month }) => month >= from.slice(0, 7) && month <= to.slice(0, 7)),
    };
}

function fingerprint(account, row) {
    return `${account}|${row.date}|${row.cents ?? textToCents(row.amount.amount)}|${row.description.toUpperCase()}`;
}

function findAccount(state, statement, query) {
    const wish = query.get("account");
    const masked = `••${statement.account.slice(-4)}`;
    const known = [...state.accounts.values()].find(({ name, number_masked }) =>
        wish ? name === wish : statement.account !== "" && number_masked === masked,
    );
    if (known) {
        return known;
    }
    if (!wish) {
        throw new Refusal(422, "Account needed", "The file does not say whose it is.", [
            { pointer: "/account", detail: "Choose an account." },
        ]);
    }
    const type = query.get("account_type") ?? "checking";
    const liability = type === "loan" || type === "credit_card";
    const currency = query.get("currency") ?? "USD";
    return { id: `a-${state.next++}`, name: wish, type, currency, cents: 0, liability };
}

function decide(state, account, rows) {
    const seen = new Set(
        state.transactions
            .filter((row) => row.account_id === account.id)
            .map((row) => fingerprint(account.id, row)),
    );
    return rows.map((row) => {
        const isThere = seen.has(fingerprint(account.id, row));
        return {
            ...row,
            decision: isThere ? "duplicate" : "new",
            reason: isThere
                ? "The same day, amount and text are in the ledger."
                : "Not seen before.",
        };
    });
}

function preview(state, name, text, query) {
    if (text.length === 0) {
        throw new Refusal(422, "Empty file", `${name} holds nothing at all.`);
    }
    const statement = readStatement(name, text, JSON.parse(query.get("mapping") ?? "null"));
    if (!statement) {
        const detail = `${name} is none of the formats Atlas reads (OFX, QFX, CSV).`;
        throw new Refusal(422, "Not a statement", detail);
    }
    const account = findAccount(state, statement, query);
    const { currency } = account;
    const rows = decide(state, account, statement.rows);
    const fresh = rows.filter((row) => row.decision === "new");
    const total = fresh.reduce((sum, row) => sum + row.cents, account.cents);
    const { balance } = statement;
    const body = {
        import_id: `i-${state.next++}`,
        state: "preview",
        file_name: name,
        format: statement.format,
        accounts: [
            {
                id: account.id,
                name: account.name,
                type: account.type,
                currency,
                ...(account.number_masked ? { number_masked: account.number_masked } : {}),
                created: !state.accounts.has(account.id),
            },
        ],
        new: fresh.length,
        duplicates: rows.length - fresh.length,
        updated: 0,
        transfers: fresh.filter((row) => /transfer/i.test(row.description)).length,
        rejected: statement.rejected,
        reconciliation:
            balance === undefined
                ? []
                : [
                      {
                          account: account.name,
                          statement_balance: money(balance, currency),
                          ledger_balance: money(total, currency),
                          difference: money(balance - total, currency),
                      },
                  ],
        sample: rows.slice(0, 8).map(({ date, cents, description, decision, reason, line }) => ({
            date,
            amount: money(cents, currency),
            description,
            decision,
            reason,
            line,
        })),
        questions: statement.questions ?? [],
        ...(statement.mapping ? { mapping: statement.mapping } : {}),
        created_at: "2026-11-22T19:00:00Z",
        sequence: 0,
    };
    state.previews.set(body.import_id, { body, account, fresh, rows });
    return body;
}

function commit(state, id) {
    const found = state.previews.get(id);
    if (!found) {
        throw new Refusal(404, "Not found", "That import is not waiting to be booked.");
    }
    state.previews.delete(id);
    const { body, account, fresh } = found;
    state.accounts.set(account.id, account);
    for (const row of fresh) {
        const amount = money(row.cents, account.currency);
        account.cents += row.cents;
        state.transactions.push({
            id: `t-${id}-${row.line}`,
            account_id: account.id,
            date: row.date,
            amount,
            description: row.description,
            status: "posted",
            splits: [{ category: "other.unknown", amount, tags: [] }],
            filed: { source: "none", confidence: 0, reviewed: false },
            source: { import_id: id, file: body.file_name, line: row.line, column: 1 },
        });
    }
    state.transactions.sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
    bump(state);
    const summary = { ...body, state: "committed", sequence: state.sequence };
    state.imports.unshift(summary);
    return summary;
}

const kShown = {
    all: () => true,
    added: (row) => row.decision === "added",
    duplicate: (row) => row.decision === "duplicate",
    rejected: (row) => row.decision === "rejected",
    paired: (row) => row.pair !== undefined,
    booked: () => false,
};

function previewRows(state, id, query) {
    const found = state.previews.get(id);
    if (!found) {
        throw new Refusal(404, "Not found", "That import is not waiting to be booked.");
    }
    const { body, account, rows } = found;
    const read = rows.map(({ date, cents, description, decision, reason, line }) => ({
        line,
        column: 1,
        decision: decision === "new" ? "added" : decision,
        reason,
        account: account.name,
        date,
        amount: money(cents, account.currency),
        description,
    }));
    const refused = body.rejected.map(({ line, column, reason }) => ({
        line,
        column,
        reason,
        decision: "rejected",
    }));
    const items = [...read, ...refused]
        .sort((a, b) => a.line - b.line)
        .filter(kShown[query.get("show") ?? "all"]);
    return { items: items.slice(0, Number(query.get("limit") ?? 100)), total: items.length };
}

function readTable(text, query) {
    const lines = text.split(/\r?\n/).filter((line) => line !== "");
    const delimiter = query.get("delimiter") || ",";
    const records = lines.map((line, index) => ({ line: index + 1, cells: line.split(delimiter) }));
    return { delimiter, encoding: "UTF-8", records: records.slice(0, 60) };
}

/** Everything at the end of a day: today's balances less what was booked since; all as dollars. */
function worth(state, day) {
    const now = [...state.accounts.values()].reduce((sum, { cents }) => sum + cents, 0);
    const since = state.transactions
        .filter(({ date }) => date > day)
        .reduce((sum, { amount }) => sum + textToCents(amount.amount), 0);
    const total = money(now - since, "USD");
    return { on: day, currency: "USD", items: [], total, as_of_sequence: state.sequence };
}

function undo(state, id) {
    const found = state.imports.find((each) => each.import_id === id);
    if (!found || found.state !== "committed") {
        throw new Refusal(409, "Already undone", "This import was undone before.");
    }
    state.transactions = state.transactions.filter((row) => {
        if (row.source.import_id === id) {
            state.accounts.get(row.account_id).cents -= textToCents(row.amount.amount);
            return false;
        }
        return true;
    });
    found.state = "undone";
    bump(state);
    return found;
}

function answer(state, request, url, body) {
    const path = url.pathname.replace("/api/v1", "");
    const action = /^\/imports\/([^/]+)\/(commit|undo)$/.exec(path);
    if (request.method === "POST" && action) {
        return action[2] === "commit" ? commit(state, action[1]) : undo(state, action[1]);
    }
    const rows = /^\/imports\/([^/]+)\/rows$/.exec(path);
    if (request.method === "GET" && rows) {
        return previewRows(state, rows[1], url.searchParams);
    }
    const edited = answerEdit(state, request.method, path, body, {
        bump: () => bump(state),
        list: (query) => matchingTransactions(state, query),
    });
    if (edited) {
        return edited;
    }
    switch (`${request.method} ${path}`) {
        case "GET /accounts":
            return { items: [...state.accounts.values()].map(accountJson) };
        case "GET /transactions":
            return listTransactions(state, url.searchParams);
        case "GET /monthly-totals":
            return monthlyTotals(state, url.searchParams);
        case "GET /worth":
            return worth(state, url.searchParams.get("on") ?? "9999-12-31");
        case "GET /imports":
            return { items: state.imports };
        case "POST /imports/table":
            return readTable(body.toString("utf8"), url.searchParams);
        case "POST /imports":
            return preview(
                state,
                decodeURIComponent(request.headers["x-file-name"] ?? "file"),
                body.toString("utf8"),
                url.searchParams,
            );
        default:
            throw new Refusal(404, "Not found", `There is nothing at ${path}.`);
    }
}

function serveFile(url, response) {
    let path = join(kOut, normalize(decodeURIComponent(url.pathname)));
    let status = 200;
    try {
        if (statSync(path).isDirectory()) {
            path = join(path, "index.html");
        }
        statSync(path);
    } catch {
        path = join(kOut, "404.html");
        status = 404;
    }
    const content = readFileSync(path);
    const type = kTypes[extname(path)] ?? "application/octet-stream";
    const policy = type.startsWith("text/html")
        ? { "content-security-policy": contentPolicy(content.toString("utf8")) }
        : {};
    response
        .writeHead(status, { "content-type": type, "x-content-type-options": "nosniff", ...policy })
        .end(content);
}

/** Starts on a free port unless told; resolves to the address, the state and a way to stop. */
export function startMock(options = {}) {
    const state = makeState(options);
    const server = createServer(async (request, response) => {
        const url = new URL(request.url, "http://127.0.0.1");
        if (!url.pathname.startsWith("/api/")) {
            serveFile(url, response);
            return;
        }
        const chunks = [];
        for await (const chunk of request) {
            chunks.push(chunk);
        }
        const send = (status, body, type = "application/json") =>
            response
                .writeHead(status, { "content-type": type, "cache-control": "no-store" })
                .end(JSON.stringify(body));
        try {
            if (options.signedOut) {
                throw new Refusal(
                    401,
                    "Sign in",
                    "Open the link that Atlas printed when it started.",
                );
            }
            if (state.failing) {
                throw new Refusal(503, "Unavailable", "The ledger is busy; try again in a moment.");
            }
            if (url.pathname === "/api/v1/stream") {
                response.writeHead(200, {
                    "content-type": "text/event-stream",
                    "cache-control": "no-store",
                });
                response.write(`event: ledger\ndata: {"sequence":${state.sequence}}\n\n`);
                state.streams.add(response);
                response.on("close", () => state.streams.delete(response));
                return;
            }
            state.calls.push(`${request.method} ${url.pathname}${url.search}`);
            send(200, answer(state, request, url, Buffer.concat(chunks)));
        } catch (error) {
            const body =
                error instanceof Refusal
                    ? error.body
                    : {
                          type: "about:blank",
                          title: "Internal error",
                          status: 500,
                          detail: String(error),
                      };
            send(body.status, body, "application/problem+json");
        }
    });
    return new Promise((resolve) => {
        server.listen(options.port ?? 0, "127.0.0.1", () => {
            resolve({
                url: `http://127.0.0.1:${server.address().port}`,
                state,
                bump: () => bump(state),
                stop: () =>
                    new Promise((done) => {
                        server.closeAllConnections();
                        server.close(done);
                    }),
            });
        });
    });
}
