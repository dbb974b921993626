// SPDX-License-Identifier: Apache-2.0
// Goal: the feature store on SQLite keeps the port's contract and refuses a newer program's file.
// Method: the contract suite on a file in a temporary folder.
#include "adapters/feature_store/sqlite/feature_store.hpp"

#include <gtest/gtest.h>

#include "ports/testing/feature_store_contract.hpp"
#include "ports/testing/temporary_folder.hpp"

namespace atlas::adapters::feature_store::sqlite {
namespace {

class SqliteFeatureEngine {
public:
    SqliteFeatureEngine() { reopen(); }
    ports::FeatureStore& store() { return *store_; }
    void reopen() {
        store_.reset();
        auto opened = SqliteFeatureStore::open({.path = folder_.file("features.db")});
        ATLAS_CHECK(opened.has_value());
        store_ = std::move(*opened);
    }

private:
    ports::testing::TemporaryFolder folder_;
    std::unique_ptr<SqliteFeatureStore> store_;
};

TEST(SqliteFeatureStoreTest, RefusesANewerStore) {
    const ports::testing::TemporaryFolder folder;
    const std::string path = folder.file("features.db");
    ASSERT_TRUE(SqliteFeatureStore::open({.path = path}));
    {
        auto database = *adapters::sqlite::Database::open(path);
        ASSERT_TRUE(database.execute("PRAGMA user_version = 99"));
    }
    EXPECT_EQ(SqliteFeatureStore::open({.path = path}).error().code, ErrorCode::conflict);
}

TEST(SqliteFeatureStoreTest, RefusesAVectorThatIsNotOne) {
    const ports::testing::TemporaryFolder folder;
    const std::string path = folder.file("features.db");
    const auto store = *SqliteFeatureStore::open({.path = path});
    {
        auto database = *adapters::sqlite::Database::open(path);
        ASSERT_TRUE(
            database.run("INSERT INTO ml_features VALUES(?1, 'vector:c', 1, 1, 1, NULL, ?2)",
                         ports::testing::kHome, std::as_bytes(std::span("seven b", 7))));
    }
    const ports::FeatureQuestion question{ports::testing::kHome, {5}};
    EXPECT_EQ(store->vectors_as_of("c", std::span(&question, 1)).error().code,
              ErrorCode::data_loss);
}

}  // namespace
}  // namespace atlas::adapters::feature_store::sqlite

namespace atlas::ports::testing {
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, FeatureStoreContract,
                               atlas::adapters::feature_store::sqlite::SqliteFeatureEngine);
}  // namespace atlas::ports::testing
