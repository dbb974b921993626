// SPDX-License-Identifier: Apache-2.0
#include "learning/trees/cart.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "base/format.hpp"
#include "base/random.hpp"
#include "learning/trees/check_training.hpp"

namespace atlas::learning::trees {
namespace {

/// A node whose leaves all answer the same becomes a leaf; children come after their parent, so
/// one walk from the end is enough.
void fold_equal_leaves(Tree& tree) {
    for (std::size_t i = tree.size(); i-- > 0;) {
        Node& node = tree[i];
        if (node.is_leaf()) {
            continue;
        }
        const Node& left = tree[static_cast<std::size_t>(node.left)];
        const Node& right = tree[static_cast<std::size_t>(node.right())];
        if (left.is_leaf() && right.is_leaf() && says_yes(left) == says_yes(right)) {
            node.feature = Node::kLeaf;
            node.threshold = 0;
            node.left = 0;
        }
    }
}

/// Without the nodes that nobody reaches any more.
Tree without_orphans(const Tree& tree) {
    Tree kept{tree.front()};
    for (std::size_t i = 0; i < kept.size(); ++i) {
        if (kept[i].is_leaf()) {
            continue;
        }
        const auto left = static_cast<std::size_t>(kept[i].left);
        kept[i].left = static_cast<std::int32_t>(kept.size());
        kept.push_back(tree[left]);
        kept.push_back(tree[left + 1]);
    }
    return kept;
}

}  // namespace

Result<Tree> fit_cart(const Table& table, std::span<const double> labels,
                      const CartOptions& options) {
    const GrowOptions grow_options{
        .depth_max = options.depth_max, .leaf_rows_min = options.leaf_rows_min, .shrinkage = 0};
    ATLAS_TRY(check_training(table, labels, {}, grow_options));
    const auto odd = std::find_if(labels.begin(), labels.end(),
                                  [](double label) { return label != 0 && label != 1; });
    if (odd != labels.end()) {
        return invalid_argument("labels", format("{} is neither 0 nor 1", *odd));
    }
    std::vector<Gradient> gradients;
    for (const double label : labels) {
        gradients.push_back({-label, 1});
    }
    std::vector<std::uint32_t> rows(labels.size());
    std::iota(rows.begin(), rows.end(), 0U);
    Random random(1);  // Every column is looked at: nothing is drawn.
    Tree tree = grow(bin(table), gradients, rows, grow_options, random);
    fold_equal_leaves(tree);
    return without_orphans(tree);
}

std::size_t leaf_of(const Tree& tree, std::span<const double> row) {
    std::size_t at = 0;
    while (!tree[at].is_leaf()) {
        const Node& node = tree[at];
        at = static_cast<std::size_t>(node.next(row[static_cast<std::size_t>(node.feature)]));
    }
    return at;
}

}  // namespace atlas::learning::trees
