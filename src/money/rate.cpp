// SPDX-License-Identifier: Apache-2.0
#include "money/rate.hpp"

#include "base/format.hpp"
#include "money/decimal.hpp"

namespace atlas::money {
namespace {
constexpr int kDecimals = 9;
constexpr std::int64_t kBillionthsMin = -1'000'000'000;
}  // namespace

Result<AnnualRate> AnnualRate::parse(std::string_view text) {
    const DecimalText decimal = scan_decimal(text, kDecimals);
    if (decimal.problem == DecimalProblem::too_many_decimals) {
        return invalid_argument(
            {}, format("rate \"{}\" has more than {} decimals", text.substr(0, 40), kDecimals));
    }
    if (decimal.problem != DecimalProblem::none) {
        return invalid_argument(
            {}, format("\"{}\" is not a rate like 0.2399 (23.99 %)", text.substr(0, 40)));
    }
    return from_billionths(decimal.scaled);
}

Result<AnnualRate> AnnualRate::from_billionths(std::int64_t billionths) {
    if (billionths < kBillionthsMin || billionths > kBillionthsMax) {
        return invalid_argument(
            {}, format("rate {} is not between -1 and 10 (1000 %); 0.2399 means 23.99 %",
                       format_decimal_short(billionths, kDecimals)));
    }
    return AnnualRate(billionths);
}

std::string to_decimal(AnnualRate rate) {
    return format_decimal_short(rate.billionths(), kDecimals);
}

}  // namespace atlas::money
