// SPDX-License-Identifier: Apache-2.0
// What every AuditLog does. The Engine knows how its store is tampered with, so that the suite can
// ask what the verifier finds:
//
//     struct Engine {
//         ports::AuditLog& log();
//         ports::Secrets& secrets();
//         void reopen();
//         void edit(std::int64_t number);       // Flips a stored bit of an entry.
//         void remove(std::int64_t number);
//         void swap(std::int64_t number);       // With the entry after it, keeping the numbers.
//         void insert(std::int64_t number);     // A copy of an entry after it; the rest moves on.
//         void truncate(std::int64_t entries);  // Keeps the first ones.
//     };
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <thread>
#include <vector>

#include "ports/audit_log.hpp"
#include "ports/secrets.hpp"
#include "ports/testing/ledger_samples.hpp"

namespace atlas::ports::testing {

inline AuditEntry audit_entry_of(std::int64_t number, HouseholdId household = kHome) {
    return {.household = household,
            .at = {number * 1000},
            .actor = "user-7",
            .action = "import.commit",
            .detail = "{\"n\":" + std::to_string(number) + "}"};
}

template <class Engine>
class AuditLogContract : public ::testing::Test {
protected:
    static constexpr std::int64_t kEntries = 5;
    AuditLog& log() { return engine_.log(); }
    static void fill(Engine& engine) {
        for (std::int64_t i = 1; i <= kEntries; ++i) {
            const auto number =
                engine.log().append(audit_entry_of(i, i % 3 == 0 ? kNeighbours : kHome));
            ASSERT_TRUE(number) << to_string(number.error());
            ASSERT_EQ(*number, i);
        }
    }
    /// Tampers with a fresh log and says which entry the verifier names.
    template <class F>
    static void expect_found(F&& tamper, std::int64_t at) {
        Engine engine;
        fill(engine);
        ASSERT_TRUE(engine.log().verify());
        tamper(engine);
        engine.reopen();
        const auto verified = engine.log().verify();
        ASSERT_FALSE(verified) << "tampering at " << at << " was not found";
        EXPECT_EQ(verified.error().code, ErrorCode::data_loss);
        EXPECT_NE(verified.error().message.find("entry " + std::to_string(at) + " "),
                  std::string::npos)
            << verified.error().message;
    }
    Engine engine_;
};

TYPED_TEST_SUITE_P(AuditLogContract);

TYPED_TEST_P(AuditLogContract, NumbersFromOneAndGivesBackWhatWasAppended) {
    EXPECT_EQ(*this->log().verify(), AuditCheckpoint{});
    this->fill(this->engine_);
    this->engine_.reopen();
    EXPECT_EQ(this->log().verify()->entries, this->kEntries);
    EXPECT_EQ(*this->log().entry(kHome, 1), audit_entry_of(1));
    EXPECT_EQ(*this->log().entry(kNeighbours, 3), audit_entry_of(3, kNeighbours));
    EXPECT_EQ(this->log().entry(kHome, 3).error().code, ErrorCode::not_found);
    EXPECT_EQ(this->log().entry(kHome, 99).error().code, ErrorCode::not_found);
    const AuditEntry odd{.household = kHome,
                         .at = {-1},
                         .actor = {},
                         .action = std::string("\0a", 2),
                         .detail = std::string(1000, '\xff')};
    const auto number = *this->log().append(odd);
    EXPECT_EQ(number, this->kEntries + 1);
    EXPECT_EQ(*this->log().entry(kHome, number), odd);
}

TYPED_TEST_P(AuditLogContract, FindsAnyEdit) {
    for (std::int64_t i = 1; i <= this->kEntries; ++i) {
        this->expect_found([&](TypeParam& engine) { engine.edit(i); }, i);
    }
}

TYPED_TEST_P(AuditLogContract, FindsAnyDeletionReorderingAndInsertion) {
    for (std::int64_t i = 1; i < this->kEntries; ++i) {
        this->expect_found([&](TypeParam& engine) { engine.remove(i); }, i);
        this->expect_found([&](TypeParam& engine) { engine.swap(i); }, i);
        this->expect_found([&](TypeParam& engine) { engine.insert(i); }, i + 1);
    }
}

TYPED_TEST_P(AuditLogContract, TruncationIsProvableUpToAKeptCheckpoint) {
    this->fill(this->engine_);
    const AuditCheckpoint kept = *this->log().verify();
    ASSERT_TRUE(this->log().append(audit_entry_of(6)));
    EXPECT_EQ(this->log().verify_against(kept)->entries, this->kEntries + 1);
    this->engine_.truncate(this->kEntries);
    this->engine_.reopen();
    EXPECT_TRUE(this->log().verify_against(kept)) << "what came after it cannot be missed";
    this->engine_.truncate(this->kEntries - 1);
    this->engine_.reopen();
    EXPECT_TRUE(this->log().verify());
    const auto cut = this->log().verify_against(kept);
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().code, ErrorCode::data_loss);
    ASSERT_TRUE(this->log().append(audit_entry_of(99)));
    EXPECT_TRUE(this->log().verify());
    const auto replaced = this->log().verify_against(kept);
    ASSERT_FALSE(replaced) << "another entry in the place of the one cut off";
    EXPECT_EQ(replaced.error().code, ErrorCode::data_loss);
}

TYPED_TEST_P(AuditLogContract, AnErasedHouseholdLeavesAChainThatVerifies) {
    this->fill(this->engine_);
    const AuditCheckpoint kept = *this->log().verify();
    ASSERT_TRUE(this->engine_.secrets().destroy(kHome));
    this->engine_.reopen();
    EXPECT_EQ(*this->log().verify_against(kept), kept);
    EXPECT_EQ(this->log().entry(kHome, 1).error().code, ErrorCode::not_found);
    EXPECT_EQ(*this->log().entry(kNeighbours, 3), audit_entry_of(3, kNeighbours));
    EXPECT_EQ(this->log().append(audit_entry_of(6)).error().code, ErrorCode::not_found);
    EXPECT_EQ(*this->log().append(audit_entry_of(6, kNeighbours)), this->kEntries + 1);
    EXPECT_TRUE(this->log().verify_against(kept));
}

TYPED_TEST_P(AuditLogContract, ManyCallersMakeOneChain) {
    constexpr int kThreads = 8;
    constexpr int kEach = 20;
    std::vector<std::vector<std::int64_t>> numbers(kThreads);
    {
        std::vector<std::jthread> callers;
        for (auto& mine : numbers) {
            callers.emplace_back([&] {
                for (int i = 0; i < kEach; ++i) {
                    mine.push_back(*this->log().append(audit_entry_of(i)));
                }
            });
        }
    }
    std::set<std::int64_t> all;
    for (const auto& mine : numbers) {
        EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
        all.insert(mine.begin(), mine.end());
    }
    EXPECT_EQ(all.size(), static_cast<std::size_t>(kThreads * kEach));
    EXPECT_EQ(*all.rbegin(), kThreads * kEach);
    EXPECT_EQ(this->log().verify()->entries, kThreads * kEach);
}

REGISTER_TYPED_TEST_SUITE_P(AuditLogContract, NumbersFromOneAndGivesBackWhatWasAppended,
                            FindsAnyEdit, FindsAnyDeletionReorderingAndInsertion,
                            TruncationIsProvableUpToAKeptCheckpoint,
                            AnErasedHouseholdLeavesAChainThatVerifies, ManyCallersMakeOneChain);

}  // namespace atlas::ports::testing
