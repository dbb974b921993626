// SPDX-License-Identifier: Apache-2.0
// Goal: trees fit what is there, keep the order they are told to keep, and say what is wrong with
// their input. Method: splits worked out by hand, laws on seeded random tables, a slow search.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "base/random.hpp"
#include "learning/trees/boosting.hpp"
#include "learning/trees/forest.hpp"

namespace atlas::learning::trees {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Table random_table(std::size_t rows, std::size_t columns, double missing, Random& random) {
    Table table{columns, {}};
    for (std::size_t i = 0; i < rows * columns; ++i) {
        const double x = std::floor(random.normal() * 10) / 4;
        table.values.push_back(random.chance(missing) ? kNan : x);
    }
    return table;
}

double known(double x) {
    return std::isnan(x) ? 0 : x;
}

std::vector<double> squared_targets(const Table& table, Random& random) {
    std::vector<double> targets;
    for (std::size_t i = 0; i < table.rows(); ++i) {
        const auto row = table.row(i);
        targets.push_back(2 * known(row[0]) - known(row[1]) * known(row[1]) + random.normal());
    }
    return targets;
}

TEST(Grow, TakesTheSplitOfGreatestGainWorkedOutByHand) {
    // Targets 0 0 9 9 in order of the only column: one split between the 2nd and the 3rd value,
    // leaves 0 and 9 around the mean 4.5.
    const Table table{1, {1, 2, 4, 8}};
    const std::vector<double> targets{0, 0, 9, 9};
    BoostingOptions options{.rounds = 1, .learning_rate = 1};
    options.grow = {.depth_max = 1, .shrinkage = 0};
    const Ensemble fitted = boost(table, targets, {}, options).value();
    ASSERT_EQ(fitted.trees.size(), 1U);
    const Tree& tree = fitted.trees[0];
    ASSERT_EQ(tree.size(), 3U);
    EXPECT_EQ(fitted.base, 4.5);
    EXPECT_EQ(tree[0].threshold, 3);
    EXPECT_EQ(tree[0].cover, 4);
    EXPECT_EQ(tree[1].value, -4.5);
    EXPECT_EQ(tree[2].value, 4.5);
    EXPECT_EQ(tree[2].cover, 2);
    // λ = 2 halves each leaf of weight 2: -G/(H+λ) = 9/4.
    options.grow.shrinkage = 2;
    EXPECT_EQ(boost(table, targets, {}, options)->trees[0][2].value, 2.25);
    // γ above the gain leaves the tree alone: the gain is 2·9²/2 = 81 (λ = 0).
    options.grow = {.depth_max = 1, .shrinkage = 0, .gain_min = 81};
    EXPECT_EQ(boost(table, targets, {}, options)->trees[0].size(), 1U);
    options.grow.gain_min = 80;
    EXPECT_EQ(boost(table, targets, {}, options)->trees[0].size(), 3U);
}

TEST(Grow, FindsTheBestSplitAsASlowSearchDoes) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        Random random(seed);
        const Table table = random_table(40, 3, seed % 2 == 0 ? 0.2 : 0.0, random);
        const std::vector<double> targets = squared_targets(table, random);
        BoostingOptions options{.rounds = 1, .learning_rate = 1};
        options.grow = {.depth_max = 1, .leaf_weight_min = 3, .shrinkage = 0.5};
        const Ensemble fitted = boost(table, targets, {}, options).value();
        const auto loss_with = [&](auto goes_left) {
            double first[2] = {0, 0};
            double second[2] = {0, 0};
            for (std::size_t i = 0; i < targets.size(); ++i) {
                const int side = goes_left(table.row(i)) ? 0 : 1;
                first[side] += fitted.base - targets[i];
                second[side] += 1;
            }
            if (second[0] < 3 || second[1] < 3) {
                return 0.0;
            }
            return first[0] * first[0] / (second[0] + 0.5) +
                   first[1] * first[1] / (second[1] + 0.5);
        };
        double best = 0;
        for (std::size_t column = 0; column < 3; ++column) {
            for (std::size_t i = 0; i < targets.size(); ++i) {
                const double at = table.row(i)[column];
                for (const bool missing_left : {true, false}) {
                    best = std::max(best, loss_with([&](auto row) {
                                        const double x = row[column];
                                        return std::isnan(x)    ? missing_left
                                               : std::isnan(at) ? !missing_left
                                                                : x <= at;
                                    }));
                }
            }
        }
        const Tree& tree = fitted.trees[0];
        ASSERT_EQ(tree.size(), 3U) << seed;
        EXPECT_NEAR(loss_with([&](auto row) {
                        return tree[0].next(row[static_cast<std::size_t>(tree[0].feature)]) ==
                               tree[0].left;
                    }),
                    best, 1e-9)
            << seed;
    }
}

