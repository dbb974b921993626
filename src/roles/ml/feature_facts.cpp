// SPDX-License-Identifier: Apache-2.0
#include "roles/ml/feature_facts.hpp"

#include "contracts/codec/json.hpp"
#include "contracts/events.hpp"

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

}  // namespace

Result<features::FactChange> fact_of(std::string_view type, std::string_view payload,
                                     const FactContext& context) {
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
    return features::FactChange(features::OtherFact{});
}

Result<features::Change> change_of(const ports::OutboxRow& row, const FactContext& context) {
    ATLAS_TRY_ASSIGN(features::FactChange fact,
                     fact_of(row.event.type, row.event.payload, context));
    return features::Change{row.sequence, row.recorded_at, std::move(fact)};
}

}  // namespace atlas::roles::ml
