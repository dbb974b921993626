// SPDX-License-Identifier: Apache-2.0
// AnnualRate: a contractual rate as it stands in a contract, 0.2399 for 23.99 %. Exact to 10^-9:
// statistics and estimates are doubles, contracts are not.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace atlas::money {

class AnnualRate {
public:
    /// Highest rate believed: 1000 % a year. Above it the input is far more likely a percentage
    /// given as a fraction.
    static constexpr std::int64_t kBillionthsMax = 10'000'000'000;

    /// 0 %.
    AnnualRate() = default;
    static AnnualRate zero() { return {}; }
    /// Reads a decimal fraction, "0.2399". Errors: invalid_argument for other text, more than 9
    /// decimals, below -1 or above 10 (1000 %).
    static Result<AnnualRate> parse(std::string_view text);
    static Result<AnnualRate> from_billionths(std::int64_t billionths);

    std::int64_t billionths() const { return billionths_; }
    /// For statistics and optimisation only.
    double as_double() const { return static_cast<double>(billionths_) * 1e-9; }

    friend auto operator<=>(const AnnualRate&, const AnnualRate&) = default;

private:
    explicit AnnualRate(std::int64_t billionths) : billionths_(billionths) {}
    std::int64_t billionths_ = 0;
};

/// Shortest decimal fraction: "0.2399".
std::string to_decimal(AnnualRate rate);

}  // namespace atlas::money
