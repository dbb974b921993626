// SPDX-License-Identifier: Apache-2.0
#include "roles/gateway/event_tail.hpp"

#include <algorithm>
#include <charconv>

#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "roles/event_slice.hpp"

namespace atlas::roles::gateway {
namespace {

constexpr std::size_t kSliceEvents = 64;
constexpr std::size_t kWaitingBytesMax = 96 * 1024;  // Well under what drops a slow client.
constexpr std::chrono::milliseconds kWait{100};
constexpr std::chrono::milliseconds kClientWait{10};  // For a client that reads.

Result<ports::Offset> read_event_id(std::string_view text) {
    ports::Offset offset = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), offset);
    if (code != std::errc{} || end != text.data() + text.size() || offset < 0) {
        return invalid_argument("/last_event_id", format("\"{}\" is no id of an event", text));
    }
    return offset;
}

/// A page of this one event.
std::string path_of(const contracts::EventValue& event, contracts::EventTopic topic) {
    const bool is_ledger = topic == contracts::EventTopic::ledger;
    return format("/api/v1/events?{}from={}&limit=1", is_ledger ? "topic=ledger&" : "",
                  event.offset);
}

}  // namespace

EventTail::~EventTail() {
    const std::lock_guard lock(mutex_);
    for (const auto& [key, lane] : lanes_) {
        lane->thread.request_stop();
    }
    lanes_.clear();
}

Result<ports::Offset> EventTail::begin(HouseholdId household,
                                       const contracts::StreamEvents& request) {
    const ports::Partition partition = bus_.partition_of(household);
    {
        Lane& lane = lane_of({request.topic, partition});
        const std::lock_guard lock(lane.mutex);
        if (lane.open[household] >= kTailsPerHouseholdMax) {
            return fail(ErrorCode::exhausted, {},
                        format("{} programs follow already", kTailsPerHouseholdMax));
        }
    }
    if (request.last_event_id.has_value()) {
        ATLAS_TRY_ASSIGN(const ports::Offset seen, read_event_id(*request.last_event_id));
        return seen + 1;
    }
    if (request.from.has_value()) {
        return *request.from;
    }
    ATLAS_TRY_ASSIGN(const ports::OffsetRange range,
                     bus_.range(topic_of(request.topic), partition));
    return range.end;
}

void EventTail::add(HouseholdId household, contracts::EventTopic topic, ports::Offset from,
                    serving::EventStream stream) {
    Lane& lane = lane_of({topic, bus_.partition_of(household)});
    {
        const std::lock_guard lock(lane.mutex);
        ++lane.open[household];
        lane.arrived.push_back({household, from, std::move(stream)});
    }
    lane.changed.notify_all();
}

EventTail::Lane& EventTail::lane_of(const LaneKey& key) {
    const std::lock_guard lock(mutex_);
    std::unique_ptr<Lane>& lane = lanes_[key];
    if (lane == nullptr) {
        lane = std::make_unique<Lane>();
        lane->thread = std::jthread(
            [this, &own = *lane, key](std::stop_token stop) { follow(own, key, std::move(stop)); });
    }
    return *lane;
}

void EventTail::follow(Lane& lane, const LaneKey& key, std::stop_token stop) {
    std::vector<Follower> followers;
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(lane.mutex);
            if (followers.empty()) {
                lane.changed.wait(lock, stop, [&] { return !lane.arrived.empty(); });
            }
            std::move(lane.arrived.begin(), lane.arrived.end(), std::back_inserter(followers));
            lane.arrived.clear();
        }
        bool has_progressed = false;
        ports::Offset furthest = 0;
        for (Follower& follower : followers) {
            has_progressed = feed(follower, key.first) || has_progressed;
            furthest = std::max(furthest, follower.next);
        }
        const auto gone = std::stable_partition(
            followers.begin(), followers.end(),
            [](const Follower& follower) { return follower.stream.is_open(); });
        if (gone != followers.end()) {
            const std::lock_guard lock(lane.mutex);
            for (auto it = gone; it != followers.end(); ++it) {
                --lane.open[it->household];
            }
            followers.erase(gone, followers.end());
        }
        if (!has_progressed && !followers.empty()) {
            wait(lane, key, furthest, stop);
        }
    }
}

/// Until something comes. Where there is something already, a client is slow or the bus fails:
/// then for a moment.
void EventTail::wait(Lane& lane, const LaneKey& key, ports::Offset furthest,
                     const std::stop_token& stop) {
    const std::string_view topic = topic_of(key.first);
    const auto range = bus_.range(topic, key.second);
    if (range.has_value()) {
        const bool is_behind = furthest < range->end;
        const Deadline deadline = Deadline::after(clock_, is_behind ? kClientWait : kWait);
        if (bus_.wait(topic, key.second, std::max(furthest, range->end), deadline, stop)
                .has_value()) {
            return;
        }
    }
    std::unique_lock lock(lane.mutex);
    lane.changed.wait_for(lock, stop, kWait, [&] { return !lane.arrived.empty(); });
}

bool EventTail::feed(Follower& follower, contracts::EventTopic topic) {
    if (!follower.stream.is_open() || follower.stream.waiting_bytes() > kWaitingBytesMax) {
        return false;
    }
    const ports::Offset before = follower.next;
    auto slice = read_event_slice(bus_, {.topic = topic_of(topic),
                                         .household = follower.household,
                                         .from = follower.next,
                                         .limit = kSliceEvents});
    if (!slice.has_value()) {
        return false;
    }
    for (contracts::EventValue& event : slice->items) {
        if (follower.stream.waiting_bytes() > kWaitingBytesMax) {
            return true;  // The rest when its client has taken some.
        }
        if (event.payload.text.size() > kTailPayloadBytesMax) {
            event.payload.text = "null";
            event.payload_at = path_of(event, topic);
        }
        follower.next = event.offset + 1;
        if (!follower.stream.send({.event = "",
                                   .data = contracts::encode(event),
                                   .id = std::to_string(event.offset)})) {
            return true;
        }
    }
    follower.next = slice->next;
    return follower.next > before;
}

}  // namespace atlas::roles::gateway
