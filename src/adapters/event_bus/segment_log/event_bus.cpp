// SPDX-License-Identifier: Apache-2.0
#include "adapters/event_bus/segment_log/event_bus.hpp"

#include <algorithm>

#include "adapters/event_bus/port_checks.hpp"
#include "base/format.hpp"

namespace atlas::adapters::event_bus::segment_log {
namespace {

using ports::Event;
using ports::Offset;
using ports::Partition;

constexpr Partition kPartitionsMax = 64;
constexpr std::uint64_t kSegmentBytesMin = 4096;
constexpr std::uint64_t kSegmentBytesMax = 1U << 30U;
constexpr std::string_view kMeta = "/log.meta";

}  // namespace

Result<std::unique_ptr<SegmentLogBus>> SegmentLogBus::open(SegmentLogOptions options,
                                                           ports::Disk& disk,
                                                           ports::Secrets& secrets) {
    if (options.partitions < 1 || options.partitions > kPartitionsMax) {
        return invalid_argument(
            {}, format("{} partitions; 1 to {} are possible", options.partitions, kPartitionsMax));
    }
    if (options.segment_bytes < kSegmentBytesMin || options.segment_bytes > kSegmentBytesMax) {
        return invalid_argument(
            {}, format("segments of {} bytes; {} to {} are possible", options.segment_bytes,
                       kSegmentBytesMin, kSegmentBytesMax));
    }
    auto bus = std::make_unique<SegmentLogBus>(std::move(options), disk, secrets);
    ATLAS_TRY(bus->recover());
    return bus;
}

Result<void> SegmentLogBus::recover() {
    ATLAS_TRY(disk_.create_directory(options_.folder));
    ATLAS_TRY(disk_.sync_directory(ports::parent_of(options_.folder)));
    ATLAS_TRY(settle_partitions());
    ATLAS_TRY_ASSIGN(groups_, GroupOffsets::open(disk_, options_.folder));
    ATLAS_TRY_ASSIGN(const std::vector<std::string> names, disk_.list(options_.folder));
    for (const std::string& name : names) {
        if (name == "groups" || name == "log.meta" || name.ends_with(".new")) {
            continue;
        }
        if (!ports::is_topic_name(name)) {
            return fail(ErrorCode::data_loss, options_.folder + "/" + name,
                        "this does not belong into an event log");
        }
        ATLAS_TRY_ASSIGN(Topic topic, open_topic(name));
        topics_.emplace(name, std::make_unique<Topic>(std::move(topic)));
    }
    return {};
}

/// The number is written down with the log: with another one, households would change places.
Result<void> SegmentLogBus::settle_partitions() {
    const std::string path = options_.folder + std::string(kMeta);
    const std::string own = format("partitions {}\n", options_.partitions);
    ATLAS_TRY_ASSIGN(const std::string found, read_replaced_file(disk_, path));
    if (found.empty()) {
        return replace_file(disk_, path, own);
    }
    if (found != own) {
        return invalid_argument(
            path, format("the log was made with {}, and is asked for {}",
                         found.substr(0, found.find('\n')), own.substr(0, own.size() - 1)));
    }
    return {};
}

Result<void> SegmentLogBus::make_folders(const std::string& topic) {
    const std::string folder = options_.folder + "/" + topic;
    ATLAS_TRY(disk_.create_directory(folder));
    for (Partition p = 0; p < options_.partitions; ++p) {
        ATLAS_TRY(disk_.create_directory(format("{}/{}", folder, p)));
    }
    ATLAS_TRY(disk_.sync_directory(folder));
    return disk_.sync_directory(options_.folder);
}

Result<SegmentLogBus::Topic> SegmentLogBus::open_topic(const std::string& topic) {
    ATLAS_TRY(make_folders(topic));
    const auto policy = options_.policies.find(topic);
    Topic logs;
    for (Partition p = 0; p < options_.partitions; ++p) {
        ATLAS_TRY_ASSIGN(
            auto log,
            PartitionLog::open(
                {.disk = disk_,
                 .secrets = secrets_,
                 .folder = format("{}/{}/{}", options_.folder, topic, p),
                 .topic = topic,
                 .partition = p,
                 .segment_bytes = options_.segment_bytes,
                 .policy = policy == options_.policies.end() ? TopicPolicy{} : policy->second}));
        logs.push_back(std::move(log));
    }
    return logs;
}

Result<SegmentLogBus::Topic*> SegmentLogBus::find_or_make(std::string_view topic) {
    ATLAS_TRY(check_topic(topic));
    const std::lock_guard making(making_);
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = topics_.find(topic); found != topics_.end()) {
            return found->second.get();
        }
        if (topics_.size() >= kTopicsMax) {
            return fail(ErrorCode::exhausted, std::string(topic),
                        format("{} topics are kept", kTopicsMax));
        }
    }
    ATLAS_TRY_ASSIGN(Topic made, open_topic(std::string(topic)));
    const std::lock_guard lock(mutex_);
    return topics_.emplace(std::string(topic), std::make_unique<Topic>(std::move(made)))
        .first->second.get();
}

