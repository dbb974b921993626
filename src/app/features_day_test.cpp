// SPDX-License-Identifier: Apache-2.0
// Goal: "today" of a vector is the household's own, not UTC's, also around midnight and for the
// vector that is kept. Method: a clock moved by hand over both midnights; an empty ledger.
#include <gtest/gtest.h>

#include "adapters/event_bus/memory/event_bus.hpp"
#include "adapters/feature_store/sqlite/feature_store.hpp"
#include "adapters/ledger_store/sqlite/ledger_store.hpp"
#include "app/time_zones.hpp"
#include "base/timestamp.hpp"
#include "ports/testing/temporary_folder.hpp"
#include "roles/ml/features.hpp"

namespace atlas::app {
namespace {

const HouseholdId kHousehold{Uuid{.bytes = {std::byte{1}}}};

struct Ask {
    explicit Ask(const char* zone_name)
        : zone(read_time_zone(zone_name).value()),
          ledger(*adapters::ledger_store::sqlite::SqliteLedgerStore::open(
              {.path = (folder.path() / "ledger.db").string()}, clock)),
          store(*adapters::feature_store::sqlite::SqliteFeatureStore::open(
              {.path = (folder.path() / "features.db").string()})) {}

    contracts::FeaturesValue at(const char* moment, const contracts::GetFeatures& request = {}) {
        clock.advance(
            std::chrono::microseconds(parse_timestamp(moment)->micros - clock.now().micros));
        ports::CallContext context;
        context.household = kHousehold;
        return features.get(request, context).value();
    }

    TimeZone zone;
    ManualClock clock{parse_timestamp("2026-11-01T00:00:00Z").value()};
    ports::testing::TemporaryFolder folder;
    std::unique_ptr<ports::LedgerStore> ledger;
    std::unique_ptr<ports::FeatureStore> store;
    std::unique_ptr<ports::EventBus> bus =
        *adapters::event_bus::memory::MemoryEventBus::create({.partitions = 1});
    money::Currency currency = money::Currency::parse("USD").value();
    roles::ml::FeatureProjection projection{
        {*ledger, *store, *bus, clock, {.currency = currency}, zone}};
    roles::ml::Features features{{*ledger, projection, clock, currency, zone}};
};

TEST(FeaturesDay, BeginsAtTheHouseholdsMidnight) {
    Ask new_york("America/New_York");  // UTC-5 in November.
    EXPECT_EQ(to_string(new_york.at("2026-11-23T04:59:59.999999Z").as_of), "2026-11-22");
    EXPECT_EQ(to_string(new_york.at("2026-11-23T05:00:00Z").as_of), "2026-11-23");
    EXPECT_EQ(to_string(new_york.at("2026-11-23T23:59:59Z").as_of), "2026-11-23");
    EXPECT_EQ(to_string(new_york.at("2026-11-24T00:00:00Z").as_of), "2026-11-23");

    Ask auckland("Pacific/Auckland");  // UTC+13 in November.
    EXPECT_EQ(to_string(auckland.at("2026-11-23T10:59:59Z").as_of), "2026-11-23");
    EXPECT_EQ(to_string(auckland.at("2026-11-23T11:00:00Z").as_of), "2026-11-24");
}

TEST(FeaturesDay, AKeptVectorIsNotAnsweredAfterMidnight) {
    Ask here("America/New_York");
    here.at("2026-11-23T04:00:00Z");
    here.at("2026-11-23T04:30:00Z");
    EXPECT_EQ(here.features.cache_hits(), 1);
    EXPECT_EQ(to_string(here.at("2026-11-23T05:00:00Z").as_of), "2026-11-23");
    EXPECT_EQ(here.features.cache_hits(), 1);
}

TEST(FeaturesDay, AsOfADayKnowsWhatWasKnownAtItsEndThere) {
    Ask here("America/New_York");
    const auto value = here.at("2026-11-25T12:00:00Z",
                               {.as_of = Date::parse("2026-11-22").value(), .known_at = {}});
    EXPECT_EQ(to_string(*value.known_at), "2026-11-23T04:59:59.999999Z");
}

}  // namespace
}  // namespace atlas::app
