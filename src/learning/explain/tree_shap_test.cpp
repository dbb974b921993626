// SPDX-License-Identifier: Apache-2.0
// Goal: the effects are the Shapley values, exactly. Method: the definition over all subsets, a
// tree worked out by hand, and the laws (they add up; a column never asked for has no effect).
#include "learning/explain/tree_shap.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "base/random.hpp"
#include "learning/trees/boosting.hpp"
#include "learning/trees/forest.hpp"

namespace atlas::learning::explain {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

trees::Ensemble fitted(std::uint64_t seed, std::size_t columns) {
    Random random(seed);
    trees::Table table{columns, {}};
    std::vector<double> targets;
    for (int i = 0; i < 300; ++i) {
        double target = random.normal();
        for (std::size_t c = 0; c < columns; ++c) {
            const double x = random.normal();
            table.values.push_back(random.chance(0.1) ? kNan : x);
            target += c % 2 == 0 ? x : x * target;
        }
        targets.push_back(target);
    }
    trees::BoostingOptions options{.rounds = 12, .learning_rate = 0.3, .seed = seed};
    options.grow = {.depth_max = 6, .columns_a_split = 0.6};
    return seed % 2 == 0
               ? trees::boost(table, targets, {}, options).value()
               : trees::fit_forest(table, targets, {}, {.trees = 5, .seed = seed}).value();
}

std::vector<double> random_row(std::size_t columns, Random& random) {
    std::vector<double> row;
    for (std::size_t c = 0; c < columns; ++c) {
        row.push_back(random.chance(0.2) ? kNan : random.normal());
    }
    return row;
}

TEST(TreeShap, EqualsItsDefinitionOverAllSubsets) {
    for (std::uint64_t seed = 1; seed <= 24; ++seed) {
        const std::size_t columns = 1 + seed % 12;
        const trees::Ensemble ensemble = fitted(seed, columns);
        Random random(seed * 77);
        for (int look = 0; look < 3; ++look) {
            const auto row = random_row(columns, random);
            const Attribution fast = tree_shap(ensemble, row);
            const Attribution slow = shapley_by_subsets(ensemble, row);
            EXPECT_NEAR(fast.expected, slow.expected, 1e-9) << seed;
            for (std::size_t c = 0; c < columns; ++c) {
                EXPECT_NEAR(fast.effects[c], slow.effects[c], 1e-9) << seed << " column " << c;
            }
        }
    }
}

TEST(TreeShap, AddsUpToTheAnswerAlsoWithManyColumns) {
    for (const std::size_t columns : {3U, 12U, 40U, 70U}) {
        const trees::Ensemble ensemble = fitted(2 * columns, columns);
        Random random(columns);
        for (int look = 0; look < 50; ++look) {
            const auto row = random_row(columns, random);
            const Attribution told = tree_shap(ensemble, row);
            double sum = told.expected;
            for (const double effect : told.effects) {
                sum += effect;
            }
            EXPECT_NEAR(sum, trees::predict(ensemble, row), 1e-9);
        }
    }
}

TEST(TreeShap, IsRightForATreeWorkedOutByHand) {
    // x0 <= 0 ? 0 : (x1 <= 0 ? 10 : 20), half of the rows at each split. For (1, 1): nothing known
    // 7.5, x0 alone 15, x1 alone 10, both 20: x0 gets (7.5 + 10) / 2, x1 gets (2.5 + 5) / 2.
    trees::Ensemble ensemble{3, 0, {trees::Tree(5)}};
    trees::Tree& tree = ensemble.trees[0];
    tree[0] = {.feature = 0, .threshold = 0, .left = 1, .cover = 8};
    tree[1] = {.value = 0, .cover = 4};
    tree[2] = {.feature = 1, .threshold = 0, .left = 3, .cover = 4};
    tree[3] = {.value = 10, .cover = 2};
    tree[4] = {.value = 20, .cover = 2};
    const double row[] = {1, 1, 1};
    const Attribution told = tree_shap(ensemble, row);
    EXPECT_DOUBLE_EQ(told.expected, 7.5);
    EXPECT_DOUBLE_EQ(told.effects[0], 8.75);
    EXPECT_DOUBLE_EQ(told.effects[1], 3.75);
    EXPECT_EQ(told.effects[2], 0);
}

}  // namespace
}  // namespace atlas::learning::explain