ports::BusCapabilities SegmentLogBus::capabilities() const {
    return {.engine = "segment_log",
            .survives_crash = true,
            .durability = "fdatasync before every acknowledgement",
            .events_max = 0};
}

Partition SegmentLogBus::partition_of(HouseholdId household) const {
    return ports::stable_partition(household, options_.partitions);
}

Result<void> SegmentLogBus::append(std::string_view topic, std::span<const Event> events,
                                   Deadline deadline) {
    ATLAS_TRY(check_batch(events));
    if (events.empty()) {
        return check_topic(topic);
    }
    ATLAS_TRY_ASSIGN(Topic* const logs, find_or_make(topic));
    std::vector<std::vector<const Event*>> own(logs->size());
    for (const Event& event : events) {
        own[static_cast<std::size_t>(partition_of(event.household))].push_back(&event);
    }
    // All are sealed before any is stored: an erased household's refusal leaves nothing behind.
    std::vector<std::vector<Record>> records(logs->size());
    for (std::size_t p = 0; p < own.size(); ++p) {
        if (!own[p].empty()) {
            ATLAS_TRY_ASSIGN(records[p], (*logs)[p]->seal(own[p]));
        }
    }
    for (std::size_t p = 0; p < own.size(); ++p) {
        if (!own[p].empty()) {
            ATLAS_TRY((*logs)[p]->append(records[p], deadline));
        }
    }
    {
        const std::lock_guard lock(mutex_);  // Or a waiter could look just before and sleep on.
    }
    appended_.notify_all();
    return {};
}

Result<PartitionLog*> SegmentLogBus::find(std::string_view topic, Partition partition,
                                          Offset from) {
    ATLAS_TRY(check_topic(topic));
    ATLAS_TRY(check_partition({options_.partitions, partition, from}));
    const std::lock_guard lock(mutex_);
    const auto found = topics_.find(topic);
    return found == topics_.end() ? nullptr
                                  : (*found->second)[static_cast<std::size_t>(partition)].get();
}

Result<std::vector<ports::StoredEvent>> SegmentLogBus::read(std::string_view topic,
                                                            Partition partition, Offset from,
                                                            std::size_t limit) {
    ATLAS_TRY_ASSIGN(PartitionLog* const log, find(topic, partition, from));
    return log == nullptr ? std::vector<ports::StoredEvent>() : log->read(from, limit);
}

Result<ports::OffsetRange> SegmentLogBus::range(std::string_view topic, Partition partition) {
    ATLAS_TRY_ASSIGN(const PartitionLog* const log, find(topic, partition, 0));
    return log == nullptr ? ports::OffsetRange{} : log->range();
}

Result<Offset> SegmentLogBus::offset_at(std::string_view topic, Partition partition, Timestamp at) {
    ATLAS_TRY_ASSIGN(PartitionLog* const log, find(topic, partition, 0));
    return log == nullptr ? Offset{0} : log->offset_at(at);
}

Result<void> SegmentLogBus::commit_offset(const ports::GroupPosition& position, Offset next) {
    ATLAS_TRY(find(position.topic, position.partition, next));
    ATLAS_TRY(check_topic(position.group));
    return groups_->commit(position, next);
}

Result<Offset> SegmentLogBus::committed_offset(const ports::GroupPosition& position) {
    ATLAS_TRY(find(position.topic, position.partition, 0));
    return groups_->committed(position);
}

Result<bool> SegmentLogBus::wait(std::string_view topic, Partition partition, Offset from,
                                 Deadline deadline, std::stop_token stop) {
    ATLAS_TRY(find(topic, partition, from));
    std::unique_lock lock(mutex_);
    const auto has_event = [&] {
        const auto found = topics_.find(topic);
        return found != topics_.end() &&
               (*found->second)[static_cast<std::size_t>(partition)]->end() > from;
    };
    if (deadline.at == Deadline{}.at) {
        return appended_.wait(lock, stop, has_event);
    }
    return appended_.wait_until(lock, stop, deadline.at, has_event);
}

Result<void> SegmentLogBus::maintain(Timestamp now) {
    std::vector<PartitionLog*> logs;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [name, topic] : topics_) {
            for (const auto& log : *topic) {
                logs.push_back(log.get());
            }
        }
    }
    for (PartitionLog* log : logs) {
        ATLAS_TRY(log->maintain(now));
    }
    return {};
}

std::size_t SegmentLogBus::segments(std::string_view topic, Partition partition) {
    const auto log = find(topic, partition, 0);
    return log.has_value() && *log != nullptr ? (*log)->segments() : 0;
}

}  // namespace atlas::adapters::event_bus::segment_log
