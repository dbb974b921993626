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
/// Debts that an alert is looked for, the dearest first.
constexpr std::size_t kAlertsMax = 8;
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

/// As a sentence says it.
std::string say_order(const std::string& name) {
    return name == "avalanche"  ? "highest rate first"
           : name == "snowball" ? "smallest balance first"
           : name == "optimal"  ? "the best plan found"
                                : name;
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
    value.why =
        choice->price.is_zero()
            ? format("Whatever rates do, {} is as good on average as anything tried.",
                     say_order(value.orders.front().name))
            : format("{} costs {} more on average and {} less where rates rise most.",
                     say_order(value.orders.front().name), say(choice->price), say(choice->saved));
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

/// A market loan instead of one debt.
struct MarketVerdict {
    debt::OfferVerdict offer;
    bool is_within_budget = true;
};

/// On the plan's budget beside the other debts; where the loan's payment is beyond that, against
/// the debt's own minimums.
std::optional<MarketVerdict> judge_market(const PlannedDebts& planned, std::size_t index,
                                          const debt::Offer& market) {
    const auto judge = [&](std::optional<Money> budget,
                           std::vector<debt::Debt> debts) -> std::optional<debt::OfferVerdict> {
        auto advice = debt::compare_offers({.start = planned.request.start,
                                            .monthly_budget = budget,
                                            .debts = std::move(debts),
                                            .offers = {market}});
        // What cannot be paid as it stands is the plan's to say.
        return advice.has_value() ? std::optional(std::move(advice->verdicts.front()))
                                  : std::nullopt;
    };
    auto with_all = judge(planned.request.monthly_budget, planned.request.debts);
    if (with_all.has_value() && !with_all->refusal.has_value()) {
        return MarketVerdict{*std::move(with_all)};
    }
    auto alone = judge({}, {planned.debts[index].debt});
    if (!alone.has_value() || alone->refusal.has_value()) {
        return std::nullopt;
    }
    return MarketVerdict{*std::move(alone), false};
}

/// The dearest debts that the market undercuts, unsecured and without a promotion.
std::vector<std::size_t> undercut_debts(const PlannedDebts& planned, money::AnnualRate market) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < planned.debts.size(); ++i) {
        const debt::Debt& debt = planned.debts[i].debt;
        if (!debt.is_secured && debt.apr > market && !debt.promo.has_value()) {
            found.push_back(i);
        }
    }
    std::ranges::stable_sort(found, [&](std::size_t a, std::size_t b) {
        return planned.debts[a].debt.apr > planned.debts[b].debt.apr;
    });
    found.resize(std::min(found.size(), kAlertsMax));
    return found;
}

std::string explain_alert(const KnownDebt& known, const MarketVerdict& verdict,
                          const std::string& market, Money budget) {
    const std::string saving = say(*verdict.offer.saving);
    const std::string effect =
        verdict.is_within_budget
            ? format(
                  "With one instead, and {} a month in all as now, you pay {} less in the end, "
                  "a fee of 3 % included.",
                  say(budget), saving)
            : format(
                  "With one instead, at {} a month, you pay {} less than by its minimums "
                  "alone, a fee of 3 % included. Your budget does not cover that payment.",
                  say(verdict.offer.payment), saving);
    return format("{} costs {}; {}. {}", known.value.name, to_percent(known.debt.apr), market,
                  effect);
}

/// One alert a debt: a loan at the market's average instead of it.
void add_alerts(const PlannedDebts& planned, DebtAdviceValue& answer) {
    const auto* market = shipped_rate_model().find("personal_24m");
    ATLAS_CHECK(market != nullptr);
    const auto apr =
        money::AnnualRate::from_billionths(std::llround(market->last.rate * 100.0) * 100'000)
            .value();
    const Date published =
        Date::create(market->last.month / 12, market->last.month % 12 + 1, 1).value();
    const std::string told = format("loans of {} months were at {} on average in {}",
                                    kMarketTermMonths, to_percent(apr), say_month(published));
    for (const std::size_t i : undercut_debts(planned, apr)) {
        const KnownDebt& known = planned.debts[i];
        const debt::Offer offer{
            .id = "market",
            .kind = debt::OfferKind::loan,
            .apr = apr,
            .term_months = kMarketTermMonths,
            .fee = Money::zero(known.debt.balance.currency()),
            .fee_percent = money::AnnualRate::from_billionths(kAssumedFeeBillionths).value(),
            .fee_payment = debt::FeePayment::added_to_balance,
            .replaces = {known.debt.id}};
        const auto verdict = judge_market(planned, i, offer);
        if (!verdict.has_value() || !verdict->offer.saving.has_value() ||
            verdict->offer.saving->minor() <= 0) {
            continue;
        }
        contracts::RefinanceAlertValue alert{
            .debts = {known.value.id},
            .kind = "loan",
            .market_apr = apr,
            .term_months = kMarketTermMonths,
            .fee = contracts::to_value(verdict->offer.new_balance - verdict->offer.moved_amount),
            .saving = contracts::to_value(*verdict->offer.saving),
            .break_even_month = {},
            .worth_up_to_apr = {},
            .why = explain_alert(known, *verdict, told, planned.request.monthly_budget)};
        if (verdict->is_within_budget) {
            // Against minimums alone nearly any rate would do, which says nothing.
            alert.worth_up_to_apr = verdict->offer.worth_up_to_apr;
        }
        if (verdict->offer.break_even_month.has_value()) {
            alert.break_even_month = *verdict->offer.break_even_month;
        }
        answer.refinance_alerts.push_back(std::move(alert));
    }
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
    add_alerts(planned, answer);
    return add_score(planned, view, request, answer);
}

}  // namespace atlas::roles::optimiser
