// SPDX-License-Identifier: Apache-2.0
#include "adapters/debt_store/sqlite/debt_store.hpp"

#include <array>

#include "adapters/sqlite/migration.hpp"
#include "base/format.hpp"

namespace atlas::adapters::debt_store::sqlite {
namespace {

using adapters::sqlite::Database;
using adapters::sqlite::Statement;
using adapters::sqlite::Transaction;
using ports::DebtId;
using ports::DebtRecord;
using ports::IdempotentAnswer;

constexpr const char* kFirst = R"sql(
CREATE TABLE debts(
    household BLOB NOT NULL,
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    terms TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY(household, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE debt_answers(
    household BLOB NOT NULL,
    key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY(household, key)
) STRICT, WITHOUT ROWID;
)sql";

constexpr std::array<adapters::sqlite::Migration, 1> kMigrations = {{{"debts", kFirst}}};

Result<DebtRecord> read_record(const Statement& row) {
    ATLAS_TRY_ASSIGN(const DebtId id, row.id<DebtId>(0));
    return DebtRecord{.id = id,
                      .name = std::string(row.text(1)),
                      .terms = std::string(row.text(2)),
                      .updated_at = {row.integer(3)}};
}

Result<void> put(Database& database, HouseholdId household, const DebtRecord& record) {
    ATLAS_TRY(
        database.run("INSERT INTO debts VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(household, id) "
                     "DO UPDATE SET name = ?3, terms = ?4, updated_at = ?5",
                     household, record.id, record.name, record.terms, record.updated_at.micros));
    ATLAS_TRY_ASSIGN(
        const std::int64_t count,
        database.integer("SELECT count(*) FROM debts WHERE household = ?1", household));
    if (count > static_cast<std::int64_t>(ports::kStoredDebtsMax)) {
        return fail(ErrorCode::exhausted, "/debts",
                    format("a household keeps {} debts at most", ports::kStoredDebtsMax));
    }
    return {};
}

Result<void> keep_answer(Database& database, HouseholdId household,
                         const IdempotentAnswer& answer) {
    // The key's answer that has run out makes way; a living one is a broken constraint: conflict.
    const auto now = answer.expires_at.micros;
    ATLAS_TRY(database.run("DELETE FROM debt_answers WHERE household = ?1 AND expires_at <= ?2",
                           household, now - 86'400'000'000));
    ATLAS_TRY(database.run("INSERT INTO debt_answers VALUES(?1, ?2, ?3, ?4, ?5, ?6)", household,
                           answer.key, answer.request_hash, answer.status, answer.body,
                           answer.expires_at.micros));
    return {};
}

}  // namespace

Result<std::unique_ptr<SqliteDebtStore>> SqliteDebtStore::open(const DebtStoreOptions& options) {
    ATLAS_TRY_ASSIGN(Database database, Database::open(options.path, {.vfs = options.vfs}));
    ATLAS_TRY(adapters::sqlite::migrate(database, kMigrations));
    return std::make_unique<SqliteDebtStore>(std::move(database));
}

Result<void> SqliteDebtStore::apply(HouseholdId household, const ports::DebtChange& change) {
    return database_.with([&](Database& database) -> Result<void> {
        ATLAS_TRY_ASSIGN(Transaction transaction, database.begin());
        if (change.put.has_value()) {
            ATLAS_TRY(put(database, household, *change.put));
        }
        if (change.removed.has_value()) {
            ATLAS_TRY_ASSIGN(const std::int64_t removed,
                             database.run("DELETE FROM debts WHERE household = ?1 AND id = ?2",
                                          household, *change.removed));
            if (removed == 0) {
                return not_found("there is no such debt");
            }
        }
        if (change.answer.has_value()) {
            ATLAS_TRY(keep_answer(database, household, *change.answer));
        }
        return transaction.commit();
    });
}

Result<std::vector<DebtRecord>> SqliteDebtStore::debts(HouseholdId household) {
    return database_.with([&](Database& database) -> Result<std::vector<DebtRecord>> {
        std::vector<DebtRecord> records;
        ATLAS_TRY(database.each(
            "SELECT id, name, terms, updated_at FROM debts WHERE household = ?1 ORDER BY id",
            [&](const Statement& row) -> Result<void> {
                ATLAS_TRY_ASSIGN(DebtRecord record, read_record(row));
                records.push_back(std::move(record));
                return {};
            },
            household));
        return records;
    });
}

Result<DebtRecord> SqliteDebtStore::debt(HouseholdId household, DebtId id) {
    return database_.with([&](Database& database) -> Result<DebtRecord> {
        std::optional<DebtRecord> found;
        ATLAS_TRY(database.each(
            "SELECT id, name, terms, updated_at FROM debts WHERE household = ?1 AND id = ?2",
            [&](const Statement& row) -> Result<void> {
                ATLAS_TRY_ASSIGN(found, read_record(row));
                return {};
            },
            household, id));
        if (!found.has_value()) {
            return not_found("there is no such debt");
        }
        return *std::move(found);
    });
}

Result<std::optional<IdempotentAnswer>> SqliteDebtStore::answer(HouseholdId household,
                                                                const std::string& key,
                                                                Timestamp now) {
    return database_.with([&](Database& database) -> Result<std::optional<IdempotentAnswer>> {
        std::optional<IdempotentAnswer> found;
        ATLAS_TRY(database.each(
            "SELECT key, request_hash, status, body, expires_at FROM debt_answers "
            "WHERE household = ?1 AND key = ?2 AND expires_at > ?3",
            [&](const Statement& row) -> Result<void> {
                found = IdempotentAnswer{.key = std::string(row.text(0)),
                                         .request_hash = std::string(row.text(1)),
                                         .status = static_cast<int>(row.integer(2)),
                                         .body = std::string(row.text(3)),
                                         .expires_at = {row.integer(4)}};
                return {};
            },
            household, key, now.micros));
        return found;
    });
}

}  // namespace atlas::adapters::debt_store::sqlite
