// SPDX-License-Identifier: Apache-2.0
// Time value of money: four of n, rate, pv, pmt, fv give the fifth.
//
// Signs as on the HP-12C and in Excel: money received is positive, money paid is negative, so a
// loan has pv > 0 and pmt < 0. The rate is per period (0.01 for 12 % a year paid monthly).
//     pv + pmt × (1 + rate × when) × (1 − (1 + rate)^−n) / rate + fv × (1 + rate)^−n = 0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.hpp"
#include "money/currency.hpp"
#include "money/money.hpp"

namespace atlas::finance::interest {

enum class PaymentTiming : std::uint8_t {
    end,    ///< At the end of each period (Excel type 0).
    begin,  ///< At its start (Excel type 1).
};

/// Exactly one of the five is absent: the one wanted.
struct TvmRequest {
    money::Currency currency;
    std::optional<double> n = std::nullopt;     ///< Periods, above 0; need not be whole.
    std::optional<double> rate = std::nullopt;  ///< Per period, above −1.
    std::optional<money::Money> pv = std::nullopt;
    std::optional<money::Money> pmt = std::nullopt;
    std::optional<money::Money> fv = std::nullopt;
    PaymentTiming when = PaymentTiming::end;
};

enum class TvmUnknown : std::uint8_t { n, rate, pv, pmt, fv };

struct TvmAnswer {
    TvmUnknown unknown;
    double value;                        ///< Unrounded, in the units of the request.
    std::optional<money::Money> amount;  ///< For pv, pmt, fv: `value` rounded half to even.
    /// Rate only: a loan whose flows change sign twice may have a second rate. `value` is then
    /// the one nearer to zero.
    std::optional<double> other_rate;
};

inline constexpr double kTvmPeriodsMax = 100'000;
inline constexpr double kTvmRateMax = 1e6;  ///< Per period.

/// n is not rounded up to whole periods (Excel; the HP-12C rounds it up).
/// Errors: invalid_argument when not exactly one value is absent, a currency differs, n is not in
/// (0, 100000] or rate not in (−1, 10^6]; infeasible when no rate or no n >= 0 solves it, or the
/// amount is beyond the largest.
/// Cost: some 20 evaluations for a rate (measured: 5 µs), else some ten operations.
/// Source: HP-12C Owner's Handbook, appendix D; Excel NPER, RATE, PV, PMT, FV.
/// Tests: Tvm.AgreesWithTheHp12cHandbook, Tvm.AgreesWithExcelsDocumentation.
Result<TvmAnswer> tvm(const TvmRequest& request);

}  // namespace atlas::finance::interest
