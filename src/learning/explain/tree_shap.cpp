// SPDX-License-Identifier: Apache-2.0
#include "learning/explain/tree_shap.hpp"

#include <bit>
#include <cstdint>

#include "base/check.hpp"

namespace atlas::learning::explain {
namespace {

using trees::Node;
using trees::Tree;

constexpr std::size_t kSubsetColumnsMax = 20;

/// One column on the way to a node: which share of the subsets without it (zero) and with it (one)
/// flows along, and the weight of the subsets of that size.
struct Step {
    std::int32_t column = -1;
    double zero = 1;
    double one = 1;
    double weight = 1;
};
using Path = std::vector<Step>;

void extend(Path& path, double zero, double one, std::int32_t column) {
    const auto length = path.size();
    path.push_back({column, zero, one, length == 0 ? 1.0 : 0.0});
    const auto size = static_cast<double>(length + 1);
    for (std::size_t i = length; i-- > 0;) {
        const auto at = static_cast<double>(i);
        path[i + 1].weight += one * path[i].weight * (at + 1) / size;
        path[i].weight = zero * path[i].weight * (size - 1 - at) / size;
    }
}

/// The path without its step `gone`.
void unwind(Path& path, std::size_t gone) {
    const std::size_t last = path.size() - 1;
    const double one = path[gone].one;
    const double zero = path[gone].zero;
    const auto size = static_cast<double>(path.size());
    double next = path[last].weight;
    for (std::size_t i = last; i-- > 0;) {
        const auto at = static_cast<double>(i);
        if (one != 0) {
            const double kept = path[i].weight;
            path[i].weight = next * size / ((at + 1) * one);
            next = kept - path[i].weight * zero * (size - 1 - at) / size;
        } else {
            path[i].weight = path[i].weight * size / (zero * (size - 1 - at));
        }
    }
    for (std::size_t i = gone; i < last; ++i) {
        path[i].column = path[i + 1].column;
        path[i].zero = path[i + 1].zero;
        path[i].one = path[i + 1].one;
    }
    path.pop_back();
}

/// Sum of the weights the path would have without its step `gone`.
double unwound_weight(const Path& path, std::size_t gone) {
    const std::size_t last = path.size() - 1;
    const double one = path[gone].one;
    const double zero = path[gone].zero;
    const auto size = static_cast<double>(path.size());
    double next = path[last].weight;
    double sum = 0;
    for (std::size_t i = last; i-- > 0;) {
        const auto at = static_cast<double>(i);
        if (one != 0) {
            const double weight = next * size / ((at + 1) * one);
            sum += weight;
            next = path[i].weight - weight * zero * (size - 1 - at) / size;
        } else {
            sum += path[i].weight * size / (zero * (size - 1 - at));
        }
    }
    return sum;
}

class Walker {
public:
    Walker(const Tree& tree, std::span<const double> row, std::vector<double>& effects)
        : tree_(tree),
          row_(row),
          effects_(effects) {}

    void walk(std::int32_t at, Path path, double zero, double one, std::int32_t column) {
        extend(path, zero, one, column);
        const Node& node = tree_[static_cast<std::size_t>(at)];
        if (node.is_leaf()) {
            for (std::size_t i = 1; i < path.size(); ++i) {
                effects_[static_cast<std::size_t>(path[i].column)] +=
                    unwound_weight(path, i) * (path[i].one - path[i].zero) * node.value;
            }
            return;
        }
        const std::int32_t hot = node.next(row_[static_cast<std::size_t>(node.feature)]);
        const std::int32_t cold = hot == node.left ? node.right() : node.left;
        double hot_zero = 1;
        double hot_one = 1;
        for (std::size_t i = 1; i < path.size(); ++i) {
            if (path[i].column == node.feature) {
                hot_zero = path[i].zero;
                hot_one = path[i].one;
                unwind(path, i);
                break;
            }
        }
        const double cover = cover_of(node.left) + cover_of(node.right());
        walk(hot, path, hot_zero * cover_of(hot) / cover, hot_one, node.feature);
        walk(cold, std::move(path), hot_zero * cover_of(cold) / cover, 0, node.feature);
    }

private:
    double cover_of(std::int32_t at) const { return tree_[static_cast<std::size_t>(at)].cover; }

    const Tree& tree_;
    std::span<const double> row_;
    std::vector<double>& effects_;
};

/// The mean answer when only the columns of `known` are told.
double expected(const Tree& tree, std::span<const double> row, std::uint32_t known,
                std::int32_t at = 0) {
    const Node& node = tree[static_cast<std::size_t>(at)];
    if (node.is_leaf()) {
        return node.value;
    }
    if (known != 0 && (known >> static_cast<unsigned>(node.feature) & 1U) != 0) {
        return expected(tree, row, known, node.next(row[static_cast<std::size_t>(node.feature)]));
    }
    const double left = tree[static_cast<std::size_t>(node.left)].cover;
    const double right = tree[static_cast<std::size_t>(node.right())].cover;
    return (left * expected(tree, row, known, node.left) +
            right * expected(tree, row, known, node.right())) /
           (left + right);
}

double expected(const trees::Ensemble& ensemble, std::span<const double> row, std::uint32_t known) {
    double sum = ensemble.base;
    for (const Tree& tree : ensemble.trees) {
        sum += expected(tree, row, known);
    }
    return sum;
}

}  // namespace

Attribution tree_shap(const trees::Ensemble& ensemble, std::span<const double> row) {
    ATLAS_CHECK(row.size() == ensemble.columns);
    Attribution attribution{expected(ensemble, row, 0), std::vector<double>(row.size(), 0.0)};
    for (const Tree& tree : ensemble.trees) {
        Walker(tree, row, attribution.effects).walk(0, {}, 1, 1, -1);
    }
    return attribution;
}

Attribution shapley_by_subsets(const trees::Ensemble& ensemble, std::span<const double> row) {
    ATLAS_CHECK(row.size() == ensemble.columns && row.size() <= kSubsetColumnsMax);
    const auto count = static_cast<unsigned>(row.size());
    std::vector<double> values(std::size_t{1} << count);
    for (std::uint32_t known = 0; known < values.size(); ++known) {
        values[known] = expected(ensemble, row, known);
    }
    // |S|! (n - |S| - 1)! / n!, by size.
    std::vector<double> weights(count, 1.0 / static_cast<double>(std::max(count, 1U)));
    for (std::size_t size = 1; size < count; ++size) {
        weights[size] =
            weights[size - 1] * static_cast<double>(size) / static_cast<double>(count - size);
    }
    Attribution attribution{values[0], std::vector<double>(count, 0.0)};
    for (unsigned column = 0; column < count; ++column) {
        for (std::uint32_t known = 0; known < values.size(); ++known) {
            if ((known >> column & 1U) == 0) {
                const auto size = static_cast<std::size_t>(std::popcount(known));
                attribution.effects[column] +=
                    weights[size] * (values[known | 1U << column] - values[known]);
            }
        }
    }
    return attribution;
}

}  // namespace atlas::learning::explain
