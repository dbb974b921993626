// SPDX-License-Identifier: Apache-2.0
// The embedded event bus: an append-only log in a folder, partitions in segments, each append on
// stable storage before it returns. What lies there is sealed with each household's key.
//
//     DIR/log.meta            partitions
//     DIR/groups              offsets of consumer groups
//     DIR/<topic>/<partition>/<offset of the first event>.seg
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/event_bus/segment_log/group_offsets.hpp"
#include "adapters/event_bus/segment_log/partition_log.hpp"

namespace atlas::adapters::event_bus::segment_log {

struct SegmentLogOptions {
    std::string folder;               ///< Made where it is not; its parent has to be there.
    ports::Partition partitions = 1;  ///< 1 to 64, of every topic; for good.
    std::uint64_t segment_bytes = 64U << 20U;  ///< From 4 KiB.
    /// Of topics that do not keep all.
    std::map<std::string, TopicPolicy, std::less<>> policies{};
};

inline constexpr std::size_t kTopicsMax = 64;

class SegmentLogBus final : public ports::EventBus {
public:
    /// Opens the log, or makes it, and recovers every partition. Borrows disk and secrets.
    /// Errors: invalid_argument (options, or another number of partitions than it was made with),
    ///         data_loss (by file and position), no_space, unavailable.
    static Result<std::unique_ptr<SegmentLogBus>> open(SegmentLogOptions options, ports::Disk& disk,
                                                       ports::Secrets& secrets);
    SegmentLogBus(SegmentLogOptions options, ports::Disk& disk, ports::Secrets& secrets)
        : options_(std::move(options)),
          disk_(disk),
          secrets_(secrets) {}
    SegmentLogBus(const SegmentLogBus&) = delete;
    SegmentLogBus& operator=(const SegmentLogBus&) = delete;

    ports::BusCapabilities capabilities() const override;
    ports::Partition partitions() const override { return options_.partitions; }
    ports::Partition partition_of(HouseholdId household) const override;
    Result<void> append(std::string_view topic, std::span<const ports::Event> events,
                        Deadline deadline) override;
    Result<std::vector<ports::StoredEvent>> read(std::string_view topic, ports::Partition partition,
                                                 ports::Offset from, std::size_t limit) override;
    Result<ports::OffsetRange> range(std::string_view topic, ports::Partition partition) override;
    Result<ports::Offset> offset_at(std::string_view topic, ports::Partition partition,
                                    Timestamp at) override;
    Result<void> commit_offset(const ports::GroupPosition& position, ports::Offset next) override;
    Result<ports::Offset> committed_offset(const ports::GroupPosition& position) override;
    Result<bool> wait(std::string_view topic, ports::Partition partition, ports::Offset from,
                      Deadline deadline, std::stop_token stop) override;

    /// Retention and compaction of all topics; one caller at a time.
    Result<void> maintain(Timestamp now) override;
    /// Files of a partition, for tests and metrics.
    std::size_t segments(std::string_view topic, ports::Partition partition);

private:
    using Topic = std::vector<std::unique_ptr<PartitionLog>>;

    Result<void> recover();
    Result<void> settle_partitions();
    Result<Topic> open_topic(const std::string& topic);
    Result<void> make_folders(const std::string& topic);
    Result<Topic*> find_or_make(std::string_view topic);
    /// Errors: invalid_argument. Null for a topic that nothing was written to.
    Result<PartitionLog*> find(std::string_view topic, ports::Partition partition,
                               ports::Offset from);

    const SegmentLogOptions options_;
    ports::Disk& disk_;
    ports::Secrets& secrets_;
    std::unique_ptr<GroupOffsets> groups_;
    std::mutex mutex_;  ///< Of topics_, and of waiting.
    std::condition_variable_any appended_;
    std::mutex making_;  ///< One topic is made at a time.
    std::map<std::string, std::unique_ptr<Topic>, std::less<>> topics_;  ///< Never removed.
};

}  // namespace atlas::adapters::event_bus::segment_log
