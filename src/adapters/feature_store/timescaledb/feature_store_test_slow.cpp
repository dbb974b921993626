// SPDX-License-Identifier: Apache-2.0
// Goal: the feature store on TimescaleDB keeps the port's contract on the real engine, also when
// the server goes away and comes back.
// Method: the contract suite, a schema a test, on a PostgreSQL that tools/engines/timescaledb
// starts on a free port of 127.0.0.1; skipped aloud where it is not installed.
#include "adapters/feature_store/timescaledb/feature_store.hpp"

#include <gtest/gtest.h>

#include "base/format.hpp"
#include "ports/testing/feature_store_contract.hpp"
#include "ports/testing/real_engine.hpp"

namespace atlas::adapters::feature_store::timescaledb {
namespace {

/// One server for the whole program; ended with it.
const std::string& server_url() {
    static const ports::testing::RealEngine engine("timescaledb");
    return engine.url();
}

FeatureStoreOptions options_of(const std::string& schema) {
    FeatureStoreOptions options;
    options.url = server_url();
    options.schema = schema;
    return options;
}

class TimescaleEngine {
public:
    TimescaleEngine() : schema_(format("t{}", ++count_)) { reopen(); }
    bool is_there() const { return store_ != nullptr; }
    ports::FeatureStore& store() { return *store_; }
    void reopen() {
        store_.reset();
        if (server_url().empty()) {
            return;
        }
        auto opened = TimescaleFeatureStore::open(options_of(schema_));
        if (!opened.has_value()) {
            ADD_FAILURE() << to_string(opened.error());
            return;
        }
        store_ = *std::move(opened);
    }

private:
    static inline int count_ = 0;
    std::string schema_;
    std::unique_ptr<TimescaleFeatureStore> store_;
};

TEST(TimescaleFeatureStoreTest, SaysWhatItIs) {
    if (server_url().empty()) {
        GTEST_SKIP();
    }
    const auto store = TimescaleFeatureStore::open(options_of("caps"));
    ASSERT_TRUE(store.has_value()) << to_string(store.error());
    EXPECT_EQ((*store)->capabilities().engine, "timescaledb");
    EXPECT_TRUE((*store)->capabilities().is_hypertable);
    EXPECT_TRUE((*store)->capabilities().survives_crash);
    EXPECT_EQ((*store)->capabilities().licence, "apache");
    EXPECT_EQ(TimescaleFeatureStore::open(options_of("Bad-Name")).error().code,
              ErrorCode::invalid_argument);
}

TEST(TimescaleFeatureStoreTest, RefusesNewerTables) {
    if (server_url().empty()) {
        GTEST_SKIP();
    }
    ASSERT_TRUE(TimescaleFeatureStore::open(options_of("newer")).has_value());
    auto connection = Connection::open(server_url(), "SET search_path TO newer");
    ASSERT_TRUE(connection.has_value());
    ASSERT_TRUE(connection->script("UPDATE atlas_schema SET version = 99"));
    EXPECT_EQ(TimescaleFeatureStore::open(options_of("newer")).error().code, ErrorCode::conflict);
}

TEST(TimescaleFeatureStoreTest, AConnectionThatWasCutIsMadeAgain) {
    if (server_url().empty()) {
        GTEST_SKIP();
    }
    const auto store = *TimescaleFeatureStore::open(options_of("cut"));
    ports::FeatureCommit commit;
    commit.state = {1, "x"};
    ASSERT_TRUE(*store->commit(ports::testing::kHome, commit));
    auto other = *Connection::open(server_url(), "SELECT 1");
    ASSERT_TRUE(
        other.script("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                     "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"));
    // The call that meets the cut fails by name; the next one is served.
    const auto met = store->state(ports::testing::kHome);
    if (!met.has_value()) {
        EXPECT_EQ(met.error().code, ErrorCode::unavailable);
    }
    EXPECT_EQ(store->state(ports::testing::kHome)->sequence, 1);
}

TEST(TimescaleFeatureStoreTest, NoServerIsUnavailable) {
    FeatureStoreOptions options;
    options.url =
        format("postgresql://atlas:secret@127.0.0.1:{}/postgres", ports::testing::free_port());
    const auto store = TimescaleFeatureStore::open(options);
    ASSERT_FALSE(store.has_value());
    EXPECT_EQ(store.error().code, ErrorCode::unavailable);
    EXPECT_EQ(store.error().message.find("secret"), std::string::npos);
}

}  // namespace
}  // namespace atlas::adapters::feature_store::timescaledb

namespace atlas::ports::testing {
using TimescaleEngineAlias = atlas::adapters::feature_store::timescaledb::TimescaleEngine;
INSTANTIATE_TYPED_TEST_SUITE_P(Timescale, FeatureStoreContract, TimescaleEngineAlias);
}  // namespace atlas::ports::testing
