// SPDX-License-Identifier: Apache-2.0
#include "roles/ml/feature_facts.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/time_zone.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/events.hpp"
#include "contracts/events_outside.hpp"
#include "contracts/events_plans.hpp"
#include "contracts/resources/debts.hpp"

namespace atlas::roles::ml {
namespace {

template <class Event>
Result<Event> read_event(std::string_view type, std::string_view payload) {
    auto event = contracts::decode<Event>(payload);
    if (!event.has_value()) {
        return fail(ErrorCode::data_loss, std::string(type), to_string(event.error()));
    }
    return event;
}

/// Minor units of the household's currency on the booking day; nothing without a rate.
std::optional<std::int64_t> converted(money::Money amount, Date on, const FactContext& context) {
    if (amount.currency() == context.currency) {
        return amount.minor();
    }
    if (context.rates == nullptr) {
        return std::nullopt;
    }
    const auto conversion =
        context.rates->convert(amount, {.to = context.currency}, on, money::Rounding::half_to_even);
    return conversion.has_value() ? std::optional(conversion->amount.minor()) : std::nullopt;
}

features::FactChange fact_of(const contracts::TransactionValue& transaction,
                             const FactContext& context) {
    features::TransactionFact fact{
        .id = transaction.id,
        .account = transaction.account_id,
        .date = transaction.date,
        .merchant = features::merchant_key(transaction.description),
        .splits = {},
        .is_pending = transaction.status == contracts::TransactionStatus::pending};
    if (fact.merchant.empty()) {
        fact.merchant = transaction.merchant.value_or("");
    }
    for (const contracts::SplitValue& split : transaction.splits) {
        const auto amount = converted(contracts::to_money(split.amount), transaction.date, context);
        if (!amount.has_value()) {
            return features::TransactionRemoved{transaction.id};
        }
        fact.splits.push_back({split.category, *amount});
    }
    return fact;
}

Date utc_day_of(Timestamp moment) {
    return TimeZone().date_at(moment);
}

/// A decimal the contract has checked, for statistics.
double read_number(const contracts::DecimalText& decimal) {
    double value = 0.0;
    std::from_chars(decimal.text.data(), decimal.text.data() + decimal.text.size(), value);
    return value;
}

/// Of a month: what was told outright, else what the rule of the terms asks of the balance. A
/// statistic: the plan itself is finance/debt's.
std::int64_t minimum_of(const contracts::DebtSavedEvent& event, std::int64_t balance_minor,
                        const FactContext& context) {
    if (event.minimum_payment.has_value()) {
        const money::Money told = contracts::to_money(*event.minimum_payment);
        return told.currency() == context.currency ? told.minor() : 0;
    }
    if (!event.terms.has_value()) {
        return 0;
    }
    const auto terms = contracts::decode<contracts::DebtTermsValue>(event.terms->text);
    if (!terms.has_value() || !terms->minimum.has_value()) {
        return 0;  // Not given, or of a newer version: unknown.
    }
    const contracts::DebtMinimumValue& rule = *terms->minimum;
    const auto balance = static_cast<double>(balance_minor);
    const double interest = rule.plus_interest ? balance * event.apr.as_double() / 12.0 : 0.0;
    const double share = balance * rule.percent.as_double() + interest;
    const double fixed =
        read_number(rule.fixed) * std::pow(10.0, static_cast<double>(context.currency.decimals()));
    return std::llround(std::min(balance, std::max(fixed, share)));
}

features::FactChange fact_of(const contracts::DebtSavedEvent& event, const FactContext& context) {
    const money::Money balance = contracts::to_money(event.balance);
    if (balance.currency() != context.currency) {
        return features::KeyedRemoved{features::KeyedFact::debt, event.id};
    }
    return features::DebtFact{.key = event.id,
                              .balance_minor = balance.minor(),
                              .annual_rate = event.apr.as_double(),
                              .minimum_minor = minimum_of(event, balance.minor(), context)};
}

features::FactChange fact_of(const contracts::GoalSavedEvent& event, Timestamp recorded_at,
                             const FactContext& context) {
    const money::Money target = contracts::to_money(event.target);
    const money::Money saved = event.saved.has_value() ? contracts::to_money(*event.saved)
                                                       : money::Money::zero(context.currency);
    if (target.currency() != context.currency || saved.currency() != context.currency) {
        return features::KeyedRemoved{features::KeyedFact::goal, event.id};
    }
    return features::GoalFact{.key = event.id,
                              .target_minor = target.minor(),
                              .saved_minor = saved.minor(),
                              .started = event.started.value_or(utc_day_of(recorded_at)),
                              .deadline = event.due};
}

std::optional<features::RateKind> rate_kind_of(std::string_view name) {
    if (name == "policy" || name == "fed_funds") {
        return features::RateKind::policy;
    }
    if (name == "mortgage") {
        return features::RateKind::mortgage;
    }
    if (name == "savings") {
        return features::RateKind::savings;
    }
    return name == "inflation" ? std::optional(features::RateKind::inflation) : std::nullopt;
}

/// Of what a household plans and owes; nothing for other types.
Result<std::optional<features::FactChange>> plan_fact_of(const ToldEvent& event,
                                                         const FactContext& context) {
    using Found = std::optional<features::FactChange>;
    if (event.type == contracts::kDebtSaved) {
        ATLAS_TRY_ASSIGN(const auto told,
                         read_event<contracts::DebtSavedEvent>(event.type, event.payload));
        return Found(fact_of(told, context));
    }
    if (event.type == contracts::kGoalSaved) {
        ATLAS_TRY_ASSIGN(const auto told,
                         read_event<contracts::GoalSavedEvent>(event.type, event.payload));
        return Found(fact_of(told, event.recorded_at, context));
    }
    const bool is_debt = event.type == contracts::kDebtRemoved;
    if (is_debt || event.type == contracts::kGoalRemoved) {
        ATLAS_TRY_ASSIGN(const auto told,
                         read_event<contracts::RemovedEvent>(event.type, event.payload));
        return Found(features::KeyedRemoved{
            is_debt ? features::KeyedFact::debt : features::KeyedFact::goal, told.id});
    }
    return Found();
}

}  // namespace

Result<features::FactChange> fact_of(const ToldEvent& told, const FactContext& context) {
    const auto& [type, payload, recorded_at] = told;
    if (type == contracts::kTransactionRecorded) {
        ATLAS_TRY_ASSIGN(const auto event, read_event<contracts::TransactionEvent>(type, payload));
        return fact_of(event.transaction, context);
    }
    if (type == contracts::kTransactionChanged) {
        ATLAS_TRY_ASSIGN(const auto event,
                         read_event<contracts::TransactionChangedEvent>(type, payload));
        return fact_of(event.after, context);
    }
    if (type == contracts::kTransactionRemoved) {
        ATLAS_TRY_ASSIGN(const auto event, read_event<contracts::TransactionEvent>(type, payload));
        return features::FactChange(features::TransactionRemoved{event.transaction.id});
    }
    if (type == contracts::kAccountOpened) {
        ATLAS_TRY_ASSIGN(const auto event,
                         read_event<contracts::AccountOpenedEvent>(type, payload));
        const auto kind = finance::ledger::parse_account_type(event.type);
        return features::FactChange(features::AccountFact{
            .id = event.account_id, .type = kind.value_or(finance::ledger::AccountType::other)});
    }
    ATLAS_TRY_ASSIGN(auto plan, plan_fact_of(told, context));
    return plan.has_value() ? *std::move(plan) : features::FactChange(features::OtherFact{});
}

Result<features::FactChange> outside_fact_of(std::string_view type, std::string_view payload,
                                             const FactContext& context) {
    if (type == contracts::kPriceObserved) {
        ATLAS_TRY_ASSIGN(const auto told, read_event<contracts::PriceObservedEvent>(type, payload));
        if (told.currency == context.currency.code()) {
            return features::FactChange(features::PriceFact{.instrument = told.symbol,
                                                            .date = utc_day_of(told.occurred_at),
                                                            .price = read_number(told.price)});
        }
    }
    if (type == contracts::kRateObserved) {
        ATLAS_TRY_ASSIGN(const auto told, read_event<contracts::RateObservedEvent>(type, payload));
        const auto kind = rate_kind_of(told.name);
        if (told.kind == contracts::RateKind::interest && kind.has_value()) {
            return features::FactChange(features::RateFact{.kind = *kind,
                                                           .date = utc_day_of(told.occurred_at),
                                                           .value = read_number(told.value)});
        }
    }
    return features::FactChange(features::OtherFact{});
}

Result<features::Change> change_of(const ports::OutboxRow& row, const FactContext& context) {
    ATLAS_TRY_ASSIGN(features::FactChange fact,
                     fact_of({row.event.type, row.event.payload, row.recorded_at}, context));
    return features::Change{row.sequence, row.recorded_at, std::move(fact)};
}

}  // namespace atlas::roles::ml
