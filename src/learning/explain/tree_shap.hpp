// SPDX-License-Identifier: Apache-2.0
// Exact Shapley values of a tree ensemble. The value of a set of known columns is the mean of the
// answer over the training rows as the trees counted them: at a split on an unknown column both
// children count, by their cover.
#pragma once

#include <span>
#include <vector>

#include "learning/trees/tree.hpp"

namespace atlas::learning::explain {

struct Attribution {
    double expected = 0;          ///< The answer when nothing is known.
    std::vector<double> effects;  ///< Of each column; expected + their sum is the answer.
};

/// Shapes: `row` has the ensemble's columns; NaN is missing, and that it is missing is known.
/// Cost: trees × leaves × depth².
/// Source: S. Lundberg, G. Erion and S.-I. Lee, "Consistent individualized feature attribution for
/// tree ensembles", 2018, algorithm 2.
Attribution tree_shap(const trees::Ensemble& ensemble, std::span<const double> row);

/// The same by its definition, over all subsets of columns; for checking. Cost: 2^columns.
Attribution shapley_by_subsets(const trees::Ensemble& ensemble, std::span<const double> row);

}  // namespace atlas::learning::explain
