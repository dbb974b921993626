// SPDX-License-Identifier: Apache-2.0
// Goal: an id that a statement gives to two movements is found, whatever is looked at per walk.
// Method: a multiset of every id as oracle, on seeded files; the limit of repeated ids.
#include "finance/statements/repeated_ids.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>

#include "base/random.hpp"

namespace atlas::finance::statements {
namespace {

TEST(RepeatedIds, EqualsAMultisetHoweverManyWalksItTakes) {
    int several_walks = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        Random random(seed);
        std::vector<std::pair<std::string, std::size_t>> movements;  // By statement.
        std::map<std::pair<std::string, std::size_t>, int> counts;
        for (std::size_t statement = 0; statement < 4; ++statement) {
            for (auto left = random.below(120); left > 0; --left) {
                std::string id = random.chance(0.1) ? "" : std::to_string(random.below(150));
                ++counts[{id, statement}];
                movements.emplace_back(std::move(id), statement);
            }
        }
        RepeatedIds ids(1 + static_cast<std::size_t>(random.below(60)), 1'000);
        int walks = 0;
        do {
            ++walks;
            std::size_t at = 0;
            for (std::size_t statement = 0; statement < 4; ++statement) {
                for (; at < movements.size() && movements[at].second == statement; ++at) {
                    ids.saw(movements[at].first);
                }
                ids.assign(statement);
            }
        } while (ids.needs_another_walk());
        several_walks += walks > 1 ? 1 : 0;
        for (const auto& [movement, count] : counts) {
            const bool expected = !movement.first.empty() && count > 1;
            EXPECT_EQ(ids.is_repeated(movement.first, movement.second), expected)
                << "seed " << seed << ", id " << movement.first;
        }
        EXPECT_FALSE(ids.is_repeated("never seen", 0));
    }
    EXPECT_GT(several_walks, 100);
}

TEST(RepeatedIds, WithTooManyOfThemNoneIsBelieved) {
    for (const int repeated : {10, 11}) {
        RepeatedIds ids(1'000, 10);
        for (int i = 0; i < repeated; ++i) {
            ids.saw(std::to_string(i));
            ids.saw(std::to_string(i));
        }
        ids.saw("alone");
        ids.assign(0);
        EXPECT_FALSE(ids.needs_another_walk());
        EXPECT_EQ(ids.is_repeated("alone", 0), repeated == 11);
        EXPECT_TRUE(ids.is_repeated("3", 0));
        EXPECT_FALSE(ids.is_repeated("", 0));
    }
}

}  // namespace
}  // namespace atlas::finance::statements
