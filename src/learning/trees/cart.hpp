// SPDX-License-Identifier: Apache-2.0
// One small classification tree that a person can read, grown as all trees here are.
#pragma once

#include <span>

#include "base/result.hpp"
#include "learning/trees/tree.hpp"

namespace atlas::learning::trees {

struct CartOptions {
    int depth_max = 4;
    std::size_t leaf_rows_min = 100;
};

/// Labels 0 or 1; a leaf's value is the share of 1 among its rows. The split of greatest fall in
/// Gini impurity 2p(1−p) is the one of greatest fall in squared error, which `grow` looks for:
/// both are a row count times p(1−p), but for a factor. Leaves side by side that answer the same
/// are one leaf. Missing values are NaN.
/// Shapes: as many labels as rows. Errors: invalid_argument (shapes, a label that is neither).
/// Source: L. Breiman et al., "Classification and regression trees", 1984, chapter 4.
Result<Tree> fit_cart(const Table& table, std::span<const double> labels,
                      const CartOptions& options);

/// What a leaf says: its 1 where at least half of its rows were.
inline bool says_yes(const Node& leaf) {
    return leaf.value >= 0.5;
}

/// Index of the leaf a row comes to.
std::size_t leaf_of(const Tree& tree, std::span<const double> row);

}  // namespace atlas::learning::trees
