// SPDX-License-Identifier: Apache-2.0
// What every EventBus that says shares_groups does beside event_bus_contract.hpp: partitions of a
// group are each one member's, move when members come and go, and no effect happens twice where
// effects are de-duplicated by (household, sequence), as the port asks.
//
//     struct Engine {  // As of event_bus_contract.hpp, with at least two partitions, and
//         bool is_there();  // false: not installed here, skipped aloud.
//     };
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "ports/testing/event_bus_contract.hpp"

namespace atlas::ports::testing {

/// What a consumer keeps in one transaction with its position: the last sequence of each household.
class Effects {
public:
    void apply(const GroupBatch& batch) {
        const std::lock_guard lock(mutex_);
        for (const StoredEvent& stored : batch.events) {
            ++delivered_;
            std::int64_t& last = last_[stored.event.household];
            if (stored.event.sequence <= last) {
                continue;  // A repetition.
            }
            EXPECT_EQ(stored.event.sequence, last + 1) << "a gap, or out of order";
            last = stored.event.sequence;
            ++applied_;
        }
    }
    std::int64_t applied() const {
        const std::lock_guard lock(mutex_);
        return applied_;
    }
    std::int64_t delivered() const {
        const std::lock_guard lock(mutex_);
        return delivered_;
    }

private:
    mutable std::mutex mutex_;
    std::map<HouseholdId, std::int64_t> last_;
    std::int64_t applied_ = 0;
    std::int64_t delivered_ = 0;
};

inline Deadline in(std::chrono::milliseconds span) {
    return {std::chrono::steady_clock::now() + span};
}

inline constexpr std::chrono::seconds kGroupPatience{60};

template <class Engine>
class EventBusGroupContract : public ::testing::Test {
protected:
    static constexpr std::int64_t kHouseholds = 9;

    void SetUp() override {
        if (!engine_.is_there()) {
            GTEST_SKIP() << "the engine is not installed here";
        }
    }
    EventBus& bus() { return engine_.bus(); }
    /// `each` more events of nine households, interleaved.
    void append(std::int64_t each) {
        std::vector<Event> events;
        for (std::int64_t i = 0; i < each; ++i) {
            for (std::int64_t h = 0; h < kHouseholds; ++h) {
                events.push_back(
                    event_of(id_of<HouseholdId>(static_cast<std::uint64_t>(h)), written_ + i + 1));
            }
        }
        written_ += each;
        const auto appended = bus().append(kLedgerTopic, events, Deadline{});
        ASSERT_TRUE(appended.has_value()) << to_string(appended.error());
    }
    std::unique_ptr<GroupMember> join() {
        auto member = bus().join("readers", kLedgerTopic);
        EXPECT_TRUE(member.has_value()) << to_string(member.error());
        return member.has_value() ? *std::move(member) : nullptr;
    }
    /// One step of a consumer: effect first, then the position.
    static void step(GroupMember& member, Effects& effects) {
        const auto batch = member.next(7, in(std::chrono::milliseconds(50)), {});
        ASSERT_TRUE(batch.has_value()) << to_string(batch.error());
        if (batch->events.empty()) {
            return;
        }
        effects.apply(*batch);
        const auto committed = member.commit(batch->partition, batch->events.back().offset + 1);
        if (!committed.has_value()) {
            EXPECT_EQ(committed.error().code, ErrorCode::conflict) << to_string(committed.error());
        }
    }
    Engine engine_;
    std::int64_t written_ = 0;
};

TYPED_TEST_SUITE_P(EventBusGroupContract);

TYPED_TEST_P(EventBusGroupContract, OneMemberHasAllPartitionsAndSeesEachHouseholdInOrder) {
    ASSERT_TRUE(this->bus().capabilities().shares_groups);
    this->append(20);
    const auto member = this->join();
    Effects effects;
    for (const Deadline patience = in(kGroupPatience);
         effects.applied() < 20 * this->kHouseholds;) {
        this->step(*member, effects);
        ASSERT_LT(std::chrono::steady_clock::now(), patience.at);
    }
    EXPECT_EQ(member->partitions().size(), static_cast<std::size_t>(this->bus().partitions()));
    EXPECT_EQ(effects.delivered(), effects.applied()) << "nobody else was there";
}

TYPED_TEST_P(EventBusGroupContract, ASecondMemberTakesItsShareWhileEventsComeAndNoEffectIsTwice) {
    this->append(10);
    Effects effects;
    const auto first = this->join();
    for (const Deadline patience = in(kGroupPatience); effects.applied() < 5;) {
        this->step(*first, effects);
        ASSERT_LT(std::chrono::steady_clock::now(), patience.at);
    }
    const auto second = this->join();
    const Deadline patience = in(kGroupPatience);
    while (second->partitions().empty() || first->partitions().empty() ||
           effects.applied() < this->written_ * this->kHouseholds) {
        if (this->written_ < 60) {
            this->append(5);
        }
        this->step(*first, effects);
        this->step(*second, effects);
        ASSERT_LT(std::chrono::steady_clock::now(), patience.at)
            << first->partitions().size() << " and " << second->partitions().size()
            << " partitions, applied " << effects.applied();
    }
    std::vector<Partition> all = first->partitions();
    const std::vector<Partition> other = second->partitions();
    all.insert(all.end(), other.begin(), other.end());
    std::sort(all.begin(), all.end());
    EXPECT_EQ(all.size(), static_cast<std::size_t>(this->bus().partitions()));
    EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end()) << "a partition has two";
    EXPECT_EQ(effects.applied(), this->written_ * this->kHouseholds);
}

