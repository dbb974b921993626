// SPDX-License-Identifier: Apache-2.0
// Dates as statement files write them. Times and zones behind a date are read over and never shift
// it: a booking is the local date as printed.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/date.hpp"
#include "finance/statements/csv_mapping.hpp"

namespace atlas::finance::statements {

/// Reads OFX: YYYYMMDD[HH[MM[SS[.XXX]]]][[-5:EST]]; also YYYY-MM-DD, which some banks send.
/// Errors: invalid_argument, with the text and what is wrong with it.
Result<Date> read_ofx_date(std::string_view utf8);

/// The orders under which a text is a date: bits 1 << DateOrder. 0 where it is none. A month's
/// name, or a year of four digits in front, leaves one order.
std::uint8_t possible_orders(std::string_view utf8);

/// Reads "31.01.2024", "1/31/24", "2024-01-31T08:00:00Z", "31 Jan 2024", "31012024", month names
/// in seven languages, digits of other scripts, "2024年1月31日". Years of two digits: 70 to 99 are
/// 19xx, the others 20xx. excel_day_number reads "45322" and "45322.75".
/// Errors: invalid_argument.
Result<Date> read_date(std::string_view utf8, DateOrder order);

/// True for a sheet's number of a day between 1970 and 2099, with or without the time behind a
/// mark. The count of old Macintosh sheets, from 1904, cannot be told from it and is not read.
bool is_day_number(std::string_view utf8);

}  // namespace atlas::finance::statements
