// SPDX-License-Identifier: Apache-2.0
#include "money/decimal.hpp"

#include "base/format.hpp"
#include "money/rounding.hpp"

namespace atlas::money {

DecimalText scan_decimal(std::string_view text, int decimals) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative || (!text.empty() && text.front() == '+')) {
        text.remove_prefix(1);
    }
    std::int64_t scaled = 0;
    int fraction_digits = -1;  // -1 before the point.
    bool any_digit = false;
    bool overflow = false;
    bool too_fine = false;
    const auto append = [&](int digit) {
        // Negative accumulation, so that the smallest int64 can be read.
        overflow = overflow || __builtin_mul_overflow(scaled, std::int64_t{10}, &scaled) ||
                   __builtin_sub_overflow(scaled, std::int64_t{digit}, &scaled);
    };
    for (const char c : text) {
        if (c == '.' && fraction_digits < 0) {
            fraction_digits = 0;
            continue;
        }
        if (c < '0' || c > '9') {
            return {0, DecimalProblem::malformed};
        }
        any_digit = true;
        if (fraction_digits >= decimals) {
            too_fine = too_fine || c != '0';
            continue;
        }
        fraction_digits += fraction_digits >= 0 ? 1 : 0;
        append(c - '0');
    }
    if (!any_digit || text.back() == '.') {
        return {0, DecimalProblem::malformed};
    }
    for (int i = fraction_digits < 0 ? 0 : fraction_digits; i < decimals; ++i) {
        append(0);
    }
    if (too_fine) {
        return {0, DecimalProblem::too_many_decimals};
    }
    if (!negative) {
        overflow = overflow || __builtin_sub_overflow(std::int64_t{0}, scaled, &scaled);
    }
    return overflow ? DecimalText{0, DecimalProblem::out_of_range}
                    : DecimalText{scaled, DecimalProblem::none};
}

std::string format_decimal(std::int64_t scaled, int decimals) {
    const auto magnitude =
        scaled < 0 ? 0 - static_cast<std::uint64_t>(scaled) : static_cast<std::uint64_t>(scaled);
    const char* sign = scaled < 0 ? "-" : "";
    if (decimals == 0) {
        return format("{}{}", sign, magnitude);
    }
    const auto unit = static_cast<std::uint64_t>(power_of_ten(decimals));
    return format("{}{}.{:0{}}", sign, magnitude / unit, magnitude % unit, decimals);
}

std::string format_decimal_short(std::int64_t scaled, int decimals) {
    std::string text = format_decimal(scaled, decimals);
    if (decimals > 0) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') {
            text.pop_back();
        }
    }
    return text;
}

}  // namespace atlas::money
