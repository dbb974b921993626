// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/monthly_totals_projection.hpp"

#include "contracts/codec/json.hpp"
#include "contracts/events.hpp"

namespace atlas::roles::finance_engine {
namespace {

constexpr std::size_t kReadMax = 1000;

using ports::MonthlyTotal;

enum class Direction : std::int8_t { add = 1, take_out = -1 };

void append_changes(const contracts::TransactionValue& transaction, Direction direction,
                    std::vector<MonthlyTotal>& changes) {
    for (const contracts::SplitValue& split : transaction.splits) {
        const money::Money amount = contracts::to_money(split.amount);
        const bool add = direction == Direction::add;
        changes.push_back({.month = transaction.date.first_of_month(),
                           .category = split.category,
                           .amount = add ? amount : -amount,
                           .count = add ? 1 : -1});
    }
}

template <class Event>
Result<Event> read_event(std::string_view type, std::string_view payload) {
    auto event = contracts::decode<Event>(payload);
    if (!event.has_value()) {
        return fail(ErrorCode::data_loss, std::string(type), to_string(event.error()));
    }
    return event;
}

}  // namespace

Result<std::vector<MonthlyTotal>> monthly_changes(std::string_view type, std::string_view payload) {
    std::vector<MonthlyTotal> changes;
    if (type == contracts::kTransactionRecorded || type == contracts::kTransactionRemoved) {
        ATLAS_TRY_ASSIGN(const auto event, read_event<contracts::TransactionEvent>(type, payload));
        append_changes(
            event.transaction,
            type == contracts::kTransactionRecorded ? Direction::add : Direction::take_out,
            changes);
    } else if (type == contracts::kTransactionChanged) {
        ATLAS_TRY_ASSIGN(const auto event,
                         read_event<contracts::TransactionChangedEvent>(type, payload));
        append_changes(event.before, Direction::take_out, changes);
        append_changes(event.after, Direction::add, changes);
    }
    return changes;
}

Result<void> MonthlyTotalsProjection::start(std::span<const HouseholdId> households,
                                            Deadline patience) {
    return follower_.start(
        households,
        {.catch_up = [this](HouseholdId household) { return catch_up(household); },
         .apply =
             [this](HouseholdId household, std::span<const ports::StoredEvent* const> events) {
                 return apply(household, events);
             }},
        patience);
}

Result<void> MonthlyTotalsProjection::catch_up(HouseholdId household) {
    ATLAS_TRY_ASSIGN(const ports::MonthlyTotals now, parts_.totals.read(household, Date(), Date()));
    std::int64_t known = now.as_of;
    for (;;) {
        progress_.reach(household, known);
        if (follower_.is_stopping()) {
            return unavailable("the program stops");
        }
        ATLAS_TRY_ASSIGN(const std::vector<ports::OutboxRow> rows,
                         parts_.ledger.history(household, known, kReadMax));
        if (rows.empty()) {
            return {};
        }
        std::vector<std::vector<MonthlyTotal>> changes;
        std::vector<ports::MonthlyTotalsEvent> events;
        changes.reserve(rows.size());
        for (const ports::OutboxRow& row : rows) {
            ATLAS_TRY_ASSIGN(auto change, monthly_changes(row.event.type, row.event.payload));
            changes.push_back(std::move(change));
            events.push_back({row.sequence, changes.back()});
        }
        ATLAS_TRY_ASSIGN(known, parts_.totals.apply_batch(household, events));
    }
}

Result<void> MonthlyTotalsProjection::apply(HouseholdId household,
                                            std::span<const ports::StoredEvent* const> events) {
    std::vector<std::vector<MonthlyTotal>> changes;
    std::vector<ports::MonthlyTotalsEvent> batch;
    changes.reserve(events.size());
    const std::int64_t before = sequence(household);
    for (const ports::StoredEvent* stored : events) {
        if (stored->event.sequence <= before) {
            continue;  // Caught up from the ledger before the bus told of it.
        }
        ATLAS_TRY_ASSIGN(auto change, monthly_changes(stored->event.type, stored->event.payload));
        changes.push_back(std::move(change));
        batch.push_back({stored->event.sequence, changes.back()});
    }
    if (batch.empty()) {
        return {};
    }
    ATLAS_TRY_ASSIGN(const std::int64_t known, parts_.totals.apply_batch(household, batch));
    progress_.reach(household, known);
    return {};
}

}  // namespace atlas::roles::finance_engine
