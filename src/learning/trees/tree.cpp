// SPDX-License-Identifier: Apache-2.0
#include "learning/trees/tree.hpp"

#include "base/check.hpp"
#include "base/format.hpp"

namespace atlas::learning::trees {
namespace {

std::string_view fault_of(const Tree& tree, std::size_t at, std::size_t columns) {
    const Node& node = tree[at];
    if (!std::isfinite(node.value) || !std::isfinite(node.threshold)) {
        return "a number is not finite";
    }
    if (!(node.cover > 0) || !std::isfinite(node.cover)) {
        return "no training row can have come here";
    }
    if (node.is_leaf()) {
        return {};
    }
    if (node.feature < 0 || static_cast<std::size_t>(node.feature) >= columns) {
        return "it asks for a column that is not there";
    }
    const auto left = static_cast<std::size_t>(node.left);
    if (node.left < 0 || left <= at || left + 1 >= tree.size()) {
        return "a child is not behind it in the tree";
    }
    return {};
}

}  // namespace

double predict(const Ensemble& ensemble, std::span<const double> row) {
    ATLAS_CHECK(row.size() == ensemble.columns);
    double sum = ensemble.base;
    for (const Tree& tree : ensemble.trees) {
        sum += predict(tree, row);
    }
    return sum;
}

Result<void> check(const Ensemble& ensemble) {
    if (!std::isfinite(ensemble.base)) {
        return invalid_argument("base", "the base is not finite");
    }
    for (std::size_t t = 0; t < ensemble.trees.size(); ++t) {
        const Tree& tree = ensemble.trees[t];
        if (tree.empty()) {
            return invalid_argument(format("tree {}", t), "it has no node");
        }
        for (std::size_t n = 0; n < tree.size(); ++n) {
            if (const auto fault = fault_of(tree, n, ensemble.columns); !fault.empty()) {
                return invalid_argument(format("tree {}, node {}", t, n), std::string(fault));
            }
        }
    }
    return {};
}

}  // namespace atlas::learning::trees
