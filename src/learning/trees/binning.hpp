// SPDX-License-Identifier: Apache-2.0
// Columns cut into at most 255 steps, so that the best split is found in a histogram instead of a
// sorted list (as LightGBM does: Ke et al., NeurIPS 2017).
#pragma once

#include <cstdint>
#include <vector>

#include "learning/trees/tree.hpp"

namespace atlas::learning::trees {

inline constexpr std::size_t kStepsMax = 255;
inline constexpr std::uint8_t kMissing = 255;

/// Upper edges of a column's steps, ascending; a value belongs to the first edge at or above it,
/// else to the last step. At least one.
using Edges = std::vector<double>;

struct BinnedTable {
    std::size_t rows = 0;
    std::vector<Edges> edges;                      ///< Of each column.
    std::vector<std::vector<std::uint8_t>> steps;  ///< Of each column, a step a row, or kMissing.
};

/// Every distinct value keeps a step of its own while there are at most 255 of them, else
/// quantiles. Edges lie midway between values, so that a value measured slightly otherwise goes the
/// same way. Cost: columns × rows × log rows.
BinnedTable bin(const Table& table);

}  // namespace atlas::learning::trees
