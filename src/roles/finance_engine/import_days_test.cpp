// SPDX-License-Identifier: Apache-2.0
// Goal: a plan remembers every id that may come again, and hardly any other. Method: seeded ids of
// which the repeated ones are known, at the sizes of a lifetime and of the largest files.
#include "roles/finance_engine/import_days.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <string_view>
#include <vector>

#include "base/random.hpp"

namespace atlas::roles::finance_engine {
namespace {

/// The i-th of ids that are never the same, shorter than a bank's so that millions are quick.
class NumberedId {
public:
    explicit NumberedId(std::uint64_t i) { std::memcpy(bytes_.data(), &i, sizeof i); }
    operator std::string_view() const { return {bytes_.data(), bytes_.size()}; }

private:
    std::array<char, sizeof(std::uint64_t)> bytes_{};
};

/// Share of the ids below the end, each seen once, that are told to come again; one in seven asked.
double wrongly_told(const PerhapsAgain& again, std::uint64_t end) {
    constexpr std::uint64_t kStep = 7;
    std::uint64_t told = 0;
    for (std::uint64_t i = 0; i < end; i += kStep) {
        told += again.contains(0, NumberedId(i)) ? 1U : 0U;
    }
    return static_cast<double>(told * kStep) / static_cast<double>(end);
}

// By Bloom's formula a part of twelve bits an id and four looks tells (1 - e^(-1/3))^4 = .65 %
// wrongly when it is full, .14 % on the way there: the second has the first's .65 % as well.
TEST(PerhapsAgain, TellsFewThatComeOnceHoweverManyThereAre) {
    PerhapsAgain again;
    std::uint64_t seen = 0;
    const auto see = [&](std::uint64_t end) {
        for (; seen < end; ++seen) {
            again.saw(0, NumberedId(seen));
        }
        return wrongly_told(again, end);
    };
    EXPECT_LT(see(1'000'000), .0003);
    EXPECT_LT(see(4'000'000), .004);
    EXPECT_LT(see(12'000'000), .008);
}

TEST(PerhapsAgain, MissesNoneThatComesAgain) {
    constexpr std::uint64_t kSeed = 20261123;
    constexpr std::uint64_t kIds = 4'000'000;  // More than the first part takes.
    Random random(kSeed);
    PerhapsAgain again;
    std::vector<std::uint64_t> repeated;
    for (std::uint64_t i = 0; i < kIds; ++i) {
        again.saw(0, NumberedId(i));
        if (random.chance(0.01)) {
            repeated.push_back(random.below(i + 1));
            again.saw(0, NumberedId(repeated.back()));
        }
    }
    for (const std::uint64_t i : repeated) {
        ASSERT_TRUE(again.contains(0, NumberedId(i))) << i << ", seed " << kSeed;
    }
    EXPECT_LT(wrongly_told(again, kIds), .004 + .01) << "seed " << kSeed;
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

TEST(HeadSet, ZeroIsANumberAsOthersAre) {
    HeadSet set;
    set.insert(7);
    EXPECT_FALSE(set.contains(0));
    set.insert(0);
    EXPECT_TRUE(set.contains(0));
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
        ASSERT_FALSE(set.contains(random.next())) << "seed " << kSeed;  // However full it is.
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
