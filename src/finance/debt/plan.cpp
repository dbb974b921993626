// SPDX-License-Identifier: Apache-2.0
#include "finance/debt/plan.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/format.hpp"
#include "finance/debt/optimal.hpp"
#include "finance/debt/policies.hpp"
#include "finance/debt/problem.hpp"
#include "finance/debt/simulator.hpp"

namespace atlas::finance::debt {
namespace {

constexpr int kTimeLimitMsMax = 60'000;

Result<std::vector<std::uint16_t>> read_order(const PlanRequest& request) {
    std::unordered_map<std::string_view, std::uint16_t> index;
    for (std::size_t i = 0; i < request.debts.size(); ++i) {
        index.emplace(request.debts[i].id, static_cast<std::uint16_t>(i));
    }
    std::vector<std::uint16_t> order;
    std::vector<bool> is_named(request.debts.size());
    for (std::size_t i = 0; i < request.order.size(); ++i) {
        const auto found = index.find(request.order[i]);
        if (found == index.end()) {
            return invalid_argument(format("/order/{}", i),
                                    format("no debt has the id \"{}\"", request.order[i]));
        }
        if (is_named[found->second]) {
            return invalid_argument(format("/order/{}", i),
                                    format("\"{}\" is listed twice", request.order[i]));
        }
        is_named[found->second] = true;
        order.push_back(found->second);
    }
    for (std::size_t i = 0; i < request.debts.size(); ++i) {
        if (!is_named[i]) {
            order.push_back(static_cast<std::uint16_t>(i));
        }
    }
    return order;
}

Result<Policy> policy_of(const PlanRequest& request) {
    switch (request.strategy) {
        case Strategy::snowball: return snowball();
        case Strategy::hybrid:
            if (request.hybrid_weight < 0 || request.hybrid_weight > kWeightUnit) {
                return invalid_argument("/hybrid_weight", "the weight is not between 0 and 1");
            }
            return hybrid(request.hybrid_weight);
        case Strategy::cash_flow_index: return cash_flow_index();
        case Strategy::utilisation_first: return utilisation_first();
        case Strategy::custom: {
            ATLAS_TRY_ASSIGN(std::vector<std::uint16_t> order, read_order(request));
            return fixed_order(std::move(order));
        }
        case Strategy::minimum:
        case Strategy::avalanche:
        case Strategy::optimal: break;
    }
    return avalanche();
}

/// `minimum` leaves the rest of the budget unspent: nobody gets a turn.
void spend_nothing(const MonthView&, std::vector<Turn>& turns) {
    turns.clear();
}

PayoffPlan write_plan(const PlanRequest& request, const Problem& problem, const Outcome& outcome,
                      const std::vector<Row>& rows) {
    PayoffPlan plan{.months = outcome.months,
                    .total_interest = problem.amount(outcome.interest),
                    .total_fees = problem.amount(outcome.fees),
                    .total_paid = problem.amount(outcome.paid),
                    .debt_free_date = request.start,
                    .strain_worst = outcome.strain_worst,
                    .payoff = {},
                    .schedule = {},
                    .optimality = {},
                    .versus_minimum = {}};
    plan.schedule.reserve(rows.size());
    for (const Row& row : rows) {
        const Loan& loan = problem.loans[row.loan];
        const Date date = problem.payment_date(row.month, loan.due_day);
        plan.schedule.push_back({.month = row.month,
                                 .debt = row.loan,
                                 .date = date,
                                 .interest = problem.amount(row.interest),
                                 .fees = problem.amount(row.fees),
                                 .paid = problem.amount(row.paid),
                                 .balance = problem.amount(row.balance)});
        if (row.balance == 0) {
            const LoanOutcome& total = outcome.loans[row.loan];
            plan.payoff.push_back({.debt = row.loan,
                                   .month = row.month,
                                   .date = date,
                                   .interest = problem.amount(total.interest),
                                   .fees = problem.amount(total.fees)});
            plan.debt_free_date = std::max(plan.debt_free_date, date);
        }
    }
    return plan;
}

struct Choice {
    Problem problem;
    Policy policy;
    std::optional<Optimality> optimality;
};

/// The policy that the strategy comes to.
Result<Choice> choose(const PlanRequest& request) {
    if (request.time_limit_ms < 1 || request.time_limit_ms > kTimeLimitMsMax) {
        return invalid_argument("/time_limit_ms", format("{} ms; 1 to {} accepted",
                                                         request.time_limit_ms, kTimeLimitMsMax));
    }
    ATLAS_TRY_ASSIGN(Problem problem, Problem::create(request));
    ATLAS_TRY_ASSIGN(const Goal goal, Goal::create(request));
    ATLAS_TRY_ASSIGN(Policy policy, policy_of(request));
    Choice choice{std::move(problem), std::move(policy), {}};
    if (request.strategy == Strategy::minimum) {
        choice.policy = &spend_nothing;
    }
    if (request.strategy == Strategy::optimal) {
        ATLAS_TRY_ASSIGN(OptimalPlan best,
                         find_optimal(choice.problem, goal, request.time_limit_ms));
        const auto amount = [&](std::optional<std::int64_t> minor) {
            return minor.has_value() ? std::optional(choice.problem.amount(*minor)) : std::nullopt;
        };
        choice.optimality = Optimality{.cost_bound = amount(best.cost_bound),
                                       .months_bound = best.months_bound,
                                       .strain_bound = best.strain_bound,
                                       .mix_value = amount(best.mix_value),
                                       .mix_bound = amount(best.mix_bound),
                                       .gap = best.gap,
                                       .is_proven = best.is_proven};
        choice.policy = std::move(best.policy);
    }
    return choice;
}

}  // namespace

Result<PayoffPlan> plan_payoff(const PlanRequest& request) {
    ATLAS_TRY_ASSIGN(const Choice choice, choose(request));
    const Problem& problem = choice.problem;
    std::vector<Row> rows;
    ATLAS_TRY_ASSIGN(const Outcome outcome, simulate(problem, choice.policy, Spending::whole_budget,
                                                     Record{.rows = &rows}));
    PayoffPlan plan = write_plan(request, problem, outcome, rows);
    plan.optimality = choice.optimality;
    const auto minimum = simulate(problem, &spend_nothing, Spending::minimums_only);
    if (minimum.has_value()) {
        plan.versus_minimum =
            VersusMinimum{.months_saved = minimum->months - outcome.months,
                          .interest_saved = problem.amount(minimum->interest - outcome.interest)};
    }
    return plan;
}

Result<Ranking> rank_payoff(const PlanRequest& request) {
    ATLAS_TRY_ASSIGN(Choice choice, choose(request));
    ATLAS_TRY_ASSIGN(Outcome outcome,
                     simulate(choice.problem, choice.policy, Spending::whole_budget));
    return Ranking{std::move(choice.policy), std::move(outcome), choice.optimality};
}

}  // namespace atlas::finance::debt
