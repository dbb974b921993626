// SPDX-License-Identifier: Apache-2.0
// What every fit asks of its input.
#pragma once

#include <cmath>
#include <span>

#include "base/format.hpp"
#include "base/result.hpp"
#include "learning/trees/grow.hpp"

namespace atlas::learning::trees {

inline constexpr std::size_t kTrainingRowsMax = 50'000'000;

/// Errors: invalid_argument.
inline Result<void> check_training(const Table& table, std::span<const double> targets,
                                   std::span<const double> weights, const GrowOptions& options) {
    if (table.columns == 0 || table.rows() == 0 || table.rows() > kTrainingRowsMax ||
        table.values.size() != table.rows() * table.columns) {
        return invalid_argument("table", format("{} values in {} columns make no rows",
                                                table.values.size(), table.columns));
    }
    if (targets.size() != table.rows() || (!weights.empty() && weights.size() != table.rows())) {
        return invalid_argument("targets", format("{} rows, {} targets, {} weights", table.rows(),
                                                  targets.size(), weights.size()));
    }
    double weight = weights.empty() ? 1 : 0;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        if (!std::isfinite(targets[i]) ||
            (!weights.empty() && !(std::isfinite(weights[i]) && weights[i] >= 0))) {
            return invalid_argument("targets", format("row {} has no finite target or weight", i));
        }
        weight += weights.empty() ? 0 : weights[i];
    }
    if (!(weight > 0)) {
        return invalid_argument("weights", "no row has any weight");
    }
    for (const double value : table.values) {
        if (std::isinf(value)) {
            return invalid_argument("table", "a value is infinite; missing is NaN");
        }
    }
    if (!options.monotone.empty() && options.monotone.size() != table.columns) {
        return invalid_argument("monotone", format("{} directions for {} columns",
                                                   options.monotone.size(), table.columns));
    }
    return {};
}

}  // namespace atlas::learning::trees
