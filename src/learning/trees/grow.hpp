// SPDX-License-Identifier: Apache-2.0
// Grows one tree that follows gradients: at each node the split of greatest gain, missing values
// on whichever side gains more, monotone where asked.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/random.hpp"
#include "learning/trees/binning.hpp"

namespace atlas::learning::trees {

/// First and second derivative of the loss at a row's present answer, times the row's weight.
struct Gradient {
    double first = 0;
    double second = 0;
};

struct GrowOptions {
    int depth_max = 6;
    double leaf_weight_min = 1;  ///< Sum of second derivatives a leaf needs.
    std::size_t leaf_rows_min = 1;
    double shrinkage = 1;         ///< λ: second derivatives added to each leaf.
    double gain_min = 0;          ///< γ: a split that gains no more is not made.
    double columns_a_split = 1;   ///< Share of the columns looked at for each split.
    std::vector<int> monotone{};  ///< Of each column: +1 never falls, -1 never rises, 0 free.
};

/// Leaves hold -ΣG/(ΣH+λ). `rows` is reordered.
/// Source: T. Chen and C. Guestrin, "XGBoost", KDD 2016, equations 5 to 7; monotone bounds by the
/// middle of two children, as XGBoost does it.
/// Cost: depth × rows × columns.
Tree grow(const BinnedTable& table, std::span<const Gradient> gradients,
          std::span<std::uint32_t> rows, const GrowOptions& options, Random& random);

}  // namespace atlas::learning::trees
