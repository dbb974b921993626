// SPDX-License-Identifier: Apache-2.0
// How long until a household is free of debt, what does it cost, and what is paid when? The
// `debt-plan` calculator. Theory: docs/theory/debt_payoff.md.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "finance/debt/debt.hpp"
#include "finance/debt/simulator.hpp"
#include "money/money.hpp"

namespace atlas::finance::debt {

/// One debt in one month: balance = balance before + interest + fees − paid.
struct Installment {
    int month;         ///< 1 is the first month of the plan.
    std::size_t debt;  ///< Index into the request's debts.
    Date date;         ///< Of the payment.
    money::Money interest;
    money::Money fees;
    money::Money paid;
    money::Money balance;
};

struct Payoff {
    std::size_t debt;
    int month;
    Date date;
    money::Money interest;
    money::Money fees;
};

/// No plan can have less than `lower_bound`; gap = (plan − bound) / plan, 0 where the plan is 0.
struct Optimality {
    std::optional<money::Money> cost_bound;  ///< Interest and fees. Objectives cost, mix.
    std::optional<int> months_bound;         ///< Objectives date, mix.
    std::optional<double> strain_bound;      ///< Objectives strain, mix: of strain_worst.
    /// Objective mix: cost + month × months + strain × percentage points of strain_worst of the
    /// plan, and what no plan has less of.
    std::optional<money::Money> mix_value;
    std::optional<money::Money> mix_bound;
    double gap = 0.0;
    bool is_proven = false;  ///< The gap is no more than what rounding to cents can make.
};

struct VersusMinimum {
    int months_saved;
    money::Money interest_saved;
};

struct PayoffPlan {
    int months;
    money::Money total_interest;
    money::Money total_fees;
    money::Money total_paid;  ///< Opening balances + interest + fees, to the cent.
    Date debt_free_date;
    double strain_worst;                ///< Largest share of a month's budget that minimums claim.
    std::vector<Payoff> payoff;         ///< In the order in which debts are closed.
    std::vector<Installment> schedule;  ///< By month, within a month in the order given.
    std::optional<Optimality> optimality;
    /// Nothing when minimums alone never repay within kPlanMonthsMax.
    std::optional<VersusMinimum> versus_minimum;
};

/// Plans how to clear the debts. Each month: interest and fees are charged, every debt receives its
/// minimum, and the rest of the month's budget goes to the debts in the strategy's order. Money
/// freed by a closed debt stays in the budget, save for Strategy::minimum.
///
/// Shapes:  schedule has at most months × debts rows.
/// Units:   one currency; interest rounds half to even to the minor unit, once a month and debt.
/// Errors:  invalid_argument  as Problem::create; an unknown or repeated id in `order` (/order/i),
///           a weight outside 0..1, a time limit outside 1..60,000; as Goal::create
///          infeasible        as simulate; for optimal: no plan tried fits the budget
/// Cost:    O(months × debts); optimal: up to time_limit_ms × kLoanMonthsPerMs loan-months.
Result<PayoffPlan> plan_payoff(const PlanRequest& request);

/// What a strategy comes to: the ranking to simulate by, and what it does.
struct Ranking {
    Policy policy;
    Outcome outcome;
    std::optional<Optimality> optimality;
};

/// The same plan as a policy, for what-ifs. Errors and cost: as plan_payoff.
Result<Ranking> rank_payoff(const PlanRequest& request);

}  // namespace atlas::finance::debt
