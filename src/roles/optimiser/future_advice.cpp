// SPDX-License-Identifier: Apache-2.0
#include "roles/optimiser/future_advice.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/check.hpp"
#include "base/format.hpp"
#include "contracts/money_value.hpp"
#include "finance/debt/refinance.hpp"
#include "finance/debt/robust.hpp"
#include "learning/credit/score_model.hpp"
#include "roles/optimiser/debt_words.hpp"
#include "roles/optimiser/rate_forecast.hpp"
#include "roles/score_inputs.hpp"
#include "roles/shipped_model.hpp"

namespace atlas::roles::optimiser {
namespace {

namespace credit = learning::credit;
namespace debt = finance::debt;

using contracts::DebtAdviceValue;
using money::Money;

constexpr int kScenarios = 20;
constexpr double kCaution = 0.5;
constexpr double kTail = 0.1;
constexpr int kRobustEffortMs = 50;
/// A personal loan's term in the published series.
constexpr int kMarketTermMonths = 24;
/// Origination fees of personal loans lie between nothing and 8 %; a card transfer's is 3 % to 5 %
/// (Consumer Financial Protection Bureau, "What is a loan origination fee", consumer guides).
constexpr std::int64_t kAssumedFeeBillionths = 30'000'000;
constexpr std::int64_t kScoreMonthsMax = 60;
constexpr std::string_view kDisclaimer =
    "An estimate from what is known here, not a consumer report and not a lender's score. The "
    "interval is of the score itself; how it moves is surer than where it stands.";

/// Cards follow the market unless somebody says otherwise; nothing else does unless somebody says
/// so.
bool is_variable(const KnownDebt& known) {
    return known.value.variable_rate.value_or(known.debt.credit_limit.has_value() &&
                                              !known.debt.is_secured);
}

/// "order:2,0" with the names of the debts.
std::string name_order(const std::string& name, const std::vector<KnownDebt>& debts) {
    constexpr std::string_view kOrder = "order:";
    if (!name.starts_with(kOrder)) {
        return name;
    }
    std::string told;
    std::string_view rest = std::string_view(name).substr(kOrder.size());
    while (!rest.empty()) {
        std::size_t index = 0;
        const auto [end, code] = std::from_chars(rest.data(), rest.data() + rest.size(), index);
        ATLAS_CHECK(code == std::errc{});
        ATLAS_CHECK(index < debts.size());
        told += format("{}{}", told.empty() ? "" : ", then ", debts[index].value.name);
        rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
        rest.remove_prefix(rest.empty() ? 0 : 1);
    }
    return told;
}

Result<void> add_smart_avalanche(const PlannedDebts& planned, DebtAdviceValue& answer) {
    debt::RobustRequest request{.plan = planned.request,
                                .is_variable = {},
                                .scenarios = {},
                                .tail = kTail,
                                .caution = kCaution};
    request.plan.time_limit_ms = kRobustEffortMs;
    contracts::SmartAvalancheValue value;
    for (const KnownDebt& known : planned.debts) {
        request.is_variable.push_back(is_variable(known));
        if (request.is_variable.back()) {
            value.variable.push_back(known.value.id);
        }
    }
    if (value.variable.empty()) {
        return {};
    }
    request.scenarios = rate_scenarios("prime", kScenarios);
    const auto choice = debt::choose_robust(request);
    if (!choice.has_value()) {
        // A budget that some rates to come overrun is no error of the request.
        return choice.error().code == ErrorCode::infeasible ? Result<void>()
                                                            : Unexpected(choice.error());
    }
    for (const debt::RobustCandidate& candidate : choice->candidates) {
        value.orders.push_back({.name = name_order(candidate.name, planned.debts),
                                .mean = contracts::to_value(candidate.mean),
                                .tail = contracts::to_value(candidate.tail),
                                .worst = contracts::to_value(candidate.worst)});
    }
    value.price = contracts::to_value(choice->price);
    value.tail_saved = contracts::to_value(choice->saved);
    value.scenarios = static_cast<std::int64_t>(choice->scenarios);
    value.why = choice->price.is_zero()
                    ? format("Whatever rates do, {} is as good on average as anything tried.",
                             value.orders.front().name)
                    : format("{} costs {} more on average and {} less where rates rise most.",
                             value.orders.front().name, say(choice->price), say(choice->saved));
    answer.assumptions.emplace_back(
        "A card's rate follows the market, anything else keeps its own, unless its variable_rate "
        "says otherwise.");
    answer.assumptions.push_back(
        format("Rates to come: {} paths of the prime rate, each at one quantile throughout; "
               "variable debts move by as much.",
               kScenarios));
    answer.smart_avalanche = std::move(value);
    return {};
}

/// One alert a debt: a loan at the market's average instead of it.
Result<void> add_alerts(const PlannedDebts& planned, DebtAdviceValue& answer) {
    const auto* market = shipped_rate_model().find("personal_24m");
    ATLAS_CHECK(market != nullptr);
    const auto apr =
        money::AnnualRate::from_billionths(std::llround(market->last.rate * 100.0) * 100'000)
            .value();
    const Date published =
        Date::create(market->last.month / 12, market->last.month % 12 + 1, 1).value();
    for (const KnownDebt& known : planned.debts) {
        if (known.debt.is_secured || known.debt.apr <= apr || known.debt.promo.has_value()) {
            continue;
        }
        const debt::Offer offer{
            .id = "market",
            .kind = debt::OfferKind::loan,
            .apr = apr,
            .term_months = kMarketTermMonths,
            .fee = Money::zero(known.debt.balance.currency()),
            .fee_percent = money::AnnualRate::from_billionths(kAssumedFeeBillionths).value(),
            .fee_payment = debt::FeePayment::added_to_balance};
        const auto advice = debt::compare_offers({.start = planned.request.start,
                                                  .monthly_budget = {},
                                                  .debts = {known.debt},
                                                  .offers = {offer}});
        if (!advice.has_value()) {
            continue;  // What cannot be paid as it stands is the plan's to say.
        }
        const debt::OfferVerdict& verdict = advice->verdicts.front();
        if (verdict.refusal.has_value() || !verdict.saving.has_value() ||
            verdict.saving->minor() <= 0) {
            continue;
        }
        contracts::RefinanceAlertValue alert{
            .debts = {known.value.id},
            .kind = "loan",
            .market_apr = apr,
            .term_months = kMarketTermMonths,
            .fee = contracts::to_value(verdict.way.has_value() ? verdict.way->fees
                                                               : verdict.due_at_once),
            .saving = contracts::to_value(*verdict.saving),
            .break_even_month = {},
            .worth_up_to_apr = verdict.worth_up_to_apr,
            .why = format("{} costs {}; loans of {} months were at {} on average in {}. "
                          "Paid off with one, it saves {} against its minimums, a fee of 3 % "
                          "included.",
                          known.value.name, to_percent(known.debt.apr), kMarketTermMonths,
                          to_percent(apr), say_month(published), say(*verdict.saving))};
        if (verdict.break_even_month.has_value()) {
            alert.break_even_month = *verdict.break_even_month;
        }
        answer.refinance_alerts.push_back(std::move(alert));
    }
    return {};
}

struct Given {
    credit::Household household{};
    std::vector<std::string> unknown;
};

/// What the person told, what the ledger knows, and nothing else. Balance and utilisation are
/// written month by month.
Result<Given> read_credit(const contracts::CreditScoreValue& told, const HouseholdView& view,
                          double minimums) {
    ScoreInputs values = score_inputs(told);
    // Take-home pay stands in for pay before tax, which no ledger sees: too low, never too high.
    const double income = static_cast<double>(view.income_mean) / 100.0;
    if (!values[0].has_value() && income > 0.0) {
        values[0] = contracts::RealNumber{12.0 * income};
    }
    if (!values[1].has_value() && income > 0.0) {
        values[1] = contracts::RealNumber{std::min(10.0, minimums / income)};
    }
    Given given;
    ATLAS_TRY_ASSIGN(given.household, read_household(values, "/credit"));
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::string_view name = credit::kFeatures[i].name;
        if (!values[i].has_value() && !name.starts_with("revolving")) {
            given.unknown.emplace_back(name);
        }
    }
    return given;
}

/// Owed on debts with a limit at the end of each month, from today on, and their limits.
struct Revolving {
    std::vector<std::int64_t> owed;
    std::int64_t limits = 0;
};

Revolving follow_cards(const PlannedDebts& planned, const DebtAdviceValue& answer) {
    Revolving cards;
    std::int64_t last_month = 0;
    for (const contracts::DebtMonthValue& row : answer.schedule) {
        last_month = std::max(last_month, row.month);
    }
    last_month = std::min(last_month, kScoreMonthsMax);
    cards.owed.assign(static_cast<std::size_t>(last_month) + 1, 0);
    for (const KnownDebt& known : planned.debts) {
        if (!known.debt.credit_limit.has_value()) {
            continue;
        }
        cards.limits += known.debt.credit_limit->minor();
        cards.owed.front() += known.debt.balance.minor();
        const money::Currency currency = known.debt.balance.currency();
        for (const contracts::DebtMonthValue& row : answer.schedule) {
            if (row.id == known.debt.id && row.month <= last_month) {
                const auto owed = Money::parse(row.balance.text, currency);
                ATLAS_CHECK(owed.has_value());  // The schedule is ours.
                cards.owed[static_cast<std::size_t>(row.month)] += owed->minor();
            }
        }
    }
    return cards;
}

Result<void> add_score(const PlannedDebts& planned, const HouseholdView& view,
                       const contracts::AskDebtAdvice& request, DebtAdviceValue& answer) {
    const Revolving cards = follow_cards(planned, answer);
    // The model knows US dollars alone.
    if (cards.limits <= 0 || answer.currency != "USD") {
        return {};
    }
    double minimums = 0.0;
    for (const contracts::DebtPaymentValue& payment : answer.this_month) {
        minimums += static_cast<double>(contracts::to_money(payment.minimum).minor()) / 100.0;
    }
    ATLAS_TRY_ASSIGN(
        Given given,
        read_credit(request.credit.value_or(contracts::CreditScoreValue{}), view, minimums));
    contracts::ScoreTimelineValue value{.months = {},
                                        .coverage = credit::kCoverage,
                                        .change = 0.0,
                                        .unknown = std::move(given.unknown),
                                        .model = shipped_model_name("credit_score"),
                                        .disclaimer = std::string(kDisclaimer)};
    const money::Currency currency = contracts::to_money(answer.monthly_budget).currency();
    for (std::size_t month = 0; month < cards.owed.size(); ++month) {
        const double balance = static_cast<double>(cards.owed[month]) / 100.0;
        const double utilisation =
            static_cast<double>(cards.owed[month]) / static_cast<double>(cards.limits);
        given.household[3] = std::min(balance, credit::kFeatures[3].high);
        given.household[4] = std::min(utilisation, credit::kFeatures[4].high);
        const credit::Estimate told = credit::estimate(shipped_score_model(), given.household);
        value.months.push_back(
            {.month = static_cast<std::int64_t>(month),
             .revolving_balance = {to_decimal(Money::from_minor(cards.owed[month], currency))},
             .utilisation = utilisation,
             .score = told.score,
             .low = told.low,
             .high = told.high});
    }
    value.change = value.months.back().score - value.months.front().score;
    answer.score = std::move(value);
    return {};
}

}  // namespace

Result<void> add_future(const PlannedDebts& planned, const HouseholdView& view,
                        const contracts::AskDebtAdvice& request, DebtAdviceValue& answer) {
    ATLAS_TRY(add_smart_avalanche(planned, answer));
    ATLAS_TRY(add_alerts(planned, answer));
    return add_score(planned, view, request, answer);
}

}  // namespace atlas::roles::optimiser
