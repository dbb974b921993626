// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <optional>

#include "base/random.hpp"
#include "learning/calibration/calibration.hpp"
#include "learning/consolidation/consolidation.hpp"
#include "learning/trees/cart.hpp"

namespace atlas::learning::consolidation {
namespace {

constexpr std::array<int, 3> kDepths{2, 3, 4};
constexpr std::array<std::size_t, 3> kLeafRows{400, 200, 100};

/// Splits midway between two steps of their fact, so that a sentence can say them.
void snap(trees::Tree& tree) {
    for (trees::Node& node : tree) {
        if (!node.is_leaf()) {
            const double step = step_of(static_cast<Fact>(node.feature));
            // A split on a step means that what lies on it goes left.
            node.threshold = step * (std::floor(node.threshold / step + 1e-6) + 0.5);
        }
    }
}

bool is_right(const trees::Tree& tree, const Case& each) {
    return trees::says_yes(tree[trees::leaf_of(tree, each.facts)]) == each.is_worth_it;
}

std::size_t count_right(const trees::Tree& tree, const std::vector<Case>& cases) {
    return static_cast<std::size_t>(std::count_if(
        cases.begin(), cases.end(), [&](const Case& each) { return is_right(tree, each); }));
}

Result<trees::Tree> choose(const std::vector<Case>& training, const std::vector<Case>& choosing) {
    trees::Table table{kFacts, {}};
    std::vector<double> labels;
    for (const Case& each : training) {
        table.values.insert(table.values.end(), each.facts.begin(), each.facts.end());
        labels.push_back(each.is_worth_it ? 1 : 0);
    }
    std::optional<trees::Tree> best;
    std::size_t best_right = 0;
    for (const int depth : kDepths) {
        for (const std::size_t rows : kLeafRows) {
            ATLAS_TRY_ASSIGN(
                trees::Tree tree,
                trees::fit_cart(table, labels, {.depth_max = depth, .leaf_rows_min = rows}));
            snap(tree);
            const std::size_t right = count_right(tree, choosing);
            if (!best || right > best_right) {
                best = std::move(tree);
                best_right = right;
            }
        }
    }
    return *std::move(best);
}

}  // namespace

Result<RuleTree> train(const TrainOptions& options) {
    if (options.training_cases == 0 || options.choosing_cases == 0 || options.judging_cases == 0) {
        return invalid_argument("cases", "each of the three sets needs some");
    }
    Random seeds(options.seed);
    const auto training = simulate_cases(seeds.next(), options.training_cases);
    const auto choosing = simulate_cases(seeds.next(), options.choosing_cases);
    const auto judging = simulate_cases(seeds.next(), options.judging_cases);
    RuleTree model;
    ATLAS_TRY_ASSIGN(model.tree, choose(training, choosing));
    model.leaves.resize(model.tree.size());
    std::uint32_t worth = 0;
    for (const Case& each : judging) {
        LeafFigures& leaf = model.leaves[trees::leaf_of(model.tree, each.facts)];
        const std::uint32_t hit = is_right(model.tree, each) ? 1 : 0;
        ++leaf.cases;
        leaf.right += hit;
        ++model.figures.cases;
        model.figures.right += hit;
        model.figures.baseline_right += each.is_rate_lower == each.is_worth_it ? 1 : 0;
        worth += each.is_worth_it ? 1 : 0;
    }
    model.figures.majority_right = std::max(worth, model.figures.cases - worth);
    return model;
}

bool beats_baseline(const Figures& figures) {
    return calibration::wilson(figures.right, figures.cases).low >
           calibration::wilson(figures.baseline_right, figures.cases).high;
}

}  // namespace atlas::learning::consolidation
