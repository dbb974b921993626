// SPDX-License-Identifier: Apache-2.0
// What one more dollar a month, a windfall, a missed payment or a higher rate does to a plan: the
// plan's own ranking (or the avalanche, where that is now cheaper) on the changed household. Fast
// enough for a slider: nothing is searched again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "base/result.hpp"
#include "finance/debt/debt.hpp"
#include "finance/debt/simulator.hpp"
#include "money/money.hpp"

namespace atlas::finance::debt {

/// Every month's budget changes by this; may be negative.
struct MoreEachMonth {
    money::Money amount;
};
struct Windfall {
    Date date;
    money::Money amount;
};
struct MissedPayment {
    std::size_t debt;
    int month;  ///< From 1.
};
/// Added to the regular rate of one debt, or of all, from the first month on; not to a promotion.
struct RateRise {
    std::optional<std::size_t> debt;
    money::AnnualRate by;
};
using Change = std::variant<MoreEachMonth, Windfall, MissedPayment, RateRise>;

struct Effect {
    std::optional<Error> refusal;  ///< The change leaves no plan; then nothing else holds.
    int months = 0;
    Date debt_free_date;
    money::Money cost;         ///< Interest and fees.
    money::Money cost_change;  ///< Against the plan without the change.
    int months_change = 0;
};

/// How the cost answers to small changes, per unit, by central differences; statistics.
struct Slopes {
    double per_month;     ///< Cost change for one unit more every month.
    double per_windfall;  ///< For one unit more in the first month.
    std::vector<double>
        per_rate;  ///< By debt, for one percentage point more; in the currency's units.
};

class WhatIf {
public:
    /// Errors: those of plan_payoff. Cost: of plan_payoff.
    static Result<WhatIf> create(const PlanRequest& request);

    /// Errors: invalid_argument  a debt or month that is not there (/debt, /month), a windfall
    ///           before the start or below zero, a rate that leaves 0..10, another currency;
    ///           what leaves no plan is in the effect, not an error.
    /// Cost: a few simulations.
    Result<Effect> apply(const Change& change) const;
    /// Cost: two simulations a debt, and four.
    Result<Slopes> slopes() const;

    const Outcome& outcome() const { return outcome_; }

private:
    WhatIf(PlanRequest request, Problem problem, Policy policy, Outcome outcome)
        : request_(std::move(request)),
          problem_(std::move(problem)),
          policy_(std::move(policy)),
          outcome_(std::move(outcome)) {}
    Result<Outcome> run(const Problem& problem) const;
    Result<Problem> changed_problem(const PlanRequest& changed, const Change& change) const;

    PlanRequest request_;
    Problem problem_;  ///< Of it: a change lays out anew only what it changes.
    Policy policy_;
    Outcome outcome_;
};

}  // namespace atlas::finance::debt
