// SPDX-License-Identifier: Apache-2.0
// Goal: a store of the version before is read and goes on as if it had always been of this one.
// Method: the old tables made by the migrations up to then, filled by hand in SQL.
#include <gtest/gtest.h>

#include "adapters/ledger_store/sqlite/ledger_store.hpp"
#include "adapters/ledger_store/sqlite/schema.hpp"
#include "base/format.hpp"
#include "ports/testing/ledger_samples.hpp"
#include "ports/testing/temporary_folder.hpp"

namespace atlas::adapters::ledger_store::sqlite {
namespace {

using ports::testing::kHome;
using ports::testing::scattered_id;

constexpr std::size_t kVersionBeforeParts = 4;
constexpr std::uint64_t kOldTransactions = 300;

ports::LedgerChange change_of(std::uint64_t first, std::uint64_t last) {
    ports::LedgerChange change;
    change.accounts.push_back(ports::testing::account_of(1, "Everyday"));
    for (std::uint64_t i = first; i < last; ++i) {
        change.added.push_back(ports::testing::transaction_of(
            scattered_id(i), change.accounts[0].id,
            Date::from_days(20000 + static_cast<std::int32_t>(i)), 100));
        change.events.push_back({.type = "Recorded", .payload = std::to_string(i)});
    }
    return change;
}

/// What a program of version 4 left: made by this one, and put back into the old tables.
void make_old_store(const std::string& path, const Clock& clock) {
    {
        auto store = *SqliteLedgerStore::open({.path = path}, clock);
        ASSERT_TRUE(store->apply(kHome, change_of(0, kOldTransactions), {}));
    }
    auto database = *adapters::sqlite::Database::open(path);
    ASSERT_TRUE(database.execute(
        "CREATE UNIQUE INDEX transactions_by_id ON transactions(household, id);"
        "DROP INDEX tellings_by_print; ALTER TABLE tellings DROP COLUMN fingerprint;"
        "DROP TABLE transaction_ids; DROP TABLE outbox_parts; DELETE FROM outbox;"
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 299) "
        "INSERT INTO outbox(household, sequence, recorded_at_us, type, payload) "
        "SELECT (SELECT household FROM households), i + 1, 1, 'Recorded', i FROM n;"));
    ASSERT_TRUE(database.execute(format("PRAGMA user_version = {}", kVersionBeforeParts)));
}

TEST(OldStore, IsBroughtUpToDateAndGoesOn) {
    const ports::testing::TemporaryFolder folder;
    const ManualClock clock(Timestamp{1});
    const std::string path = folder.file("ledger.db");
    make_old_store(path, clock);
    auto store = *SqliteLedgerStore::open({.path = path}, clock);
    for (const std::uint64_t i : {0UL, 17UL, 299UL}) {
        EXPECT_EQ(store->transaction(kHome, scattered_id(i))->id, scattered_id(i));
    }
    EXPECT_EQ(store->apply(kHome, change_of(0, 1), {}).error().code, ErrorCode::conflict);
    EXPECT_EQ(*store->apply(kHome, change_of(300, 400), {}), 400);
    EXPECT_EQ(*store->apply(kHome, change_of(400, 401), {}), 401);
    for (const auto& rows :
         {*store->history(kHome, 0, 1000), *store->outbox(1000), *store->history(kHome, 0, 401)}) {
        ASSERT_EQ(rows.size(), 401U);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            EXPECT_EQ(rows[i].position, static_cast<std::int64_t>(i) + 1);
            EXPECT_EQ(rows[i].sequence, static_cast<std::int64_t>(i) + 1);
            EXPECT_EQ(rows[i].event.payload, std::to_string(i));
        }
    }
}

// The schema before is what those programs wrote: nobody edits a released migration.
TEST(OldStore, ItsMigrationsAreTheFirstOnes) {
    const ports::testing::TemporaryFolder folder;
    auto database = *adapters::sqlite::Database::open(folder.file("ledger.db"));
    ASSERT_TRUE(
        adapters::sqlite::migrate(database, ledger_migrations().first(kVersionBeforeParts)));
    EXPECT_EQ(*database.integer("SELECT count(*) FROM sqlite_schema WHERE name IN "
                                "('transactions_by_id', 'outbox', 'outbox_by_sequence')"),
              3);
    EXPECT_EQ(*database.integer("SELECT count(*) FROM sqlite_schema WHERE name IN "
                                "('transaction_ids', 'outbox_parts')"),
              0);
}

}  // namespace
}  // namespace atlas::adapters::ledger_store::sqlite
