// SPDX-License-Identifier: Apache-2.0
// Internal rate of return and net present value of dated cash flows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "money/money.hpp"

namespace atlas::finance::cashflow {

/// Money received is positive, money paid is negative.
struct DatedFlow {
    Date date;
    money::Money amount;
};

struct XirrAnswer {
    double rate;  ///< Effective a year, 0.12 for 12 %.
    /// Flows that change sign more than once may have several rates. `rate` is then the one
    /// nearest to zero (in log(1 + rate)); the others stand here in ascending order.
    std::vector<double> other_rates;
    int sign_changes;  ///< Of the flows in order of date, those of one day added.
    /// False when there were too many sign changes to prove that no rate was missed.
    bool is_complete;
};

inline constexpr std::size_t kFlowsMax = 100'000;
inline constexpr double kXirrMin = -0.999999999;  ///< Rates are sought above this …
inline constexpr double kXirrMax = 1e9;           ///< … and up to this.

/// Solves Σ amount / (1 + rate)^(days / 365) = 0, days from the earliest flow (act/365F, the
/// convention of Excel's XIRR; the order of the flows does not matter, nor which one is first).
/// Errors: invalid_argument when there are no flows or more than 100,000, or several currencies;
/// infeasible when no rate between −0.999999999 and 10^9 balances them: always so when all flows
/// have one sign.
/// Cost: some 15 sums over the flows for one sign change (measured: 3 ms for 1001 flows on a busy
/// machine); grows with the square of the sign changes, up to some 2000 sums.
/// Source: Excel XIRR; the roots of exponential sums after Descartes' rule (Laguerre 1883).
/// Tests: Xirr.AgreesWithExcelsDocumentation, Xirr.FindsEveryRate….
Result<XirrAnswer> xirr(std::span<const DatedFlow> flows);

struct PresentValue {
    double value;         ///< Unrounded, major units.
    money::Money amount;  ///< Rounded half to even.
};

/// Σ amount / (1 + rate)^(days / 365), days from the earliest flow (Excel's XNPV).
/// Errors: invalid_argument as xirr, and when the rate is not above −1 or not finite; infeasible
/// when the value is beyond the largest amount.
Result<PresentValue> npv(double rate, std::span<const DatedFlow> flows);

enum class FirstFlow : std::uint8_t {
    now,               ///< Not discounted: the textbook's investment at time 0.
    after_one_period,  ///< Discounted once: Excel's NPV.
};

/// Σ amount / (1 + rate)^k with rate per period and evenly spaced flows.
/// Errors: as npv of dated flows.
Result<PresentValue> npv(double rate, std::span<const money::Money> amounts, FirstFlow first);

}  // namespace atlas::finance::cashflow
