// SPDX-License-Identifier: Apache-2.0
// Ordered log of events by topic, in partitions keyed by household. Delivery is at least once:
// consumers de-duplicate by (household, sequence) and commit their offset with their effect.
// Contract suite: ports/testing/event_bus_contract.hpp.
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"

namespace atlas::ports {

using Offset = std::int64_t;     ///< Position in one partition, from 0.
using Partition = std::int32_t;  ///< 0 .. partitions() - 1.

inline constexpr std::size_t kEventBatchMax = 10'000;
inline constexpr std::size_t kEventPayloadBytesMax = 1 << 20;

/// The topic of ledger events; kept for ever, until a household is erased.
inline constexpr std::string_view kLedgerTopic = "ledger";

struct Event {
    HouseholdId household;
    std::int64_t sequence = 0;  ///< The household's ledger sequence.
    Timestamp recorded_at;
    std::string type;
    std::string payload;  ///< JSON of the contract type.

    friend bool operator==(const Event&, const Event&) = default;
};

struct StoredEvent {
    Offset offset = 0;
    Event event;
};

/// What the engine promises; reported at /ready. The word durable is never used of a page cache.
struct BusCapabilities {
    std::string engine;           ///< "memory", "segment_log", "kafka", …
    bool survives_crash = false;  ///< An appended event outlives kill -9 and power loss.
};

/// Thread-safe.
class EventBus {
public:
    virtual ~EventBus() = default;
    virtual BusCapabilities capabilities() const = 0;
    virtual Partition partitions() const = 0;
    /// The partition every event of a household goes to.
    virtual Partition partition_of(HouseholdId household) const = 0;

    /// Appends in order; returns once all are stored as the capabilities say. A failed call may
    /// have appended some of them: the caller repeats it, consumers de-duplicate.
    /// Errors: invalid_argument (over kEventBatchMax or kEventPayloadBytesMax), exhausted,
    ///         unavailable, deadline_exceeded.
    virtual Result<void> append(std::string_view topic, std::span<const Event> events,
                                Deadline deadline) = 0;

    /// 0..limit events of a partition from `from` on, in offset order, without waiting.
    virtual Result<std::vector<StoredEvent>> read(std::string_view topic, Partition partition,
                                                  Offset from, std::size_t limit) = 0;

    /// Waits until the partition has an event at or after `from`, the deadline passes or `stop`
    /// is requested; true when there is one.
    virtual Result<bool> wait(std::string_view topic, Partition partition, Offset from,
                              Deadline deadline, std::stop_token stop) = 0;
};

}  // namespace atlas::ports
