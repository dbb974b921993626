// SPDX-License-Identifier: Apache-2.0
#include "finance/debt/wins.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "base/format.hpp"
#include "finance/debt/optimal.hpp"
#include "finance/debt/policies.hpp"
#include "finance/debt/problem.hpp"
#include "finance/debt/simulator.hpp"

namespace atlas::finance::debt {
namespace {

using money::Money;

constexpr std::size_t kOrdersDebtsMax = 5;
constexpr int kWeights = 20;
constexpr int kYear = 12;

struct Candidate {
    Outcome outcome;
    double closing_mean;
};

double closing_mean(const Outcome& outcome) {
    double sum = 0.0;
    for (const LoanOutcome& loan : outcome.loans) {
        sum += loan.closed_month;
    }
    return sum / static_cast<double>(outcome.loans.size());
}

Result<std::vector<Policy>> candidates(const Problem& problem, const PlanRequest& request) {
    std::vector<Policy> policies{cash_flow_index(), utilisation_first()};
    for (int i = 0; i <= kWeights; ++i) {
        policies.push_back(hybrid(kWeightUnit / kWeights * i));
    }
    policies.push_back(avalanche());
    ATLAS_TRY_ASSIGN(OptimalPlan best,
                     find_optimal(problem, Objective::cost, request.time_limit_ms));
    policies.push_back(std::move(best.policy));
    if (problem.loans.size() <= kOrdersDebtsMax) {
        std::vector<std::uint16_t> order(problem.loans.size());
        std::iota(order.begin(), order.end(), std::uint16_t{0});
        do {
            policies.push_back(fixed_order(order));
        } while (std::ranges::next_permutation(order).found);
    }
    return policies;
}

/// Cheapest first; none is both dearer and later than another.
std::vector<Candidate> front_of(std::vector<Candidate> all) {
    std::ranges::stable_sort(all, {}, [](const Candidate& candidate) {
        return std::pair(candidate.outcome.cost(), candidate.closing_mean);
    });
    std::vector<Candidate> front;
    for (Candidate& candidate : all) {
        if (front.empty() || candidate.closing_mean < front.back().closing_mean) {
            front.push_back(std::move(candidate));
        }
    }
    return front;
}

WinPoint write_point(const Problem& problem, const Candidate& candidate, std::int64_t cheapest) {
    const Outcome& outcome = candidate.outcome;
    WinPoint point{.order = std::vector<std::size_t>(outcome.loans.size()),
                   .cost = problem.amount(outcome.cost()),
                   .months = outcome.months,
                   .first_win = outcome.months,
                   .wins_in_a_year = 0,
                   .closing_mean = candidate.closing_mean,
                   .price = problem.amount(outcome.cost() - cheapest)};
    std::iota(point.order.begin(), point.order.end(), std::size_t{0});
    std::ranges::stable_sort(point.order, {},
                             [&](std::size_t i) { return outcome.loans[i].closed_month; });
    for (const LoanOutcome& loan : outcome.loans) {
        point.first_win = std::min(point.first_win, loan.closed_month);
        point.wins_in_a_year += loan.closed_month <= kYear ? 1 : 0;
    }
    return point;
}

/// A year in which nobody gets more than the minimum, then the avalanche.
std::int64_t cost_of_a_lost_year(const Problem& problem, std::int64_t otherwise) {
    const auto relapse = simulate(
        problem,
        [after = avalanche()](const MonthView& view, std::vector<Turn>& turns) {
            if (view.month <= kYear) {
                for (Turn& turn : turns) {
                    turn.limit = 0;
                }
                return;
            }
            for (Turn& turn : turns) {
                turn.limit = kNoLimit;
            }
            after(view, turns);
        },
        Spending::whole_budget);
    return relapse.has_value() ? relapse->cost() : otherwise;
}

std::size_t recommend(const WinFront& front) {
    int latest = 1;
    for (const WinPoint& point : front.points) {
        latest = std::max(latest, point.first_win);
    }
    const double at_stake =
        (1.0 - front.chance_of_keeping) * static_cast<double>(front.relapse_cost.minor());
    std::size_t best = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < front.points.size(); ++i) {
        const WinPoint& point = front.points[i];
        const double score = static_cast<double>(point.price.minor()) +
                             at_stake * point.first_win / static_cast<double>(latest);
        if (score < least) {
            least = score;
            best = i;
        }
    }
    return best;
}

}  // namespace

Result<WinFront> weigh_wins(const PlanRequest& request, PlanRecord record) {
    if (record.kept < 0 || record.months < record.kept) {
        return invalid_argument(
            "/record", format("{} months kept of {} cannot be", record.kept, record.months));
    }
    ATLAS_TRY_ASSIGN(const Problem problem, Problem::create(request));
    ATLAS_TRY_ASSIGN(const std::vector<Policy> policies, candidates(problem, request));
    std::vector<Candidate> all;
    for (const Policy& policy : policies) {
        auto outcome = simulate(problem, policy, Spending::whole_budget);
        if (outcome.has_value()) {
            const double mean = closing_mean(*outcome);
            all.push_back({std::move(outcome).value(), mean});
        }
    }
    const std::vector<Candidate> front = front_of(std::move(all));
    const std::int64_t cheapest = front.front().outcome.cost();
    WinFront result{.points = {},
                    .recommended = 0,
                    .relapse_cost = problem.amount(std::max<std::int64_t>(
                        0, cost_of_a_lost_year(problem, cheapest) - cheapest)),
                    .chance_of_keeping = record.chance_of_keeping()};
    for (const Candidate& candidate : front) {
        result.points.push_back(write_point(problem, candidate, cheapest));
    }
    result.recommended = recommend(result);
    return result;
}

}  // namespace atlas::finance::debt
