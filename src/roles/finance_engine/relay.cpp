// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/relay.hpp"

#include <condition_variable>
#include <mutex>
#include <vector>

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

Relay::Relay(ports::LedgerStore& store, ports::EventBus& bus, const Clock& clock)
    : store_(store),
      bus_(bus),
      clock_(clock),
      thread_([this](std::stop_token stop) { run(std::move(stop)); }) {}

void Relay::run(std::stop_token stop) {
    while (!stop.stop_requested()) {
        const auto ready = store_.wait_outbox(Deadline::after(clock_, kWait), stop);
        const bool work = ready.has_value() && *ready;
        if (ready.has_value() && !work) {
            continue;
        }
        const auto carried = work ? carry_batch() : Result<std::size_t>(std::size_t{0});
        if (!ready.has_value() || !carried.has_value()) {
            failures_.fetch_add(1);
            pause(stop);
            continue;
        }
        relayed_.fetch_add(static_cast<std::int64_t>(*carried));
    }
}

Result<std::size_t> Relay::carry_batch() {
    ATLAS_TRY_ASSIGN(std::vector<ports::OutboxRow> rows, store_.outbox(kRelayBatchMax));
    if (rows.empty()) {
        return std::size_t{0};
    }
    const std::int64_t last = rows.back().position;
    std::vector<ports::Event> events;
    events.reserve(rows.size());
    for (ports::OutboxRow& row : rows) {
        events.push_back({.household = row.household,
                          .sequence = row.sequence,
                          .recorded_at = row.recorded_at,
                          .type = std::move(row.event.type),
                          .payload = std::move(row.event.payload)});
    }
    ATLAS_TRY(bus_.append(ports::kLedgerTopic, events, Deadline::after(clock_, kAppendDeadline)));
    ATLAS_TRY(store_.mark_relayed(last));
    return events.size();
}

}  // namespace atlas::roles::finance_engine
