// SPDX-License-Identifier: Apache-2.0
// One regression tree and ensembles of them. A missing value is NaN and has a way of its own at
// each split.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.hpp"

namespace atlas::learning::trees {

/// Rows of a table, one after the other. NaN is missing.
struct Table {
    std::size_t columns = 0;
    std::vector<double> values;

    std::size_t rows() const { return columns == 0 ? 0 : values.size() / columns; }
    std::span<const double> row(std::size_t i) const {
        return std::span(values).subspan(i * columns, columns);
    }
};

struct Node {
    static constexpr std::int32_t kLeaf = -1;

    std::int32_t feature = kLeaf;  ///< Column asked for, or kLeaf.
    double threshold = 0;          ///< Left when the value is at most this.
    bool is_missing_left = true;
    std::int32_t left = 0;  ///< Index of the node; the right one follows it.
    double value = 0;       ///< Of a leaf.
    double cover = 0;       ///< Weight of the training rows that came here, above 0.

    std::int32_t right() const { return left + 1; }
    bool is_leaf() const { return feature == kLeaf; }
    /// The child a value goes to.
    std::int32_t next(double x) const {
        const bool goes_left = std::isnan(x) ? is_missing_left : x <= threshold;
        return goes_left ? left : left + 1;
    }
};

/// Node 0 is the root; children come after their parent.
using Tree = std::vector<Node>;

inline double predict(const Tree& tree, std::span<const double> row) {
    std::int32_t at = 0;
    while (!tree[static_cast<std::size_t>(at)].is_leaf()) {
        const Node& node = tree[static_cast<std::size_t>(at)];
        at = node.next(row[static_cast<std::size_t>(node.feature)]);
    }
    return tree[static_cast<std::size_t>(at)].value;
}

/// base + the sum of its trees' answers.
struct Ensemble {
    std::size_t columns = 0;
    double base = 0;
    std::vector<Tree> trees;
};

/// Shapes: `row` has `columns` values. Cost: trees × depth.
double predict(const Ensemble& ensemble, std::span<const double> row);

/// What decoding foreign bytes needs: children after their parent and within the tree, columns
/// within the table, finite numbers, covers above 0.
/// Errors: invalid_argument with the tree and node as place.
Result<void> check(const Ensemble& ensemble);

}  // namespace atlas::learning::trees
