// SPDX-License-Identifier: Apache-2.0
// Goal: the same seed gives the same numbers everywhere, and they are distributed as named.
// Method: the generator written out again beside it; printed quantiles; quantiles against erfc;
// chi-squared and moments on seeded draws with limits far beyond chance.
#include "base/random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <vector>

namespace atlas {
namespace {

/// splitmix64 and xoshiro256** from the papers' text, with std::uint64_t alone.
class Reference {
public:
    explicit Reference(std::uint64_t seed) {
        for (std::uint64_t& word : s_) {
            seed += 0x9e3779b97f4a7c15U;
            std::uint64_t z = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9U;
            z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
            word = z ^ (z >> 31);
        }
    }
    std::uint64_t next() {
        const auto rotated = [](std::uint64_t x, int k) { return x << k | x >> (64 - k); };
        const std::uint64_t result = rotated(s_[1] * 5, 7) * 9;
        const std::uint64_t shifted = s_[1] << 17;
        s_[2] ^= s_[0];
        s_[3] ^= s_[1];
        s_[1] ^= s_[2];
        s_[0] ^= s_[3];
        s_[2] ^= shifted;
        s_[3] = rotated(s_[3], 45);
        return result;
    }

private:
    std::uint64_t s_[4];
};

TEST(Random, IsXoshiroSeededBySplitmix) {
    Reference reference(1234567);
    Random random(1234567);
    for (int i = 0; i < 10'000; ++i) {
        ASSERT_EQ(random.next(), reference.next()) << i;
    }
    EXPECT_NE(Random(1).next(), Random(2).next());
}

TEST(Random, BelowIsUniform) {
    Random random(3);
    for (const std::uint64_t bound : {2U, 3U, 7U, 10U, 100U}) {
        std::vector<double> seen(bound, 0);
        constexpr int kDraws = 100'000;
        for (int i = 0; i < kDraws; ++i) {
            const auto value = random.below(bound);
            ASSERT_LT(value, bound);
            seen[value] += 1;
        }
        const double expected = kDraws / static_cast<double>(bound);
        double chi_squared = 0;
        for (const double count : seen) {
            chi_squared += (count - expected) * (count - expected) / expected;
        }
        const double freedom = static_cast<double>(bound) - 1;
        EXPECT_LT(chi_squared, freedom + 6 * std::sqrt(2 * freedom) + 10) << "seed 3, " << bound;
    }
    EXPECT_EQ(random.below(1), 0U);
    // With three quarters of the range, a method that does not reject gives every third value
    // twice as often.
    const std::uint64_t large = std::uint64_t{3} << 62;
    int thirds = 0;
    for (int i = 0; i < 30'000; ++i) {
        thirds += random.below(large) % 3 == 0 ? 1 : 0;
    }
    EXPECT_NEAR(thirds, 10'000, 500);
}

TEST(Random, BetweenIncludesBothEnds) {
    Random random(4);
    std::set<std::int64_t> seen;
    for (int i = 0; i < 1'000; ++i) {
        seen.insert(random.between(-2, 2));
    }
    EXPECT_EQ(seen, (std::set<std::int64_t>{-2, -1, 0, 1, 2}));
    EXPECT_EQ(random.between(9, 9), 9);
    bool negative = false;
    bool positive = false;
    for (int i = 0; i < 100; ++i) {
        const auto any = random.between(INT64_MIN, INT64_MAX);
        negative = negative || any < 0;
        positive = positive || any > 0;
    }
    EXPECT_TRUE(negative && positive);
}

TEST(Random, MomentsAreThoseOfTheDistributions) {
    Random random(5);
    constexpr int kDraws = 200'000;
    double sum = 0;
    double normal_sum = 0;
    double normal_squares = 0;
    double normal_fourths = 0;
    int chances = 0;
    for (int i = 0; i < kDraws; ++i) {
        const double u = random.uniform();
        ASSERT_GE(u, 0.0);
        ASSERT_LT(u, 1.0);
        sum += u;
        const double z = random.normal();
        normal_sum += z;
        normal_squares += z * z;
        normal_fourths += z * z * z * z;
        chances += random.chance(0.3) ? 1 : 0;
    }
    EXPECT_NEAR(sum / kDraws, 0.5, 0.004);
    EXPECT_NEAR(normal_sum / kDraws, 0.0, 0.015);
    EXPECT_NEAR(normal_squares / kDraws, 1.0, 0.02);
    EXPECT_NEAR(normal_fourths / kDraws, 3.0, 0.15);
    EXPECT_NEAR(chances / static_cast<double>(kDraws), 0.3, 0.006);
}

TEST(Random, ForksDiffer) {
    Random random(6);
    Random fork = random.fork();
    EXPECT_NE(fork.next(), random.next());
    EXPECT_EQ(Random(6).fork().next(), Random(6).fork().next());
}

TEST(NormalQuantile, AgreesWithPrint) {
    // Wichura 1988, AS 241, the three values for checking, and the common table.
    EXPECT_NEAR(normal_quantile(0.25), -0.6744897501960817, 1e-15);
    EXPECT_NEAR(normal_quantile(0.001), -3.090232306167814, 4e-15);
    EXPECT_NEAR(normal_quantile(1e-20), -9.262340089798408, 1e-14);
    EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
    EXPECT_EQ(normal_quantile(0.5), 0.0);
}

TEST(NormalQuantile, UndoesTheDistribution) {
    for (double z = -37; z <= 8; z += 0.01) {
        const double p = 0.5 * std::erfc(-z / std::sqrt(2.0));
        if (p < 1 && p > 0) {
            // Near 1 the spacing of p limits what can be told.
            const double spacing = 2.3e-16 / (std::exp(-z * z / 2) / 2.5066282746310002);
            ASSERT_NEAR(normal_quantile(p), z, 1e-13 * (1 + std::fabs(z)) + (z > 0 ? spacing : 0));
        }
    }
}

TEST(RandomDeathTest, StopsOnImpossibleArguments) {
    Random random(7);
    EXPECT_DEATH(random.below(0), "check failed");
    EXPECT_DEATH(random.between(2, 1), "check failed");
    EXPECT_DEATH(normal_quantile(0), "check failed");
    EXPECT_DEATH(normal_quantile(1), "check failed");
}

TEST(Entropy, FillsEveryByte) {
    SystemEntropy system;
    std::vector<std::byte> bytes(4'096);
    system.fill(bytes);
    std::set<std::byte> values(bytes.begin(), bytes.end());
    EXPECT_EQ(values.size(), 256U);  // Missing one has probability 3e-5.
    system.fill({});
    SeededEntropy one(9);
    SeededEntropy same(9);
    std::vector<std::byte> a(33);
    std::vector<std::byte> b(33);
    one.fill(a);
    same.fill(b);
    EXPECT_EQ(a, b);
    one.fill(a);
    EXPECT_NE(a, b);
}

}  // namespace
}  // namespace atlas
