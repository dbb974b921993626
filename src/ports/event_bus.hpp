// SPDX-License-Identifier: Apache-2.0
// Ordered log of events by topic, in partitions keyed by household. Delivery is at least once:
// consumers de-duplicate by (household, sequence) and commit their offset with their effect.
// Contract suite: ports/testing/event_bus_contract.hpp.
#pragma once

#include <cstdint>
#include <memory>
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
    std::string key{};    ///< What a compacted topic keeps the last event of; empty: keep all.

    friend bool operator==(const Event&, const Event&) = default;
};

/// The type of an event whose household was erased: its offset stands, its payload is gone.
inline constexpr std::string_view kErasedEvent = "Erased";

struct StoredEvent {
    Offset offset = 0;
    Event event;
};

/// What the engine promises; reported at /ready. The word durable is never used of a page cache.
struct BusCapabilities {
    std::string engine;           ///< "memory", "segment_log", "kafka", …
    bool survives_crash = false;  ///< An appended event outlives kill -9 and power loss.
    std::string durability{};     ///< What an acknowledgement stands for, in words.
    std::size_t events_max = 0;   ///< Kept at most; 0: bounded by the engine's disk alone.
    bool shares_groups = false;   ///< join() lets several processes share a group's partitions.
};

/// Offsets an engine has of a partition: first kept (retention moves it), one past the last.
struct OffsetRange {
    Offset begin = 0;
    Offset end = 0;

    friend bool operator==(const OffsetRange&, const OffsetRange&) = default;
};

/// Whose position in what. For consumers that cannot store it with their effect.
struct GroupPosition {
    std::string group;  ///< 1 to 64 of a-z, 0-9, '-', '_', '.'; as the topic's name.
    std::string topic;
    Partition partition = 0;

    friend auto operator<=>(const GroupPosition&, const GroupPosition&) = default;
};

inline constexpr std::size_t kConsumerGroupsMax = 1000;

/// Events of one partition that was this member's when they were handed out.
struct GroupBatch {
    Partition partition = 0;
    std::vector<StoredEvent> events;  ///< In offset order; empty: nothing came in time.
};

/// One of the consumers that share a group's partitions: each partition is one member's at a time,
/// and moves when members come, leave or die. Delivery is at least once, in order: after a move the
/// new owner begins at the committed offset, so effects are de-duplicated by (household, sequence).
/// One thread at a time; leaves when destroyed, without committing.
class GroupMember {
public:
    virtual ~GroupMember() = default;
    /// Up to `limit` next events of one of our partitions, as soon as there are any.
    /// Errors: unavailable.
    virtual Result<GroupBatch> next(std::size_t limit, Deadline deadline, std::stop_token stop) = 0;
    /// Remembers what the group reads next of the partition. To be called after the effect is
    /// stored. Errors: conflict (the partition went to another member: it will see these events
    ///         again), unavailable, invalid_argument.
    virtual Result<void> commit(Partition partition, Offset next) = 0;
    /// What is ours as of the last call of next().
    virtual std::vector<Partition> partitions() const = 0;
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
    ///         unavailable, deadline_exceeded; not_found (a household of them was erased: then
    ///         nothing is stored, of nobody).
    virtual Result<void> append(std::string_view topic, std::span<const Event> events,
                                Deadline deadline) = 0;

    /// 0..limit events of a partition from `from` on, in offset order, without waiting.
    /// A `from` before the first kept one reads from there; offsets of compacted events are
    /// missing. Errors: invalid_argument, data_loss (damage, by file and offset), unavailable.
    virtual Result<std::vector<StoredEvent>> read(std::string_view topic, Partition partition,
                                                  Offset from, std::size_t limit) = 0;

    /// {0, 0} for a topic nothing was written to.
    virtual Result<OffsetRange> range(std::string_view topic, Partition partition) = 0;

    /// The first offset whose event has recorded_at >= `at`; the end where none has.
    virtual Result<Offset> offset_at(std::string_view topic, Partition partition, Timestamp at) = 0;

    /// Remembers the offset a group reads next, as durably as events; later calls may go back.
    /// Errors: invalid_argument (a name, a negative offset), exhausted (kConsumerGroupsMax).
    virtual Result<void> commit_offset(const GroupPosition& position, Offset next) = 0;
    /// 0 where the group has not committed any.
    virtual Result<Offset> committed_offset(const GroupPosition& position) = 0;

    /// Waits until the partition has an event at or after `from`, the deadline passes or `stop`
    /// is requested; true when there is one.
    virtual Result<bool> wait(std::string_view topic, Partition partition, Offset from,
                              Deadline deadline, std::stop_token stop) = 0;

    /// Gives up some of what the topics' policies no longer keep; called again and again, each
    /// time a bounded amount. Nothing to do for an engine that sees to it itself.
    /// Errors: those of the engine's storage.
    virtual Result<void> maintain(Timestamp /*now*/) { return {}; }

    /// Becomes a member of a group; while it has members, commit_offset for it is a conflict.
    /// Errors: unsupported (see shares_groups), invalid_argument (a name), unavailable.
    virtual Result<std::unique_ptr<GroupMember>> join(std::string_view group,
                                                      std::string_view topic) {
        return fail(ErrorCode::unsupported, std::string(topic),
                    "members of the group \"" + std::string(group) +
                        "\" cannot share partitions on this engine");
    }
};

/// FNV-1a of the id: the partition of a household is the same in every engine and build.
inline Partition stable_partition(HouseholdId household, Partition partitions) {
    std::uint32_t hash = 2166136261U;
    for (const std::byte byte : household.uuid.bytes) {
        hash = (hash ^ std::to_integer<std::uint32_t>(byte)) * 16777619U;
    }
    return static_cast<Partition>(hash % static_cast<std::uint32_t>(partitions));
}

/// True for 1 to 64 of a-z, 0-9, '-', '_', '.', not beginning with a dot.
inline bool is_topic_name(std::string_view name) {
    return !name.empty() && name.size() <= 64 && name.front() != '.' &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_.") ==
               std::string_view::npos;
}

}  // namespace atlas::ports
