// SPDX-License-Identifier: Apache-2.0
// The economy a household lives in: consumer prices, petrol, interest and the euro, from public
// yearly figures, and a plain continuation after them.
#pragma once

#include <cstdint>

#include "base/date.hpp"

namespace atlas::sim::household {

/// Consumer prices, the average of 2017 = 1.
double price_level(Date day);
/// Price of petrol, the average of 2017 = 1.
double petrol_level(Date day);
/// Short-term interest, per cent a year.
double short_rate_percent(Date day);
/// Rate of a 30-year mortgage taken out in that year, per cent.
double mortgage_rate_percent(int year);
/// US dollars per euro × 10^6.
std::int64_t euro_rate_micro(Date day);

/// Monday to Friday, and not one of the fixed-date federal holidays (New Year, 4 July, Christmas).
bool is_business_day(Date day);
/// The day itself or the next business day.
Date business_day_from(Date day);
/// The day itself or the last business day before.
Date business_day_until(Date day);

}  // namespace atlas::sim::household