TEST(Boost, NeverFallsWhereItMustRise) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        Random random(seed);
        const Table table = random_table(400, 3, 0.1, random);
        std::vector<double> targets = squared_targets(table, random);
        BoostingOptions options{.rounds = 60, .learning_rate = 0.3, .seed = seed};
        options.grow = {.depth_max = 5, .monotone = {1, -1, 0}};
        const Ensemble fitted = boost(table, targets, {}, options).value();
        for (int look = 0; look < 300; ++look) {
            std::vector<double> row{random.normal() * 3, random.normal() * 3, random.normal()};
            const double before = predict(fitted, row);
            row[0] += random.uniform() * 2;
            EXPECT_GE(predict(fitted, row), before - 1e-12) << seed;
            const double middle = predict(fitted, row);
            row[1] += random.uniform() * 2;
            EXPECT_LE(predict(fitted, row), middle + 1e-12) << seed;
        }
    }
}

TEST(Boost, LearnsAndStopsWhenTheWatchedRowsAreServed) {
    Random random(5);
    const Table table = random_table(2000, 3, 0.05, random);
    const std::vector<double> targets = squared_targets(table, random);
    const Table watched = random_table(1000, 3, 0.05, random);
    const std::vector<double> watched_targets = squared_targets(watched, random);
    BoostingOptions options{.rounds = 2000, .learning_rate = 0.2, .row_share = 0.8};
    const Ensemble fitted =
        boost(table, targets, {}, options, Watch{watched, watched_targets, 20}).value();
    EXPECT_LT(fitted.trees.size(), 1000U);
    double error = 0;
    for (std::size_t i = 0; i < watched.rows(); ++i) {
        error += std::pow(predict(fitted, watched.row(i)) - watched_targets[i], 2);
    }
    // The noise has variance 1; the targets vary by more than 60.
    EXPECT_LT(error / 1000, 3.0);
}

TEST(Boost, GivesLogOddsForTheLogisticLoss) {
    // A quarter of ones on the left, three quarters on the right.
    Table table{1, {}};
    std::vector<double> targets;
    for (int i = 0; i < 400; ++i) {
        table.values.push_back(i < 200 ? 0 : 1);
        targets.push_back(i % 4 == 0 ? (i < 200 ? 1 : 0) : (i < 200 ? 0 : 1));
    }
    BoostingOptions options{.loss = Loss::logistic, .rounds = 100};
    options.grow = {.depth_max = 1, .shrinkage = 0};
    const Ensemble fitted = boost(table, targets, {}, options).value();
    const double low[] = {0};
    const double high[] = {1};
    EXPECT_NEAR(probability_of(predict(fitted, low)), 0.25, 1e-3);
    EXPECT_NEAR(probability_of(predict(fitted, high)), 0.75, 1e-3);
}

