// SPDX-License-Identifier: Apache-2.0
#include "learning/trees/forest.hpp"

#include "learning/trees/check_training.hpp"

namespace atlas::learning::trees {

Result<Ensemble> fit_forest(const Table& table, std::span<const double> targets,
                            std::span<const double> weights, const ForestOptions& options) {
    ATLAS_TRY(check_training(table, targets, weights, options.grow));
    if (options.trees < 1) {
        return invalid_argument("options", "a forest has trees");
    }
    Random random(options.seed);
    const BinnedTable binned = bin(table);
    Ensemble ensemble{table.columns, 0, {}};
    const std::size_t count = table.rows();
    for (int t = 0; t < options.trees; ++t) {
        std::vector<double> drawn(count, 0.0);
        for (std::size_t i = 0; i < count; ++i) {
            drawn[random.below(count)] += 1;
        }
        std::vector<Gradient> gradients(count);
        std::vector<std::uint32_t> rows;
        for (std::uint32_t i = 0; i < count; ++i) {
            const double weight = drawn[i] * (weights.empty() ? 1 : weights[i]);
            if (weight > 0) {
                gradients[i] = {-weight * targets[i], weight};
                rows.push_back(i);
            }
        }
        if (rows.empty()) {
            continue;
        }
        Tree tree = grow(binned, gradients, rows, options.grow, random);
        for (Node& node : tree) {
            node.value /= options.trees;
        }
        ensemble.trees.push_back(std::move(tree));
    }
    return ensemble;
}

}  // namespace atlas::learning::trees
