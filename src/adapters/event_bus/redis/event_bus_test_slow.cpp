// SPDX-License-Identifier: Apache-2.0
// Goal: the bus on a real Redis keeps the port's contract, refuses a server that would lose events,
// and loses nothing acknowledged over kill -9. Method: the contract suite with a prefix a test, on
// a server that tools/engines/redis starts on a free port of 127.0.0.1; skipped aloud where it is
// not installed.
#include "adapters/event_bus/redis/event_bus.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "adapters/event_bus/redis/member.hpp"
#include "adapters/event_bus/redis/real_server.hpp"
#include "ports/testing/event_bus_contract.hpp"
#include "ports/testing/event_bus_group_contract.hpp"
#include "ports/testing/plain_secrets.hpp"
#include "ports/testing/real_engine.hpp"

namespace atlas::adapters::event_bus::redis {
namespace {

using ports::kLedgerTopic;
using ports::testing::event_of;
using ports::testing::kHome;
using ports::testing::RealEngine;

using testing::options_of;
using testing::server;

class RedisEngine {
public:
    static constexpr std::size_t kEventsMax = 40;
    RedisEngine() {
        if (server().is_here()) {
            options_ = options_of(server().url());
            reopen();
        }
    }
    bool is_there() const { return bus_ != nullptr; }
    ports::EventBus& bus() { return *bus_; }
    void reopen() {
        bus_.reset();
        auto opened = RedisEventBus::open(options_, secrets_);
        ASSERT_TRUE(opened.has_value()) << to_string(opened.error());
        bus_ = *std::move(opened);
    }

private:
    RedisOptions options_;
    ports::testing::PlainSecrets secrets_;
    std::unique_ptr<RedisEventBus> bus_;
};

class RedisEventBusTest : public ::testing::Test {
protected:
    void SetUp() override {
        if (!server().is_here()) {
            GTEST_SKIP();
        }
    }
    ports::testing::PlainSecrets secrets_;
};

TEST_F(RedisEventBusTest, SaysWhatAnAcknowledgementStandsForAndRefusesToLose) {
    const auto bus = RedisEventBus::open(options_of(server().url()), secrets_);
    ASSERT_TRUE(bus.has_value()) << to_string(bus.error());
    EXPECT_EQ((*bus)->capabilities().engine, "redis");
    EXPECT_TRUE((*bus)->capabilities().survives_crash);
    EXPECT_EQ((*bus)->capabilities().durability,
              "appendfsync always: synced before every acknowledgement");

    const RealEngine forgetful("redis", "ATLAS_REDIS_FSYNC=everysec");
    RedisOptions options = options_of(forgetful.url());
    const auto refused = RedisEventBus::open(options, secrets_);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
    options.allows_loss = true;
    const auto allowed = RedisEventBus::open(options, secrets_);
    ASSERT_TRUE(allowed.has_value()) << to_string(allowed.error());
    EXPECT_FALSE((*allowed)->capabilities().survives_crash);
    EXPECT_EQ((*allowed)->capabilities().durability,
              "appendfsync everysec: the last moments may be lost");
}

TEST_F(RedisEventBusTest, RefusesAWrongPasswordNobodyThereAndAnotherNumberOfPartitions) {
    RedisOptions options = options_of(server().url());
    ASSERT_TRUE(RedisEventBus::open(options, secrets_).has_value());
    options.partitions = 5;
    EXPECT_EQ(RedisEventBus::open(options, secrets_).error().code, ErrorCode::invalid_argument);
    options.address.password = "wrong";
    EXPECT_EQ(RedisEventBus::open(options, secrets_).error().code, ErrorCode::permission_denied);
    options.address.port = static_cast<std::uint16_t>(ports::testing::free_port());
    EXPECT_EQ(RedisEventBus::open(options, secrets_).error().code, ErrorCode::unavailable);
}

TEST_F(RedisEventBusTest, AnErasedHouseholdLeavesOffsetsAndNothingElse) {
    const auto bus = *RedisEventBus::open(options_of(server().url()), secrets_);
    const std::vector<ports::Event> one{event_of(kHome, 7, "secret")};
    ASSERT_TRUE(bus->append(kLedgerTopic, one, {}));
    ASSERT_TRUE(secrets_.destroy(kHome));
    const auto found = *bus->read(kLedgerTopic, bus->partition_of(kHome), 0, 10);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].event.type, ports::kErasedEvent);
    EXPECT_EQ(found[0].event.payload, "");
    EXPECT_EQ(bus->append(kLedgerTopic, one, {}).error().code, ErrorCode::not_found);
}

/// As if a member of the group had been silent for too long.
void take_leases_away(const RedisOptions& options, std::string_view group) {
    const Moment until = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    auto connection = *RespConnection::open(options.address, until);
    for (int p = 0; p < 4; ++p) {
        const std::string lease = format("{}lease:{}:ledger:{}", options.prefix, group, p);
        ASSERT_EQ(connection.call({"DEL", lease}, until)->integer, 1);
    }
}

