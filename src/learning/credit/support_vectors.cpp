// SPDX-License-Identifier: Apache-2.0
#include "learning/credit/support_vectors.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/format.hpp"
#include "base/random.hpp"

namespace atlas::learning::credit {
namespace {

constexpr double kStill = 1e-3;  ///< No weight moved by more than this share of the limit.

Result<void> check(const trees::Table& table, std::span<const double> targets) {
    if (table.columns == 0 || table.rows() == 0 || table.rows() > kSupportRowsMax ||
        table.values.size() != table.rows() * table.columns || targets.size() != table.rows()) {
        return invalid_argument(
            "table", format("{} values in {} columns and {} targets; at most {} rows",
                            table.values.size(), table.columns, targets.size(), kSupportRowsMax));
    }
    const auto is_finite = [](double x) { return std::isfinite(x); };
    if (!std::ranges::all_of(table.values, is_finite) || !std::ranges::all_of(targets, is_finite)) {
        return invalid_argument("table", "a value or a target is not finite");
    }
    return {};
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double kernel(double steepness, const double* a, const double* b, std::size_t columns) {
    double distance = 0;
    for (std::size_t c = 0; c < columns; ++c) {
        distance += (a[c] - b[c]) * (a[c] - b[c]);
    }
    return std::exp(-steepness * distance);
}

/// All pairs, and 1 on top for the constant.
std::vector<float> kernel_matrix(double steepness, std::span<const double> rows,
                                 std::size_t columns) {
    const std::size_t count = rows.size() / columns;
    std::vector<float> matrix(count * count);
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            const auto value = static_cast<float>(
                1.0 + kernel(steepness, &rows[i * columns], &rows[j * columns], columns));
            matrix[i * count + j] = value;
            matrix[j * count + i] = value;
        }
    }
    return matrix;
}

/// Least of ½ βᵀKβ − βᵀ(y − middle) + ε·Σ|β| with |β| at most C, one weight at a time.
std::vector<double> weigh(std::span<const float> matrix, std::span<const double> targets,
                          double middle, const SupportVectorOptions& options) {
    const std::size_t count = targets.size();
    std::vector<double> weights(count);
    std::vector<float> slopes(count);  // Kβ − (y − middle).
    for (std::size_t i = 0; i < count; ++i) {
        slopes[i] = static_cast<float>(middle - targets[i]);
    }
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    Random random(options.seed);
    for (int pass = 0; pass < options.passes_max; ++pass) {
        for (std::size_t i = count; i > 1; --i) {
            std::swap(order[i - 1], order[random.below(i)]);
        }
        double moved = 0;
        for (const std::size_t i : order) {
            const double curve = matrix[i * count + i];
            const double free = weights[i] - static_cast<double>(slopes[i]) / curve;
            const double slack = options.tolerance / curve;
            const double pulled = free > slack ? free - slack : free < -slack ? free + slack : 0;
            const double next = std::clamp(pulled, -options.weight_max, options.weight_max);
            const double step = next - weights[i];
            if (step == 0) {
                continue;
            }
            weights[i] = next;
            moved = std::max(moved, std::abs(step));
            const auto factor = static_cast<float>(step);
            const float* const row = &matrix[i * count];
            for (std::size_t j = 0; j < count; ++j) {
                slopes[j] += factor * row[j];
            }
        }
        if (moved < kStill * options.weight_max) {
            break;
        }
    }
    return weights;
}

}  // namespace

Result<SupportVectors> SupportVectors::fit(const trees::Table& table,
                                           std::span<const double> targets,
                                           const SupportVectorOptions& options) {
    ATLAS_TRY(check(table, targets));
    SupportVectors fitted;
    fitted.steepness_ = options.steepness;
    const auto count = static_cast<double>(table.rows());
    for (std::size_t c = 0; c < table.columns; ++c) {
        double mean = 0;
        double square = 0;
        for (std::size_t r = 0; r < table.rows(); ++r) {
            mean += table.row(r)[c] / count;
        }
        for (std::size_t r = 0; r < table.rows(); ++r) {
            square += (table.row(r)[c] - mean) * (table.row(r)[c] - mean) / count;
        }
        fitted.means_.push_back(mean);
        fitted.scales_.push_back(square > 0 ? std::sqrt(square) : 1);
    }
    std::vector<double> rows;
    rows.reserve(table.values.size());
    for (std::size_t r = 0; r < table.rows(); ++r) {
        const auto row = fitted.standardised(table.row(r));
        rows.insert(rows.end(), row.begin(), row.end());
    }
    fitted.middle_ = median({targets.begin(), targets.end()});
    const auto weights = weigh(kernel_matrix(options.steepness, rows, table.columns), targets,
                               fitted.middle_, options);
    for (std::size_t r = 0; r < weights.size(); ++r) {
        if (weights[r] != 0) {
            const auto first = rows.begin() + static_cast<std::ptrdiff_t>(r * table.columns);
            fitted.vectors_.insert(fitted.vectors_.end(), first,
                                   first + static_cast<std::ptrdiff_t>(table.columns));
            fitted.weights_.push_back(weights[r]);
            fitted.constant_ += weights[r];
        }
    }
    return fitted;
}

double SupportVectors::predict(std::span<const double> row) const {
    const std::vector<double> x = standardised(row);
    double answer = middle_ + constant_;
    for (std::size_t i = 0; i < weights_.size(); ++i) {
        answer += weights_[i] * kernel(steepness_, x.data(), &vectors_[i * x.size()], x.size());
    }
    return answer;
}

std::vector<double> SupportVectors::standardised(std::span<const double> row) const {
    std::vector<double> x(row.size());
    for (std::size_t c = 0; c < row.size(); ++c) {
        x[c] = (row[c] - means_[c]) / scales_[c];
    }
    return x;
}

}  // namespace atlas::learning::credit