TEST(Boost, WeightsCountLikeRepeatedRows) {
    Random random(9);
    const Table table = random_table(60, 2, 0.2, random);
    std::vector<double> targets = squared_targets(table, random);
    std::vector<double> weights;
    Table repeated{2, {}};
    std::vector<double> repeated_targets;
    for (std::size_t i = 0; i < 60; ++i) {
        const auto times = 1 + random.below(3);
        weights.push_back(static_cast<double>(times));
        for (std::uint64_t k = 0; k < times; ++k) {
            const auto row = table.row(i);
            repeated.values.insert(repeated.values.end(), row.begin(), row.end());
            repeated_targets.push_back(targets[i]);
        }
    }
    const BoostingOptions options{.rounds = 20};
    const Ensemble one = boost(table, targets, weights, options).value();
    const Ensemble other = boost(repeated, repeated_targets, {}, options).value();
    for (std::size_t i = 0; i < 60; ++i) {
        EXPECT_NEAR(predict(one, table.row(i)), predict(other, table.row(i)), 1e-9);
    }
}

TEST(Boost, TheSameSeedGivesTheSameTrees) {
    Random random(11);
    const Table table = random_table(300, 4, 0.1, random);
    const std::vector<double> targets = squared_targets(table, random);
    BoostingOptions options{.rounds = 10, .row_share = 0.5, .columns_a_tree = 0.5};
    options.grow.columns_a_split = 0.5;
    const auto answers = [&](std::uint64_t seed) {
        options.seed = seed;
        const Ensemble fitted = boost(table, targets, {}, options).value();
        std::vector<double> all;
        for (std::size_t i = 0; i < 50; ++i) {
            all.push_back(predict(fitted, table.row(i)));
        }
        return all;
    };
    EXPECT_EQ(answers(1), answers(1));
    EXPECT_NE(answers(1), answers(2));
}

TEST(Forest, IsTheMeanOfTreesAndBetterThanOne) {
    Random random(13);
    const Table table = random_table(1500, 4, 0.05, random);
    const std::vector<double> targets = squared_targets(table, random);
    const Table fresh = random_table(800, 4, 0.05, random);
    const std::vector<double> fresh_targets = squared_targets(fresh, random);
    const auto error_of = [&](int trees) {
        const Ensemble fitted = fit_forest(table, targets, {}, {.trees = trees}).value();
        double error = 0;
        for (std::size_t i = 0; i < fresh.rows(); ++i) {
            error += std::pow(predict(fitted, fresh.row(i)) - fresh_targets[i], 2);
        }
        return error / 800;
    };
    const double many = error_of(60);
    EXPECT_LT(many, 0.7 * error_of(1));
    // A forest answers within what it has seen.
    const Ensemble fitted = fit_forest(table, targets, {}, {.trees = 20}).value();
    const auto [low, high] = std::minmax_element(targets.begin(), targets.end());
    for (std::size_t i = 0; i < fresh.rows(); ++i) {
        const double answer = predict(fitted, fresh.row(i));
        EXPECT_GE(answer, *low - 1e-9);
        EXPECT_LE(answer, *high + 1e-9);
    }
}