// A member that was thought dead, and does not know it, cannot take events from the new owner.
TEST_F(RedisEventBusTest, AMemberWhoseLeaseWentAwayGetsNothingOfThatPartition) {
    RedisOptions options = options_of(server().url());
    options.lease_ms = 60'000;  // Neither looks for a change during the test.
    const auto bus = *RedisEventBus::open(options, secrets_);
    const auto stale = *bus->join("readers", kLedgerTopic);
    ASSERT_EQ(stale->partitions().size(), 4U);
    take_leases_away(options, "readers");
    const auto owner = *bus->join("readers", kLedgerTopic);
    const auto owned = owner->partitions();
    ASSERT_EQ(owned.size(), 2U);
    std::vector<ports::Event> events;
    for (std::uint64_t h = 0; h < 9; ++h) {
        events.push_back(event_of(ports::testing::id_of<HouseholdId>(h), 1));
    }
    ASSERT_TRUE(bus->append(kLedgerTopic, events, {}));
    const auto taken = *stale->next(100, ports::testing::in(std::chrono::milliseconds(100)), {});
    EXPECT_TRUE(taken.events.empty());
    std::size_t seen = 0;
    for (int i = 0; i < 2; ++i) {
        seen +=
            owner->next(100, ports::testing::in(std::chrono::milliseconds(200)), {})->events.size();
    }
    const auto is_owned = [&](const ports::Event& event) {
        return std::find(owned.begin(), owned.end(), bus->partition_of(event.household)) !=
               owned.end();
    };
    EXPECT_EQ(seen,
              static_cast<std::size_t>(std::count_if(events.begin(), events.end(), is_owned)));
    EXPECT_GT(seen, 0U);
}

// Nor can it say that those events are done with.
TEST_F(RedisEventBusTest, AMemberWhoseLeaseWentAwayCommitsNothingOfThatPartition) {
    RedisOptions options = options_of(server().url());
    options.lease_ms = 60'000;  // Neither looks for a change during the test.
    const auto bus = *RedisEventBus::open(options, secrets_);
    const auto stale = *bus->join("writers", kLedgerTopic);
    ASSERT_EQ(stale->partitions().size(), 4U);
    std::vector<ports::Event> events;
    for (std::uint64_t h = 0; h < 40; ++h) {
        events.push_back(event_of(ports::testing::id_of<HouseholdId>(h), 1));
    }
    ASSERT_TRUE(bus->append(kLedgerTopic, events, {}));
    take_leases_away(options, "writers");
    const auto owner = *bus->join("writers", kLedgerTopic);
    ASSERT_EQ(owner->partitions().size(), 2U);
    for (const ports::Partition p : owner->partitions()) {
        const ports::GroupPosition position{"writers", std::string(kLedgerTopic), p};
        EXPECT_EQ(stale->commit(p, 2).error().code, ErrorCode::conflict);
        EXPECT_EQ(*bus->committed_offset(position), 0) << "another's events were passed over";
        EXPECT_TRUE(owner->commit(p, 1));
        EXPECT_EQ(stale->commit(p, 2).error().code, ErrorCode::conflict);
        EXPECT_EQ(*bus->committed_offset(position), 1);
    }
}

// kill -9 three times under a producer and a member of a group, both of which just go on.
TEST_F(RedisEventBusTest, KillNineLosesNothingAcknowledgedAndNothingIsAppliedTwice) {
    RealEngine own("redis");
    RedisOptions options = options_of(own.url());
    const auto bus = *RedisEventBus::open(options, secrets_);
    constexpr std::int64_t kAll = 3000;
    std::atomic<std::int64_t> acknowledged{0};
    std::atomic<std::int64_t> refused{0};
    std::jthread producer([&](const std::stop_token& stop) {
        for (std::int64_t i = 1; i <= kAll && !stop.stop_requested();) {
            const std::vector<ports::Event> some{event_of(kHome, i), event_of(kHome, i + 1),
                                                 event_of(kHome, i + 2)};
            if (bus->append(kLedgerTopic, some, {}).has_value()) {
                i += 3;
                acknowledged.store(i - 1);
            } else {
                refused.fetch_add(1);
                pause(stop, std::chrono::milliseconds(2));
            }
        }
    });
    ports::testing::Effects effects;
    const auto member = *bus->join("readers", kLedgerTopic);
    const auto patience = ports::testing::in(ports::testing::kGroupPatience);
    int kills = 0;
    while (effects.applied() < kAll) {
        const auto batch = member->next(50, ports::testing::in(std::chrono::milliseconds(50)), {});
        if (batch.has_value() && !batch->events.empty()) {
            effects.apply(*batch);
            static_cast<void>(
                member->commit(batch->partition, batch->events.back().offset + 1).has_value());
        }
        if (kills < 3 && acknowledged.load() > (kills + 1) * 600) {
            own.kill();
            ++kills;
            ASSERT_TRUE(own.start_again());
        }
        ASSERT_LT(std::chrono::steady_clock::now(), patience.at) << effects.applied();
    }
    EXPECT_EQ(kills, 3);
    EXPECT_EQ(effects.applied(), kAll);
    std::printf("redis: 3 kills, %lld calls refused, %lld deliveries of %lld events\n",
                static_cast<long long>(refused.load()), static_cast<long long>(effects.delivered()),
                static_cast<long long>(kAll));
}

}  // namespace
}  // namespace atlas::adapters::event_bus::redis

namespace atlas::ports::testing {
using RedisEngineAlias = atlas::adapters::event_bus::redis::RedisEngine;
INSTANTIATE_TYPED_TEST_SUITE_P(Redis, EventBusContract, RedisEngineAlias);
INSTANTIATE_TYPED_TEST_SUITE_P(Redis, EventBusGroupContract, RedisEngineAlias);
}  // namespace atlas::ports::testing
