// SPDX-License-Identifier: Apache-2.0
#include "finance/debt/fan.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base/random.hpp"
#include "finance/debt/plan.hpp"
#include "finance/debt/problem.hpp"

namespace atlas::finance::debt {
namespace {

/// Leaves out the extra money of a month as often as the record says.
Policy wavering(Policy policy, double chance, std::uint64_t seed) {
    // The policy keeps a ranking of its own: it may hold limits that must not be lost.
    return [policy = std::move(policy), own = std::vector<Turn>(), chance, random = Random(seed)](
               const MonthView& view, std::vector<Turn>& turns) mutable {
        if (view.month == 1) {
            own = turns;
        }
        policy(view, own);
        turns = own;
        if (!random.chance(chance)) {
            for (Turn& turn : turns) {
                turn.limit = 0;
            }
        }
    };
}

/// At index month − 1: owed by each path at its end.
std::vector<std::vector<std::int64_t>> owed_by_month(const Problem& problem, const Policy& policy,
                                                     const FanRequest& fan) {
    std::vector<std::vector<std::int64_t>> owed;
    Random seeds(fan.seed);
    for (int path = 0; path < fan.paths; ++path) {
        std::vector<Row> rows;
        const auto outcome =
            simulate(problem, wavering(policy, fan.record.chance_of_keeping(), seeds.next()),
                     Spending::whole_budget, Record{.rows = &rows});
        for (const Row& row : rows) {  // Also of a path that never ends.
            const auto month = static_cast<std::size_t>(row.month);
            if (owed.size() < month) {
                owed.resize(month, std::vector<std::int64_t>(static_cast<std::size_t>(fan.paths)));
            }
            owed[month - 1][static_cast<std::size_t>(path)] += row.balance;
        }
    }
    return owed;
}

}  // namespace

Result<std::vector<FanMonth>> balance_fan(const PlanRequest& request, const FanRequest& fan) {
    if (fan.paths < 1 || fan.paths > kFanPathsMax) {
        return invalid_argument("/paths",
                                format("{} paths; 1 to {} accepted", fan.paths, kFanPathsMax));
    }
    ATLAS_TRY_ASSIGN(const Ranking ranking, rank_payoff(request));
    ATLAS_TRY_ASSIGN(const Problem problem, Problem::create(request));
    std::vector<FanMonth> months;
    for (std::vector<std::int64_t>& owed : owed_by_month(problem, ranking.policy, fan)) {
        std::ranges::sort(owed);
        const auto quantile = [&](std::size_t tenths) {
            return problem.amount(owed[(owed.size() - 1) * tenths / 10]);
        };
        months.push_back({.month = static_cast<int>(months.size()) + 1,
                          .low = quantile(1),
                          .middle = quantile(5),
                          .high = quantile(9)});
    }
    return months;
}

}  // namespace atlas::finance::debt
