// SPDX-License-Identifier: Apache-2.0
// Payment days fitted to pay days: the days of the payments that may move are chosen so that the
// account's lowest balance is as high as it can be with a stated probability.
#pragma once

#include <cstdint>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "finance/debt/reserve.hpp"

namespace atlas::finance::debt {

inline constexpr std::size_t kMonthlyFlowsMax = 64;
inline constexpr int kLookAheadMonthsMax = 12;
inline constexpr int kDayPathsMax = 20'000;

/// What comes (above zero) or goes every month, minor units.
struct MonthlyFlow {
    int day = 1;  ///< A shorter month has it on its last day.
    std::int64_t amount = 0;
    double volatility = 0.0;  ///< Lognormal, standard deviation over mean.
    int days_late_max = 0;    ///< Evenly from 0 to this.
    bool is_movable = false;
    int earliest_day = 1;
    int latest_day = 28;
};

struct PaymentDaysRequest {
    Date start;  ///< Its own flows included.
    std::int64_t balance = 0;
    std::int64_t buffer = 0;
    std::vector<MonthlyFlow> flows = {};
    std::int64_t daily_spending = 0;  ///< Mean of a day besides the flows.
    double daily_volatility = 1.0;    ///< Of it, gamma-like: lognormal.
    double probability = 0.95;
    int months = 3;
    int paths = 1000;
    std::uint64_t seed = 1;
};

struct LowestBalance {
    Chance above_buffer;
    std::int64_t lowest = 0;  ///< At or above this with the wanted probability.
};

struct PaymentDays {
    std::vector<int> days;  ///< By flow; of those that do not move, as given.
    LowestBalance now;
    LowestBalance fitted;  ///< On futures drawn anew, so that the fit cannot flatter itself.
};

/// Coordinate search over days on common random numbers, from the given days, from every
/// movable payment on the day after the largest income, and from all as early or as late as may be;
/// a day is changed only for a higher lowest balance, so ties stay where they are. Errors:
/// invalid_argument  no flows or too many, a day outside 1..31, earliest after latest, an
///           amount too large, a volatility, probability, number of months or paths out of range.
/// Cost:   O(sweeps × movable × days × paths × calendar days), where a sweep is a few; about 0.3 s
///         for 5 movable payments, 1000 paths and 3 months.
Result<PaymentDays> fit_payment_days(const PaymentDaysRequest& request);

/// How low the account goes with these days, one per flow. Errors: as above.
Result<LowestBalance> lowest_balance(const PaymentDaysRequest& request,
                                     const std::vector<int>& days);

}  // namespace atlas::finance::debt
