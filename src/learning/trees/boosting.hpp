// SPDX-License-Identifier: Apache-2.0
// Gradient boosting: each tree follows the gradient that the ones before it left.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/result.hpp"
#include "learning/trees/grow.hpp"

namespace atlas::learning::trees {

enum class Loss : std::uint8_t {
    squared,   ///< The answer is the mean.
    logistic,  ///< Targets in [0, 1]; the answer is the log-odds.
};

struct BoostingOptions {
    Loss loss = Loss::squared;
    int rounds = 200;
    double learning_rate = 0.1;
    double row_share = 1;       ///< Of the rows each tree sees.
    double columns_a_tree = 1;  ///< Of the columns each tree may use.
    GrowOptions grow{};
    std::uint64_t seed = 1;
};

/// Rows that tell when to stop; they are not trained on.
struct Watch {
    const Table& table;
    std::span<const double> targets;
    int patience = 50;  ///< Rounds without a better loss.
};

/// Shapes: as many targets (and weights, or none) as rows. Deterministic for a seed.
/// Errors: invalid_argument (shapes, no rows, targets or weights out of range, options).
/// Source: J. Friedman, "Greedy function approximation", 2001; stochastic: 2002.
Result<Ensemble> boost(const Table& table, std::span<const double> targets,
                       std::span<const double> weights, const BoostingOptions& options,
                       const std::optional<Watch>& watch = std::nullopt);

double probability_of(double log_odds);

}  // namespace atlas::learning::trees
