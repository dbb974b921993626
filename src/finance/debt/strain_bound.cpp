// SPDX-License-Identifier: Apache-2.0
#include "finance/debt/strain_bound.hpp"

#include <algorithm>
#include <vector>

#include "optim/solve_mixed.hpp"

namespace atlas::finance::debt {
namespace {

constexpr int kNodesMax = 2'000;
/// Doubles and the solver's tolerances.
constexpr double kRelativeSlack = 1e-6;
/// Of interest in months and of the minimum, in minor units, taken the worse way.
constexpr double kRoundings = 1.0;

/// The least sum of minimums in `month`, scaled to hundreds of minor units.
class LeastMinimums {
public:
    LeastMinimums(const Problem& problem, int month) : month_(month) {
        for (int t = 1; t < month; ++t) {
            budget_rows_.push_back(
                linear().add_row({-optim::kInfinity, scaled(problem.budget(t))}));
        }
        for (const Loan& loan : problem.loans) {
            if (!loan.misses(month)) {
                rows_of(loan);
            }
        }
        for (const Column& column : columns_) {
            linear().add_column(column.cost, column.range, column.entries);
        }
    }

    Result<optim::MixedSolution> solve() const {
        return optim::solve_mixed(program_, {.nodes_max = kNodesMax, .gap = 1e-6});
    }
    static double to_minor(double value) { return value * kScale; }
    double slack() const { return slack_; }

private:
    static constexpr double kScale = 100.0;
    struct Column {
        double cost;
        optim::Interval range;
        std::vector<optim::Entry> entries;
    };

    static double scaled(std::int64_t minor) { return static_cast<double>(minor) / kScale; }
    optim::LinearProgram& linear() { return program_.relaxation; }
    std::size_t column(double cost, double low, double high) {
        columns_.push_back({cost, {low, high}, {}});
        return columns_.size() - 1;
    }
    void put(std::int32_t row, std::size_t column, double factor) {
        columns_[column].entries.push_back({row, factor});
    }

    /// owed' = (1 + rate) owed − paid, then the minimum of what is owed in the month.
    void rows_of(const Loan& loan) {
        double upper = scaled(loan.balance);
        double growth = 1.0;
        std::size_t balance = column(0.0, upper, upper);
        for (int t = 1; t < month_; ++t) {
            const double rate = loan.charge(t).as_double();
            upper *= 1.0 + rate;
            growth *= 1.0 + rate;
            const std::size_t paid = column(0.0, 0.0, optim::kInfinity);
            const std::size_t next = column(0.0, 0.0, upper);
            const std::int32_t row = linear().add_row({0.0, 0.0});
            put(row, next, 1.0);
            put(row, paid, 1.0);
            put(row, balance, -1.0 - rate);
            put(budget_rows_[static_cast<std::size_t>(t - 1)], paid, 1.0);
            balance = next;
        }
        const double rate = loan.charge(month_).as_double();
        const double grown = 1.0 + rate;
        upper *= grown;
        slack_ += (static_cast<double>(month_) + 2.0) * growth * grown * kRoundings;
        const std::size_t minimum = column(1.0, 0.0, optim::kInfinity);
        const double share = static_cast<double>(loan.minimum_percent) * 1e-9 * grown +
                             (loan.adds_interest ? rate : 0.0);
        if (share > 0.0) {
            const std::int32_t row = linear().add_row({0.0, optim::kInfinity});
            put(row, minimum, 1.0);
            put(row, balance, -std::min(share, grown));
        }
        if (loan.minimum_fixed > 0) {
            // Either the fixed minimum is due, or all that is owed, whichever is less.
            const double fixed = scaled(loan.minimum_fixed);
            const std::size_t is_due = column(0.0, 0.0, 1.0);
            program_.whole.push_back(static_cast<std::int32_t>(is_due));
            const std::int32_t due = linear().add_row({0.0, optim::kInfinity});
            put(due, minimum, 1.0);
            put(due, is_due, -fixed);
            const std::int32_t all = linear().add_row({0.0, optim::kInfinity});
            put(all, minimum, 1.0);
            put(all, balance, -grown);
            put(all, is_due, upper);
        }
    }

    const int month_;
    optim::MixedProgram program_;
    std::vector<Column> columns_;
    std::vector<std::int32_t> budget_rows_;
    double slack_ = 0.0;
};

std::int64_t first_minimums(const Problem& problem) {
    std::int64_t sum = 0;
    for (const Loan& loan : problem.loans) {
        sum += loan.misses(1) ? 0 : loan.first_minimum();
    }
    return sum;
}

/// Of a month after the first.
double least_minimums(const Problem& problem, int month) {
    if (problem.loans.size() * static_cast<std::size_t>(month) > kStrainSizeMax) {
        return 0.0;
    }
    const LeastMinimums program(problem, month);
    const auto solution = program.solve();
    if (!solution.has_value()) {
        return 0.0;
    }
    const double least = LeastMinimums::to_minor(solution->bound);
    return std::max(0.0, least * (1.0 - kRelativeSlack) - program.slack());
}

}  // namespace

double strain_bound(const Problem& problem, int month) {
    const auto budget = static_cast<double>(problem.budget(month));
    if (budget <= 0.0) {
        return 0.0;
    }
    return (month == 1 ? static_cast<double>(first_minimums(problem))
                       : least_minimums(problem, month)) /
           budget;
}

std::int64_t minimums_bound(const Problem& problem, int month) {
    return month == 1 ? first_minimums(problem)
                      : static_cast<std::int64_t>(least_minimums(problem, month));
}

}  // namespace atlas::finance::debt
