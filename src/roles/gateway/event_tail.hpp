// SPDX-License-Identifier: Apache-2.0
// Follows a household's events for whoever asked: first what is there already, at the pace its
// connection takes it, then what comes. The id of each is its offset, so that a client which was
// cut off goes on behind the last one it saw.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "contracts/resources/events.hpp"
#include "ports/event_bus.hpp"
#include "serving/responder.hpp"

namespace atlas::roles::gateway {

inline constexpr std::size_t kTailsPerHouseholdMax = 64;
/// Instead of a larger payload the stream tells where to fetch it (payload_at).
inline constexpr std::size_t kTailPayloadBytesMax = 64 * 1024;

/// Thread-safe. One thread a topic and partition, from its first follower on.
class EventTail {
public:
    EventTail(ports::EventBus& bus, const Clock& clock) : bus_(bus), clock_(clock) {}
    /// Stops following and closes every stream.
    ~EventTail();
    EventTail(const EventTail&) = delete;
    EventTail& operator=(const EventTail&) = delete;

    /// Where a stream begins. Errors: exhausted (kTailsPerHouseholdMax follow already),
    /// invalid_argument (an event id that is none), those of EventBus::range.
    Result<ports::Offset> begin(HouseholdId household, const contracts::StreamEvents& request);
    void add(HouseholdId household, contracts::EventTopic topic, ports::Offset from,
             serving::EventStream stream);

private:
    struct Follower {
        HouseholdId household;
        ports::Offset next = 0;
        serving::EventStream stream;
    };
    struct Lane {
        std::mutex mutex;
        std::condition_variable_any changed;
        std::vector<Follower> arrived;            ///< Guarded by mutex, as count.
        std::map<HouseholdId, std::size_t> open;  ///< Followers of each household.
        std::jthread thread;                      ///< Last: stopped before the rest.
    };
    using LaneKey = std::pair<contracts::EventTopic, ports::Partition>;

    Lane& lane_of(const LaneKey& key);
    void follow(Lane& lane, const LaneKey& key, std::stop_token stop);
    void wait(Lane& lane, const LaneKey& key, ports::Offset furthest, const std::stop_token& stop);
    /// False when there is nothing for it now.
    bool feed(Follower& follower, contracts::EventTopic topic);

    ports::EventBus& bus_;
    const Clock& clock_;
    std::mutex mutex_;
    std::map<LaneKey, std::unique_ptr<Lane>> lanes_;  ///< Guarded by mutex_; never removed.
};

}  // namespace atlas::roles::gateway
