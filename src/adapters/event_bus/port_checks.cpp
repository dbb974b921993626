// SPDX-License-Identifier: Apache-2.0
#include "adapters/event_bus/port_checks.hpp"

#include "base/format.hpp"

namespace atlas::adapters::event_bus {

Result<void> check_batch(std::span<const ports::Event> events) {
    if (events.size() > ports::kEventBatchMax) {
        return invalid_argument(
            {}, format("{} events at once; {} are accepted", events.size(), ports::kEventBatchMax));
    }
    for (const ports::Event& event : events) {
        if (event.payload.size() > ports::kEventPayloadBytesMax) {
            return invalid_argument({}, format("a payload of {} bytes; {} are accepted",
                                               event.payload.size(), ports::kEventPayloadBytesMax));
        }
    }
    return {};
}

Result<void> check_topic(std::string_view topic) {
    if (!ports::is_topic_name(topic)) {
        return invalid_argument({}, format("\"{}\" is no name of a topic or a group", topic));
    }
    return {};
}

Result<void> check_partition(const PartitionBounds& bounds) {
    if (bounds.partition < 0 || bounds.partition >= bounds.partitions) {
        return invalid_argument({},
                                format("partition {} of {}", bounds.partition, bounds.partitions));
    }
    if (bounds.from < 0) {
        return invalid_argument({}, format("offset {} is below 0", bounds.from));
    }
    return {};
}

}  // namespace atlas::adapters::event_bus
