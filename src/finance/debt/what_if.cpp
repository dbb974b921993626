// SPDX-License-Identifier: Apache-2.0
#include "finance/debt/what_if.hpp"

#include <algorithm>
#include <cmath>

#include "base/format.hpp"
#include "finance/debt/plan.hpp"
#include "finance/debt/policies.hpp"
#include "finance/debt/problem.hpp"

namespace atlas::finance::debt {
namespace {

using money::AnnualRate;
using money::Money;

/// Small for a household, large for rounding to cents.
constexpr std::int64_t kStepMinor = 1'000;
constexpr std::int64_t kStepRate = 1'000'000;  // A tenth of a percentage point.
constexpr std::int64_t kPoint = 10'000'000;

Result<AnnualRate> raise(AnnualRate rate, AnnualRate by) {
    const std::int64_t raised = rate.billionths() + by.billionths();
    if (raised < 0 || raised > AnnualRate::kBillionthsMax) {
        return invalid_argument("/by", format("{} leaves the rates from 0 to 10", to_decimal(by)));
    }
    return AnnualRate::from_billionths(raised);
}

class Changer {
public:
    explicit Changer(PlanRequest& request) : request_(request) {}

    Result<void> operator()(const MoreEachMonth& more) const {
        ATLAS_TRY(require_currency(more.amount));
        request_.monthly_budget =
            Money::from_minor(sum(request_.monthly_budget, more.amount), more.amount.currency());
        for (BudgetChange& change : request_.budget_path) {
            change.amount =
                Money::from_minor(sum(change.amount, more.amount), more.amount.currency());
        }
        return {};
    }
    Result<void> operator()(const Windfall& windfall) const {
        ATLAS_TRY(require_currency(windfall.amount));
        if (windfall.date < request_.start || windfall.amount.is_negative()) {
            return invalid_argument("/windfall", "a windfall is above zero and not in the past");
        }
        request_.extra.push_back({windfall.date, windfall.amount});
        return {};
    }
    Result<void> operator()(const MissedPayment& missed) const {
        ATLAS_TRY(require_debt(missed.debt));
        if (missed.month < 1 || missed.month > kPlanMonthsMax) {
            return invalid_argument("/month",
                                    format("{} is not 1 to {}", missed.month, kPlanMonthsMax));
        }
        request_.debts[missed.debt].missed_months.push_back(missed.month);
        return {};
    }
    Result<void> operator()(const RateRise& rise) const {
        if (rise.debt.has_value()) {
            ATLAS_TRY(require_debt(*rise.debt));
        }
        for (std::size_t i = 0; i < request_.debts.size(); ++i) {
            if (rise.debt.value_or(i) != i) {
                continue;
            }
            Debt& debt = request_.debts[i];
            ATLAS_TRY_ASSIGN(debt.apr, raise(debt.apr, rise.by));
            for (RateChange& change : debt.rate_path) {
                ATLAS_TRY_ASSIGN(change.apr, raise(change.apr, rise.by));
            }
        }
        return {};
    }

private:
    static std::int64_t sum(Money left, Money right) {
        // Both at most 10^15: no overflow. A budget below zero is one of nothing.
        return std::max<std::int64_t>(
            0, left.minor() + std::clamp(right.minor(), -kAmountMinorMax, kAmountMinorMax));
    }
    Result<void> require_currency(Money amount) const {
        if (amount.currency() != request_.monthly_budget.currency()) {
            return invalid_argument("/amount", format("{} is not in {}", to_string(amount),
                                                      request_.monthly_budget.currency().code()));
        }
        return {};
    }
    Result<void> require_debt(std::size_t debt) const {
        if (debt >= request_.debts.size()) {
            return invalid_argument("/debt", format("there is no debt {}", debt));
        }
        return {};
    }

