// SPDX-License-Identifier: Apache-2.0
// An in-memory stand-in for Atlas: the same paths, shapes, problem+json and event stream, and the
// exported pages under the same content security policy. For development and UI tests only.
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { makeHousehold, money, textToCents } from "./data.mjs";
import { readStatement } from "./files.mjs";

const kOut = fileURLToPath(new URL("../out", import.meta.url));
const kTypes = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml", ".json": "application/json", ".txt": "text/plain; charset=utf-8", ".ico": "image/x-icon",
};

/** The policy Atlas sends: hashes of exactly the inline scripts of this page. */
export function contentPolicy(html) {
    const hashes = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)]
        .map((match) => `'sha256-${createHash("sha256").update(match[1]).digest("base64")}'`);
    return [
        "default-src 'self'", `script-src ${["'self'", ...new Set(hashes)].join(" ")}`, "style-src 'self'",
        "connect-src 'self'", "img-src 'self' data:", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'none'",
        "form-action 'self'",
    ].join("; ");
}

class Refusal extends Error {
    constructor(status, title, detail, errors) {
        super(title);
        this.body = { type: "about:blank", title, status, detail, ...(errors ? { errors } : {}) };
    }
}

function makeState(options) {
    const household = options.empty
        ? { accounts: new Map(), transactions: [] }
        : makeHousehold(options.seed ?? 7, options.rows ?? 2000);
    return {
        ...household,
        imports: options.empty ? [] : [{
            import_id: "i-1", state: "committed", file: "card-2026.ofx", format: "ofx", account: "Horizon Visa",
            added: household.transactions.length, duplicates: 0, transfers: 38, rejected: [], created_at: "2026-11-22T08:14:09Z",
        }],
        previews: new Map(), sequence: 1, streams: new Set(), next: 2, calls: [],
    };
}

function bump(state) {
    state.sequence += 1;
    for (const stream of state.streams) {
        stream.write(`event: ledger\nid: ${state.sequence}\ndata: {"sequence":${state.sequence}}\n\n`);
    }
}

function accountJson({ cents, ...account }) {
    return { ...account, balance: money(cents, account.currency), balance_date: "2026-11-22" };
}

function listTransactions(state, query) {
    const q = (query.get("q") ?? "").toLowerCase();
    const category = query.get("category") ?? "";
    const [from, to, account] = [query.get("from") ?? "", query.get("to") ?? "9999", query.get("account_id")];
    const matches = state.transactions.filter((row) =>
        (!account || row.account_id === account) && row.date >= from && row.date <= to &&
        (category === "" || row.splits.some((split) => split.category === category || split.category.startsWith(`${category}.`))) &&
        (q === "" || `${row.description} ${row.merchant ?? ""}`.toLowerCase().includes(q)));
    const start = Number(query.get("cursor") ?? 0);
    const limit = Math.min(Number(query.get("limit") ?? 100), 500);
    const end = start + limit;
    return { items: matches.slice(start, end), total: matches.length, ...(end < matches.length ? { next_cursor: String(end) } : {}) };
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
    return { as_of_sequence: state.sequence, items: items.filter(({ month }) => month >= from && month <= to) };
}

function fingerprint(account, row) {
    return `${account}|${row.date}|${row.cents ?? textToCents(row.amount.amount)}|${row.description.toUpperCase()}`;
}

function preview(state, name, text, accountId) {
    if (text.length === 0) {
        throw new Refusal(422, "Empty file", `${name} holds nothing at all.`);
    }
    const statement = readStatement(name, text);
    if (!statement) {
        throw new Refusal(422, "Not a statement", `${name} is none of the formats Atlas reads (OFX, QFX, CSV): its first line has no columns date, description and amount.`);
    }
    const masked = `••${statement.account.slice(-4)}`;
    const account = state.accounts.get(accountId ?? "") ?? [...state.accounts.values()].find((each) => statement.account !== "" && each.number_masked === masked);
    if (!account) {
        throw new Refusal(422, "Account needed", "The file does not say which account it belongs to.", [{ pointer: "/account", detail: "choose an account" }]);
    }
    const seen = new Set(state.transactions.filter((row) => row.account_id === account.id).map((row) => fingerprint(account.id, row)));
    const rows = statement.rows.map((row) => ({
        ...row, outcome: seen.has(fingerprint(account.id, row)) ? "duplicate" : /transfer/i.test(row.description) ? "transfer" : "new",
    }));
    const count = (outcome) => rows.filter((row) => row.outcome === outcome).length;
    const total = rows.filter((row) => row.outcome !== "duplicate").reduce((sum, row) => sum + row.cents, account.cents);
    const id = `i-${state.next++}`;
    const body = {
        import_id: id, state: "preview", file: name, format: statement.format, mapping: {},
        accounts: [{ id: account.id, name: account.name, currency: account.currency, type: account.type, number_masked: account.number_masked, new: false }],
        new: count("new") + count("transfer"), duplicates: count("duplicate"), transfers: count("transfer"), rejected: statement.rejected,
        reconciliation: statement.balance === undefined ? [] : [{
            account: account.name, statement_balance: money(statement.balance, account.currency),
            ledger_balance: money(total, account.currency), difference: money(statement.balance - total, account.currency),
        }],
        sample: rows.slice(0, 8).map((row) => ({ date: row.date, amount: money(row.cents, account.currency), description: row.description, outcome: row.outcome })),
    };
    state.previews.set(id, { body, account, rows });
    return body;
}

