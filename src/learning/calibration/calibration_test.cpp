// SPDX-License-Identifier: Apache-2.0
// Goal: errors of calibration and intervals are the published ones, and a fitted map rises. Method:
// figures by hand and from print, an independent pooling, seeded outcomes whose truth is known.
#include "learning/calibration/calibration.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace atlas::learning::calibration {
namespace {

TEST(Calibration, ErrorIsTheWeightedDistanceByBins) {
    // Bin .9–1: 4 claims of .95, 3 right (.20 off); bin .5–.6: 1 claim of .55, right (.45 off).
    const std::vector<Outcome> outcomes = {
        {0.95, true}, {0.95, true}, {0.95, true}, {0.95, false}, {0.55, true}};
    EXPECT_NEAR(expected_calibration_error(outcomes), (4 * 0.20 + 1 * 0.45) / 5, 1e-12);
    EXPECT_EQ(expected_calibration_error({}), 0);
    const std::vector<Outcome> edge = {{1.0, true}, {1.0, true}};
    EXPECT_EQ(expected_calibration_error(edge), 0);
}

TEST(Calibration, WilsonAgreesWithPrint) {
    // Newcombe 1998, Statistics in Medicine 17:857, table I, method 3: 81/263, 15/148, 0/20, 1/29.
    const auto check = [](std::size_t r, std::size_t n, double low, double high) {
        const Interval interval = wilson(r, n);
        EXPECT_NEAR(interval.low, low, 5e-5) << r << "/" << n;
        EXPECT_NEAR(interval.high, high, 5e-5) << r << "/" << n;
    };
    check(81, 263, 0.2553, 0.3662);
    check(15, 148, 0.0624, 0.1605);
    check(0, 20, 0.0000, 0.1611);
    check(1, 29, 0.0061, 0.1718);
    EXPECT_EQ(wilson(0, 0).high, 1);
}

TEST(Calibration, RisesFromNothingToItsFirstKnot) {
    const auto map = Calibration::create({{0.5, 0.4}, {1.0, 1.0}});
    ASSERT_TRUE(map.has_value());
    EXPECT_NEAR((*map)(0.25), 0.2, 1e-12);
    EXPECT_NEAR((*map)(0.5), 0.4, 1e-12);
    EXPECT_EQ((*map)(0.0), 0.0);
}

TEST(Calibration, ATailTooSmallForABinJoinsTheLast) {
    std::vector<Outcome> outcomes;
    for (int i = 0; i < 250; ++i) {
        outcomes.push_back({static_cast<double>(i) / 250, i >= 200 || (i >= 100 && i % 2 == 0)});
    }
    EXPECT_EQ(Calibration::fit(outcomes, 100).knots().size(), 2U);
}

TEST(Calibration, InterpolatesBetweenKnotsAndRefusesWhatFalls) {
    const auto map = Calibration::create({{0.2, 0.1}, {0.6, 0.5}, {0.8, 0.9}});
    ASSERT_TRUE(map.has_value());
    EXPECT_NEAR((*map)(0.4), 0.3, 1e-12);
    EXPECT_NEAR((*map)(0.7), 0.7, 1e-12);
    EXPECT_NEAR((*map)(0.1), 0.05, 1e-12);
    EXPECT_NEAR((*map)(0.9), 0.925, 1e-12);
    EXPECT_EQ(Calibration()(0.37), 0.37);
    EXPECT_FALSE(Calibration::create({{0.5, 0.5}, {0.5, 0.6}}).has_value());
    EXPECT_FALSE(Calibration::create({{0.5, 0.5}, {0.6, 0.4}}).has_value());
    EXPECT_FALSE(Calibration::create({{0.5, 1.5}}).has_value());
}

TEST(Calibration, AFitMendsAKnownDistortionAndRises) {
    constexpr std::uint64_t kSeed = 5;
    SCOPED_TRACE(kSeed);
    Random random(kSeed);
    std::vector<Outcome> outcomes;
    for (int i = 0; i < 40'000; ++i) {
        const double score = random.uniform();
        outcomes.push_back({score, random.chance(score * score)});  // Overconfident.
    }
    const Calibration map = Calibration::fit(outcomes, 500);
    std::vector<Outcome> mended;
    for (const Outcome& outcome : outcomes) {
        mended.push_back({map(outcome.confidence), outcome.is_right});
    }
    EXPECT_GT(expected_calibration_error(outcomes), 0.15);
    EXPECT_LT(expected_calibration_error(mended), 0.01);
    for (std::size_t i = 1; i < map.knots().size(); ++i) {
        EXPECT_LT(map.knots()[i - 1].score, map.knots()[i].score);
        EXPECT_LE(map.knots()[i - 1].probability, map.knots()[i].probability);
    }
    EXPECT_NEAR(map(0.7), 0.49, 0.03);
}

}  // namespace
}  // namespace atlas::learning::calibration
