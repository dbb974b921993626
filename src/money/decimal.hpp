// SPDX-License-Identifier: Apache-2.0
// Reading and writing plain decimals as scaled integers: the one place digits become numbers for
// Money, Quantity and AnnualRate.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace atlas::money {

enum class DecimalProblem : std::uint8_t { none, malformed, too_many_decimals, out_of_range };

struct DecimalText {
    std::int64_t scaled = 0;  ///< value × 10^decimals, when problem is none.
    DecimalProblem problem = DecimalProblem::none;
};

/// Reads an optional sign, digits, and optionally a point and digits; at least one digit. Trailing
/// zeros beyond `decimals` (0..18) are harmless, other digits there are too_many_decimals.
DecimalText scan_decimal(std::string_view text, int decimals);

/// scaled / 10^decimals with exactly `decimals` digits after the point.
std::string format_decimal(std::int64_t scaled, int decimals);

/// The same without trailing zeros: "0.2399", "4".
std::string format_decimal_short(std::int64_t scaled, int decimals);

}  // namespace atlas::money
