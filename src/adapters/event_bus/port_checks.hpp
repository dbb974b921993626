// SPDX-License-Identifier: Apache-2.0
// What every engine refuses before it does anything: the limits that the port states.
#pragma once

#include <span>
#include <string_view>

#include "ports/event_bus.hpp"

namespace atlas::adapters::event_bus {

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
