// SPDX-License-Identifier: Apache-2.0
#include "finance/debt/robust.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "base/format.hpp"
#include "finance/debt/plan.hpp"
#include "finance/debt/policies.hpp"
#include "finance/debt/problem.hpp"

namespace atlas::finance::debt {
namespace {

constexpr std::size_t kOrdersMax = 24;

Result<void> check(const RobustRequest& request) {
    if (request.scenarios.empty() || request.scenarios.size() > kScenariosMax) {
        return invalid_argument("/scenarios", format("{} scenarios; 1 to {} accepted",
                                                     request.scenarios.size(), kScenariosMax));
    }
    if (request.is_variable.size() != request.plan.debts.size()) {
        return invalid_argument("/is_variable", "one for each debt");
    }
    for (const RateScenario& scenario : request.scenarios) {
        const bool is_ordered =
            std::is_sorted(scenario.begin(), scenario.end(),
                           [](const RateMove& a, const RateMove& b) { return a.month < b.month; });
        if (!is_ordered || (!scenario.empty() && scenario.front().month < 1)) {
            return invalid_argument("/scenarios", "the months of a scenario ascend from 1");
        }
    }
    for (const double share : {request.tail, request.caution}) {
        if (!(share >= 0.0 && share <= 1.0)) {
            return invalid_argument("/tail", format("{} is not between 0 and 1", share));
        }
    }
    return {};
}

/// A rate that never leaves what is believed of one.
money::AnnualRate moved(money::AnnualRate rate, double change) {
    const auto billionths = rate.billionths() + std::llround(change * 1e9);
    return money::AnnualRate::from_billionths(
               std::clamp<std::int64_t>(billionths, 0, money::AnnualRate::kBillionthsMax))
        .value();
}

/// The regular rate in force on a day, by the debt's own path.
money::AnnualRate rate_on(const Debt& debt, Date day) {
    money::AnnualRate rate = debt.apr;
    for (const RateChange& change : debt.rate_path) {
        if (change.from <= day) {
            rate = change.apr;
        }
    }
    return rate;
}

/// The household in one scenario: what the debt's own path says, moved from each step on.
PlanRequest in_scenario(const RobustRequest& request, const RateScenario& scenario) {
    PlanRequest plan = request.plan;
    for (std::size_t i = 0; i < plan.debts.size(); ++i) {
        if (!request.is_variable[i]) {
            continue;
        }
        Debt& debt = plan.debts[i];
        const Debt& own = request.plan.debts[i];
        std::vector<RateChange> path;
        const auto change_on = [&](Date day) {
            double change = 0.0;
            for (const RateMove& move : scenario) {
                if (plan.start.plus_months(move.month) <= day) {
                    change = move.change;
                }
            }
            return change;
        };
        std::vector<Date> days;
        for (const RateMove& move : scenario) {
            days.push_back(plan.start.plus_months(move.month));
        }
        for (const RateChange& change : own.rate_path) {
            days.push_back(change.from);
        }
        std::sort(days.begin(), days.end());
        days.erase(std::unique(days.begin(), days.end()), days.end());
        for (const Date day : days) {
            path.push_back({day, moved(rate_on(own, day), change_on(day))});
        }
        debt.rate_path = std::move(path);
    }
    return plan;
}

struct Candidate {
    std::string name;
    Policy policy;
};

/// The order of rates half-way through a scenario, as it would be kept to the end.
std::vector<std::uint16_t> order_at_middle(const RobustRequest& request,
                                           const RateScenario& scenario) {
    const PlanRequest plan = in_scenario(request, scenario);
    const int middle = scenario.empty() ? 1 : scenario[scenario.size() / 2].month;
    const Date day = plan.start.plus_months(middle);
    std::vector<std::uint16_t> order(plan.debts.size());
    std::iota(order.begin(), order.end(), std::uint16_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::uint16_t a, std::uint16_t b) {
        return rate_on(plan.debts[a], day) > rate_on(plan.debts[b], day);
    });
    return order;
}

Result<std::vector<Candidate>> gather(const RobustRequest& request) {
    std::vector<Candidate> candidates;
    candidates.push_back({"avalanche", avalanche()});
    candidates.push_back({"snowball", snowball()});
    PlanRequest best = request.plan;
    best.strategy = Strategy::optimal;
    auto ranked = rank_payoff(best);
    if (ranked.has_value()) {
        candidates.push_back({"optimal", ranked->policy});
    } else if (ranked.error().code != ErrorCode::infeasible) {
        return Unexpected(std::move(ranked).error());
    }
    std::vector<std::vector<std::uint16_t>> orders;
    for (const RateScenario& scenario : request.scenarios) {
        std::vector<std::uint16_t> order = order_at_middle(request, scenario);
        if (std::find(orders.begin(), orders.end(), order) != orders.end() ||
            orders.size() == kOrdersMax) {
            continue;
        }
        std::string name = "order:";
        for (const std::uint16_t loan : order) {
            name += format("{}{}", name.back() == ':' ? "" : ",", loan);
        }
        orders.push_back(order);
        candidates.push_back({std::move(name), fixed_order(std::move(order))});
    }
    return candidates;
}

struct Weighed {
    RobustCandidate told;
    double mean = 0.0;
    double tail = 0.0;
    double score = 0.0;
};

/// costs: by scenario, nothing where the candidate cannot pay.
std::optional<Weighed> weigh(const RobustRequest& request, std::string name,
                             const std::vector<std::optional<std::int64_t>>& costs) {
    std::int64_t dearest = -1;
    for (const auto& cost : costs) {
        dearest = std::max(dearest, cost.value_or(-1));
    }
    if (dearest < 0) {
        return std::nullopt;
    }
    std::vector<double> all;
    for (const auto& cost : costs) {
        all.push_back(static_cast<double>(cost.value_or(2 * dearest)));
    }
    std::sort(all.begin(), all.end(), std::greater<>());
    const auto count = static_cast<double>(all.size());
    const auto worst =
        static_cast<std::size_t>(std::clamp(std::ceil(request.tail * count - 1e-9), 1.0, count));
    const double tail =
        std::accumulate(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(worst), 0.0) /
        static_cast<double>(worst);
    const double mean = std::accumulate(all.begin(), all.end(), 0.0) / count;
    const money::Currency currency = request.plan.monthly_budget.currency();
    const auto amount = [&](double minor) {
        return money::Money::from_minor(std::llround(minor), currency);
    };
    return Weighed{.told = {.name = std::move(name),
                            .mean = amount(mean),
                            .tail = amount(tail),
                            .worst = amount(all.front())},
                   .mean = mean,
                   .tail = tail,
                   .score = (1.0 - request.caution) * mean + request.caution * tail};
}

}  // namespace