TYPED_TEST_P(EventBusGroupContract, WhatALostMemberDidNotCommitIsDeliveredAgainAndAppliedOnce) {
    this->append(10);
    Effects effects;
    {
        const auto lost = this->join();
        for (const Deadline patience = in(kGroupPatience); effects.applied() < 10;) {
            const auto batch = lost->next(7, in(std::chrono::milliseconds(50)), {});
            ASSERT_TRUE(batch.has_value());
            effects.apply(*batch);  // Its effect is stored, its position is not.
            ASSERT_LT(std::chrono::steady_clock::now(), patience.at);
        }
    }
    const std::int64_t before = effects.applied();
    const auto next = this->join();
    for (const Deadline patience = in(kGroupPatience);
         effects.applied() < 10 * this->kHouseholds;) {
        this->step(*next, effects);
        ASSERT_LT(std::chrono::steady_clock::now(), patience.at);
    }
    EXPECT_EQ(effects.delivered(), effects.applied() + before) << "each repeated once";
}

TYPED_TEST_P(EventBusGroupContract, ACommitForAPartitionThatWentAwayIsAConflict) {
    this->append(4);
    const auto first = this->join();
    Effects effects;
    const Deadline patience = in(kGroupPatience);
    while (first->partitions().size() < static_cast<std::size_t>(this->bus().partitions())) {
        this->step(*first, effects);
        ASSERT_LT(std::chrono::steady_clock::now(), patience.at);
    }
    const auto second = this->join();
    while (second->partitions().empty()) {
        this->step(*first, effects);
        this->step(*second, effects);
        ASSERT_LT(std::chrono::steady_clock::now(), patience.at);
    }
    const Partition gone = second->partitions().front();
    EXPECT_EQ(first->commit(gone, 1).error().code, ErrorCode::conflict);
    EXPECT_EQ(first->commit(gone, -1).error().code, ErrorCode::invalid_argument);
    EXPECT_TRUE(second->commit(gone, 1));
}

TYPED_TEST_P(EventBusGroupContract, TheNextMemberBeginsWhereTheGroupCommitted) {
    this->append(4);
    const Partition p = this->bus().partition_of(id_of<HouseholdId>(0));
    const Offset end = this->bus().range(kLedgerTopic, p)->end;
    {
        const auto member = this->join();
        Effects effects;
        for (const Deadline patience = in(kGroupPatience);
             effects.applied() < 4 * this->kHouseholds;) {
            this->step(*member, effects);
            ASSERT_LT(std::chrono::steady_clock::now(), patience.at);
        }
    }
    EXPECT_EQ(*this->bus().committed_offset({"readers", std::string(kLedgerTopic), p}), end);
    this->engine_.reopen();
    EXPECT_EQ(*this->bus().committed_offset({"readers", std::string(kLedgerTopic), p}), end);
    const auto member = this->join();
    this->append(1);
    std::int64_t seen = 0;
    for (const Deadline patience = in(kGroupPatience); seen < this->kHouseholds;) {
        const auto batch = member->next(100, in(std::chrono::milliseconds(50)), {});
        ASSERT_TRUE(batch.has_value());
        for (const StoredEvent& stored : batch->events) {
            EXPECT_EQ(stored.event.sequence, 5);
            ++seen;
        }
        ASSERT_LT(std::chrono::steady_clock::now(), patience.at);
    }
}

TYPED_TEST_P(EventBusGroupContract, RefusesNamesAndAnswersToAStop) {
    EXPECT_EQ(this->bus().join("no name", kLedgerTopic).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(this->bus().join("readers", "").error().code, ErrorCode::invalid_argument);
    const auto member = this->join();
    std::jthread waiting([&](const std::stop_token& stop) {
        const auto batch = member->next(10, Deadline{}, stop);
        EXPECT_TRUE(batch.has_value() && batch->events.empty());
    });
    waiting.request_stop();
}

REGISTER_TYPED_TEST_SUITE_P(EventBusGroupContract,
                            OneMemberHasAllPartitionsAndSeesEachHouseholdInOrder,
                            ASecondMemberTakesItsShareWhileEventsComeAndNoEffectIsTwice,
                            WhatALostMemberDidNotCommitIsDeliveredAgainAndAppliedOnce,
                            ACommitForAPartitionThatWentAwayIsAConflict,
                            TheNextMemberBeginsWhereTheGroupCommitted,
                            RefusesNamesAndAnswersToAStop);

}  // namespace atlas::ports::testing
