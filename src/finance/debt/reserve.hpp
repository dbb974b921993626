// SPDX-License-Identifier: Apache-2.0
// How large an emergency fund has to be: the household's own months, drawn again many times, and
// how deep each future falls below its best point so far. Theory: docs/theory/debt_payoff.md.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "base/result.hpp"

namespace atlas::finance::debt {

inline constexpr int kReserveMonthsMax = 120;
inline constexpr int kReservePathsMin = 100;
inline constexpr int kReservePathsMax = 200'000;
/// Fewer months say too little of how they vary.
inline constexpr std::size_t kHistoryMonthsMin = 6;

/// One month as it was, minor units.
struct MonthFlow {
    std::int64_t income = 0;
    std::int64_t expenses = 0;
};
/// Months drawn with replacement, income and expenses of one month together.
struct FlowHistory {
    std::vector<MonthFlow> months;
};
/// Lognormal months, each independent of the others and income of expenses; minor units.
/// Volatility is standard deviation over mean.
struct FlowMoments {
    std::int64_t income = 0;
    double income_volatility = 0.0;
    std::int64_t expenses = 0;
    double expense_volatility = 0.0;
};
using Flows = std::variant<FlowHistory, FlowMoments>;

/// While income runs it stops with this chance each month; while it is stopped it starts again with
/// 1 / months_mean, and this share of it comes anyway.
struct IncomeLoss {
    double chance_per_month = 0.0;
    double months_mean = 1.0;
    double income_kept = 0.0;
};

struct ReserveRequest {
    Flows flows;
    std::optional<IncomeLoss> income_loss = {};
    int horizon_months = 12;
    int paths = 10'000;
    std::uint64_t seed = 1;
};

/// A simulated probability and its standard error.
struct Chance {
    double probability = 0.0;
    double error = 0.0;
};

/// A size of the fund, with what the number of paths leaves open of it (95 %), minor units.
struct FundSize {
    std::int64_t amount = 0;
    std::int64_t low = 0;
    std::int64_t high = 0;
};

/// What every path would have needed.
class Reserve {
public:
    /// The fund starts full, bad months draw on it and good ones refill it; what is beyond full
    /// goes elsewhere. So a path runs dry exactly when its deepest fall below an earlier high is
    /// more than the fund.
    /// Errors: invalid_argument  fewer than kHistoryMonthsMin months (/months), an amount below
    ///           zero or above kAmountMinorMax, a volatility outside 0..10, a chance or share
    ///           outside 0..1, a mean length below 1, a horizon or number of paths out of range.
    /// Cost:   O(paths × months), about 20 ns each.
    static Result<Reserve> simulate(const ReserveRequest& request);

    /// Errors: none; run_dry within 0..1. The smallest fund that runs dry in at most this share.
    FundSize size_for(double run_dry) const;
    /// That a fund of this size runs dry.
    Chance run_dry(std::int64_t amount) const;
    /// By path, ascending.
    std::span<const std::int64_t> needs() const { return needs_; }

private:
    explicit Reserve(std::vector<std::int64_t> needs) : needs_(std::move(needs)) {}
    std::vector<std::int64_t> needs_;
};

/// Mean and standard deviation over mean of what came in and went out.
struct FlowFigures {
    double income = 0.0;
    double income_volatility = 0.0;
    double expenses = 0.0;
    double expense_volatility = 0.0;
};
FlowFigures describe(const Flows& flows);

}  // namespace atlas::finance::debt
