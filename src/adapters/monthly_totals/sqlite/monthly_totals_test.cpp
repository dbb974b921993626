// SPDX-License-Identifier: Apache-2.0
// Goal: monthly totals on SQLite keep the port's contract and refuse a newer program's file.
// Method: the contract suite on a file in a temporary folder.
#include "adapters/monthly_totals/sqlite/monthly_totals.hpp"

#include <gtest/gtest.h>

#include <atomic>

#include "ports/testing/monthly_totals_contract.hpp"
#include "ports/testing/temporary_folder.hpp"

namespace atlas::adapters::monthly_totals::sqlite {
namespace {

class SqliteTotalsEngine {
public:
    SqliteTotalsEngine() { reopen(); }
    ports::MonthlyTotalsStore& store() { return *store_; }
    void reopen() {
        store_.reset();
        auto opened = SqliteMonthlyTotals::open({.path = folder_.file("projections.db")});
        ATLAS_CHECK(opened.has_value());
        store_ = std::move(*opened);
    }

private:
    ports::testing::TemporaryFolder folder_;
    std::unique_ptr<SqliteMonthlyTotals> store_;
};

TEST(SqliteMonthlyTotalsTest, RefusesANewerStore) {
    const ports::testing::TemporaryFolder folder;
    const std::string path = folder.file("projections.db");
    ASSERT_TRUE(SqliteMonthlyTotals::open({.path = path}));
    {
        auto database = *adapters::sqlite::Database::open(path);
        ASSERT_TRUE(database.execute("PRAGMA user_version = 99"));
    }
    EXPECT_EQ(SqliteMonthlyTotals::open({.path = path}).error().code, ErrorCode::conflict);
}

}  // namespace
}  // namespace atlas::adapters::monthly_totals::sqlite

namespace atlas::ports::testing {
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, MonthlyTotalsContract,
                               atlas::adapters::monthly_totals::sqlite::SqliteTotalsEngine);
}  // namespace atlas::ports::testing
