// SPDX-License-Identifier: Apache-2.0
// Goal: the whole house on real engines: a statement that is imported is seen by every consumer
// once, also while the broker is away, and the log holds the ledger's history without a gap.
// Method: imports through the front door with event_bus on a real Kafka and a real Redis that is
// killed in between, totals counted again by hand; features kept in a real TimescaleDB and read
// back after a restart. Engines are skipped aloud where they are not installed.
#include <gtest/gtest.h>

#include "adapters/feature_store/timescaledb/feature_store.hpp"
#include "app/demo.hpp"
#include "app/testing/books.hpp"
#include "ports/testing/real_engine.hpp"
#include "roles/finance_engine/event_ingest.hpp"
#include "roles/ml/features.hpp"

namespace atlas::app {
namespace {

using ports::testing::RealEngine;
using testing::Books;
using testing::must;
using testing::ofx_text;
using testing::Upload;

Upload file_of(int month) {
    std::vector<testing::OfxRow> rows;
    for (int day = 10; day < 28; ++day) {
        rows.push_back({format("20260{}{}", month, day), format("-{}.{}", day, day),
                        format("F{}-{}", month, day), format("SHOP {}", day % 5)});
    }
    return {.name = format("m{}.ofx", month),
            .bytes = ofx_text("000111222333", rows, "", ""),
            .account = "Everyday"};
}

/// What the bus has of the ledger's topic, each event with its sequence.
std::vector<ports::Event> log_of(House& house) {
    std::vector<ports::Event> all;
    ports::Offset from = 0;
    for (;;) {
        const auto found = house.bus().read(ports::kLedgerTopic, 0, from, 1000);
        EXPECT_TRUE(found.has_value()) << to_string(found.error());
        if (!found.has_value() || found->empty()) {
            return all;
        }
        for (const ports::StoredEvent& stored : *found) {
            all.push_back(stored.event);
        }
        from = found->back().offset + 1;
    }
}

/// The log without repetitions is the ledger's history, in order. Waits for the relay.
void expect_log_equals_history(House& house) {
    const std::int64_t last = must(house.ledger().sequence(house.household()));
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    std::vector<ports::Event> log;
    while (log.empty() || log.back().sequence < last) {
        ASSERT_LT(std::chrono::steady_clock::now(), until) << log.size() << " of " << last;
        log = log_of(house);
    }
    const auto history = must(house.ledger().history(house.household(), 0, 10'000));
    std::int64_t known = 0;
    for (const ports::Event& event : log) {
        if (event.sequence <= known) {
            continue;
        }
        ASSERT_EQ(event.sequence, known + 1) << "a gap";
        const auto& row = history.at(static_cast<std::size_t>(known));
        ASSERT_EQ(row.sequence, event.sequence);
        ASSERT_EQ(row.event.type, event.type);
        ASSERT_EQ(row.event.payload, event.payload);
        ++known;
    }
    EXPECT_EQ(known, last);
}

class HouseOnEngine : public ::testing::TestWithParam<const char*> {};

TEST_P(HouseOnEngine, SeesEachTransactionOnceAlsoWhenTheEngineWasAway) {
    RealEngine engine(GetParam());
    if (!engine.is_here()) {
        GTEST_SKIP();
    }
    Books books({.event_bus = engine.url() + "/home", .feature_store = {}});
    must(books.house().start());
    EXPECT_TRUE(books.house().bus().capabilities().survives_crash);
    books.import(file_of(3));
    auto both = books.totals_both_ways();
    EXPECT_EQ(both.first, both.second);
    expect_log_equals_history(books.house());

    // The ledger is the truth: what is imported while the broker is away is the person's already.
    engine.kill();
    books.import(file_of(4));
    books.import(file_of(5));
    ASSERT_TRUE(engine.start_again());
    both = books.totals_both_ways();
    EXPECT_EQ(both.first, both.second);
    expect_log_equals_history(books.house());

    const std::size_t length = log_of(books.house()).size();
    books.close();
    books.open_and_start();
    both = books.totals_both_ways();
    EXPECT_EQ(both.first, both.second);
    EXPECT_EQ(log_of(books.house()).size(), length) << "a restart publishes nothing again";
}

INSTANTIATE_TEST_SUITE_P(Real, HouseOnEngine, ::testing::Values("kafka", "redis"));

TEST(HouseOnTimescale, KeepsItsFeaturesThereAndReadsThemBack) {
    RealEngine engine("timescaledb");
    if (!engine.is_here()) {
        GTEST_SKIP();
    }
    Books books({.event_bus = {}, .feature_store = engine.url()});
    must(books.house().start());
    books.import(file_of(3));
    const HouseholdId household = books.house().household();
    const std::int64_t sequence = must(books.house().ledger().sequence(household));
    ASSERT_TRUE(books.house().features().wait_for(
        household, sequence, Deadline::after(books.house().clock(), std::chrono::seconds(20))));
    must(books.house().features().snapshot(household));
    EXPECT_FALSE(std::filesystem::exists(books.folder() + "/features.db"));
    adapters::feature_store::timescaledb::FeatureStoreOptions options;
    options.url = engine.url();
    const auto store =
        must(adapters::feature_store::timescaledb::TimescaleFeatureStore::open(options));
    const ports::FeatureState kept = must(store->state(household));
    EXPECT_GE(kept.sequence, sequence);
    EXPECT_FALSE(kept.bytes.empty());
    books.close();
    books.open_and_start();
    EXPECT_TRUE(books.house().features().wait_for(
        household, sequence, Deadline::after(books.house().clock(), std::chrono::seconds(20))));
    // What the house's own upkeep does every six hours.
    must(store->roll_up(Date::create(2026, 1, 1).value(), Date::create(2026, 12, 31).value()));
    must(store->drop_before({}));
    EXPECT_GE(must(store->state(household)).sequence, sequence);
}

}  // namespace
}  // namespace atlas::app
