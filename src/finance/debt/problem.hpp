// SPDX-License-Identifier: Apache-2.0
// A checked request, laid out by month for the simulator's inner loop: int64 minor units of the
// one currency, every rate of every month looked up. Built once, simulated many times.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "finance/debt/debt.hpp"

namespace atlas::finance::debt {

/// How interest is computed in one month. Two months with the same rate and days share one.
struct Charge {
    std::int64_t apr_billionths = 0;
    int days = 0;  ///< 0: a twelfth of the year.
    /// (1 + apr / 365)^days − 1 lies within [low, low + slack] × 2^-60; unused where slack is 0.
    std::uint64_t growth_low = 0;
    std::uint64_t growth_slack = 0;

    /// Interest of the month on `balance` >= 0, half to even, exact.
    std::int64_t interest_on(std::int64_t balance) const;
    /// For bounds: the month's growth minus one.
    double as_double() const;
};

/// One debt, laid out. Month m (from 1) is at index m − 1.
struct Loan {
    std::int64_t balance = 0;
    std::vector<Charge> charges;               ///< The distinct ones.
    std::vector<std::uint16_t> regular;        ///< Month -> charge without promotion.
    int promo_months = 0;                      ///< The first months are promotional.
    std::vector<std::uint16_t> promo_charges;  ///< Of those months.
    bool is_deferred = false;                  ///< Implies promo_months > 0.
    std::int64_t minimum_fixed = 0;
    std::int64_t minimum_percent = 0;  ///< Billionths.
    bool adds_interest = false;
    std::int64_t credit_limit = 0;  ///< 0: none.
    std::int64_t fee_monthly = 0;
    std::int64_t late_fee = 0;
    std::int64_t penalty = 0;     ///< Billionths.
    std::vector<bool> is_missed;  ///< By month, or empty.
    int due_day = 0;

    const Charge& charge(int month) const {
        const auto index = static_cast<std::size_t>(month - 1);
        return charges[month <= promo_months ? promo_charges[index] : regular[index]];
    }
    const Charge& regular_charge(int month) const {
        return charges[regular[static_cast<std::size_t>(month - 1)]];
    }
    bool misses(int month) const {
        return !is_missed.empty() && is_missed[static_cast<std::size_t>(month - 1)];
    }
    /// The obligation of a month, before it is cut to what is owed.
    std::int64_t minimum(std::int64_t owed, std::int64_t interest) const;
    /// What the first month asks for, never more than what is owed then.
    std::int64_t first_minimum() const;
};

struct Problem {
    money::Currency currency;
    std::vector<Date> ends;             ///< ends[m] is the end of month m; ends[0] the start.
    std::vector<std::int64_t> budgets;  ///< By month, extras included.
    std::vector<Loan> loans;

    /// Errors: invalid_argument  no or too many debts, two with one id, mixed currencies, a balance
    ///           not above zero, a negative or too large amount or rate, percent above 1, a term,
    ///           due day or missed month out of range, a path out of order, an extra before the
    ///           start; the place is a JSON pointer into the debt-plan request.
    static Result<Problem> create(const PlanRequest& request);

    /// Lays out one debt anew, or the budgets: what create() does of a request that differs in
    /// nothing else, in a part of its time. Errors: as create.
    Result<void> change_debt(std::size_t index, const Debt& debt);
    Result<void> change_budgets(const PlanRequest& request);

    std::int64_t budget(int month) const { return budgets[static_cast<std::size_t>(month - 1)]; }
    Date payment_date(int month, int due_day) const;
    money::Money amount(std::int64_t minor) const {
        return money::Money::from_minor(minor, currency);
    }
};

/// In minor units. Errors: invalid_argument at `pointer`: another currency, below zero, or above
/// kAmountMinorMax.
Result<std::int64_t> check_amount(money::Money value, money::Currency currency,
                                  std::string_view pointer);

/// a × share, half to even. share in billionths, 0..10^10.
std::int64_t share_of(std::int64_t amount, std::int64_t billionths);

}  // namespace atlas::finance::debt