function commit(state, id) {
    const found = state.previews.get(id);
    if (!found) {
        throw new Refusal(404, "Not found", "That import is not waiting to be booked.");
    }
    state.previews.delete(id);
    const { body, account, rows } = found;
    for (const row of rows.filter((each) => each.outcome !== "duplicate")) {
        account.cents += row.cents;
        state.transactions.push({
            id: `t-${id}-${row.line}`, account_id: account.id, date: row.date, amount: money(row.cents, account.currency),
            description: row.description, status: "posted", splits: [{ category: "other.unknown", amount: money(row.cents, account.currency), tags: [] }],
            filed: { source: "none", confidence: 0, reviewed: false }, source: { import_id: id, file: body.file, line: row.line, column: 1 },
        });
    }
    state.transactions.sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
    const summary = {
        import_id: id, state: "committed", file: body.file, format: body.format, account: account.name, added: body.new,
        duplicates: body.duplicates, transfers: body.transfers, rejected: body.rejected, created_at: "2026-11-22T19:00:00Z",
    };
    state.imports.unshift(summary);
    bump(state);
    return summary;
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

function createAccount(state, text) {
    const draft = JSON.parse(text);
    if (!draft.name?.trim()) {
        throw new Refusal(422, "Name needed", "An account needs a name.", [{ pointer: "/name", detail: "is empty" }]);
    }
    const id = `a-${state.next++}`;
    state.accounts.set(id, { id, ...draft, cents: 0, liability: draft.type === "loan" || draft.type === "credit_card" });
    bump(state);
    return accountJson(state.accounts.get(id));
}

function answer(state, request, url, body) {
    const path = url.pathname.replace("/api/v1", "");
    const action = /^\/imports\/([^/]+)\/(commit|undo)$/.exec(path);
    if (request.method === "POST" && action) {
        return action[2] === "commit" ? commit(state, action[1]) : undo(state, action[1]);
    }
    switch (`${request.method} ${path}`) {
        case "GET /accounts": return { items: [...state.accounts.values()].map(accountJson) };
        case "POST /accounts": return createAccount(state, body.toString("utf8"));
        case "GET /transactions": return listTransactions(state, url.searchParams);
        case "GET /monthly-totals": return monthlyTotals(state, url.searchParams);
        case "GET /imports": return { items: state.imports };
        case "POST /imports":
            return preview(state, decodeURIComponent(request.headers["x-file-name"] ?? "file"), body.toString("utf8"), url.searchParams.get("account"));
        default: throw new Refusal(404, "Not found", `There is nothing at ${path}.`);
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
    const policy = type.startsWith("text/html") ? { "content-security-policy": contentPolicy(content.toString("utf8")) } : {};
    response.writeHead(status, { "content-type": type, "x-content-type-options": "nosniff", ...policy }).end(content);
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
            response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(JSON.stringify(body));
        try {
            if (options.signedOut) {
                throw new Refusal(401, "Sign in", "Open the link that Atlas printed when it started.");
            }
            if (state.failing) {
                throw new Refusal(503, "Unavailable", "The ledger is busy; try again in a moment.");
            }
            if (url.pathname === "/api/v1/stream") {
                response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
                response.write(`event: ledger\ndata: {"sequence":${state.sequence}}\n\n`);
                state.streams.add(response);
                response.on("close", () => state.streams.delete(response));
                return;
            }
            state.calls.push(`${request.method} ${url.pathname}${url.search}`);
            send(200, answer(state, request, url, Buffer.concat(chunks)));
        } catch (error) {
            const body = error instanceof Refusal ? error.body : { type: "about:blank", title: "Internal error", status: 500, detail: String(error) };
            send(body.status, body, "application/problem+json");
        }
    });
    return new Promise((resolve) => {
        server.listen(options.port ?? 0, "127.0.0.1", () => {
            resolve({
                url: `http://127.0.0.1:${server.address().port}`, state, bump: () => bump(state),
                stop: () => new Promise((done) => {
                    server.closeAllConnections();
                    server.close(done);
                }),
            });
        });
    });
}
