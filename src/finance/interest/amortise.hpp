// SPDX-License-Identifier: Apache-2.0
// The schedule of a loan paid off in level monthly payments, in exact minor units.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.hpp"
#include "money/money.hpp"
#include "money/rate.hpp"

namespace atlas::finance::interest {

/// A payment on top of the level one, in its month, at once taken off the balance.
struct ExtraPayment {
    int month;  ///< 1 is the first payment's month.
    money::Money amount;
};

struct AmortiseRequest {
    money::Money principal;
    money::AnnualRate apr;  ///< Nominal, a twelfth a month.
    int term_months;
    money::Money extra_monthly;             ///< Paid every month; zero for none.
    std::vector<ExtraPayment> extras = {};  ///< One-off, in any order.
};

struct AmortisationRow {
    int month;
    money::Money payment;    ///< The level payment; the last one clears the balance.
    money::Money interest;   ///< Part of `payment`: the month's interest, half to even.
    money::Money principal;  ///< payment − interest.
    money::Money extra;
    money::Money balance;  ///< After both.
};

struct Amortisation {
    money::Money payment;  ///< Level payment.
    std::vector<AmortisationRow> schedule;
    money::Money total_interest;
    money::Money total_paid;  ///< Extras included: principal + total_interest.
};

inline constexpr int kTermMonthsMax = 1200;
inline constexpr std::int64_t kPrincipalMinorMax = 1'000'000'000'000'000;

/// The payment that repays `principal` in `term_months` at apr / 12 a month: principal × r /
/// (1 − (1 + r)^−n) as an exact rational, rounded once, half to even.
/// Errors: as amortise.
/// Cost: term² / 40 word products; about 0.1 ms for 30 years.
Result<money::Money> level_payment(money::Money principal, money::AnnualRate apr, int term_months);

/// Each month: interest accrues on the balance, rounded half to even; then the level payment; then
/// extras, never more than what is left. Extras shorten the term and leave the level payment as
/// it is. The payment of the last month of the term clears whatever rounding left.
/// Errors: invalid_argument when the principal is not above zero or beyond 10^15 minor units, the
/// apr is negative, the term is not 1 to 1200 months, an extra is negative, of another currency or
/// outside the term.
/// Source: the annuity formula; tests Amortise.AgreesWith….
Result<Amortisation> amortise(const AmortiseRequest& request);

}  // namespace atlas::finance::interest
