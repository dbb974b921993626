// SPDX-License-Identifier: Apache-2.0
// The mock's edits: one and many transactions, steps taken back, refunds, and an account's page.
import { money, textToCents } from "./data.mjs";

function changed(row, change) {
    const after = structuredClone(row);
    if (change.category) {
        after.splits = [{ ...after.splits[0], category: change.category, amount: row.amount }];
    }
    if (change.splits) {
        after.splits = change.splits;
    }
    if (change.category || change.splits) {
        after.filed = { source: "user", confidence: 1, reviewed: true };
    }
    for (const split of after.splits) {
        split.tags = [...new Set([...(split.tags ?? []), ...(change.add_tags ?? [])])];
    }
    if (change.reviewed !== undefined) {
        after.filed = { ...after.filed, reviewed: change.reviewed };
    }
    for (const name of ["title", "note", "refund_of"]) {
        if (change[name] !== undefined) {
            after[name] = change[name];
        }
        if ((change.clear ?? []).includes(name)) {
            delete after[name];
        }
    }
    return after;
}

function step(state, summary, pairs) {
    const rows = new Map(pairs.map(([before, after]) => [before.id, after]));
    state.transactions = state.transactions.map((row) => rows.get(row.id) ?? row);
    const edit = {
        id: `e-${state.next++}`,
        at: "2026-11-22T20:00:00Z",
        action: "transaction.edit",
        summary,
        changed: pairs.length,
        undone: false,
    };
    (state.edits ??= new Map()).set(edit.id, pairs);
    return {
        edit,
        transactions: pairs.map(([, after]) => after),
        unchanged: 0,
        skipped: [],
        sequence: state.sequence + 1,
    };
}

function refunds(state, id) {
    const row = state.transactions.find((each) => each.id === id);
    const linked = state.transactions.filter((each) => each.refund_of === id);
    const cents = Math.abs(textToCents(row.amount.amount));
    const back = linked.reduce((sum, each) => sum + textToCents(each.amount.amount), 0);
    return {
        refunds: linked,
        refunded: money(back, row.amount.currency),
        remaining: money(cents - back, row.amount.currency),
        suggestions: [],
    };
}

function balances(state, account) {
    const days = new Map();
    for (const row of state.transactions) {
        if (row.account_id === account.id) {
            days.set(row.date, (days.get(row.date) ?? 0) + textToCents(row.amount.amount));
        }
    }
    let sum = 0;
    const points = [...days].sort().map(([date, cents]) => ({
        date,
        balance: money((sum += cents), account.currency),
        pending: money(0, account.currency),
    }));
    return { account_id: account.id, points, as_of_sequence: state.sequence };
}

function report(state, account) {
    const at = (cents) => money(cents, account.currency);
    return {
        account_id: account.id,
        statements: [
            { import_id: "i-1", file: "may.ofx", from: "2026-05-01", to: "2026-05-31" },
            { import_id: "i-2", file: "july.ofx", from: "2026-07-01", to: "2026-07-31" },
        ],
        gaps: [{ from: "2026-06-01", to: "2026-06-30", days: 30 }],
        balances: [
            {
                date: "2026-07-31",
                file: "july.ofx",
                statement: at(120000),
                ledger: at(115875),
                difference: at(4125),
                change: at(4125),
                causes: [
                    {
                        cause: "duplicate",
                        text: '"CORNER ROAST" of 2026-07-12 looks like "CORNER ROAST" of 2026-07-11: one may be too many',
                        transactions: [],
                    },
                ],
            },
        ],
        agrees: false,
        as_of_sequence: state.sequence,
    };
}

/** The answer, or null where this is not the mock's part; `bump` tells open pages. */
export function answerEdit(state, method, path, body, { bump, list }) {
    const one = /^\/transactions\/([^/]+)(\/refunds|\/counterparts)?$/.exec(path);
    const back = /^\/edits\/([^/]+)\/undo$/.exec(path);
    const account = /^\/accounts\/([^/]+)\/(balances|reconciliation)$/.exec(path);
    const said = () => JSON.parse(body.toString("utf8"));
    let result = null;
    if (method === "PATCH" && one) {
        const row = state.transactions.find(({ id }) => id === one[1]);
        result = step(state, "1 transaction", [[row, changed(row, said().change)]]);
    } else if (method === "POST" && path === "/transactions/bulk") {
        const { ids, filter, change } = said();
        const wanted = filter ? list(new URLSearchParams(filter)) : state.transactions;
        const pairs = wanted
            .filter(({ id }) => filter || ids.includes(id))
            .map((row) => [row, changed(row, change)]);
        result = step(state, `${pairs.length} transactions`, pairs);
    } else if (method === "POST" && back) {
        const pairs = state.edits.get(back[1]).map(([before, after]) => [after, before]);
        result = step(state, "undone", pairs);
    }
    if (result) {
        bump();
        return result;
    }
    if (method === "GET" && one?.[2]) {
        return one[2] === "/refunds" ? refunds(state, one[1]) : { suggestions: [] };
    }
    if (method === "GET" && account) {
        const found = state.accounts.get(account[1]);
        return account[2] === "balances" ? balances(state, found) : report(state, found);
    }
    return null;
}
