// SPDX-License-Identifier: Apache-2.0
// Goal: a plan remembers every id that may come again, and hardly any other. Method: seeded ids of
// which the repeated ones are known, at the sizes of a month, a year and a lifetime.
#include "roles/finance_engine/import_days.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/format.hpp"
#include "base/random.hpp"

namespace atlas::roles::finance_engine {
namespace {

TEST(PerhapsAgain, TellsEveryRepeatedIdAndFewOthers) {
    constexpr std::uint64_t kSeed = 20261123;
    constexpr int kIds = 1'000'000;
    Random random(kSeed);
    PerhapsAgain again;
    std::vector<int> repeated;
    for (int i = 0; i < kIds; ++i) {
        again.saw(0, format("FIT{:08}", i));
        if (random.chance(0.001)) {
            repeated.push_back(i);
        }
    }
    std::size_t told = 0;
    for (int i = 0; i < kIds; ++i) {
        told += again.contains(0, format("FIT{:08}", i)) ? 1U : 0U;
    }
    // By Bloom's formula (1 - e^(-3 n / m))^3, averaged while it fills: 0.02 % of a million.
    EXPECT_LT(told, kIds / 300) << "seed " << kSeed;
    for (const int i : repeated) {
        again.saw(0, format("FIT{:08}", i));
    }
    for (const int i : repeated) {
        ASSERT_TRUE(again.contains(0, format("FIT{:08}", i))) << "seed " << kSeed;
    }
}

TEST(PerhapsAgain, AnIdIsOneOfItsStatement) {
    PerhapsAgain again;
    again.saw(0, "A");
    again.saw(1, "A");
    EXPECT_FALSE(again.contains(0, "A"));
    EXPECT_FALSE(again.contains(1, "A"));
    again.saw(1, "A");
    EXPECT_FALSE(again.contains(0, "A"));
    EXPECT_TRUE(again.contains(1, "A"));
    EXPECT_FALSE(PerhapsAgain().contains(0, "A"));
}

TEST(HeadSet, HoldsWhatWasPutInHoweverItGrows) {
    constexpr std::uint64_t kSeed = 7;
    Random random(kSeed);
    HeadSet set;
    std::vector<std::uint64_t> in = {0, 1};
    for (int i = 0; i < 5000; ++i) {
        in.push_back(random.next());
    }
    EXPECT_FALSE(set.contains(in[5]));
    for (const std::uint64_t head : in) {
        set.insert(head);
        set.insert(head);
    }
    for (const std::uint64_t head : in) {
        ASSERT_TRUE(set.contains(head)) << "seed " << kSeed;
    }
    for (int i = 0; i < 5000; ++i) {
        ASSERT_FALSE(set.contains(random.next())) << "seed " << kSeed;
    }
}

}  // namespace
}  // namespace atlas::roles::finance_engine