Result<RobustChoice> choose_robust(const RobustRequest& request) {
    ATLAS_TRY(check(request));
    std::vector<Problem> problems;
    for (const RateScenario& scenario : request.scenarios) {
        ATLAS_TRY_ASSIGN(Problem problem, Problem::create(in_scenario(request, scenario)));
        problems.push_back(std::move(problem));
    }
    ATLAS_TRY_ASSIGN(std::vector<Candidate> candidates, gather(request));
    std::vector<Weighed> weighed;
    for (Candidate& candidate : candidates) {
        std::vector<std::optional<std::int64_t>> costs;
        for (const Problem& problem : problems) {
            const auto outcome = simulate(problem, candidate.policy, Spending::whole_budget);
            costs.push_back(outcome.has_value() ? std::optional(outcome->cost()) : std::nullopt);
        }
        if (auto one = weigh(request, std::move(candidate.name), costs)) {
            weighed.push_back(*std::move(one));
        }
    }
    if (weighed.empty()) {
        return fail(ErrorCode::infeasible, "/monthly_budget",
                    "no order of the debts can be paid in any of the scenarios");
    }
    const auto cheapest =
        std::min_element(weighed.begin(), weighed.end(),
                         [](const Weighed& a, const Weighed& b) { return a.mean < b.mean; });
    const RobustCandidate least_mean = cheapest->told;
    std::stable_sort(weighed.begin(), weighed.end(),
                     [](const Weighed& a, const Weighed& b) { return a.score < b.score; });
    RobustChoice choice{.candidates = {},
                        .price = weighed.front().told.mean - least_mean.mean,
                        .saved = least_mean.tail - weighed.front().told.tail,
                        .scenarios = request.scenarios.size()};
    for (Weighed& one : weighed) {
        choice.candidates.push_back(std::move(one.told));
    }
    return choice;
}

}  // namespace atlas::finance::debt
