// SPDX-License-Identifier: Apache-2.0
// Goal: whoever waits for a role to have read something is told when it has, and never before.
// Method: steps by hand, and seeded steps from several threads beside those who wait for each.
#include "roles/ledger_progress.hpp"

#include <array>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace atlas::roles {
namespace {

const HouseholdId kOurs = HouseholdId{{.bytes = {std::byte{1}}}};
const HouseholdId kTheirs = HouseholdId{{.bytes = {std::byte{2}}}};

Deadline passed() {
    return {std::chrono::steady_clock::now() - std::chrono::seconds(1)};
}
Deadline in_a_while() {
    return {std::chrono::steady_clock::now() + std::chrono::seconds(20)};
}

TEST(LedgerProgress, NeverGoesBackAndKeepsHouseholdsApart) {
    LedgerProgress progress;
    EXPECT_EQ(progress.sequence(kOurs), 0);
    progress.reach(kOurs, 7);
    progress.reach(kOurs, 5);
    EXPECT_EQ(progress.sequence(kOurs), 7);
    EXPECT_EQ(progress.sequence(kTheirs), 0);
    EXPECT_TRUE(progress.wait_for(kOurs, 7, passed()));
    EXPECT_FALSE(progress.wait_for(kOurs, 8, passed()));
    EXPECT_FALSE(progress.wait_for(kTheirs, 1, passed()));
    EXPECT_TRUE(progress.wait_for(kTheirs, 0, passed()));
}

TEST(LedgerProgress, WhoeverWaitsIsToldWhenItIsThere) {
    constexpr std::int64_t kSteps = 200;
    constexpr std::uint64_t kSeed = 20261123;
    LedgerProgress progress;
    std::array<bool, 3> were_there{};
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < were_there.size(); ++i) {
            threads.emplace_back([&progress, &there = were_there[i], i] {
                const auto wanted = static_cast<std::int64_t>(i + 1) * kSteps / 3;
                there = progress.wait_for(kOurs, wanted, in_a_while()) &&
                        progress.sequence(kOurs) >= wanted;
            });
        }
        // Two who tell of the same steps, in any order.
        for (std::uint64_t teller = 0; teller < 2; ++teller) {
            threads.emplace_back([&progress, teller] {
                Random random(kSeed + teller);
                for (int i = 0; i < kSteps * 4; ++i) {
                    progress.reach(kOurs, static_cast<std::int64_t>(random.below(kSteps)));
                }
                progress.reach(kOurs, kSteps);
            });
        }
    }
    EXPECT_EQ(were_there, (std::array{true, true, true})) << "seed " << kSeed;
    EXPECT_EQ(progress.sequence(kOurs), kSteps);
}

}  // namespace
}  // namespace atlas::roles
