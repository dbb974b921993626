// SPDX-License-Identifier: Apache-2.0
// Buffer, debts or investing: what one more unit of money is worth a year in each place, and the
// month-by-month split that follows. A unit in a debt saves its interest for sure; one in the
// buffer saves emergency credit as often as the buffer runs dry; one invested earns what somebody
// expects of it, less what its risk weighs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "finance/debt/reserve.hpp"

namespace atlas::finance::debt {

struct SplitDebt {
    std::int64_t balance = 0;    ///< Minor units.
    double apr = 0.0;            ///< Nominal, a twelfth a month.
    std::int64_t minimum = 0;    ///< Paid each month besides the surplus.
    bool is_deductible = false;  ///< Its interest lowers the tax.
};

struct SplitRequest {
    std::int64_t monthly_surplus = 0;
    int months = 12;
    std::vector<SplitDebt> debts = {};
    std::int64_t buffer = 0;  ///< Saved today.
    double saving_rate = 0.0;
    double emergency_apr = 0.0;
    double expected_return = 0.0;
    double volatility = 0.0;
    double risk_aversion = 3.0;
    double tax_rate = 0.0;
};

/// A year of one unit of money, after tax.
struct SplitValues {
    double buffer = 0.0;
    double invest = 0.0;
    std::vector<double> debts;
};

struct SplitMonth {
    std::int64_t buffer = 0;
    std::int64_t invest = 0;
    std::vector<std::int64_t> debts;  ///< Above the minimums, by debt.
    std::int64_t owed = 0;            ///< On all of them afterwards.
};

struct SurplusSplit {
    SplitValues values;  ///< Today, of the next unit.
    std::vector<SplitMonth> months;
    std::int64_t buffer_then = 0;
    /// Expected yearly return before tax at which investing is worth as much as the best other use
    /// today; without risk: were it certain.
    double break_even_return = 0.0;
    double break_even_without_risk = 0.0;
};

/// Value of the next unit at this buffer: saving_rate after tax, and as often as the fund runs dry
/// a year of emergency credit on top.
double buffer_value(const Reserve& reserve, const SplitRequest& request, std::int64_t buffer);

/// Splits each month's surplus so that the last unit is worth as much wherever it goes: the
/// buffer's value falls as it fills, the others' stay, so filling by value is optimal (a separable
/// concave knapsack; tests compare with every split on a grid). What a closed debt's minimum frees
/// joins the surplus from the next month on.
/// Errors: invalid_argument  an amount below zero or too large, months outside 1..120, a rate
///           outside 0..10, a tax or volatility out of range; the place is a JSON pointer.
/// Cost:   O(months × (debts + log paths)).
Result<SurplusSplit> split_surplus(const Reserve& reserve, const SplitRequest& request);

}  // namespace atlas::finance::debt
