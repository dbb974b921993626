// SPDX-License-Identifier: Apache-2.0
// Goal: whatever happens to the broker, nothing acknowledged is lost and no effect happens twice;
// while it is away a bounded number of events waits and then a call is refused at once; nobody has
// to restart anything. Method: a real broker of the test's own, kill -9 while a producer and a
// member of a group work; a connection through which nothing comes.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>

#include "adapters/event_bus/kafka/event_bus.hpp"
#include "adapters/event_bus/kafka/real_broker.hpp"
#include "ports/testing/event_bus_group_contract.hpp"

namespace atlas::adapters::event_bus::kafka {
namespace {

using ports::kLedgerTopic;
using ports::testing::Effects;
using ports::testing::event_of;
using ports::testing::in;
using ports::testing::kGroupPatience;
using ports::testing::kHome;
using ports::testing::RealEngine;
using std::chrono::milliseconds;

KafkaOptions options_for(const RealEngine& engine) {
    KafkaOptions options;
    options.brokers = engine.url().substr(std::string_view("kafka://").size());
    options.partitions = 2;
    options.session_timeout_ms = 2000;
    return options;
}

TEST(KafkaFaultTest, KillNineLosesNothingAcknowledgedAndNothingIsAppliedTwice) {
    RealEngine own("kafka");
    if (!own.is_here()) {
        GTEST_SKIP();
    }
    ports::testing::PlainSecrets secrets;
    const auto opened = KafkaEventBus::open(options_for(own), secrets);
    ASSERT_TRUE(opened.has_value()) << to_string(opened.error());
    const auto& bus = *opened;
    constexpr std::int64_t kAll = 6000;
    std::atomic<std::int64_t> acknowledged{0};
    std::atomic<std::int64_t> refused{0};
    std::jthread producer([&](const std::stop_token& stop) {
        for (std::int64_t i = 1; i <= kAll && !stop.stop_requested();) {
            std::vector<ports::Event> some;
            for (std::int64_t k = 0; k < 10; ++k) {
                some.push_back(event_of(kHome, i + k));
            }
            // Shorter than the broker is away: some are refused, and given again.
            if (bus->append(kLedgerTopic, some, in(milliseconds(1500))).has_value()) {
                i += 10;
                acknowledged.store(i - 1);
            } else {
                refused.fetch_add(1);
            }
        }
    });
    Effects effects;
    const auto member = *bus->join("readers", kLedgerTopic);
    const auto patience = in(2 * kGroupPatience);
    int kills = 0;
    while (effects.applied() < kAll) {
        const auto batch = member->next(200, in(milliseconds(50)), {});
        if (batch.has_value() && !batch->events.empty()) {
            effects.apply(*batch);
            static_cast<void>(
                member->commit(batch->partition, batch->events.back().offset + 1).has_value());
        }
        if (kills < 3 && acknowledged.load() > (kills + 1) * 1500) {
            own.kill();
            ++kills;
            ASSERT_TRUE(own.start_again());
        }
        ASSERT_LT(std::chrono::steady_clock::now(), patience.at)
            << effects.applied() << " applied, " << acknowledged.load() << " acknowledged";
    }
    EXPECT_EQ(kills, 3);
    EXPECT_EQ(effects.applied(), kAll);
    std::printf("kafka: 3 kills, %lld calls refused, %lld deliveries of %lld events\n",
                static_cast<long long>(refused.load()), static_cast<long long>(effects.delivered()),
                static_cast<long long>(kAll));
}

TEST(KafkaFaultTest, WhileTheBrokerIsAwayABoundedNumberWaitsThenACallIsRefusedAtOnce) {
    RealEngine own("kafka");
    if (!own.is_here()) {
        GTEST_SKIP();
    }
    ports::testing::PlainSecrets secrets;
    KafkaOptions options = options_for(own);
    options.waiting_events_max = ports::kEventBatchMax;
    const auto opened = KafkaEventBus::open(options, secrets);
    ASSERT_TRUE(opened.has_value()) << to_string(opened.error());
    const auto& bus = *opened;
    const std::vector<ports::Event> one{event_of(kHome, 1)};
    ASSERT_TRUE(bus->append(kLedgerTopic, one, {}));
    own.kill();

    // What fits waits until the caller gives up, and is not acknowledged.
    std::int64_t next = 2;
    std::vector<ports::Event> many;
    for (; next <= 6001; ++next) {
        many.push_back(event_of(kHome, next));
    }
    const auto waited = bus->append(kLedgerTopic, many, in(milliseconds(2500)));
    ASSERT_FALSE(waited.has_value());
    EXPECT_TRUE(waited.error().code == ErrorCode::unavailable ||
                waited.error().code == ErrorCode::deadline_exceeded);
    EXPECT_EQ(bus->waiting_events(), many.size());

    // What does not fit any more is refused at once, long before its deadline.
    const auto before = std::chrono::steady_clock::now();
    const auto refused = bus->append(kLedgerTopic, many, in(std::chrono::seconds(60)));
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::unavailable) << to_string(refused.error());
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(10));
    EXPECT_LE(bus->waiting_events(), options.waiting_events_max);
    EXPECT_EQ(bus->wait(kLedgerTopic, 0, 1000, in(milliseconds(300)), {}).value_or(false), false);

    // It comes back: what waited is stored, in order, and the next call is served.
    ASSERT_TRUE(own.start_again());
    const std::vector<ports::Event> last{event_of(kHome, next)};
    const auto patience = in(kGroupPatience);
    while (!bus->append(kLedgerTopic, last, in(milliseconds(2000))).has_value()) {
        ASSERT_LT(std::chrono::steady_clock::now(), patience.at);
    }
    std::int64_t highest = 0;
    const ports::Partition p = bus->partition_of(kHome);
    for (ports::Offset from = 0;;) {
        const auto found = bus->read(kLedgerTopic, p, from, 1000);
        ASSERT_TRUE(found.has_value()) << to_string(found.error());
        if (found->empty()) {
            break;
        }
        for (const ports::StoredEvent& stored : *found) {
            ASSERT_LE(stored.event.sequence, highest + 1) << "a gap";
            highest = std::max(highest, stored.event.sequence);
        }
        from = found->back().offset + 1;
    }
    EXPECT_EQ(highest, next);
    EXPECT_EQ(bus->waiting_events(), 0U);
}

}  // namespace
}  // namespace atlas::adapters::event_bus::kafka
