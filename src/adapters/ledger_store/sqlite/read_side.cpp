// SPDX-License-Identifier: Apache-2.0
#include "adapters/ledger_store/sqlite/read_side.hpp"

#include <optional>
#include <string>
#include <utility>

#include "adapters/ledger_store/sqlite/rows.hpp"
#include "base/format.hpp"

namespace atlas::adapters::ledger_store::sqlite {
namespace {

using adapters::sqlite::Database;
using adapters::sqlite::Statement;
using finance::ledger::Transaction;

template <class Key>
Result<std::vector<Transaction>> read_where(Database& database, HouseholdId household,
                                            std::string_view condition, const Key& key) {
    std::vector<Transaction> found;
    ATLAS_TRY(database.each(
        format("SELECT {} FROM transactions INDEXED BY {} ORDER BY date, id", kTransactionColumns,
               condition),
        [&](const Statement& row) -> Result<void> {
            ATLAS_TRY_ASSIGN(Transaction transaction, read_transaction(database, household, row));
            found.push_back(std::move(transaction));
            return {};
        },
        household, key));
    return found;
}

/// Columns transaction_id, import_id, file, line, column, fingerprint.
Result<ports::Telling> telling_of(const Statement& row) {
    ATLAS_TRY_ASSIGN(const TransactionId id, row.id<TransactionId>(0));
    ATLAS_TRY_ASSIGN(const ImportId teller, row.id<ImportId>(1));
    ports::Telling telling{.transaction = id,
                           .place = {.import_id = teller,
                                     .file = std::string(row.text(2)),
                                     .line = row.integer(3),
                                     .column = row.integer(4)}};
    if (!row.is_null(5)) {
        telling.fingerprint = std::string(row.text(5));
    }
    return telling;
}

/// Columns as of telling_of().
template <class... Keys>
Result<std::vector<ports::Telling>> read_tellings(Database& database, std::string_view sql,
                                                  const Keys&... keys) {
    std::vector<ports::Telling> found;
    ATLAS_TRY(database.each(
        sql,
        [&](const Statement& row) -> Result<void> {
            ATLAS_TRY_ASSIGN(ports::Telling telling, telling_of(row));
            found.push_back(std::move(telling));
            return {};
        },
        keys...));
    return found;
}

constexpr std::string_view kEditColumns = "id, created_at_us, actor, report, first, last, undone";

Result<ports::EditRecord> edit_of(const Statement& row) {
    ATLAS_TRY_ASSIGN(const EditId id, row.id<EditId>(0));
    return ports::EditRecord{.id = id,
                             .created_at = {row.integer(1)},
                             .actor = std::string(row.text(2)),
                             .report = std::string(row.text(3)),
                             .first = row.integer(4),
                             .last = row.integer(5),
                             .undone = row.boolean(6)};
}

}  // namespace

Result<std::vector<Transaction>> read_legs(Database& database, HouseholdId household,
                                           TransferId transfer) {
    return read_where(database, household,
                      "transactions_by_transfer WHERE household = ?1 AND transfer_id = ?2",
                      transfer);
}

Result<std::vector<Transaction>> read_refunds(Database& database, HouseholdId household,
                                              TransactionId purchase) {
    return read_where(database, household,
                      "transactions_by_purchase WHERE household = ?1 AND refund_of = ?2", purchase);
}

Result<std::vector<ports::DayMovement>> read_movements(Database& database, HouseholdId household,
                                                       AccountId account, Date to) {
    std::vector<ports::DayMovement> found;
    ATLAS_TRY(database.each(
        "SELECT d.date, d.posted_minor, d.pending_minor, d.transactions, a.currency "
        "FROM account_days d JOIN accounts a ON a.household = d.household AND a.id = d.account_id "
        "WHERE d.household = ?1 AND d.account_id = ?2 AND d.date <= ?3 ORDER BY d.date",
        [&](const Statement& row) -> Result<void> {
            ATLAS_TRY_ASSIGN(const Date date, read_date(row, 0));
            ATLAS_TRY_ASSIGN(const money::Currency currency, read_currency(row, 4));
            found.push_back({.date = date,
                             .posted = money::Money::from_minor(row.integer(1), currency),
                             .pending = money::Money::from_minor(row.integer(2), currency),
                             .transactions = row.integer(3)});
            return {};
        },
        household, account, to_string(to)));
    return found;
}

Result<std::vector<ports::Telling>> read_tellings_of(Database& database, HouseholdId household,
                                                     std::span<const TransactionId> ids) {
    ATLAS_TRY_ASSIGN(
        Statement rows,
        database.prepare("SELECT transaction_id, import_id, file, line, \"column\", fingerprint "
                         "FROM tellings INDEXED BY tellings_by_transaction "
                         "WHERE household = ?1 AND transaction_id = ?2 "
                         "ORDER BY told_at_us, import_id, line"));
    std::vector<ports::Telling> found;
    for (const TransactionId id : ids) {
        rows.bind_all(household, id);
        for (;;) {
            ATLAS_TRY_ASSIGN(const bool is_row, rows.step());
            if (!is_row) {
                break;
            }
            ATLAS_TRY_ASSIGN(ports::Telling telling, telling_of(rows));
            found.push_back(std::move(telling));
        }
        rows.reset();
    }
    return found;
}

Result<std::vector<ports::Telling>> read_told_besides(Database& database, HouseholdId household,
                                                      ImportId import) {
    return read_tellings(database,
                         "SELECT transaction_id, import_id, file, line, \"column\", fingerprint "
                         "FROM tellings WHERE household = ?1 AND import_id = ?2 "
                         "ORDER BY line, transaction_id",
                         household, import);
}

Result<std::vector<ports::Telling>> read_told_otherwise(Database& database, HouseholdId household,
                                                        AccountId account, Date from, Date to) {
    return read_tellings(database,
                         "SELECT e.transaction_id, e.import_id, e.file, e.line, e.\"column\", "
                         "e.fingerprint "
                         "FROM transactions t INDEXED BY transactions_by_account "
                         "JOIN tellings e INDEXED BY tellings_by_print "
                         "ON e.household = t.household AND e.transaction_id = t.id "
                         "AND e.fingerprint IS NOT NULL "
                         "WHERE t.household = ?1 AND t.account_id = ?2 "
                         "AND t.date BETWEEN ?3 AND ?4 "
                         "ORDER BY t.date, t.id, e.told_at_us, e.import_id, e.line",
                         household, account, to_string(from), to_string(to));
}

Result<std::vector<ports::ToldStatement>> read_statements(Database& database, HouseholdId household,
                                                          AccountId account) {
    std::vector<ports::ToldStatement> found;
    ATLAS_TRY(database.each(
        "SELECT import_id, file, from_date, to_date, closing_minor, closing_currency, "
        "closing_date FROM statements WHERE household = ?1 AND account_id = ?2 "
        "ORDER BY to_date, from_date, import_id, number",
        [&](const Statement& row) -> Result<void> {
            ATLAS_TRY_ASSIGN(const ImportId import, row.id<ImportId>(0));
            ATLAS_TRY_ASSIGN(const Date from, read_date(row, 2));
            ATLAS_TRY_ASSIGN(const Date to, read_date(row, 3));
            ports::ToldStatement told{.account = account,
                                      .import = import,
                                      .file = std::string(row.text(1)),
                                      .from = from,
                                      .to = to};
            if (!row.is_null(4)) {
                ATLAS_TRY_ASSIGN(const money::Currency currency, read_currency(row, 5));
                ATLAS_TRY_ASSIGN(told.closing_date, read_date(row, 6));
                told.closing = money::Money::from_minor(row.integer(4), currency);
            }
            found.push_back(std::move(told));
            return {};
        },
        household, account));
    return found;
}

Result<std::vector<ports::RejectedPair>> read_rejected_pairs(Database& database,
                                                             HouseholdId household) {
    std::vector<ports::RejectedPair> found;
    ATLAS_TRY(database.each(
        "SELECT out_id, in_id FROM rejected_pairs WHERE household = ?1 ORDER BY out_id, in_id",
        [&](const Statement& row) -> Result<void> {
            ATLAS_TRY_ASSIGN(const TransactionId out, row.id<TransactionId>(0));
            ATLAS_TRY_ASSIGN(const TransactionId in, row.id<TransactionId>(1));
            found.push_back({out, in});
            return {};
        },
        household));
    return found;
}

Result<std::vector<ports::EditRecord>> read_edits(Database& database, HouseholdId household,
                                                  std::size_t limit) {
    std::vector<ports::EditRecord> found;
    ATLAS_TRY(database.each(
        format("SELECT {} FROM edits WHERE household = ?1 ORDER BY created_at_us DESC, id DESC "
               "LIMIT ?2",
               kEditColumns),
        [&](const Statement& row) -> Result<void> {
            ATLAS_TRY_ASSIGN(ports::EditRecord record, edit_of(row));
            found.push_back(std::move(record));
            return {};
        },
        household, limit));
    return found;
}

Result<ports::EditRecord> read_edit(Database& database, HouseholdId household, EditId id) {
    std::optional<ports::EditRecord> found;
    ATLAS_TRY(database.each(
        format("SELECT {} FROM edits WHERE household = ?1 AND id = ?2", kEditColumns),
        [&](const Statement& row) -> Result<void> {
            ATLAS_TRY_ASSIGN(found, edit_of(row));
            return {};
        },
        household, id));
    if (!found) {
        return not_found(format("there is no edit {}", to_string(id)));
    }
    return *std::move(found);
}

Result<std::vector<ports::KeptRecord>> read_kept(Database& database, HouseholdId household,
                                                 const std::string& kind) {
    std::vector<ports::KeptRecord> found;
    ATLAS_TRY(database.each(
        "SELECT id, body, updated_at_us FROM kept WHERE household = ?1 AND kind = ?2 ORDER BY id",
        [&](const Statement& row) -> Result<void> {
            ATLAS_TRY_ASSIGN(const ports::RecordId id, row.id<ports::RecordId>(0));
            found.push_back({.kind = kind,
                             .id = id,
                             .body = std::string(row.text(1)),
                             .updated_at = {row.integer(2)}});
            return {};
        },
        household, kind));
    return found;
}

Result<std::vector<ports::WaitingNote>> read_waiting_notes(Database& database, std::size_t limit) {
    std::vector<ports::WaitingNote> found;
    ATLAS_TRY(database.each(
        "SELECT household, id, at_us, actor, action, detail FROM audit_notes "
        "ORDER BY position LIMIT ?1",
        [&](const Statement& row) -> Result<void> {
            ATLAS_TRY_ASSIGN(const HouseholdId household, row.id<HouseholdId>(0));
            ATLAS_TRY_ASSIGN(const EditId id, row.id<EditId>(1));
            found.push_back({.household = household,
                             .note = {.id = id,
                                      .at = {row.integer(2)},
                                      .actor = std::string(row.text(3)),
                                      .action = std::string(row.text(4)),
                                      .detail = std::string(row.text(5))}});
            return {};
        },
        limit));
    return found;
}

}  // namespace atlas::adapters::ledger_store::sqlite
