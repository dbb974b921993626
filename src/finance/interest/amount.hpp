// SPDX-License-Identifier: Apache-2.0
// The one line where an estimate becomes money, and its way back. Solving for a rate or a present
// value needs real numbers; what is paid is whole minor units.
#pragma once

#include "base/result.hpp"
#include "money/currency.hpp"
#include "money/money.hpp"

namespace atlas::finance::interest {

/// In major units: 12.30 for "12.30 USD". Exact to 64 bits of mantissa on x86-64.
long double as_number(money::Money amount);

/// Rounds half to even to the minor unit.
/// Errors: infeasible when `value` is not finite or beyond the range of int64 minor units.
Result<money::Money> as_money(long double value, money::Currency currency);

}  // namespace atlas::finance::interest
