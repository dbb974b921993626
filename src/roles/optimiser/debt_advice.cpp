// SPDX-License-Identifier: Apache-2.0
// The handlers of /api/ai/debt: from known debts to an answer with evidence and an audit id.
#include <algorithm>
#include <array>

#include "base/format.hpp"
#include "base/sha256.hpp"
#include "contracts/codec/json.hpp"
#include "finance/debt/fan.hpp"
#include "finance/debt/plan.hpp"
#include "finance/debt/problem.hpp"
#include "finance/debt/what_if.hpp"
#include "finance/debt/wins.hpp"
#include "roles/optimiser/debt_words.hpp"
#include "roles/optimiser/future_advice.hpp"
#include "roles/optimiser/household_outlook.hpp"
#include "roles/optimiser/known_debts.hpp"
#include "roles/optimiser/optimiser.hpp"

namespace atlas::roles::optimiser {
namespace {

namespace debt = finance::debt;

using contracts::DebtAdviceValue;
using contracts::DecimalText;
using contracts::MoneyValue;
using money::Money;

/// Effort of `optimal` (counted, see finance/debt/optimal.hpp): the answer is due in a second.
constexpr int kOptimalEffortMs = 250;
constexpr int kWinsEffortMs = 50;
constexpr int kFanPaths = 200;
constexpr std::uint64_t kFanSeed = 1;

// The contract's words stand in the order of the domain's.
static_assert(static_cast<int>(contracts::DebtStrategy::custom) ==
              static_cast<int>(debt::Strategy::custom));

constexpr std::array kStrategies{debt::Strategy::optimal,         debt::Strategy::avalanche,
                                 debt::Strategy::snowball,        debt::Strategy::hybrid,
                                 debt::Strategy::cash_flow_index, debt::Strategy::utilisation_first,
                                 debt::Strategy::minimum};

DecimalText text_of(Money amount) {
    return {to_decimal(amount)};
}

/// One request's way to its answer.
class Advice {
public:
    Advice(const contracts::AskDebtAdvice& request, Date today, money::Currency currency)
        : request_(request),
          currency_(currency),
          plan_request_{.start = today,
                        .monthly_budget = Money::zero(currency),
                        .debts = {},
                        .time_limit_ms = kOptimalEffortMs} {
        answer_.as_of = today;
        answer_.currency = std::string(currency.code());
        answer_.monthly_budget = contracts::to_value(Money::zero(currency));
    }

    Result<DebtAdviceValue> write(std::vector<KnownDebt> known, const HouseholdView& view);

private:
    void sort_out(std::vector<KnownDebt> known);
    Result<void> settle_budget();
    void compare_strategies();
    Result<void> write_out();
    void write_this_month(const debt::PayoffPlan& plan);
    Result<void> write_fan(const debt::PayoffPlan& plan);
    Result<void> write_wins();
    Result<void> write_effects();
    Result<debt::Change> read_change(std::size_t index) const;
    Result<std::size_t> find_debt(contracts::DebtId id, const std::string& pointer) const;
    void summarise(const debt::PayoffPlan& plan);
    debt::PlanRequest with(debt::Strategy strategy) const {
        debt::PlanRequest copy = plan_request_;
        copy.strategy = strategy;
        return copy;
    }
    MoneyValue value_of(Money amount) const { return contracts::to_value(amount); }
    debt::PlanRecord record() const {
        return request_.record.has_value()
                   ? debt::PlanRecord{static_cast<int>(request_.record->months),
                                      static_cast<int>(request_.record->kept)}
                   : debt::PlanRecord{};
    }

