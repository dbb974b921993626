// SPDX-License-Identifier: Apache-2.0
// Goal: debts on SQLite keep the port's contract and refuse a newer program's file. Method: the
// contract suite on a file in a temporary folder.
#include "adapters/debt_store/sqlite/debt_store.hpp"

#include <gtest/gtest.h>

#include "ports/testing/debt_store_contract.hpp"
#include "ports/testing/temporary_folder.hpp"

namespace atlas::adapters::debt_store::sqlite {
namespace {

class SqliteDebtsEngine {
public:
    SqliteDebtsEngine() { reopen(); }
    ports::DebtStore& store() { return *store_; }
    void reopen() {
        store_.reset();
        auto opened = SqliteDebtStore::open({.path = folder_.file("debts.db")});
        ATLAS_CHECK(opened.has_value());
        store_ = std::move(*opened);
    }

private:
    ports::testing::TemporaryFolder folder_;
    std::unique_ptr<SqliteDebtStore> store_;
};

TEST(SqliteDebtStoreTest, RefusesANewerStore) {
    const ports::testing::TemporaryFolder folder;
    const std::string path = folder.file("debts.db");
    ASSERT_TRUE(SqliteDebtStore::open({.path = path}));
    {
        auto database = *adapters::sqlite::Database::open(path);
        ASSERT_TRUE(database.execute("PRAGMA user_version = 99"));
    }
    EXPECT_EQ(SqliteDebtStore::open({.path = path}).error().code, ErrorCode::conflict);
}

}  // namespace
}  // namespace atlas::adapters::debt_store::sqlite

namespace atlas::ports::testing {
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, DebtStoreContract,
                               atlas::adapters::debt_store::sqlite::SqliteDebtsEngine);
}  // namespace atlas::ports::testing