TEST(Bin, KeepsFewValuesApartAndManyInQuantiles) {
    const BinnedTable few = bin(Table{1, {5, kNan, 1, 1, 3}});
    EXPECT_EQ(few.edges[0].size(), 3U);
    EXPECT_EQ(few.steps[0], (std::vector<std::uint8_t>{2, kMissing, 0, 0, 1}));
    Table many{1, {}};
    for (int i = 0; i < 10'000; ++i) {
        many.values.push_back(i);
    }
    const BinnedTable binned = bin(many);
    EXPECT_EQ(binned.edges[0].size(), kStepsMax);
    EXPECT_TRUE(std::is_sorted(binned.edges[0].begin(), binned.edges[0].end()));
    std::array<int, 256> counts{};
    for (const auto step : binned.steps[0]) {
        ++counts[step];
    }
    for (std::size_t step = 0; step < kStepsMax; ++step) {
        EXPECT_NEAR(counts[step], 10'000 / 255, 2) << step;
    }
    const BinnedTable none = bin(Table{1, {kNan, kNan}});
    EXPECT_EQ(none.steps[0][0], kMissing);
}

TEST(Training, SaysWhatIsWrong) {
    const Table table{2, {1, 2, 3, 4}};
    const std::vector<double> targets{0, 1};
    const BoostingOptions options{.rounds = 1};
    const auto code = [](const auto& result) { return result.error().code; };
    EXPECT_EQ(code(boost(Table{0, {}}, {}, {}, options)), ErrorCode::invalid_argument);
    EXPECT_EQ(code(boost(Table{2, {1, 2, 3}}, targets, {}, options)), ErrorCode::invalid_argument);
    EXPECT_EQ(code(boost(table, std::vector<double>{1}, {}, options)), ErrorCode::invalid_argument);
    EXPECT_EQ(code(boost(table, std::vector<double>{1, kNan}, {}, options)),
              ErrorCode::invalid_argument);
    EXPECT_EQ(code(boost(table, targets, std::vector<double>{1}, options)),
              ErrorCode::invalid_argument);
    EXPECT_EQ(code(boost(table, targets, std::vector<double>{1, -1}, options)),
              ErrorCode::invalid_argument);
    EXPECT_EQ(code(boost(table, targets, std::vector<double>{0, 0}, options)),
              ErrorCode::invalid_argument);
    EXPECT_EQ(code(boost(Table{2, {1, 2, 3, std::numeric_limits<double>::infinity()}}, targets, {},
                         options)),
              ErrorCode::invalid_argument);
    EXPECT_EQ(code(boost(table, std::vector<double>{0, 2}, {}, {.loss = Loss::logistic})),
              ErrorCode::invalid_argument);
    EXPECT_EQ(code(boost(table, targets, {}, {.rounds = 0})), ErrorCode::invalid_argument);
    EXPECT_EQ(code(boost(table, targets, {}, {.row_share = 1.5})), ErrorCode::invalid_argument);
    EXPECT_EQ(code(boost(table, targets, {}, {.grow = {.monotone = {1}}})),
              ErrorCode::invalid_argument);
    EXPECT_EQ(code(fit_forest(table, targets, {}, {.trees = 0})), ErrorCode::invalid_argument);
}

TEST(Check, FindsWhatWouldLeadAWalkAstray) {
    Random random(3);
    const Table table = random_table(100, 2, 0.1, random);
    Ensemble fitted = boost(table, squared_targets(table, random), {}, {.rounds = 3}).value();
    ASSERT_TRUE(check(fitted).has_value());
    const auto broken = [&](auto change) {
        Ensemble copy = fitted;
        change(copy);
        return !check(copy).has_value();
    };
    EXPECT_TRUE(broken([](Ensemble& e) { e.base = kNan; }));
    EXPECT_TRUE(broken([](Ensemble& e) { e.trees[1].clear(); }));
    EXPECT_TRUE(broken([](Ensemble& e) { e.trees[0][0].left = 0; }));
    EXPECT_TRUE(broken([](Ensemble& e) { e.trees[0][0].left = -3; }));
    EXPECT_TRUE(broken([](Ensemble& e) {
        e.trees[0][0].left = static_cast<std::int32_t>(e.trees[0].size()) - 1;
    }));
    EXPECT_TRUE(broken([](Ensemble& e) { e.trees[0][0].feature = 2; }));
    EXPECT_TRUE(broken([](Ensemble& e) { e.trees[0][0].feature = -2; }));
    EXPECT_TRUE(broken([](Ensemble& e) { e.trees[2][0].threshold = kNan; }));
    EXPECT_TRUE(broken([](Ensemble& e) { e.trees[2].back().value = kNan; }));
    EXPECT_TRUE(broken([](Ensemble& e) { e.trees[2].back().cover = 0; }));
}

}  // namespace
}  // namespace atlas::learning::trees
