// SPDX-License-Identifier: Apache-2.0
#include "roles/gateway/live_updates.hpp"

#include <algorithm>

#include "base/format.hpp"

namespace atlas::roles::gateway {
namespace {

serving::Event event_of(std::int64_t sequence) {
    return {.event = "ledger", .data = format(R"({{"sequence":{}}})", sequence), .id = ""};
}

}  // namespace

Result<void> LiveUpdates::start() {
    const auto nothing_to_catch_up = [](HouseholdId) -> Result<void> { return {}; };
    return follower_.start(
        {}, {.catch_up = nothing_to_catch_up,
             .apply = [this](HouseholdId household,
                             std::span<const ports::StoredEvent* const> events) -> Result<void> {
                 publish(household, events.back()->event.sequence);
                 return {};
             }});
}

LiveUpdates::~LiveUpdates() {
    follower_.stop();
    listeners_.with([](auto& map) { map.clear(); });
}

Result<void> LiveUpdates::require_room(HouseholdId household) {
    const bool has_room = listeners_.with([&](auto& map) {
        auto& list = map[household].streams;
        std::erase_if(list, [](const serving::EventStream& s) { return !s.is_open(); });
        return list.size() < kStreamsPerHouseholdMax;
    });
    if (!has_room) {
        return fail(ErrorCode::exhausted, {},
                    format("{} pages are listening already", kStreamsPerHouseholdMax));
    }
    return {};
}

void LiveUpdates::add(HouseholdId household, serving::EventStream stream) {
    listeners_.with([&](auto& map) {
        Listeners& listeners = map[household];
        if (listeners.latest == 0 || stream.send(event_of(listeners.latest))) {
            listeners.streams.push_back(std::move(stream));
        }
    });
}

void LiveUpdates::publish(HouseholdId household, std::int64_t sequence) {
    const serving::Event event = event_of(sequence);
    listeners_.with([&](auto& map) {
        Listeners& listeners = map[household];
        listeners.latest = std::max(listeners.latest, sequence);
        std::erase_if(listeners.streams,
                      [&](serving::EventStream& stream) { return !stream.send(event); });
    });
}

}  // namespace atlas::roles::gateway
