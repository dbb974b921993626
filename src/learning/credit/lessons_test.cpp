// SPDX-License-Identifier: Apache-2.0
// Goal: the teacher is what its source says, and a lesson never holds what it must not. Method: a
// case by hand, the conditions of the optimum on seeded rows, an outlier moved, examples of other
// folds changed.
#include "learning/credit/lessons.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.hpp"
#include "learning/credit/support_vectors.hpp"

namespace atlas::learning::credit {
namespace {

struct Curve {
    trees::Table table{2, {}};
    std::vector<double> targets;
};

double height(double x, double y) {
    return 600 + 40 * std::sin(2 * x) + 20 * y;
}

Curve curve(std::size_t count, double noise) {
    Random random(11);
    Curve drawn;
    for (std::size_t i = 0; i < count; ++i) {
        const double x = 4 * random.uniform();
        const double y = 4 * random.uniform();
        drawn.table.values.insert(drawn.table.values.end(), {x, y});
        drawn.targets.push_back(height(x, y) + noise * random.normal());
    }
    return drawn;
}

constexpr SupportVectorOptions kOptions{.steepness = 0.5, .weight_max = 50, .tolerance = 5};

TEST(SupportVectors, TwoRowsAreSolvedAsByHand) {
    // Standardised to −1 and 1; the middle is 100, both constants are 1 and the kernel of the two
    // is k = e^(−4γ). One row pulls: it is 60 − 5 of its 2·β short: β = −55/2, the other follows.
    const SupportVectorOptions options{.steepness = 0.25, .weight_max = 50, .tolerance = 5};
    const auto fitted = SupportVectors::fit({1, {3, 5}}, std::vector{40.0, 100.0}, options).value();
    // Slopes: 2a + (1+k)b = −60 + 5 for a below 0, and (1+k)a + 2b = −5 for b above 0.
    const double across = 1 + std::exp(-1.0);
    const double a = (-55 * 2 - across * -5) / (4 - across * across);
    const double b = (-5 * 2 - across * -55) / (4 - across * across);
    ASSERT_GT(b, 0);
    EXPECT_EQ(fitted.count(), 2U);
    EXPECT_NEAR(fitted.predict(std::vector{3.0}), 100 + 2 * a + across * b, 0.05);
    EXPECT_NEAR(fitted.predict(std::vector{5.0}), 100 + across * a + 2 * b, 0.05);
    EXPECT_NEAR(fitted.predict(std::vector{3.0}), 45, 0.05) << "its target and the tolerance";
    EXPECT_NEAR(fitted.predict(std::vector{5.0}), 95, 0.05);
}

TEST(SupportVectors, FollowASmoothCurveThroughNoise) {
    const Curve noisy = curve(600, 8);
    const auto fitted = SupportVectors::fit(noisy.table, noisy.targets, kOptions).value();
    double error = 0;
    for (double x = 0.5; x < 3.6; x += 0.5) {
        for (double y = 0.5; y < 3.6; y += 0.5) {
            error = std::max(error, std::abs(fitted.predict(std::vector{x, y}) - height(x, y)));
        }
    }
    EXPECT_LT(error, 8);
}

TEST(SupportVectors, OnlyRowsBeyondTheToleranceHaveAWeight) {
    const Curve noisy = curve(300, 8);
    const auto fitted = SupportVectors::fit(noisy.table, noisy.targets, kOptions).value();
    std::size_t beyond = 0;
    std::size_t clearly = 0;
    for (std::size_t r = 0; r < noisy.targets.size(); ++r) {
        const double rest = std::abs(noisy.targets[r] - fitted.predict(noisy.table.row(r)));
        beyond += rest > kOptions.tolerance - 0.3 ? 1 : 0;
        clearly += rest > kOptions.tolerance + 0.3 ? 1 : 0;
    }
    EXPECT_LE(fitted.count(), beyond);
    EXPECT_GE(fitted.count(), clearly);
    EXPECT_LT(fitted.count(), noisy.targets.size());
}

TEST(SupportVectors, AnOutlierPullsNoFurtherHoweverFarItIs) {
    Curve noisy = curve(200, 3);
    noisy.targets[17] = 2'000;
    const auto near = SupportVectors::fit(noisy.table, noisy.targets, kOptions).value();
    noisy.targets[17] = 1e6;
    const auto far = SupportVectors::fit(noisy.table, noisy.targets, kOptions).value();
    for (double x = 0; x < 4; x += 0.7) {
        const std::vector<double> at{x, 4 - x};
        EXPECT_NEAR(near.predict(at), far.predict(at), 0.1);
    }
}

TEST(SupportVectors, WhatLiesWithinTheToleranceIsTheMiddle) {
    const auto flat =
        SupportVectors::fit({1, {1, 2, 3}}, std::vector{700.0, 704.0, 708.0}, kOptions).value();
    EXPECT_EQ(flat.count(), 0U);
    EXPECT_EQ(flat.predict(std::vector{9.0}), 704);
}

TEST(SupportVectors, RefuseWhatTheyCannotUse) {
    const auto code_of = [](const trees::Table& table, const std::vector<double>& targets) {
        return SupportVectors::fit(table, targets, kOptions).error().code;
    };
    EXPECT_EQ(code_of({0, {}}, {}), ErrorCode::invalid_argument);
    EXPECT_EQ(code_of({2, {1, 2, 3}}, {1}), ErrorCode::invalid_argument);
    EXPECT_EQ(code_of({1, {1, 2}}, {1}), ErrorCode::invalid_argument);
    EXPECT_EQ(code_of({1, {1, kUnknown}}, {1, 2}), ErrorCode::invalid_argument);
    EXPECT_EQ(code_of({1, {1, 2}}, {1, kUnknown}), ErrorCode::invalid_argument);
    const trees::Table many{1, std::vector<double>(kSupportRowsMax + 1, 1.0)};
    EXPECT_EQ(code_of(many, std::vector<double>(kSupportRowsMax + 1, 1.0)),
              ErrorCode::invalid_argument);
}

std::vector<Example> people(std::size_t count) {
    Random random(12);
    std::vector<Example> all;
    for (std::size_t i = 0; i < count; ++i) {
        Example one;
        one.household = {30'000 + 90'000 * random.uniform(),
                         0.3 * random.uniform(),
                         10 + 300 * random.uniform(),
                         20'000 * random.uniform(),
                         random.uniform(),
                         std::floor(3 * random.uniform()),
                         0,
                         0};
        one.score = 760 - 100 * one.household[4] + 10 * random.normal();
        all.push_back(one);
    }
    return all;
}

TEST(Lessons, KnowNothingOfTheFoldLeftOut) {
    auto examples = people(250);
    const TrainOptions options{.seed = 3};
    std::vector<int> folds;
    for (std::size_t i = 0; i < examples.size(); ++i) {
        folds.push_back(static_cast<int>(i % 3));
    }
    const Rows rows = with_hidden_features(examples, options);
    const Lessons before = prepare_lessons(examples, rows, folds, 1, options).value();
    for (std::size_t i = 1; i < examples.size(); i += 3) {
        examples[i].score = 300;
        examples[i].household = {};
    }
    const Lessons after = prepare_lessons(examples, rows, folds, 1, options).value();
    EXPECT_EQ(before.targets, after.targets);
    EXPECT_EQ(before.weights, after.weights);
    const Lessons all = prepare_lessons(examples, rows, folds, -1, options).value();
    EXPECT_GT(all.targets.size(), before.targets.size());
    EXPECT_EQ(all.targets.size(), 8 * examples.size());  // Itself, 4 mixed, 3 with some hidden.
}

TEST(Lessons, ACopyWithFeaturesHiddenIsTaughtAsTheWholePerson) {
    const auto examples = people(250);
    const TrainOptions options{.seed = 4};
    const std::vector<int> folds(examples.size(), 0);
    const Rows rows = with_hidden_features(examples, options);
    const Lessons lessons = prepare_lessons(examples, rows, folds, -1, options).value();
    const std::size_t mixed = 4 * examples.size();
    for (std::size_t row = 0; row < rows.example.size(); ++row) {
        const std::size_t whole = 4 * (row / 4);
        EXPECT_EQ(lessons.targets[mixed + row], lessons.targets[mixed + whole]);
        EXPECT_DOUBLE_EQ(lessons.weights[mixed + row], row == whole ? 1.0 : 0.5 / 3);
    }
    for (std::size_t i = 0; i < mixed; ++i) {
        EXPECT_EQ(lessons.weights[i], 1);
        for (const double value : lessons.table.row(i)) {
            EXPECT_FALSE(std::isnan(value));
        }
    }
}

}  // namespace
}  // namespace atlas::learning::credit