    const contracts::AskDebtAdvice& request_;
    const money::Currency currency_;
    debt::PlanRequest plan_request_;
    std::vector<KnownDebt> debts_;
    std::vector<Money> minimums_;
    std::optional<debt::PayoffPlan> optimal_;
    std::optional<debt::PayoffPlan> avalanche_;
    DebtAdviceValue answer_;
};

void Advice::sort_out(std::vector<KnownDebt> known) {
    for (KnownDebt& one : known) {
        const bool is_foreign = one.debt.balance.currency() != currency_;
        if (is_foreign || one.debt.balance.minor() <= 0 || debts_.size() == debt::kDebtsMax) {
            answer_.left_out.push_back(
                {.id = one.value.id,
                 .name = one.value.name,
                 .reason = is_foreign ? format("It is in {}; the advice is about debts in {}.",
                                               one.debt.balance.currency().code(), currency_.code())
                           : one.debt.balance.minor() <= 0
                               ? "Nothing is owed."
                               : format("{} debts are planned at most.", debt::kDebtsMax)});
            continue;
        }
        plan_request_.debts.push_back(one.debt);
        answer_.debts.push_back(one.value);
        for (const std::string& text : one.evidence) {
            answer_.evidence.push_back({.debt_id = one.value.id, .text = text});
        }
        answer_.assumptions.insert(answer_.assumptions.end(), one.assumptions.begin(),
                                   one.assumptions.end());
        debts_.push_back(std::move(one));
    }
}

Result<void> Advice::settle_budget() {
    ATLAS_TRY_ASSIGN(const debt::Problem problem, debt::Problem::create(plan_request_));
    std::int64_t minimums = 0;
    std::int64_t paid = 0;
    for (std::size_t i = 0; i < debts_.size(); ++i) {
        const std::int64_t minimum = problem.loans[i].first_minimum();
        minimums_.push_back(problem.amount(minimum));
        minimums += minimum;
        paid += std::max(minimum, debts_[i].paid_lately.value_or(0));
    }
    if (request_.monthly_budget.has_value()) {
        answer_.budget_source = contracts::BudgetSource::given;
        ATLAS_TRY_ASSIGN(
            plan_request_.monthly_budget,
            contracts::read_amount(*request_.monthly_budget, currency_, "/monthly_budget"));
    } else if (paid > minimums) {
        answer_.budget_source = contracts::BudgetSource::recent_payments;
        plan_request_.monthly_budget = problem.amount(paid);
        answer_.assumptions.push_back(
            "The budget is what was paid a month lately (the median of six months), at least each "
            "debt's minimum.");
    } else {
        answer_.budget_source = contracts::BudgetSource::minimums;
        plan_request_.monthly_budget = problem.amount(minimums + minimums / 20 + 1);
        answer_.assumptions.push_back(
            "The budget is what minimums ask for this month and five percent.");
    }
    answer_.monthly_budget = value_of(plan_request_.monthly_budget);
    return {};
}

void Advice::compare_strategies() {
    for (const debt::Strategy strategy : kStrategies) {
        contracts::DebtStrategyValue row;
        row.strategy = static_cast<contracts::DebtStrategy>(strategy);
        auto plan = debt::plan_payoff(with(strategy));
        if (!plan.has_value()) {
            row.refusal = plan.error().message;
            answer_.strategies.push_back(std::move(row));
            continue;
        }
        row.months = plan->months;
        row.debt_free_date = plan->debt_free_date;
        row.interest = value_of(plan->total_interest);
        row.fees = value_of(plan->total_fees);
        row.strain_worst = plan->strain_worst;
        row.first_win_month = plan->payoff.front().month;
        row.wins_in_a_year = std::ranges::count_if(
            plan->payoff, [](const debt::Payoff& payoff) { return payoff.month <= 12; });
        answer_.strategies.push_back(std::move(row));
        if (strategy == debt::Strategy::optimal) {
            optimal_ = std::move(plan).value();
        } else if (strategy == debt::Strategy::avalanche) {
            avalanche_ = std::move(plan).value();
        }
    }
    const auto cost = [](const debt::PayoffPlan& plan) {
        return plan.total_interest + plan.total_fees;
    };
    // Where the avalanche is as good to a unit of money it is easier to keep in mind.
    Money unit = Money::from_minor(1, currency_);
    for (int i = 0; i < currency_.decimals(); ++i) {
        unit = Money::from_minor(unit.minor() * 10, currency_);
    }
    const bool is_avalanche = avalanche_.has_value() &&
                              (!optimal_.has_value() || cost(*avalanche_) < cost(*optimal_) + unit);
    answer_.recommended =
        is_avalanche ? contracts::DebtStrategy::avalanche : contracts::DebtStrategy::optimal;
    answer_.written_out = request_.strategy.value_or(answer_.recommended);
}

void Advice::write_this_month(const debt::PayoffPlan& plan) {
    std::vector<FirstPayment> all;
    for (const debt::Installment& row : plan.schedule) {
        if (row.month == 1) {
            all.push_back({row.debt, row.paid, minimums_[row.debt]});
        }
    }
    for (const FirstPayment& payment : all) {
        const auto row = std::ranges::find(plan.schedule, payment.debt, &debt::Installment::debt);
        const KnownDebt& known = debts_[payment.debt];
        answer_.this_month.push_back({.debt_id = known.value.id,
                                      .name = known.value.name,
                                      .pay = value_of(payment.pay),
                                      .minimum = value_of(std::min(payment.minimum, payment.pay)),
                                      .due = row->date,
                                      .why = explain_payment(debts_, payment, all, plan)});
    }
}

Result<void> Advice::write_out() {
    const auto chosen = static_cast<debt::Strategy>(answer_.written_out);
    ATLAS_TRY_ASSIGN(const debt::PayoffPlan plan, debt::plan_payoff(with(chosen)));
    if (optimal_.has_value() && optimal_->optimality.has_value()) {
        const debt::Optimality& optimality = *optimal_->optimality;
        answer_.optimality = contracts::DebtOptimalityValue{.lower_bound = {},
                                                            .months_bound = {},
                                                            .strain_bound = {},
                                                            .gap = optimality.gap,
                                                            .proven = optimality.is_proven};
        if (optimality.cost_bound.has_value()) {
            answer_.optimality->lower_bound = text_of(*optimality.cost_bound);
        }
    }
    for (const debt::Installment& row : plan.schedule) {
        contracts::DebtMonthValue month{.month = row.month,
                                        .id = plan_request_.debts[row.debt].id,
                                        .date = row.date,
                                        .interest = text_of(row.interest),
                                        .fees = {},
                                        .paid = text_of(row.paid),
                                        .balance = text_of(row.balance)};
        if (!row.fees.is_zero()) {
            month.fees = text_of(row.fees);
        }
        answer_.schedule.push_back(std::move(month));
    }
    write_this_month(plan);
    ATLAS_TRY(write_fan(plan));
    summarise(plan);
    return {};
}

Result<void> Advice::write_fan(const debt::PayoffPlan& plan) {
    debt::PlanRequest request = with(static_cast<debt::Strategy>(answer_.written_out));
    request.time_limit_ms = kWinsEffortMs;
    ATLAS_TRY_ASSIGN(
        const auto months,
        debt::balance_fan(request, {.record = record(), .seed = kFanSeed, .paths = kFanPaths}));
    std::vector<std::int64_t> planned(
        std::max<std::size_t>(months.size(), static_cast<std::size_t>(plan.months)));
    for (const debt::Installment& row : plan.schedule) {
        planned[static_cast<std::size_t>(row.month - 1)] += row.balance.minor();
    }
    for (const debt::FanMonth& month : months) {
        const auto index = static_cast<std::size_t>(month.month - 1);
        answer_.fan.push_back({.month = month.month,
                               .planned = text_of(Money::from_minor(planned[index], currency_)),
                               .low = text_of(month.low),
                               .middle = text_of(month.middle),
                               .high = text_of(month.high)});
    }
    answer_.assumptions.push_back(format(
        "The fan draws {} futures in which the extra payment of a month is kept with the chance of "
        "your record, {:.0f} % (kept {} of {} months; with nothing known, one half).",
        kFanPaths, 100.0 * record().chance_of_keeping(), record().kept, record().months));
    return {};
}

Result<void> Advice::write_wins() {
    debt::PlanRequest request = with(debt::Strategy::optimal);
    request.time_limit_ms = kWinsEffortMs;
    ATLAS_TRY_ASSIGN(const debt::WinFront front, debt::weigh_wins(request, record()));
    contracts::DebtWinsValue wins{.points = {},
                                  .recommended = static_cast<std::int64_t>(front.recommended),
                                  .chance_of_keeping = front.chance_of_keeping,
                                  .relapse_cost = value_of(front.relapse_cost)};
    for (const debt::WinPoint& point : front.points) {
        contracts::DebtWinValue written{.order = {},
                                        .cost = value_of(point.cost),
                                        .price = value_of(point.price),
                                        .months = point.months,
                                        .first_win_month = point.first_win,
                                        .wins_in_a_year = point.wins_in_a_year};
        for (const std::size_t i : point.order) {
            written.order.push_back(debts_[i].value.id);
        }
        wins.points.push_back(std::move(written));
    }
    answer_.wins = std::move(wins);
    return {};
}

Result<std::size_t> Advice::find_debt(contracts::DebtId id, const std::string& pointer) const {
    for (std::size_t i = 0; i < debts_.size(); ++i) {
        if (debts_[i].value.id == id) {
            return i;
        }
    }
    return invalid_argument(pointer, "the advice covers no such debt");
}

Result<debt::Change> Advice::read_change(std::size_t index) const {
    const contracts::DebtChangeValue& change = request_.changes[index];
    const std::string pointer = format("/changes/{}", index);
    const auto amount = [&]() -> Result<Money> {
        if (!change.amount.has_value()) {
            return invalid_argument(pointer + "/amount", "how much is missing");
        }
        return contracts::read_amount(*change.amount, currency_, pointer + "/amount");
    };
    switch (change.kind) {
        case contracts::DebtChangeKind::windfall: {
            ATLAS_TRY_ASSIGN(const Money windfall, amount());
            return debt::Change(
                debt::Windfall{change.date.value_or(plan_request_.start), windfall});
        }
        case contracts::DebtChangeKind::missed_payment: {
            if (!change.debt_id.has_value()) {
                return invalid_argument(pointer + "/debt_id", "which debt is missing");
            }
            ATLAS_TRY_ASSIGN(const std::size_t missed,
                             find_debt(*change.debt_id, pointer + "/debt_id"));
            return debt::Change(
                debt::MissedPayment{missed, static_cast<int>(change.month.value_or(1))});
        }
        case contracts::DebtChangeKind::rate_rise: {
            if (!change.by.has_value()) {
                return invalid_argument(pointer + "/by", "by how much is missing");
            }
            debt::RateRise rise{{}, *change.by};
            if (change.debt_id.has_value()) {
                ATLAS_TRY_ASSIGN(rise.debt, find_debt(*change.debt_id, pointer + "/debt_id"));
            }
            return debt::Change(rise);
        }
        case contracts::DebtChangeKind::more_each_month: break;
    }
    ATLAS_TRY_ASSIGN(const Money more, amount());
    return debt::Change(debt::MoreEachMonth{more});
}

Result<void> Advice::write_effects() {
    debt::PlanRequest request = with(static_cast<debt::Strategy>(answer_.written_out));
    ATLAS_TRY_ASSIGN(const debt::WhatIf what_if, debt::WhatIf::create(request));
    for (std::size_t i = 0; i < request_.changes.size(); ++i) {
        ATLAS_TRY_ASSIGN(const debt::Change change, read_change(i));
        auto effect = what_if.apply(change);
        if (!effect.has_value()) {
            return fail(effect.error().code, format("/changes/{}{}", i, effect.error().place),
                        effect.error().message);
        }
        contracts::DebtEffectValue written;
        if (effect->refusal.has_value()) {
            written.refusal = effect->refusal->message;
        } else {
            written.months = effect->months;
            written.months_change = effect->months_change;
            written.cost = value_of(effect->cost);
            written.cost_change = value_of(effect->cost_change);
            written.debt_free_date = effect->debt_free_date;
        }
        answer_.effects.push_back(std::move(written));
    }
    ATLAS_TRY_ASSIGN(const debt::Slopes slopes, what_if.slopes());
    answer_.slopes = contracts::DebtSlopesValue{.per_month = slopes.per_month,
                                                .per_windfall = slopes.per_windfall,
                                                .per_rate = slopes.per_rate};
    return {};
}

void Advice::summarise(const debt::PayoffPlan& plan) {
    // The one that gets most above its minimum.
    const auto above = [](const contracts::DebtPaymentValue& payment) {
        return contracts::to_money(payment.pay) - contracts::to_money(payment.minimum);
    };
    auto first = std::ranges::max_element(answer_.this_month, {}, above);
    if (first != answer_.this_month.end() && above(*first).is_zero()) {
        first = answer_.this_month.end();
    }
    const bool is_saving =
        plan.versus_minimum.has_value() && plan.versus_minimum->interest_saved.is_positive();
    const std::string saved =
        is_saving ? format(" Against minimums alone that saves {} of interest and {}.",
                           say(plan.versus_minimum->interest_saved),
                           say_months(plan.versus_minimum->months_saved))
                  : std::string();
    answer_.summary =
        format("Pay {} this month{}. You are free of debt in {}, after {} of interest.{}",
               say(plan_request_.monthly_budget),
               first == answer_.this_month.end()
                   ? std::string()
                   : format(", {} of it to {}", say(contracts::to_money(first->pay)), first->name),
               say_month(plan.debt_free_date), say(plan.total_interest), saved);
}

Result<DebtAdviceValue> Advice::write(std::vector<KnownDebt> known, const HouseholdView& view) {
    sort_out(std::move(known));
    if (debts_.empty()) {
        answer_.summary = "There are no debts to plan.";
        return std::move(answer_);
    }
    ATLAS_TRY(settle_budget());
    compare_strategies();
    ATLAS_TRY(write_out());
    ATLAS_TRY(write_wins());
    ATLAS_TRY(write_effects());
    ATLAS_TRY(add_future({plan_request_, debts_}, view, request_, answer_));
    ATLAS_TRY(add_outlook(view, request_, answer_));
    answer_.assumptions.push_back(
        "Nothing new is charged to the cards, and minimums and rates stay as written here.");
    return std::move(answer_);
}

}  // namespace

Result<DebtAdviceValue> Optimiser::advise(const contracts::AskDebtAdvice& request,
                                          const Context& context) {
    if (request.strategy == contracts::DebtStrategy::custom) {
        return invalid_argument("/strategy", "an order of one's own has no place here");
    }
    ATLAS_TRY_ASSIGN(auto known, load_debts(parts_, context.household, today()));
    ATLAS_TRY_ASSIGN(const HouseholdView view, view_household(parts_, context.household, today()));
    ATLAS_TRY_ASSIGN(DebtAdviceValue advice,
                     Advice(request, today(), parts_.base_currency).write(std::move(known), view));
    // The inputs in full, the answer by its hash: who asks the same of them gets the same bytes.
    const std::string inputs = contracts::encode(contracts::DebtList{.items = advice.debts});
    const std::string hash = to_hex(sha256(contracts::encode(advice)));
    ATLAS_TRY_ASSIGN(
        advice.audit_id,
        parts_.audit.append(
            {.household = context.household,
             .at = parts_.clock.now(),
             .actor = to_string(context.user),
             .action = "debt.advice",
             .detail = format(R"({{"as_of":"{}","request":{},"debts":{},)"
                              R"("answer_sha256":"{}"}})",
                              to_string(advice.as_of), contracts::encode(request), inputs, hash)}));
    return advice;
}

}  // namespace atlas::roles::optimiser
