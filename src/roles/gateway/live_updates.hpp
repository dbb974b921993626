// SPDX-License-Identifier: Apache-2.0
// Tells open pages that their household's ledger has moved on. Pages then ask again: the stream
// carries a sequence number, never an amount.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.hpp"
#include "base/guarded.hpp"
#include "ports/event_bus.hpp"
#include "roles/ledger_follower.hpp"
#include "serving/responder.hpp"

namespace atlas::roles::gateway {

inline constexpr std::size_t kStreamsPerHouseholdMax = 64;

/// Follows the ledger topic from start() on.
class LiveUpdates {
public:
    LiveUpdates(ports::EventBus& bus, const Clock& clock) : follower_(bus, clock) {}
    /// Stops following and closes every stream.
    ~LiveUpdates();
    LiveUpdates(const LiveUpdates&) = delete;
    LiveUpdates& operator=(const LiveUpdates&) = delete;

    /// Errors: those of the bus.
    Result<void> start();

    /// Errors: exhausted when kStreamsPerHouseholdMax pages are listening already.
    Result<void> require_room(HouseholdId household);
    /// Keeps the stream until its client goes, and tells it at once where the ledger stands: what
    /// was published between the stream's head and this call is not missed.
    void add(HouseholdId household, serving::EventStream stream);

private:
    void publish(HouseholdId household, std::int64_t sequence);

    struct Listeners {
        std::vector<serving::EventStream> streams;
        std::int64_t latest = 0;  ///< Published last; 0 before the first.
    };
    Guarded<std::unordered_map<HouseholdId, Listeners>> listeners_;
    LedgerFollower follower_;  ///< Last: stopped before what it uses.
};

}  // namespace atlas::roles::gateway
