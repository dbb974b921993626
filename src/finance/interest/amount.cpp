// SPDX-License-Identifier: Apache-2.0
#include "finance/interest/amount.hpp"

#include <cmath>

#include "base/format.hpp"

namespace atlas::finance::interest {
namespace {

constexpr long double kMinorLimit = 9223372036854775807.0L;  // Largest int64.

long double minor_per_major(money::Currency currency) {
    return static_cast<long double>(money::power_of_ten(currency.decimals()));
}

}  // namespace

long double as_number(money::Money amount) {
    return static_cast<long double>(amount.minor()) / minor_per_major(amount.currency());
}

Result<money::Money> as_money(long double value, money::Currency currency) {
    const long double minor = value * minor_per_major(currency);
    if (!(std::fabs(minor) < kMinorLimit)) {
        return infeasible(format("the answer is beyond the largest amount of {}", currency.code()));
    }
    // The marked line: estimate → money, half to even (the default rounding of llrint).
    return money::Money::from_minor(std::llrint(minor), currency);
}

}  // namespace atlas::finance::interest
