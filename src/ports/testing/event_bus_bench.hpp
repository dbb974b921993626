// SPDX-License-Identifier: Apache-2.0
// For benchmarks: the same work on each engine of the event bus, so that figures stand beside each
// other.
#pragma once

#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <vector>

#include "ports/event_bus.hpp"
#include "ports/testing/ledger_samples.hpp"

namespace atlas::ports::testing {

/// state.range(0) events with 100 bytes of payload, of a household of this thread.
inline std::vector<Event> events_to_append(const benchmark::State& state) {
    return std::vector<Event>(
        static_cast<std::size_t>(state.range(0)),
        {.household = id_of<HouseholdId>(static_cast<std::uint64_t>(state.thread_index()) + 1),
         .sequence = 1,
         .recorded_at = {1},
         .type = "UserEvent",
         .payload = std::string(100, 'u')});
}

/// Appends them once an iteration. Null: the engine is not here, which is said. Thread 0 may still
/// be opening it at the call: threads wait for each other at the first iteration.
template <class Bus>
void append_each_time(benchmark::State& state, const std::vector<Event>& events,
                      const std::unique_ptr<Bus>& bus) {
    for (auto _ : state) {
        if (bus == nullptr) {
            state.SkipWithError("the engine is not here");
            break;
        }
        const auto appended = bus->append("user", events, Deadline{});
        if (!appended.has_value()) {
            state.SkipWithError(appended.error().message.c_str());
            break;
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(events.size()));
}

}  // namespace atlas::ports::testing
