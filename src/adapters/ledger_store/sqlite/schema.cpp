// SPDX-License-Identifier: Apache-2.0
#include "adapters/ledger_store/sqlite/schema.hpp"

#include <array>

namespace atlas::adapters::ledger_store::sqlite {
namespace {

// Transactions and their splits live in tables clustered by arrival (row), with small indexes in
// the orders they are asked for: on 100,000 inserted rows that took 0.95 s where tables clustered
// by (household, id) took 1.3 s. balance_minor and transactions of an account are kept by the
// transaction that changes them, because summing 20,000 rows takes longer than a page may.
// The outbox is never emptied: a bus that does not survive a crash is refilled from it.
constexpr const char* kFirst = R"sql(
CREATE TABLE households(
    household BLOB NOT NULL PRIMARY KEY CHECK(length(household) = 16),
    sequence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts(
    household BLOB NOT NULL,
    id BLOB NOT NULL CHECK(length(id) = 16),
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    currency TEXT NOT NULL,
    institution TEXT,
    number_masked TEXT,
    number_hash TEXT,
    opened TEXT,
    closed TEXT,
    balance_minor INTEGER NOT NULL DEFAULT 0,
    transactions INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(household, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX accounts_by_name ON accounts(household, name);

CREATE TABLE transactions(
    row INTEGER PRIMARY KEY,
    household BLOB NOT NULL,
    id BLOB NOT NULL CHECK(length(id) = 16),
    account_id BLOB NOT NULL,
    date TEXT NOT NULL,
    posted_date TEXT,
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    original_minor INTEGER,
    original_currency TEXT,
    description TEXT NOT NULL,
    merchant TEXT,
    status TEXT NOT NULL,
    transfer_id BLOB,
    filed_by TEXT NOT NULL,
    confidence REAL NOT NULL,
    reviewed INTEGER NOT NULL,
    import_id BLOB NOT NULL,
    source_file TEXT NOT NULL,
    source_line INTEGER NOT NULL,
    source_column INTEGER NOT NULL,
    bank_id TEXT,
    fingerprint TEXT NOT NULL,
    occurrence INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX transactions_by_id ON transactions(household, id);
CREATE INDEX transactions_by_date ON transactions(household, date, id);
CREATE INDEX transactions_by_account ON transactions(household, account_id, date, id);
CREATE INDEX transactions_by_import ON transactions(household, import_id, date, id);

CREATE TABLE splits(
    household BLOB NOT NULL,
    transaction_row INTEGER NOT NULL,
    position INTEGER NOT NULL,
    category TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    note TEXT,
    tags TEXT,
    PRIMARY KEY(household, transaction_row, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE imports(
    household BLOB NOT NULL,
    id BLOB NOT NULL CHECK(length(id) = 16),
    state TEXT NOT NULL,
    file_name TEXT NOT NULL,
    format TEXT NOT NULL,
    account TEXT NOT NULL,
    mapping TEXT NOT NULL,
    report TEXT NOT NULL,
    created_at_us INTEGER NOT NULL,
    added INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY(household, id)
) STRICT;

CREATE TABLE answers(
    household BLOB NOT NULL,
    key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    expires_at_us INTEGER NOT NULL,
    PRIMARY KEY(household, key)
) STRICT;
CREATE INDEX answers_by_expiry ON answers(household, expires_at_us);

CREATE TABLE outbox(
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    household BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    recorded_at_us INTEGER NOT NULL,
    type TEXT NOT NULL,
    payload TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX outbox_by_sequence ON outbox(household, sequence);

CREATE TABLE relay(
    one INTEGER NOT NULL PRIMARY KEY CHECK(one = 1),
    relayed_position INTEGER NOT NULL
) STRICT;
INSERT INTO relay VALUES(1, 0);
)sql";

// What a person does besides importing. account_days is kept by the transaction that changes a
// day, so that a balance over time adds up days and not transactions. Only what a second file tells
// costs a row in tellings: the first teller is the transaction's own import_id. A waiting audit
// note leaves when the audit log has it.
constexpr const char* kEdits = R"sql(
ALTER TABLE transactions ADD COLUMN title TEXT;
ALTER TABLE transactions ADD COLUMN own_merchant TEXT;
ALTER TABLE transactions ADD COLUMN note TEXT;
ALTER TABLE transactions ADD COLUMN refund_of BLOB;
CREATE INDEX transactions_by_transfer ON transactions(household, transfer_id)
    WHERE transfer_id IS NOT NULL;
CREATE INDEX transactions_by_purchase ON transactions(household, refund_of)
    WHERE refund_of IS NOT NULL;

CREATE TABLE account_days(
    household BLOB NOT NULL,
    account_id BLOB NOT NULL,
    date TEXT NOT NULL,
    posted_minor INTEGER NOT NULL,
    pending_minor INTEGER NOT NULL,
    transactions INTEGER NOT NULL,
    PRIMARY KEY(household, account_id, date)
) STRICT, WITHOUT ROWID;
INSERT INTO account_days
    SELECT household, account_id, date,
           sum(CASE WHEN status = 'posted' THEN amount_minor ELSE 0 END),
           sum(CASE WHEN status = 'posted' THEN 0 ELSE amount_minor END), count(*)
    FROM transactions GROUP BY household, account_id, date;

CREATE TABLE tellings(
    household BLOB NOT NULL,
    import_id BLOB NOT NULL,
    transaction_id BLOB NOT NULL,
    told_at_us INTEGER NOT NULL,
    file TEXT NOT NULL,
    line INTEGER NOT NULL,
    "column" INTEGER NOT NULL,
    PRIMARY KEY(household, import_id, transaction_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tellings_by_transaction ON tellings(household, transaction_id, told_at_us);

CREATE TABLE statements(
    household BLOB NOT NULL,
    account_id BLOB NOT NULL,
    import_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    file TEXT NOT NULL,
    from_date TEXT NOT NULL,
    to_date TEXT NOT NULL,
    closing_minor INTEGER,
    closing_currency TEXT,
    closing_date TEXT,
    PRIMARY KEY(household, account_id, import_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE rejected_pairs(
    household BLOB NOT NULL,
    out_id BLOB NOT NULL,
    in_id BLOB NOT NULL,
    PRIMARY KEY(household, out_id, in_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE edits(
    household BLOB NOT NULL,
    id BLOB NOT NULL CHECK(length(id) = 16),
    created_at_us INTEGER NOT NULL,
    actor TEXT NOT NULL,
    report TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    undone INTEGER NOT NULL,
    PRIMARY KEY(household, id)
) STRICT;

CREATE TABLE audit_notes(
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    household BLOB NOT NULL,
    id BLOB NOT NULL,
    at_us INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
)sql";

constexpr const char* kKept = R"sql(
CREATE TABLE kept(
    household BLOB NOT NULL,
    kind TEXT NOT NULL,
    id BLOB NOT NULL CHECK(length(id) = 16),
    body TEXT NOT NULL,
    updated_at_us INTEGER NOT NULL,
    PRIMARY KEY(household, kind, id)
) STRICT, WITHOUT ROWID;
)sql";

constexpr const char* kBankCategory = "ALTER TABLE transactions ADD COLUMN bank_category TEXT;";

// What makes an import of millions of rows local: ids, which are random, in one narrow table that
// is filled in their order (id_writer.hpp), and many events as one compressed part (outbox.hpp).
// Old events stay where they are.
constexpr const char* kBulk = R"sql(
CREATE TABLE transaction_ids(
    household BLOB NOT NULL,
    id BLOB NOT NULL CHECK(length(id) = 16),
    transaction_row INTEGER NOT NULL,
    PRIMARY KEY(household, id)
) STRICT, WITHOUT ROWID;
INSERT INTO transaction_ids SELECT household, id, row
    FROM transactions INDEXED BY transactions_by_id ORDER BY household, id;
DROP INDEX transactions_by_id;

CREATE TABLE outbox_parts(
    last_position INTEGER PRIMARY KEY,
    household BLOB NOT NULL,
    last_sequence INTEGER NOT NULL,
    events INTEGER NOT NULL,
    recorded_at_us INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX outbox_parts_by_sequence ON outbox_parts(household, last_sequence);
)sql";

// A file is known again by what it has printed. Few tellings differ from their transaction: the
// index holds only those.
constexpr const char* kTellingPrints = R"sql(
ALTER TABLE tellings ADD COLUMN fingerprint TEXT;
CREATE INDEX tellings_by_print ON tellings(household, transaction_id)
    WHERE fingerprint IS NOT NULL;
)sql";

constexpr std::array<adapters::sqlite::Migration, 6> kMigrations = {
    {{"ledger", kFirst},
     {"edits", kEdits},
     {"kept", kKept},
     {"bank category", kBankCategory},
     {"bulk", kBulk},
     {"prints of tellings", kTellingPrints}}};

}  // namespace

std::span<const adapters::sqlite::Migration> ledger_migrations() {
    return kMigrations;
}

}  // namespace atlas::adapters::ledger_store::sqlite
