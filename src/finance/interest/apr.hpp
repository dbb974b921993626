// SPDX-License-Identifier: Apache-2.0
// The annual percentage rate of closed-end credit by the actuarial method of Regulation Z.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.hpp"
#include "money/money.hpp"

namespace atlas::finance::interest {

/// An advance or a payment, `whole` full unit-periods and a `fraction` of one after the start.
struct AprFlow {
    int whole = 0;
    double fraction = 0;  ///< 0 <= fraction < 1.
    money::Money amount;  ///< Above zero, for advances and payments alike.
};

struct AprRequest {
    /// 12 for monthly, 24 semi-monthly, 26 two-weekly, 13 four-weekly, 52 weekly, 365 daily, 6
    /// two-monthly. Need not be whole: a single payment after 255 days has one unit-period of 255
    /// days, 365/255 of them a year.
    double unit_periods_per_year = 12;
    std::vector<AprFlow> advances;
    std::vector<AprFlow> payments;
};

struct AprAnswer {
    double apr;  ///< Unrounded, 0.0969 for 9.69 %: rate of a unit-period × their number.
    double unit_period_rate;
    /// Where advances follow payments, further rates may balance too. `apr` is then the smallest
    /// that is not negative, else the nearest to zero; the others stand here in ascending order.
    std::vector<double> other_aprs;
};

inline constexpr double kUnitPeriodsPerYearMax = 366;
inline constexpr int kUnitPeriodsMax = 100'000;
inline constexpr std::size_t kAprFlowsMax = 10'000;

/// Solves Σ advance / ((1 + f i)(1 + i)^t) = Σ payment / ((1 + f i)(1 + i)^t) for the rate i of a
/// unit-period: compound over whole periods, simple within a fraction. Payments below the advances
/// give a negative rate. Two decimals of the percentage are what is disclosed; rounding is the
/// caller's.
/// Errors: invalid_argument when advances or payments are missing or more than 10,000, an amount is
/// not above zero or of another currency than the first, a time is outside 0 to 100,000
/// unit-periods, a fraction not in [0, 1), or unit-periods per year not in (0, 366]; infeasible
/// when no rate balances them.
/// Cost: linear in flows, some 20 sums; about 2000 sums where advances follow payments.
/// Source: 12 CFR 1026, appendix J (b)(8). Tests: Apr.AgreesWithTheExamplesOfAppendixJ.
Result<AprAnswer> apr(const AprRequest& request);

}  // namespace atlas::finance::interest
