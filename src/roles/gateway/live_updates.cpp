// SPDX-License-Identifier: Apache-2.0
#include "roles/gateway/live_updates.hpp"

#include <algorithm>
#include <map>

#include "base/format.hpp"

namespace atlas::roles::gateway {
namespace {

constexpr std::size_t kReadMax = 1000;
constexpr std::chrono::milliseconds kWait{1000};

/// First offset not written yet: what a follower of news starts from.
ports::Offset end_of(ports::EventBus& bus, ports::Partition partition) {
    const auto range = bus.range(ports::kLedgerTopic, partition);
    return range.has_value() ? range->end : 0;
}

serving::Event event_of(std::int64_t sequence) {
    return {.event = "ledger", .data = format(R"({{"sequence":{}}})", sequence), .id = ""};
}

}  // namespace

LiveUpdates::LiveUpdates(ports::EventBus& bus, const Clock& clock) : bus_(bus), clock_(clock) {
    for (ports::Partition p = 0; p < bus.partitions(); ++p) {
        followers_.emplace_back([this, p](std::stop_token stop) { follow(p, std::move(stop)); });
    }
}

LiveUpdates::~LiveUpdates() {
    for (std::jthread& follower : followers_) {
        follower.request_stop();
    }
    followers_.clear();
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

void LiveUpdates::follow(ports::Partition partition, std::stop_token stop) {
    ports::Offset from = end_of(bus_, partition);
    while (!stop.stop_requested()) {
        const auto ready =
            bus_.wait(ports::kLedgerTopic, partition, from, Deadline::after(clock_, kWait), stop);
        if (!ready.has_value() || !*ready) {
            continue;
        }
        const auto events = bus_.read(ports::kLedgerTopic, partition, from, kReadMax);
        if (!events.has_value() || events->empty()) {
            continue;
        }
        from = events->back().offset + 1;
        std::map<HouseholdId, std::int64_t> latest;
        for (const ports::StoredEvent& stored : *events) {
            latest[stored.event.household] = stored.event.sequence;
        }
        for (const auto& [household, sequence] : latest) {
            publish(household, sequence);
        }
    }
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
