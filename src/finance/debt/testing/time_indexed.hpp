// SPDX-License-Identifier: Apache-2.0
// The household as a mixed-integer program over months, for small instances: what a general solver
// finds, against what `optimal` found and what its bound promises. It shares the laid-out problem
// with the planner, but neither prices nor rankings. Rounding to cents is left out, money may be
// held back, so it is a relaxation of the simulator up to half a cent a loan and month.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "finance/debt/problem.hpp"
#include "optim/solve_mixed.hpp"

namespace atlas::finance::debt::testing {

class TimeIndexed {
public:
    /// Plans of at most `months`. Amounts are scaled to hundreds of minor units.
    TimeIndexed(const Problem& problem, int months) : problem_(problem), months_(months) {
        for (int month = 1; month <= months; ++month) {
            budget_rows_.push_back(
                linear().add_row({-optim::kInfinity, scaled(problem.budget(month))}));
        }
        for (const Loan& loan : problem.loans) {
            add_loan(loan);
            linear().constant -= scaled(loan.balance);
        }
        for (std::size_t j = 0; j < columns_.size(); ++j) {
            linear().add_column(columns_[j].cost, columns_[j].range, columns_[j].entries);
        }
    }

    /// Missed months, and penalties on minimums that are not fixed, are not modelled.
    static bool covers(const Problem& problem) {
        return std::ranges::all_of(problem.loans, [](const Loan& loan) {
            return loan.is_missed.empty() &&
                   (loan.penalty == 0 || (loan.minimum_percent == 0 && !loan.adds_interest));
        });
    }

    const optim::MixedProgram& program() const { return program_; }
    static double to_minor(double value) { return value * kScale; }

private:
    static constexpr double kScale = 100.0;
    struct Column {
        double cost;
        optim::Interval range;
        std::vector<optim::Entry> entries;
    };

    optim::LinearProgram& linear() { return program_.relaxation; }
    static double scaled(std::int64_t minor) { return static_cast<double>(minor) / kScale; }
    int column(double cost, double low, double high) {
        columns_.push_back({cost, {low, high}, {}});
        return static_cast<int>(columns_.size() - 1);
    }
    int binary(bool is_set) {
        const int index = column(0.0, is_set ? 1.0 : 0.0, 1.0);
        program_.whole.push_back(index);
        return index;
    }
    struct Term {
        int column;
        double factor;
    };
    void row(double low, double high, std::initializer_list<Term> terms) {
        const auto index = linear().add_row({low, high});
        for (const Term& term : terms) {
            if (term.column >= 0) {
                put(index, term.column, term.factor);
            }
        }
    }
    void put(std::int32_t index, int at, double factor) {
        auto& entries = columns_[static_cast<std::size_t>(at)].entries;
        for (optim::Entry& entry : entries) {
            if (entry.row == index) {
                entry.value += factor;
                return;
            }
        }
        entries.push_back({index, factor});
    }

    struct Month {
        double rate;
        double regular;
        double upper;  ///< Most that can be owed at its start.
    };

    std::vector<Month> months_of(const Loan& loan) const {
        std::vector<Month> result;
        double upper = scaled(loan.balance);
        double held = 0.0;
        const double percent = static_cast<double>(loan.minimum_percent) * 1e-9;
        for (int month = 1; month <= months_ + 1; ++month) {
            const double rate = loan.charge(month).as_double();
            const double regular = loan.regular_charge(month).as_double();
            if (loan.is_deferred && month == loan.promo_months + 1) {
                upper += held;
            }
            result.push_back({rate, regular, upper + 1.0});
            if (loan.is_deferred && month <= loan.promo_months) {
                held = held * (1.0 + regular) + upper * std::max(0.0, regular - rate);
            }
            const double owed = upper * (1.0 + rate) + scaled(loan.fee_monthly);
            const double least =
                std::max(scaled(loan.minimum_fixed),
                         percent * owed + (loan.adds_interest ? rate * upper : 0.0));
            upper = std::max(0.0, owed - least) + 1.0;
        }
        return result;
    }

    void add_loan(const Loan& loan) {
        const std::vector<Month> months = months_of(loan);
        const double fee = scaled(loan.fee_monthly);
        const double fixed = scaled(loan.minimum_fixed);
        const double percent = static_cast<double>(loan.minimum_percent) * 1e-9;
        const double penalty = static_cast<double>(loan.penalty) * 1e-9;
        const double start = scaled(loan.balance);
        int balance = column(0.0, start, start);
        int open = binary(true);
        int held = loan.is_deferred ? column(0.0, 0.0, 0.0) : -1;
        for (int month = 1; month <= months_; ++month) {
            const Month& now = months[static_cast<std::size_t>(month - 1)];
            const Month& then = months[static_cast<std::size_t>(month)];
            int charged = -1;
            if (loan.is_deferred && month == loan.promo_months + 1) {
                charged = column(0.0, 0.0, optim::kInfinity);
                row(-now.upper, optim::kInfinity, {{charged, 1}, {held, -1}, {open, -now.upper}});
            }
            const bool is_last = month == months_;
            const int paid = column(1.0, 0.0, optim::kInfinity);
            const int next = column(0.0, 0.0, is_last ? 0.0 : optim::kInfinity);
            const int is_open = is_last ? -1 : binary(false);
            put(budget_rows_[static_cast<std::size_t>(month - 1)], paid, 1.0);
            row(0.0, 0.0,
                {{next, 1},
                 {balance, -1 - now.rate},
                 {charged, -1 - now.rate},
                 {open, -fee},
                 {paid, 1}});
            if (!is_last) {
                row(-optim::kInfinity, 0.0, {{next, 1}, {is_open, -then.upper}});
                row(-optim::kInfinity, 0.0, {{is_open, 1}, {open, -1}});
                row(0.0, optim::kInfinity, {{paid, 1}, {is_open, -fixed}});
                const double grown = percent * (1.0 + now.rate);
                const double on_top = loan.adds_interest ? now.rate : 0.0;
                const double slack = loan.adds_interest ? 2.0 * now.upper : 0.0;
                row(-slack, optim::kInfinity,
                    {{paid, 1},
                     {balance, -grown - on_top},
                     {charged, -grown},
                     {open, -percent * fee},
                     {is_open, -slack}});
            }
            if (penalty > 0.0) {
                const int above = column(penalty, 0.0, optim::kInfinity);
                row(-fixed, optim::kInfinity, {{above, 1}, {paid, -1}});
                put(budget_rows_[static_cast<std::size_t>(month - 1)], above, penalty);
            }
            if (loan.is_deferred && month <= loan.promo_months) {
                const int more = column(0.0, 0.0, optim::kInfinity);
                row(0.0, 0.0,
                    {{more, 1},
                     {held, -1 - now.regular},
                     {balance, -std::max(0.0, now.regular - now.rate)}});
                held = more;
            }
            balance = next;
            open = is_open;
        }
    }

    const Problem& problem_;
    const int months_;
    optim::MixedProgram program_;
    std::vector<Column> columns_;
    std::vector<std::int32_t> budget_rows_;
};

}  // namespace atlas::finance::debt::testing
