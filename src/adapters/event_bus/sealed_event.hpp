// SPDX-License-Identifier: Apache-2.0
// One event as it lies on another program's disk: household and time plain, for partitions and for
// replay from a time; sequence, type, key and payload sealed with the household's key, so that
// erasing the key erases the event there as well. And the port's checks, the same for each engine.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ports/event_bus.hpp"
#include "ports/secrets.hpp"

namespace atlas::adapters::event_bus {

/// What can be told without a key.
struct PlainHead {
    HouseholdId household;
    Timestamp recorded_at;
};

/// Errors: those of Secrets::seal; not_found for an erased household.
Result<std::string> seal_event(ports::Secrets& secrets, std::string_view topic,
                               const ports::Event& event);
/// Of an erased household: type kErasedEvent, sequence 0. Errors: data_loss (changed bytes, another
/// topic's, a newer layout), unavailable.
Result<ports::Event> open_event(ports::Secrets& secrets, std::string_view topic,
                                std::string_view bytes);
/// Errors: data_loss (too short, a newer layout).
Result<PlainHead> read_head(std::string_view bytes);

/// Errors: invalid_argument (over kEventBatchMax or kEventPayloadBytesMax).
Result<void> check_batch(std::span<const ports::Event> events);
/// Errors: invalid_argument.
Result<void> check_topic(std::string_view topic);

struct PartitionBounds {
    ports::Partition partitions = 1;
    ports::Partition partition = 0;
    ports::Offset from = 0;
};
/// Errors: invalid_argument (no such partition, a negative offset).
Result<void> check_partition(const PartitionBounds& bounds);

}  // namespace atlas::adapters::event_bus
