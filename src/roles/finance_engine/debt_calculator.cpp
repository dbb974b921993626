// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/debt_calculator.hpp"

#include <cmath>

#include "base/format.hpp"
#include "contracts/debt_value.hpp"
#include "contracts/money_value.hpp"
#include "finance/debt/plan.hpp"

namespace atlas::roles::finance_engine {
namespace {

namespace debt = finance::debt;

using contracts::DecimalText;
using money::Currency;
using money::Money;

// The contract's words stand in the order of the domain's.
static_assert(static_cast<int>(contracts::DebtStrategy::custom) ==
              static_cast<int>(debt::Strategy::custom));
static_assert(static_cast<int>(contracts::DebtObjective::mix) ==
              static_cast<int>(debt::Objective::mix));

DecimalText text_of(Money amount) {
    return {to_decimal(amount)};
}

std::optional<DecimalText> text_unless_zero(Money amount) {
    return amount.is_zero() ? std::nullopt : std::optional(text_of(amount));
}

Result<debt::PlanRequest> read_request(const contracts::DebtPlanValue& value) {
    ATLAS_TRY_ASSIGN(const Currency currency,
                     contracts::read_currency(value.currency, "/currency"));
    ATLAS_TRY_ASSIGN(const Money budget,
                     contracts::read_amount(value.monthly_budget, currency, "/monthly_budget"));
    const double weight = value.hybrid_weight.value;
    if (!(weight >= 0.0 && weight <= 1.0)) {
        return invalid_argument("/hybrid_weight", format("{} is not between 0 and 1", weight));
    }
    debt::PlanRequest request{
        .start = value.start,
        .monthly_budget = budget,
        .debts = {},
        .strategy = static_cast<debt::Strategy>(value.strategy),
        .order = value.order,
        .hybrid_weight = std::llround(weight * static_cast<double>(debt::kWeightUnit)),
        .objective = static_cast<debt::Objective>(value.objective),
        .time_limit_ms = static_cast<int>(value.time_limit_ms)};
    if (value.mix.has_value()) {
        ATLAS_TRY_ASSIGN(const Money month,
                         contracts::read_amount(value.mix->month, currency, "/mix/month"));
        ATLAS_TRY_ASSIGN(const Money strain,
                         contracts::read_amount(value.mix->strain, currency, "/mix/strain"));
        request.mix = debt::Mix{.month = month, .strain = strain};
    }
    if (value.debts.size() > debt::kDebtsMax) {
        return invalid_argument(
            "/debts", format("{} debts; 1 to {} accepted", value.debts.size(), debt::kDebtsMax));
    }
    for (std::size_t i = 0; i < value.debts.size(); ++i) {
        ATLAS_TRY_ASSIGN(debt::Debt read,
                         read_debt(value.debts[i], currency, format("/debts/{}", i)));
        request.debts.push_back(std::move(read));
    }
    for (std::size_t i = 0; i < value.extra.size(); ++i) {
        ATLAS_TRY_ASSIGN(const Money amount, contracts::read_amount(value.extra[i].amount, currency,
                                                                    format("/extra/{}/amount", i)));
        request.extra.push_back({value.extra[i].date, amount});
    }
    for (std::size_t i = 0; i < value.budget_path.size(); ++i) {
        ATLAS_TRY_ASSIGN(const Money amount,
                         contracts::read_amount(value.budget_path[i].amount, currency,
                                                format("/budget_path/{}/amount", i)));
        request.budget_path.push_back({value.budget_path[i].from, amount});
    }
    return request;
}

contracts::DebtOptimalityValue write_optimality(const debt::Optimality& optimality) {
    contracts::DebtOptimalityValue written{.lower_bound = {},
                                           .months_bound = {},
                                           .strain_bound = optimality.strain_bound,
                                           .gap = optimality.gap,
                                           .proven = optimality.is_proven};
    if (optimality.cost_bound.has_value()) {
        written.lower_bound = text_of(*optimality.cost_bound);
    }
    if (optimality.months_bound.has_value()) {
        written.months_bound = *optimality.months_bound;
    }
    if (optimality.mix_value.has_value()) {
        written.mix_value = text_of(*optimality.mix_value);
        written.mix_bound = text_of(*optimality.mix_bound);
    }
    return written;
}

contracts::DebtPlanAnswer write_plan(const contracts::DebtPlanValue& value,
                                     const debt::PayoffPlan& plan) {
    contracts::DebtPlanAnswer answer{.currency = value.currency,
                                     .months = plan.months,
                                     .total_interest = text_of(plan.total_interest),
                                     .total_fees = text_of(plan.total_fees),
                                     .total_paid = text_of(plan.total_paid),
                                     .debt_free_date = plan.debt_free_date,
                                     .strain_worst = plan.strain_worst,
                                     .payoff = {},
                                     .schedule = {},
                                     .optimality = {},
                                     .versus_minimum = {}};
    for (const debt::Payoff& payoff : plan.payoff) {
        answer.payoff.push_back({.id = value.debts[payoff.debt].id,
                                 .date = payoff.date,
                                 .interest = text_of(payoff.interest),
                                 .fees = text_unless_zero(payoff.fees)});
    }
    answer.schedule.reserve(plan.schedule.size());
    for (const debt::Installment& row : plan.schedule) {
        answer.schedule.push_back({.month = row.month,
                                   .id = value.debts[row.debt].id,
                                   .date = row.date,
                                   .interest = text_of(row.interest),
                                   .fees = text_unless_zero(row.fees),
                                   .paid = text_of(row.paid),
                                   .balance = text_of(row.balance)});
    }
    if (plan.optimality.has_value()) {
        answer.optimality = write_optimality(*plan.optimality);
    }
    if (plan.versus_minimum.has_value()) {
        answer.versus_minimum = contracts::DebtVersusMinimumValue{
            .months_saved = plan.versus_minimum->months_saved,
            .interest_saved = text_of(plan.versus_minimum->interest_saved)};
    }
    return answer;
}

}  // namespace

Result<debt::Debt> read_debt(const contracts::DebtValue& value, Currency currency,
                             const std::string& pointer) {
    ATLAS_TRY_ASSIGN(const Money balance,
                     contracts::read_amount(value.balance, currency, pointer + "/balance"));
    ATLAS_TRY_ASSIGN(debt::Debt read, contracts::read_debt_terms(value, {.balance = balance,
                                                                         .apr = value.apr,
                                                                         .minimum = value.minimum,
                                                                         .pointer = pointer}));
    read.id = value.id;
    for (std::size_t i = 0; i < value.missed_months.size(); ++i) {
        const std::int64_t month = value.missed_months[i];
        if (month < 1 || month > debt::kPlanMonthsMax) {
            return invalid_argument(format("{}/missed_months/{}", pointer, i),
                                    format("{} is not 1 to {}", month, debt::kPlanMonthsMax));
        }
        read.missed_months.push_back(static_cast<int>(month));
    }
    return read;
}

Result<contracts::DebtPlanAnswer> plan_debts(const contracts::DebtPlanValue& value) {
    ATLAS_TRY_ASSIGN(const debt::PlanRequest request, read_request(value));
    ATLAS_TRY_ASSIGN(const debt::PayoffPlan plan, debt::plan_payoff(request));
    return write_plan(value, plan);
}

}  // namespace atlas::roles::finance_engine
