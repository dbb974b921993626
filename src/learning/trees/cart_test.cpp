// SPDX-License-Identifier: Apache-2.0
// Goal: the small tree is the one that Gini's impurity grows, is as small as its answers allow, and
// its bytes come back. Method: a slow search of every split, written from the definition; laws on
// seeded tables; damage.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "base/random.hpp"
#include "learning/trees/cart.hpp"
#include "learning/trees/codec.hpp"

namespace atlas::learning::trees {
namespace {

struct Labelled {
    Table table;
    std::vector<double> labels;
};

/// Whole numbers, so that few splits tie; the label follows two of the columns, with noise.
Labelled draw(std::size_t rows, std::uint64_t seed) {
    Random random(seed);
    Labelled drawn{{3, {}}, {}};
    for (std::size_t r = 0; r < rows; ++r) {
        const auto a = static_cast<double>(random.between(0, 40));
        const auto b = static_cast<double>(random.between(0, 40));
        const auto c = static_cast<double>(random.between(0, 40));
        drawn.table.values.insert(drawn.table.values.end(), {a, b, c});
        const bool is_one = a + (b > 20 ? 15 : 0) > 25;
        drawn.labels.push_back(is_one != random.chance(0.1) ? 1 : 0);
    }
    return drawn;
}

/// Rows times 2p(1−p).
double impurity(const std::vector<double>& labels) {
    const auto count = static_cast<double>(labels.size());
    const double p = static_cast<double>(std::count(labels.begin(), labels.end(), 1.0)) / count;
    return count * 2 * p * (1 - p);
}

/// Least impurity after one split of `data` that leaves `rows_min` on each side.
double best_after_one_split(const Labelled& data, std::size_t rows_min) {
    double best = impurity(data.labels);
    for (std::size_t c = 0; c < data.table.columns; ++c) {
        for (double at = 0.5; at < 40; at += 1) {
            std::vector<double> left;
            std::vector<double> right;
            for (std::size_t r = 0; r < data.labels.size(); ++r) {
                (data.table.row(r)[c] < at ? left : right).push_back(data.labels[r]);
            }
            if (left.size() >= rows_min && right.size() >= rows_min) {
                best = std::min(best, impurity(left) + impurity(right));
            }
        }
    }
    return best;
}

/// The rows that come to each child of the root.
std::pair<Labelled, Labelled> split_by_root(const Tree& tree, const Labelled& data) {
    std::pair<Labelled, Labelled> sides{{{3, {}}, {}}, {{3, {}}, {}}};
    for (std::size_t r = 0; r < data.labels.size(); ++r) {
        const auto row = data.table.row(r);
        const auto column = static_cast<std::size_t>(tree[0].feature);
        Labelled& side = row[column] <= tree[0].threshold ? sides.first : sides.second;
        side.table.values.insert(side.table.values.end(), row.begin(), row.end());
        side.labels.push_back(data.labels[r]);
    }
    return sides;
}

TEST(Cart, TakesTheSplitOfLeastGiniImpurity) {
    int seen = 0;
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        SCOPED_TRACE(seed);
        const Labelled data = draw(300, seed);
        const Tree tree =
            fit_cart(data.table, data.labels, {.depth_max = 1, .leaf_rows_min = 20}).value();
        if (tree.size() == 1) {
            continue;
        }
        ++seen;
        const auto [left, right] = split_by_root(tree, data);
        EXPECT_GE(std::min(left.labels.size(), right.labels.size()), 20U);
        EXPECT_NEAR(impurity(left.labels) + impurity(right.labels), best_after_one_split(data, 20),
                    1e-9);
    }
    EXPECT_GT(seen, 25);
}

TEST(Cart, ALeafHoldsTheShareOfItsRowsAndItsCount) {
    const Labelled data = draw(2'000, 7);
    const Tree tree =
        fit_cart(data.table, data.labels, {.depth_max = 4, .leaf_rows_min = 50}).value();
    std::vector<double> rows(tree.size());
    std::vector<double> ones(tree.size());
    for (std::size_t r = 0; r < data.labels.size(); ++r) {
        const std::size_t leaf = leaf_of(tree, data.table.row(r));
        rows[leaf] += 1;
        ones[leaf] += data.labels[r];
    }
    int leaves = 0;
    for (std::size_t i = 0; i < tree.size(); ++i) {
        if (tree[i].is_leaf()) {
            ++leaves;
            EXPECT_GE(rows[i], 50);
            EXPECT_EQ(tree[i].cover, rows[i]);
            EXPECT_NEAR(tree[i].value, ones[i] / rows[i], 1e-12);
        }
    }
    EXPECT_GT(leaves, 3);
    EXPECT_LE(leaves, 16);
}

TEST(Cart, NeighboursThatAnswerTheSameAreOneLeaf) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const Labelled data = draw(1'000, seed);
        const Tree tree =
            fit_cart(data.table, data.labels, {.depth_max = 4, .leaf_rows_min = 30}).value();
        std::size_t reached = 1;
        for (const Node& node : tree) {
            if (node.is_leaf()) {
                EXPECT_EQ(node.threshold, 0) << "a folded leaf keeps nothing of its split";
                EXPECT_EQ(node.left, 0);
            } else {
                reached += 2;
                const Node& left = tree[static_cast<std::size_t>(node.left)];
                const Node& right = tree[static_cast<std::size_t>(node.right())];
                EXPECT_FALSE(left.is_leaf() && right.is_leaf() && says_yes(left) == says_yes(right))
                    << seed;
            }
        }
        EXPECT_EQ(reached, tree.size()) << "a node nobody comes to";
        EXPECT_TRUE(check({.columns = 3, .base = 0, .trees = {tree}}).has_value());
    }
}

TEST(Cart, OneAnswerIsOneLeaf) {
    const Labelled data = draw(200, 3);
    const std::vector<double> ones(data.labels.size(), 1.0);
    const Tree tree = fit_cart(data.table, ones, {}).value();
    ASSERT_EQ(tree.size(), 1U);
    EXPECT_TRUE(says_yes(tree[0]));
}

TEST(Cart, RefusesLabelsThatAreNone) {
    Labelled data = draw(10, 1);
    data.labels[4] = 0.5;
    EXPECT_EQ(fit_cart(data.table, data.labels, {}).error().message, "0.5 is neither 0 nor 1");
    data.labels.pop_back();
    EXPECT_EQ(fit_cart(data.table, data.labels, {}).error().place, "targets");
}

TEST(TreeCodec, BytesComeBackAndDamageIsRefused) {
    const Labelled data = draw(500, 5);
    const Tree tree =
        fit_cart(data.table, data.labels, {.depth_max = 3, .leaf_rows_min = 20}).value();
    const std::string bytes = encode(Ensemble{.columns = 3, .base = 0.25, .trees = {tree}});
    const Ensemble back = decode("tree", bytes, 3).value();
    EXPECT_EQ(encode(back), bytes);
    EXPECT_EQ(back.base, 0.25);
    for (std::size_t r = 0; r < data.table.rows(); ++r) {
        EXPECT_EQ(predict(back, data.table.row(r)), 0.25 + predict(tree, data.table.row(r)));
    }
    EXPECT_EQ(decode("tree", bytes, 4).error().code, ErrorCode::data_loss);
    EXPECT_EQ(decode("tree", bytes, 3).has_value(), true);
    EXPECT_EQ(decode("tree", bytes + "x", 3).error().place, "tree");
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_FALSE(decode("tree", std::string_view(bytes).substr(0, size), 3).has_value());
    }
}

}  // namespace
}  // namespace atlas::learning::trees
