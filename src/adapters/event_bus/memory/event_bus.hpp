// SPDX-License-Identifier: Apache-2.0
// An event bus in memory, for one process and for tests. Bounded: a full topic refuses instead of
// forgetting, so a consumer never sees a gap. Nothing survives the process, and capabilities()
// says so: what was lost is read again from LedgerStore::history.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "ports/event_bus.hpp"

namespace atlas::adapters::event_bus::memory {

struct MemoryBusOptions {
    ports::Partition partitions = 4;              ///< 1 to 1024.
    std::size_t events_max = 1'000'000;           ///< Over all topics.
    std::size_t payload_bytes_max = 256U << 20U;  ///< Over all topics; types count too.
};

class MemoryEventBus final : public ports::EventBus {
public:
    /// Errors: invalid_argument (options).
    static Result<std::unique_ptr<MemoryEventBus>> create(const MemoryBusOptions& options);
    /// For create() and for options that are known to be good; checked.
    explicit MemoryEventBus(const MemoryBusOptions& options);

    ports::BusCapabilities capabilities() const override;
    ports::Partition partitions() const override { return options_.partitions; }
    ports::Partition partition_of(HouseholdId household) const override;
    /// All or nothing. Errors: also exhausted when the bus is full.
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

private:
    using Log = std::deque<ports::StoredEvent>;

    const Log* find(std::string_view topic, ports::Partition partition) const;

    const MemoryBusOptions options_;
    mutable std::mutex mutex_;
    std::condition_variable_any appended_;
    std::map<std::string, std::vector<Log>, std::less<>> topics_;
    std::map<ports::GroupPosition, ports::Offset> groups_;
    std::size_t events_count_ = 0;
    std::size_t payload_bytes_ = 0;
};

}  // namespace atlas::adapters::event_bus::memory
