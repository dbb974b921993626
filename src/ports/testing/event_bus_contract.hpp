// SPDX-License-Identifier: Apache-2.0
// What every EventBus does: per-household order, at least once, replay from any offset, bounded
// batches. What differs between engines is in capabilities(), and is tested by what it claims.
//
//     struct Engine {
//         static constexpr std::size_t kEventsMax;  // Small, so that full can be reached.
//         ports::EventBus& bus();  // Its capabilities say kEventsMax, or 0: never full.
//         void reopen();  // As after a restart.
//     };  // And is_there(), if it may be missing: then it is skipped aloud.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <set>
#include <stop_token>
#include <thread>

#include "ports/event_bus.hpp"
#include "ports/testing/ledger_samples.hpp"

namespace atlas::ports::testing {

inline Event event_of(HouseholdId household, std::int64_t sequence, std::string payload = "{}") {
    return {.household = household,
            .sequence = sequence,
            .recorded_at = {sequence * 1000},
            .type = "Changed",
            .payload = std::move(payload)};
}

template <class Engine>
class EventBusContract : public ::testing::Test {
protected:
    void SetUp() override {
        if constexpr (requires { engine_.is_there(); }) {
            if (!engine_.is_there()) {
                GTEST_SKIP() << "the engine is not installed here";
            }
        }
    }
    EventBus& bus() { return engine_.bus(); }
    Result<void> append(const std::vector<Event>& events) {
        return bus().append(kLedgerTopic, events, Deadline{});
    }
    std::vector<StoredEvent> all(Partition partition) {
        auto found = bus().read(kLedgerTopic, partition, 0, kEventBatchMax);
        EXPECT_TRUE(found.has_value()) << to_string(found.error());
        return found.has_value() ? *std::move(found) : std::vector<StoredEvent>();
    }
    Engine engine_;
};

TYPED_TEST_SUITE_P(EventBusContract);

TYPED_TEST_P(EventBusContract, GivesBackEachEventAsItWasInOrder) {
    std::vector<Event> events;
    std::map<HouseholdId, std::int64_t> last;
    for (std::int64_t i = 1; i <= 300; ++i) {
        const auto household = id_of<HouseholdId>(static_cast<std::uint64_t>(i) % 7);
        events.push_back(event_of(household, ++last[household],
                                  "{\"n\":" + std::to_string(i) + ",\"t\":\"\xC3\x85\"}"));
    }
    ASSERT_TRUE(this->append({events.begin(), events.begin() + 100}));
    ASSERT_TRUE(this->append({events.begin() + 100, events.end()}));
    std::map<HouseholdId, std::vector<Event>> found;
    std::set<Partition> used;
    for (Partition p = 0; p < this->bus().partitions(); ++p) {
        const auto stored = this->all(p);
        for (std::size_t i = 0; i < stored.size(); ++i) {
            EXPECT_EQ(stored[i].offset, static_cast<Offset>(i));
            EXPECT_EQ(this->bus().partition_of(stored[i].event.household), p);
            found[stored[i].event.household].push_back(stored[i].event);
            used.insert(p);
        }
    }
    if (this->bus().partitions() > 1) {
        EXPECT_GT(used.size(), 1U) << "seven households in one partition";
    }
    std::map<HouseholdId, std::vector<Event>> expected;
    for (const Event& event : events) {
        expected[event.household].push_back(event);
    }
    EXPECT_EQ(found, expected);
}

TYPED_TEST_P(EventBusContract, ReadsFromAnOffsetUpToALimitWithoutWaiting) {
    const Partition p = this->bus().partition_of(kHome);
    EXPECT_TRUE(this->all(p).empty());
    for (std::int64_t i = 1; i <= 10; ++i) {
        ASSERT_TRUE(this->append({event_of(kHome, i)}));
    }
    const auto some = *this->bus().read(kLedgerTopic, p, 3, 4);
    ASSERT_EQ(some.size(), 4U);
    EXPECT_EQ(some.front().offset, 3);
    EXPECT_EQ(some.front().event.sequence, 4);
    EXPECT_EQ(this->bus().read(kLedgerTopic, p, 8, 100)->size(), 2U);
    EXPECT_TRUE(this->bus().read(kLedgerTopic, p, 10, 100)->empty());
    EXPECT_TRUE(this->bus().read(kLedgerTopic, p, 999, 100)->empty());
    EXPECT_TRUE(this->bus().read(kLedgerTopic, p, 0, 0)->empty());
    EXPECT_TRUE(this->bus().read("other", p, 0, 100)->empty());
}

TYPED_TEST_P(EventBusContract, TopicsAreApart) {
    ASSERT_TRUE(this->append({event_of(kHome, 1)}));
    const std::vector<Event> other = {event_of(kHome, 7), event_of(kHome, 8)};
    ASSERT_TRUE(this->bus().append("market", other, Deadline{}));
    const Partition p = this->bus().partition_of(kHome);
    EXPECT_EQ(this->all(p).size(), 1U);
    EXPECT_EQ(this->bus().read("market", p, 0, 10)->at(1).event.sequence, 8);
}

TYPED_TEST_P(EventBusContract, RefusesWhatIsTooLargeOrNotThere) {
    const std::vector<Event> many(kEventBatchMax + 1, event_of(kHome, 1));
    EXPECT_EQ(this->append(many).error().code, ErrorCode::invalid_argument);
    const Event large = event_of(kHome, 1, std::string(kEventPayloadBytesMax + 1, 'x'));
    EXPECT_EQ(this->append({large}).error().code, ErrorCode::invalid_argument);
    const Partition p = this->bus().partition_of(kHome);
    EXPECT_TRUE(this->all(p).empty());
    EXPECT_TRUE(this->append({event_of(kHome, 1, std::string(kEventPayloadBytesMax, 'x'))}));
    EXPECT_TRUE(this->append({}));
    const Partition outside = this->bus().partitions();
    EXPECT_EQ(this->bus().read(kLedgerTopic, outside, 0, 1).error().code,
              ErrorCode::invalid_argument);
    EXPECT_EQ(this->bus().read(kLedgerTopic, -1, 0, 1).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(this->bus().read(kLedgerTopic, 0, -1, 1).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(this->bus().wait(kLedgerTopic, outside, 0, {}, {}).error().code,
              ErrorCode::invalid_argument);
}

TYPED_TEST_P(EventBusContract, FullIsExhaustedAndNothingIsForgotten) {
    const std::size_t count = TypeParam::kEventsMax;
    std::int64_t sequence = 0;
    for (std::size_t i = 0; i < count; ++i) {
        ASSERT_TRUE(this->append({event_of(kHome, ++sequence)}));
    }
    if (this->bus().capabilities().events_max != 0) {
        ASSERT_EQ(this->bus().capabilities().events_max, count);
        const auto refused = this->append({event_of(kHome, ++sequence)});
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::exhausted);
    }
    const auto stored = this->all(this->bus().partition_of(kHome));
    ASSERT_EQ(stored.size(), count);
    EXPECT_EQ(stored.front().event.sequence, 1);
    EXPECT_EQ(stored.back().event.sequence, static_cast<std::int64_t>(count));
}

TYPED_TEST_P(EventBusContract, WaitAnswersToAnEventADeadlineAndAStop) {
    const Partition p = this->bus().partition_of(kHome);
    const Deadline past{std::chrono::steady_clock::now()};
    EXPECT_FALSE(*this->bus().wait(kLedgerTopic, p, 0, past, {}));
    {
        std::jthread waiting(
            [&] { EXPECT_TRUE(*this->bus().wait(kLedgerTopic, p, 1, Deadline{}, {})); });
        ASSERT_TRUE(this->append({event_of(kHome, 1)}));
        ASSERT_TRUE(this->append({event_of(kHome, 2)}));
    }
    EXPECT_TRUE(*this->bus().wait(kLedgerTopic, p, 1, past, {}));
    EXPECT_FALSE(*this->bus().wait(kLedgerTopic, p, 2, past, {}));
    std::jthread stopped([&](const std::stop_token& stop) {
        EXPECT_FALSE(*this->bus().wait(kLedgerTopic, p, 2, Deadline{}, stop));
    });
    stopped.request_stop();
}

TYPED_TEST_P(EventBusContract, AConsumerBesideManyProducersSeesEachHouseholdInOrder) {
    constexpr std::uint64_t kProducers = 4;
    constexpr std::int64_t kEach = 200;
    std::vector<std::jthread> producers;
    for (std::uint64_t household = 0; household < kProducers; ++household) {
        producers.emplace_back([&, household] {
            for (std::int64_t i = 1; i <= kEach; ++i) {
                EXPECT_TRUE(this->append({event_of(id_of<HouseholdId>(household), i)}));
            }
        });
    }
    std::map<HouseholdId, std::int64_t> last;
    for (std::uint64_t household = 0; household < kProducers; ++household) {
        const auto id = id_of<HouseholdId>(household);
        const Partition p = this->bus().partition_of(id);
        Offset next = 0;
        while (last[id] < kEach) {
            ASSERT_TRUE(*this->bus().wait(kLedgerTopic, p, next, Deadline{}, {}));
            const auto batch = *this->bus().read(kLedgerTopic, p, next, 17);
            for (const StoredEvent& stored : batch) {
                EXPECT_EQ(stored.offset, next++);
                if (stored.event.household == id) {
                    EXPECT_EQ(stored.event.sequence, ++last[id]);
                }
            }
        }
    }
}

TYPED_TEST_P(EventBusContract, SurvivesAsItsCapabilitiesSay) {
    ASSERT_TRUE(this->append({event_of(kHome, 1)}));
    EXPECT_FALSE(this->bus().capabilities().engine.empty());
    const bool promised = this->bus().capabilities().survives_crash;
    if (!this->bus().capabilities().shares_groups) {
        EXPECT_EQ(this->bus().join("group", kLedgerTopic).error().code, ErrorCode::unsupported);
    }
    this->engine_.reopen();
    const auto stored = this->all(this->bus().partition_of(kHome));
    if (promised) {
        ASSERT_EQ(stored.size(), 1U);
        EXPECT_EQ(stored[0].event, event_of(kHome, 1));
    }
}

TYPED_TEST_P(EventBusContract, KnowsItsRangeAndWhereATimeBegins) {
    const Partition p = this->bus().partition_of(kHome);
    EXPECT_EQ(*this->bus().range(kLedgerTopic, p), (OffsetRange{0, 0}));
    EXPECT_EQ(*this->bus().offset_at(kLedgerTopic, p, {0}), 0);
    // Recorded at 1000, 2000, …, 50000, but the tenth, which came late.
    for (std::int64_t i = 1; i <= 50; ++i) {
        Event event = event_of(kHome, i);
        event.recorded_at.micros = i == 10 ? 1 : event.recorded_at.micros;
        ASSERT_TRUE(this->append({event}));
    }
    EXPECT_EQ(*this->bus().range(kLedgerTopic, p), (OffsetRange{0, 50}));
    EXPECT_EQ(*this->bus().offset_at(kLedgerTopic, p, {0}), 0);
    EXPECT_EQ(*this->bus().offset_at(kLedgerTopic, p, {1000}), 0);
    EXPECT_EQ(*this->bus().offset_at(kLedgerTopic, p, {1001}), 1);
    EXPECT_EQ(*this->bus().offset_at(kLedgerTopic, p, {9001}), 10);
    EXPECT_EQ(*this->bus().offset_at(kLedgerTopic, p, {50'000}), 49);
    EXPECT_EQ(*this->bus().offset_at(kLedgerTopic, p, {50'001}), 50);
    EXPECT_EQ(this->bus().range(kLedgerTopic, -1).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(this->bus().offset_at(kLedgerTopic, -1, {0}).error().code,
              ErrorCode::invalid_argument);
}

TYPED_TEST_P(EventBusContract, GroupsRememberTheirOwnOffsets) {
    const GroupPosition mail{.group = "mail", .topic = "ledger", .partition = 0};
    const GroupPosition search{.group = "search", .topic = "ledger", .partition = 0};
    EXPECT_EQ(*this->bus().committed_offset(mail), 0);
    ASSERT_TRUE(this->bus().commit_offset(mail, 7));
    ASSERT_TRUE(this->bus().commit_offset(search, 9));
    ASSERT_TRUE(this->bus().commit_offset(mail, 5));
    EXPECT_EQ(*this->bus().committed_offset(mail), 5);
    EXPECT_EQ(*this->bus().committed_offset(search), 9);
    EXPECT_EQ(*this->bus().committed_offset({"mail", "market", 0}), 0);
    EXPECT_EQ(this->bus().commit_offset(mail, -1).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(this->bus().commit_offset({"no name", "ledger", 0}, 1).error().code,
              ErrorCode::invalid_argument);
    EXPECT_EQ(this->bus().commit_offset({"mail", "", 0}, 1).error().code,
              ErrorCode::invalid_argument);
    this->engine_.reopen();
    if (this->bus().capabilities().survives_crash) {
        EXPECT_EQ(*this->bus().committed_offset(mail), 5);
        EXPECT_EQ(*this->bus().committed_offset(search), 9);
    }
}

TYPED_TEST_P(EventBusContract, KeepsKeysAndTextsOfAnyBytes) {
    Event event = event_of(kHome, 3, std::string("\0\n\"\xFF", 4));
    event.key = std::string("k\0y", 3);
    event.type = "";
    event.recorded_at = {-5};
    ASSERT_TRUE(this->append({event, event_of(kHome, 4)}));
    const auto stored = this->all(this->bus().partition_of(kHome));
    ASSERT_EQ(stored.size(), 2U);
    EXPECT_EQ(stored[0].event, event);
    EXPECT_EQ(stored[1].event, event_of(kHome, 4));
}

REGISTER_TYPED_TEST_SUITE_P(EventBusContract, GivesBackEachEventAsItWasInOrder,
                            ReadsFromAnOffsetUpToALimitWithoutWaiting, TopicsAreApart,
                            RefusesWhatIsTooLargeOrNotThere, FullIsExhaustedAndNothingIsForgotten,
                            WaitAnswersToAnEventADeadlineAndAStop,
                            AConsumerBesideManyProducersSeesEachHouseholdInOrder,
                            SurvivesAsItsCapabilitiesSay, KnowsItsRangeAndWhereATimeBegins,
                            GroupsRememberTheirOwnOffsets, KeepsKeysAndTextsOfAnyBytes);

}  // namespace atlas::ports::testing
