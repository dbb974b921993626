// SPDX-License-Identifier: Apache-2.0
// What will be owed, by month, if the extra payments are kept up only as often as they were: paths
// drawn from a seed, each month's extra money paid or not.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.hpp"
#include "finance/debt/debt.hpp"
#include "finance/debt/wins.hpp"
#include "money/money.hpp"

namespace atlas::finance::debt {

inline constexpr int kFanPathsMax = 10'000;

/// Owed on all debts at the end of a month: a tenth of the paths owe less than `low`, half less
/// than `middle`, a tenth more than `high`.
struct FanMonth {
    int month;
    money::Money low;
    money::Money middle;
    money::Money high;
};

struct FanRequest {
    PlanRecord record;
    std::uint64_t seed = 1;
    int paths = 200;
};

/// Until every path is free of debt. A path in which minimums alone never end stays to the end.
/// Errors: as plan_payoff; invalid_argument (/paths) for none or too many.
Result<std::vector<FanMonth>> balance_fan(const PlanRequest& request, const FanRequest& fan);

}  // namespace atlas::finance::debt
