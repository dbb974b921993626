// Temporary generator of the draft document, deleted when `atlas openapi` exists.
import { writeFileSync } from "node:fs";
const ref = (n) => ({ $ref: `#/components/schemas/${n}` });
const S = { type: "string" }, I = { type: "integer" }, B = { type: "boolean" };
const arr = (items) => ({ type: "array", items });
const obj = (req, opt = {}) => ({ type: "object", properties: { ...req, ...opt }, required: Object.keys(req) });
const page = (n) => obj({ items: arr(ref(n)) }, { next_cursor: S, total: I });
const ok = (schema) => ({ description: "OK", content: { "application/json": { schema } } });
const err = { description: "Problem", content: { "application/problem+json": { schema: ref("Problem") } } };
const q = (name, schema = S) => ({ name, in: "query", required: false, schema });
const op = (operationId, res, extra = {}) => ({ operationId, responses: { 200: ok(res), default: err }, ...extra });
const id = { name: "id", in: "path", required: true, schema: S };
const doc = {
  openapi: "3.1.0", info: { title: "Atlas", version: "0-draft" },
  paths: {
    "/api/v1/accounts": {
      get: op("listAccounts", page("Account"), { parameters: [q("limit", I), q("cursor")] }),
      post: op("createAccount", ref("Account"), { requestBody: { required: true, content: { "application/json": { schema: ref("AccountDraft") } } } }),
    },
    "/api/v1/transactions": { get: op("listTransactions", page("Transaction"), { parameters: ["account_id", "category", "from", "to", "q", "cursor"].map((n) => q(n)).concat(q("limit", I)) }) },
    "/api/v1/monthly-totals": { get: op("listMonthlyTotals", obj({ as_of_sequence: I, items: arr(ref("MonthlyTotal")) }), { parameters: [q("from"), q("to")] }) },
    "/api/v1/imports": {
      get: op("listImports", page("ImportSummary")),
      post: op("previewImport", ref("ImportPreview"), { parameters: [q("account")], requestBody: { required: true, content: { "application/octet-stream": { schema: { type: "string", format: "binary" } } } } }),
    },
    "/api/v1/imports/{id}/commit": { post: op("commitImport", ref("ImportSummary"), { parameters: [id] }) },
    "/api/v1/imports/{id}/undo": { post: op("undoImport", ref("ImportSummary"), { parameters: [id] }) },
  },
  components: { schemas: {
    Money: obj({ amount: S, currency: S }),
    Account: obj({ id: S, name: S, type: { enum: ["checking", "savings", "credit_card", "loan", "investment", "cash", "other"] }, currency: S, balance: ref("Money"), balance_date: S, liability: B },
      { institution: S, number_masked: S, opened: S, closed: S }),
    AccountDraft: obj({ name: S, type: { enum: ["checking", "savings", "credit_card", "loan", "investment", "cash", "other"] }, currency: S }, { institution: S }),
    Split: obj({ category: S, amount: ref("Money"), tags: arr(S) }, { note: S }),
    Filed: obj({ source: S, confidence: { type: "number" }, reviewed: B }),
    SourceRef: obj({ import_id: S, file: S, line: I, column: I }),
    Transaction: obj({ id: S, account_id: S, date: S, amount: ref("Money"), description: S, status: { enum: ["posted", "pending"] }, splits: arr(ref("Split")), filed: ref("Filed"), source: ref("SourceRef") },
      { posted_date: S, original_amount: ref("Money"), merchant: S, transfer_id: S }),
    MonthlyTotal: obj({ month: S, category: S, amount: ref("Money") }),
    RejectedRow: obj({ file: S, line: I, column: I, reason: S }),
    Reconciliation: obj({ account: S, statement_balance: ref("Money"), ledger_balance: ref("Money"), difference: ref("Money") }),
    ImportAccount: obj({ name: S, currency: S, new: B }, { id: S, type: S, number_masked: S }),
    SampleRow: obj({ date: S, amount: ref("Money"), description: S }, { category: S, outcome: { enum: ["new", "duplicate", "transfer"] } }),
    ImportPreview: obj({ import_id: S, state: S, format: S, accounts: arr(ref("ImportAccount")), new: I, duplicates: I, transfers: I, rejected: arr(ref("RejectedRow")), reconciliation: arr(ref("Reconciliation")), sample: arr(ref("SampleRow")) }, { mapping: { type: "object" }, file: S }),
    ImportSummary: obj({ import_id: S, state: { enum: ["preview", "committed", "undone"] }, format: S, added: I, duplicates: I, transfers: I, rejected: arr(ref("RejectedRow")) }, { file: S, account: S, created_at: S }),
    Problem: obj({ type: S, title: S, status: I }, { detail: S, instance: S, errors: arr(obj({ pointer: S, detail: S })) }),
  } },
};
writeFileSync("openapi.draft.json", JSON.stringify(doc, null, 2) + "\n");
