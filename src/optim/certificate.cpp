// SPDX-License-Identifier: Apache-2.0
#include "optim/certificate.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"

namespace atlas::optim {
namespace {

/// min over [low, high] of price × value, and how much of the price has the wrong sign for an open
/// end.
struct Best {
    double value;
    double wrong_sign;
};

Best best_over(double price, Interval range) {
    const double end = price > 0.0 ? range.low : range.high;
    if (price == 0.0) {
        return {0.0, 0.0};
    }
    return std::isinf(end) ? Best{0.0, std::abs(price)} : Best{price * end, 0.0};
}

double violation(double value, Interval range) {
    const double out = std::max({0.0, range.low - value, value - range.high});
    return out / (1.0 + std::abs(value));
}

}  // namespace

Certificate certify(const LinearProgram& program, std::span<const double> x,
                    std::span<const double> duals) {
    ATLAS_CHECK(x.size() == program.column_count());
    ATLAS_CHECK(duals.size() == program.row_count());
    Certificate result{.primal_objective = program.constant, .dual_objective = program.constant};
    std::vector<double> activity(program.row_count());
    double cost_size = 1.0;
    bool is_open = false;
    const auto take = [&](double price, Interval range) {
        const Best best = best_over(price, range);
        result.dual_objective += best.value;
        result.dual_residual = std::max(result.dual_residual, best.wrong_sign);
        is_open = is_open || best.wrong_sign > 0.0;
    };
    for (std::size_t j = 0; j < x.size(); ++j) {
        double reduced = program.cost[j];
        for (auto k = static_cast<std::size_t>(program.column_start[j]);
             k < static_cast<std::size_t>(program.column_start[j + 1]); ++k) {
            const auto row = static_cast<std::size_t>(program.entry_row[k]);
            activity[row] += program.entry_value[k] * x[j];
            reduced -= program.entry_value[k] * duals[row];
        }
        result.primal_objective += program.cost[j] * x[j];
        cost_size = std::max(cost_size, std::abs(program.cost[j]));
        result.primal_residual =
            std::max(result.primal_residual, violation(x[j], program.bounds[j]));
        take(reduced, program.bounds[j]);
    }
    for (std::size_t i = 0; i < duals.size(); ++i) {
        result.primal_residual =
            std::max(result.primal_residual, violation(activity[i], program.rows[i]));
        take(duals[i], program.rows[i]);
    }
    result.dual_residual /= cost_size;
    result.gap = std::abs(result.primal_objective - result.dual_objective) /
                 (1.0 + std::abs(result.primal_objective));
    if (is_open) {
        result.dual_objective = -kInfinity;
    }
    return result;
}

}  // namespace atlas::optim