    PlanRequest& request_;
};

}  // namespace

Result<WhatIf> WhatIf::create(const PlanRequest& request) {
    ATLAS_TRY_ASSIGN(Ranking ranking, rank_payoff(request));
    ATLAS_TRY_ASSIGN(Problem problem, Problem::create(request));
    return WhatIf(request, std::move(problem), std::move(ranking.policy),
                  std::move(ranking.outcome));
}

Result<Problem> WhatIf::changed_problem(const PlanRequest& changed, const Change& change) const {
    Problem problem = problem_;
    if (const auto* missed = std::get_if<MissedPayment>(&change)) {
        ATLAS_TRY(problem.change_debt(missed->debt, changed.debts[missed->debt]));
    } else if (const auto* rise = std::get_if<RateRise>(&change)) {
        for (std::size_t i = 0; i < changed.debts.size(); ++i) {
            if (rise->debt.value_or(i) == i) {
                ATLAS_TRY(problem.change_debt(i, changed.debts[i]));
            }
        }
    } else {
        ATLAS_TRY(problem.change_budgets(changed));
    }
    return problem;
}

Result<Outcome> WhatIf::run(const Problem& problem) const {
    const Spending spending = Spending::whole_budget;
    auto own = simulate(problem, policy_, spending);
    if (request_.strategy != Strategy::optimal) {
        return own;
    }
    auto other = simulate(problem, avalanche(), spending);
    const bool is_other = other.has_value() && (!own.has_value() || other->cost() < own->cost());
    return is_other ? std::move(other) : std::move(own);
}

Result<Effect> WhatIf::apply(const Change& change) const {
    PlanRequest changed = request_;
    ATLAS_TRY(std::visit(Changer(changed), change));
    const money::Currency currency = request_.monthly_budget.currency();
    Effect effect{.refusal = {},
                  .debt_free_date = request_.start,
                  .cost = Money::zero(currency),
                  .cost_change = Money::zero(currency)};
    ATLAS_TRY_ASSIGN(const Problem problem, changed_problem(changed, change));
    auto outcome = run(problem);
    if (!outcome.has_value()) {
        if (outcome.error().code != ErrorCode::infeasible) {
            return Unexpected(std::move(outcome).error());
        }
        effect.refusal = std::move(outcome).error();
        return effect;
    }
    effect.months = outcome->months;
    effect.debt_free_date = request_.start.plus_months(outcome->months);
    effect.cost = Money::from_minor(outcome->cost(), currency);
    effect.cost_change = Money::from_minor(outcome->cost() - outcome_.cost(), currency);
    effect.months_change = outcome->months - outcome_.months;
    return effect;
}

Result<Slopes> WhatIf::slopes() const {
    const money::Currency currency = request_.monthly_budget.currency();
    const auto base = static_cast<double>(outcome_.cost());
    // One-sided where the other side leaves no plan.
    const auto slope = [&](const Change& up, const Change& down, double step) -> Result<double> {
        ATLAS_TRY_ASSIGN(const Effect more, apply(up));
        const auto less = apply(down);
        const auto high = more.refusal.has_value() ? base : static_cast<double>(more.cost.minor());
        const bool is_central = less.has_value() && !less->refusal.has_value();
        const auto low = is_central ? static_cast<double>(less->cost.minor()) : base;
        const double sides = (more.refusal.has_value() ? 0.0 : 1.0) + (is_central ? 1.0 : 0.0);
        return sides == 0.0 ? 0.0 : (high - low) / (sides * step);
    };
    Slopes slopes{};
    const Money step = Money::from_minor(kStepMinor, currency);
    ATLAS_TRY_ASSIGN(
        slopes.per_month,
        slope(MoreEachMonth{step}, MoreEachMonth{Money::from_minor(-kStepMinor, currency)},
              static_cast<double>(kStepMinor)));
    // No windfall is below zero: forward only.
    ATLAS_TRY_ASSIGN(const Effect windfall, apply(Windfall{request_.start, step}));
    slopes.per_windfall =
        windfall.refusal.has_value()
            ? 0.0
            : (static_cast<double>(windfall.cost.minor()) - base) / static_cast<double>(kStepMinor);
    const auto by = AnnualRate::from_billionths(kStepRate).value();
    const auto back = AnnualRate::from_billionths(-kStepRate).value();
    double units = 1.0;
    for (int i = 0; i < currency.decimals(); ++i) {
        units *= 10.0;
    }
    for (std::size_t i = 0; i < request_.debts.size(); ++i) {
        ATLAS_TRY_ASSIGN(const double rate,
                         slope(RateRise{i, by}, RateRise{i, back},
                               static_cast<double>(kStepRate) / static_cast<double>(kPoint)));
        slopes.per_rate.push_back(rate / units);
    }
    return slopes;
}

}  // namespace atlas::finance::debt
