// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/relay.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "roles/living_households.hpp"

namespace atlas::roles::finance_engine {
namespace {

constexpr std::chrono::milliseconds kWait{1000};
constexpr std::chrono::milliseconds kAppendDeadline{5000};
constexpr std::chrono::milliseconds kPauseAfterFailure{200};

/// Waits, but not beyond a stop: an engine that is down is asked again, not hammered.
void pause(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, kPauseAfterFailure, [] { return false; });
}

}  // namespace

Result<std::size_t> OutboxCarrier::carry() {
    if (!is_reconciled_) {
        ATLAS_TRY(reconcile());
        is_reconciled_ = true;
    }
    ATLAS_TRY_ASSIGN(std::vector<ports::OutboxRow> rows, parts_.store.outbox(kRelayBatchMax));
    if (rows.empty()) {
        return std::size_t{0};
    }
    const std::size_t count = rows.size();
    const std::int64_t last = rows.back().position;
    if (const auto published = publish(std::move(rows)); !published.has_value()) {
        is_reconciled_ = false;  // The bus may have some of them.
        return Unexpected(published.error());
    }
    ATLAS_TRY(parts_.store.mark_relayed(last));
    return count;
}

Result<void> OutboxCarrier::publish(std::vector<ports::OutboxRow> rows) {
    std::vector<ports::Event> events;
    events.reserve(rows.size());
    std::map<HouseholdId, ports::Sequence> last = published_;
    for (ports::OutboxRow& row : rows) {
        ports::Sequence& known = last[row.household];
        if (row.sequence <= known) {
            continue;  // The bus has it: the crash, or the failure, came before the mark.
        }
        known = row.sequence;
        events.push_back({.household = row.household,
                          .sequence = row.sequence,
                          .recorded_at = row.recorded_at,
                          .type = std::move(row.event.type),
                          .payload = std::move(row.event.payload)});
    }
    if (!events.empty()) {
        // What an erased household still had waiting is delivered to nobody.
        ATLAS_TRY(append_for_living(parts_.bus, ports::kLedgerTopic, events,
                                    Deadline::after(parts_.clock, kAppendDeadline)));
    }
    published_ = std::move(last);
    return {};
}

Result<void> OutboxCarrier::reconcile() {
    if (!parts_.bus.capabilities().survives_crash) {
        return {};
    }
    published_.clear();
    for (ports::Partition p = 0; p < parts_.bus.partitions(); ++p) {
        ATLAS_TRY(find_last(p));
    }
    for (const HouseholdId household : households_) {
        for (;;) {
            ATLAS_TRY_ASSIGN(
                std::vector<ports::OutboxRow> rows,
                parts_.store.history(household, published_[household], kRelayBatchMax));
            if (rows.empty()) {
                break;
            }
            ATLAS_TRY(publish(std::move(rows)));
        }
    }
    return {};
}

/// The last sequence of each household in a partition, from its end backwards until the last batch
/// that could be unmarked is passed and all that were asked for are found.
Result<void> OutboxCarrier::find_last(ports::Partition partition) {
    ATLAS_TRY_ASSIGN(const ports::OffsetRange range,
                     parts_.bus.range(ports::kLedgerTopic, partition));
    const auto are_all_known = [&] {
        return std::ranges::all_of(households_, [&](HouseholdId household) {
            return parts_.bus.partition_of(household) != partition ||
                   published_.contains(household);
        });
    };
    constexpr auto kStep = static_cast<ports::Offset>(kRelayBatchMax);
    ports::Offset to = range.end;
    while (to > range.begin && (to > range.end - kStep || !are_all_known())) {
        const ports::Offset from = std::max(range.begin, to - kStep);
        for (ports::Offset at = from; at < to;) {
            ATLAS_TRY_ASSIGN(const auto events, parts_.bus.read(ports::kLedgerTopic, partition, at,
                                                                static_cast<std::size_t>(to - at)));
            if (events.empty()) {
                break;
            }
            for (const ports::StoredEvent& stored : events) {
                ports::Sequence& known = published_[stored.event.household];
                known = std::max(known, stored.event.sequence);
            }
            at = events.back().offset + 1;
        }
        to = from;
    }
    return {};
}

Relay::Relay(ports::LedgerStore& store, ports::EventBus& bus, const Clock& clock,
             std::vector<HouseholdId> households)
    : store_(store),
      clock_(clock),
      is_lasting_(bus.capabilities().survives_crash),
      carrier_({store, bus, clock}, std::move(households)),
      thread_([this](std::stop_token stop) { run(std::move(stop)); }) {}

void Relay::run(std::stop_token stop) {
    // Looks at a bus that lasts at once, not when the first row comes.
    bool is_first = is_lasting_;
    while (!stop.stop_requested()) {
        const auto ready = is_first ? Result<bool>(true)
                                    : store_.wait_outbox(Deadline::after(clock_, kWait), stop);
        const bool work = ready.has_value() && *ready;
        if (ready.has_value() && !work) {
            continue;
        }
        const auto carried = work ? carrier_.carry() : Result<std::size_t>(std::size_t{0});
        is_first = is_first && !carried.has_value();
        if (!ready.has_value() || !carried.has_value()) {
            failures_.fetch_add(1);
            pause(stop);
            continue;
        }
        relayed_.fetch_add(static_cast<std::int64_t>(*carried));
    }
}

}  // namespace atlas::roles::finance_engine
