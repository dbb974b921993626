// SPDX-License-Identifier: Apache-2.0
#include "learning/trees/grow.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <optional>

namespace atlas::learning::trees {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Sum {
    double first = 0;
    double second = 0;
    std::size_t rows = 0;

    void add(const Gradient& gradient) {
        first += gradient.first;
        second += gradient.second;
        ++rows;
    }
    friend Sum operator+(Sum a, const Sum& b) {
        return {a.first + b.first, a.second + b.second, a.rows + b.rows};
    }
    friend Sum operator-(Sum a, const Sum& b) {
        return {a.first - b.first, a.second - b.second, a.rows - b.rows};
    }
};

/// What a leaf's value must lie within for the tree to stay monotone.
struct Bounds {
    double low = -kInfinity;
    double high = kInfinity;
};

struct Split {
    double gain = 0;
    std::size_t column = 0;
    std::uint8_t step = 0;  ///< The last one that goes left.
    bool is_missing_left = true;
    double left_value = 0;
    double right_value = 0;
};

class Grower {
public:
    Grower(const BinnedTable& table, std::span<const Gradient> gradients,
           const GrowOptions& options, Random& random)
        : table_(table),
          gradients_(gradients),
          options_(options),
          random_(random),
          columns_(table.steps.size()) {
        std::iota(columns_.begin(), columns_.end(), std::size_t{0});
    }

    Tree run(std::span<std::uint32_t> rows) {
        tree_.emplace_back();
        grow_at(0, rows, sum_of(rows), {}, 0);
        return std::move(tree_);
    }

private:
    Sum sum_of(std::span<const std::uint32_t> rows) const {
        Sum sum;
        for (const std::uint32_t row : rows) {
            sum.add(gradients_[row]);
        }
        return sum;
    }

    double value_of(const Sum& sum, const Bounds& bounds) const {
        const double weight = sum.second + options_.shrinkage;
        return weight > 0 ? std::clamp(-sum.first / weight, bounds.low, bounds.high)
                          : std::clamp(0.0, bounds.low, bounds.high);
    }
    /// How much a leaf of that value lowers the loss, twice.
    double gain_of(const Sum& sum, double value) const {
        return -(2 * sum.first * value + (sum.second + options_.shrinkage) * value * value);
    }

    int monotone(std::size_t column) const {
        return options_.monotone.empty() ? 0 : options_.monotone[column];
    }

    void grow_at(std::size_t at, std::span<std::uint32_t> rows, const Sum& sum,
                 const Bounds& bounds, int depth) {
        tree_[at].value = value_of(sum, bounds);
        tree_[at].cover = std::max(sum.second, std::numeric_limits<double>::min());
        if (depth >= options_.depth_max || rows.size() < 2 * options_.leaf_rows_min) {
            return;
        }
        const auto split = best_split(rows, sum, bounds);
        if (!split) {
            return;
        }
        const auto& steps = table_.steps[split->column];
        const auto middle = std::stable_partition(rows.begin(), rows.end(), [&](std::uint32_t row) {
            return steps[row] == kMissing ? split->is_missing_left : steps[row] <= split->step;
        });
        const auto left_rows = rows.first(static_cast<std::size_t>(middle - rows.begin()));
        const auto right_rows = rows.subspan(left_rows.size());
        const auto left = tree_.size();
        tree_[at].feature = static_cast<std::int32_t>(split->column);
        tree_[at].threshold = table_.edges[split->column][split->step];
        tree_[at].left = static_cast<std::int32_t>(left);
        tree_.resize(left + 2);
        Bounds left_bounds = bounds;
        Bounds right_bounds = bounds;
        const double middle_value = (split->left_value + split->right_value) / 2;
        if (monotone(split->column) > 0) {
            left_bounds.high = right_bounds.low = middle_value;
        } else if (monotone(split->column) < 0) {
            left_bounds.low = right_bounds.high = middle_value;
        }
        const Sum left_sum = sum_of(left_rows);
        // Where nothing was missing, what will be goes with the many.
        const bool had_missing =
            std::ranges::any_of(rows, [&](std::uint32_t row) { return steps[row] == kMissing; });
        tree_[at].is_missing_left =
            had_missing ? split->is_missing_left : 2 * left_sum.second >= sum.second;
        grow_at(left, left_rows, left_sum, left_bounds, depth + 1);
        grow_at(left + 1, right_rows, sum - left_sum, right_bounds, depth + 1);
    }

    std::optional<Split> best_split(std::span<const std::uint32_t> rows, const Sum& sum,
                                    const Bounds& bounds) {
        const auto wanted = std::clamp<std::size_t>(
            static_cast<std::size_t>(
                std::ceil(options_.columns_a_split * static_cast<double>(columns_.size()))),
            1, columns_.size());
        const double whole = gain_of(sum, value_of(sum, bounds));
        std::optional<Split> best;
        for (std::size_t i = 0; i < wanted; ++i) {
            if (wanted < columns_.size()) {  // A shuffle as far as it is needed.
                std::swap(columns_[i], columns_[i + random_.below(columns_.size() - i)]);
            }
            look_at(columns_[i], rows, sum, bounds, whole, best);
        }
        return best;
    }

    void look_at(std::size_t column, std::span<const std::uint32_t> rows, const Sum& sum,
                 const Bounds& bounds, double whole, std::optional<Split>& best) {
        const std::size_t count = table_.edges[column].size();
        std::fill_n(histogram_.begin(), count, Sum{});
        Sum missing;
        const auto& steps = table_.steps[column];
        for (const std::uint32_t row : rows) {
            (steps[row] == kMissing ? missing : histogram_[steps[row]]).add(gradients_[row]);
        }
        for (const bool is_missing_left : {true, false}) {
            Sum left = is_missing_left ? missing : Sum{};
            for (std::size_t step = 0; step + 1 < count; ++step) {
                left = left + histogram_[step];
                consider(column, step, is_missing_left, left, sum - left, bounds, whole, best);
            }
            if (missing.rows == 0) {
                break;
            }
        }
        if (missing.rows > 0) {  // What is known on one side, what is missing on the other.
            consider(column, count - 1, false, sum - missing, missing, bounds, whole, best);
        }
    }

    void consider(std::size_t column, std::size_t step, bool is_missing_left, const Sum& left,
                  const Sum& right, const Bounds& bounds, double whole,
                  std::optional<Split>& best) const {
        if (left.rows < options_.leaf_rows_min || right.rows < options_.leaf_rows_min ||
            left.second < options_.leaf_weight_min || right.second < options_.leaf_weight_min) {
            return;
        }
        const double left_value = value_of(left, bounds);
        const double right_value = value_of(right, bounds);
        if (monotone(column) * (right_value - left_value) < 0) {
            return;
        }
        const double gain = gain_of(left, left_value) + gain_of(right, right_value) - whole;
        // A gain within rounding of nothing is nothing.
        if (gain > options_.gain_min + 1e-12 * std::abs(whole) && (!best || gain > best->gain)) {
            best = Split{gain,       column,     static_cast<std::uint8_t>(step), is_missing_left,
                         left_value, right_value};
        }
    }

    const BinnedTable& table_;
    std::span<const Gradient> gradients_;
    const GrowOptions& options_;
    Random& random_;
    std::vector<std::size_t> columns_;
    std::array<Sum, kStepsMax> histogram_;
    Tree tree_;
};

}  // namespace

Tree grow(const BinnedTable& table, std::span<const Gradient> gradients,
          std::span<std::uint32_t> rows, const GrowOptions& options, Random& random) {
    return Grower(table, gradients, options, random).run(rows);
}

}  // namespace atlas::learning::trees
