// SPDX-License-Identifier: Apache-2.0
// Goal: after any history the SQLite store says what the naive model says, refusals included.
// Method: seeded random changes on both, everything compared, balances added up anew; and a
// refusal for a store from a newer program.
#include <gtest/gtest.h>

#include "adapters/ledger_store/sqlite/ledger_store.hpp"
#include "ports/testing/ledger_history.hpp"
#include "ports/testing/temporary_folder.hpp"

namespace atlas::adapters::ledger_store::sqlite {
namespace {

using ports::testing::kHome;
using ports::testing::kNeighbours;

TEST(LedgerStoreModelTest, RandomHistoriesAgreeWithTheNaiveModel) {
    int accepted = 0;
    int refused = 0;
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const ports::testing::TemporaryFolder folder;
        ManualClock clock(Timestamp{1'000'000});
        const std::string path = folder.file("ledger.db");
        auto store = *SqliteLedgerStore::open({.path = path}, clock);
        ports::testing::LedgerModel model;
        ports::testing::RandomHistory history(seed);
        for (int i = 0; i < 120; ++i) {
            clock.advance(std::chrono::seconds(1));
            const HouseholdId household = history.household();
            const ports::LedgerChange change = history.change(model, household, clock.now());
            const auto applied = store->apply(household, change, Deadline{});
            const auto expected = model.apply(household, change, clock.now());
            ASSERT_EQ(applied.has_value(), expected.has_value())
                << i << " " << (applied ? "" : to_string(applied.error()));
            ASSERT_EQ(applied.value_or(0), expected.value_or(0)) << i;
            ++(applied ? accepted : refused);
            if (i % 40 == 39) {
                store.reset();
                store = *SqliteLedgerStore::open({.path = path}, clock);
            }
            if (i % 10 == 9) {
                ports::testing::expect_equal(*store, model, kHome, clock.now());
                ports::testing::expect_equal(*store, model, kNeighbours, clock.now());
                ports::testing::expect_equal_days(*store, model, kHome);
                for (int queries = 0; queries < 10; ++queries) {
                    ports::testing::expect_equal_pages(*store, model, history.household(),
                                                       history.query());
                }
            }
            if (HasFatalFailure()) {
                return;
            }
        }
    }
    // Both happen often: else this test could not fail.
    EXPECT_GT(accepted, 150);
    EXPECT_GT(refused, 50);
}

TEST(LedgerStoreModelTest, RefusesANewerStoreAndSillyOptions) {
    const ports::testing::TemporaryFolder folder;
    const ManualClock clock(Timestamp{1});
    const std::string path = folder.file("ledger.db");
    ASSERT_TRUE(SqliteLedgerStore::open({.path = path}, clock));
    {
        auto database = *adapters::sqlite::Database::open(path);
        ASSERT_TRUE(database.execute("PRAGMA user_version = 99"));
    }
    EXPECT_EQ(SqliteLedgerStore::open({.path = path}, clock).error().code, ErrorCode::conflict);
    EXPECT_EQ(
        SqliteLedgerStore::open({.path = folder.file("b.db"), .readers = 0}, clock).error().code,
        ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace atlas::adapters::ledger_store::sqlite
