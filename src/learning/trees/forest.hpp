// SPDX-License-Identifier: Apache-2.0
// Random forest: deep trees on bootstrap samples, a few columns looked at for each split; the
// answer is their mean.
#pragma once

#include <cstdint>
#include <span>

#include "base/result.hpp"
#include "learning/trees/grow.hpp"

namespace atlas::learning::trees {

struct ForestOptions {
    int trees = 300;
    GrowOptions grow{.depth_max = 16,
                     .leaf_weight_min = 1,
                     .leaf_rows_min = 5,
                     .shrinkage = 0,
                     .gain_min = 0,
                     .columns_a_split = 0.33};
    std::uint64_t seed = 1;
};

/// Squared loss; for targets of 0 and 1 the answer is a probability.
/// Shapes: as many targets (and weights, or none) as rows. Deterministic for a seed.
/// Errors: invalid_argument (shapes, no rows, targets or weights out of range, options).
/// Source: L. Breiman, "Random forests", 2001.
Result<Ensemble> fit_forest(const Table& table, std::span<const double> targets,
                            std::span<const double> weights, const ForestOptions& options);

}  // namespace atlas::learning::trees
