// SPDX-License-Identifier: Apache-2.0
#include "adapters/event_bus/memory/event_bus.hpp"

#include <algorithm>

#include "adapters/event_bus/port_checks.hpp"
#include "base/format.hpp"

namespace atlas::adapters::event_bus::memory {
namespace {

using ports::Event;
using ports::Offset;
using ports::Partition;
using ports::StoredEvent;

constexpr Partition kPartitionsMax = 1024;

std::size_t bytes_of(const Event& event) {
    return event.type.size() + event.payload.size();
}

}  // namespace

Result<std::unique_ptr<MemoryEventBus>> MemoryEventBus::create(const MemoryBusOptions& options) {
    if (options.partitions < 1 || options.partitions > kPartitionsMax) {
        return invalid_argument("/partitions", format("1 to {} partitions, not {}", kPartitionsMax,
                                                      options.partitions));
    }
    return std::make_unique<MemoryEventBus>(options);
}

MemoryEventBus::MemoryEventBus(const MemoryBusOptions& options) : options_(options) {
    ATLAS_CHECK(options.partitions >= 1);
    ATLAS_CHECK(options.partitions <= kPartitionsMax);
}

ports::BusCapabilities MemoryEventBus::capabilities() const {
    return {.engine = "memory",
            .survives_crash = false,
            .durability = "memory of this process; read again from the ledger after a restart",
            .events_max = options_.events_max};
}

Partition MemoryEventBus::partition_of(HouseholdId household) const {
    return ports::stable_partition(household, options_.partitions);
}

Result<void> MemoryEventBus::append(std::string_view topic, std::span<const Event> events,
                                    Deadline /*deadline: nothing here waits*/) {
    ATLAS_TRY(check_batch(events));
    std::size_t bytes = 0;
    for (const Event& event : events) {
        bytes += bytes_of(event);
    }
    {
        const std::lock_guard lock(mutex_);
        if (events_count_ + events.size() > options_.events_max ||
            payload_bytes_ + bytes > options_.payload_bytes_max) {
            return fail(ErrorCode::exhausted, std::string(topic),
                        format("the event bus is full: {} events, {} bytes", events_count_,
                               payload_bytes_));
        }
        auto found = topics_.find(topic);
        if (found == topics_.end()) {
            found = topics_
                        .emplace(std::string(topic),
                                 std::vector<Log>(static_cast<std::size_t>(options_.partitions)))
                        .first;
        }
        for (const Event& event : events) {
            Log& log = found->second[static_cast<std::size_t>(partition_of(event.household))];
            log.push_back({.offset = static_cast<Offset>(log.size()), .event = event});
        }
        events_count_ += events.size();
        payload_bytes_ += bytes;
    }
    appended_.notify_all();
    return {};
}

const MemoryEventBus::Log* MemoryEventBus::find(std::string_view topic, Partition partition) const {
    const auto found = topics_.find(topic);
    return found == topics_.end() ? nullptr : &found->second[static_cast<std::size_t>(partition)];
}

Result<std::vector<StoredEvent>> MemoryEventBus::read(std::string_view topic, Partition partition,
                                                      Offset from, std::size_t limit) {
    ATLAS_TRY(check_partition({options_.partitions, partition, from}));
    std::vector<StoredEvent> events;
    const std::lock_guard lock(mutex_);
    const Log* log = find(topic, partition);
    if (log == nullptr || static_cast<std::size_t>(from) >= log->size()) {
        return events;
    }
    const std::size_t begin = static_cast<std::size_t>(from);
    const std::size_t count = std::min({limit, log->size() - begin, ports::kEventBatchMax});
    const auto first = log->begin() + static_cast<std::ptrdiff_t>(begin);
    events.assign(first, first + static_cast<std::ptrdiff_t>(count));
    return events;
}

Result<ports::OffsetRange> MemoryEventBus::range(std::string_view topic, Partition partition) {
    ATLAS_TRY(check_partition({options_.partitions, partition}));
    const std::lock_guard lock(mutex_);
    const Log* log = find(topic, partition);
    return ports::OffsetRange{0, log == nullptr ? 0 : static_cast<Offset>(log->size())};
}

Result<Offset> MemoryEventBus::offset_at(std::string_view topic, Partition partition,
                                         Timestamp at) {
    ATLAS_TRY(check_partition({options_.partitions, partition}));
    const std::lock_guard lock(mutex_);
    const Log* log = find(topic, partition);
    if (log == nullptr) {
        return Offset{0};
    }
    const auto found = std::ranges::find_if(
        *log, [&](const StoredEvent& stored) { return stored.event.recorded_at >= at; });
    return static_cast<Offset>(found - log->begin());
}

Result<void> MemoryEventBus::commit_offset(const ports::GroupPosition& position, Offset next) {
    ATLAS_TRY(check_partition({options_.partitions, position.partition, next}));
    if (!ports::is_topic_name(position.group) || !ports::is_topic_name(position.topic)) {
        return invalid_argument({}, format("\"{}\" of \"{}\" is no name of a group and a topic",
                                           position.group, position.topic));
    }
    const std::lock_guard lock(mutex_);
    if (groups_.size() >= ports::kConsumerGroupsMax && !groups_.contains(position)) {
        return fail(ErrorCode::exhausted, position.group,
                    format("{} positions of consumer groups are kept", groups_.size()));
    }
    groups_[position] = next;
    return {};
}

Result<Offset> MemoryEventBus::committed_offset(const ports::GroupPosition& position) {
    ATLAS_TRY(check_partition({options_.partitions, position.partition}));
    const std::lock_guard lock(mutex_);
    const auto found = groups_.find(position);
    return found == groups_.end() ? Offset{0} : found->second;
}

Result<bool> MemoryEventBus::wait(std::string_view topic, Partition partition, Offset from,
                                  Deadline deadline, std::stop_token stop) {
    ATLAS_TRY(check_partition({options_.partitions, partition, from}));
    std::unique_lock lock(mutex_);
    const auto has_event = [&] {
        const Log* log = find(topic, partition);
        return log != nullptr && log->size() > static_cast<std::size_t>(from);
    };
    if (deadline.at == Deadline{}.at) {
        return appended_.wait(lock, stop, has_event);
    }
    return appended_.wait_until(lock, stop, deadline.at, has_event);
}

}  // namespace atlas::adapters::event_bus::memory
