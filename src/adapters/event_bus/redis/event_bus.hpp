// SPDX-License-Identifier: Apache-2.0
// The event bus on Redis Streams: a stream a partition, whose ids 0-1, 0-2, … are our offsets from
// 0; one MULTI a batch, so that it is stored whole and synced once; consumer groups of Redis behind
// leases, so that a partition is one member's and a household's order holds.
//
//     PREFIXmeta                      partitions
//     PREFIXTOPIC:PARTITION           the stream; field e: the sealed event
//     PREFIXgroups                    what each group reads next
//     PREFIXalive:GROUP:TOPIC         members, and until when they are believed to live
//     PREFIXlease:GROUP:TOPIC:P       whose partition P is
#pragma once

#include <memory>
#include <string>

#include "adapters/event_bus/redis/connections.hpp"
#include "ports/event_bus.hpp"
#include "ports/secrets.hpp"

namespace atlas::adapters::event_bus::redis {

struct RedisOptions {
    RedisAddress address;
    std::string prefix = "atlas:";
    ports::Partition partitions = 1;  ///< 1 to 1024, of every topic; for good.
    bool allows_loss = false;         ///< Take a server that does not sync before it answers.
    int timeout_ms = 10'000;          ///< Of each call without a deadline.
    int lease_ms = 10'000;            ///< A group's member that is silent for so long is given up.
};

class RedisEventBus final : public ports::EventBus {
public:
    /// Borrows secrets. Errors: unavailable, permission_denied, unsupported (older than 7.0),
    /// invalid_argument (options, another number of partitions than it was made with, a server
    /// that would lose or evict events).
    static Result<std::unique_ptr<RedisEventBus>> open(RedisOptions options,
                                                       ports::Secrets& secrets);
    RedisEventBus(RedisOptions options, ports::Secrets& secrets);
    RedisEventBus(const RedisEventBus&) = delete;
    RedisEventBus& operator=(const RedisEventBus&) = delete;

    ports::BusCapabilities capabilities() const override;
    ports::Partition partitions() const override { return options_.partitions; }
    ports::Partition partition_of(HouseholdId household) const override;
    /// Nothing waits in this process: while the server is away, unavailable at once. Besides:
    /// no_space (its memory is full).
    Result<void> append(std::string_view topic, std::span<const ports::Event> events,
                        Deadline deadline) override;
    Result<std::vector<ports::StoredEvent>> read(std::string_view topic, ports::Partition partition,
                                                 ports::Offset from, std::size_t limit) override;
    Result<ports::OffsetRange> range(std::string_view topic, ports::Partition partition) override;
    /// Cost: streams know no times, so all events up to the answer are looked at, not opened.
    Result<ports::Offset> offset_at(std::string_view topic, ports::Partition partition,
                                    Timestamp at) override;
    Result<void> commit_offset(const ports::GroupPosition& position, ports::Offset next) override;
    Result<ports::Offset> committed_offset(const ports::GroupPosition& position) override;
    Result<bool> wait(std::string_view topic, ports::Partition partition, ports::Offset from,
                      Deadline deadline, std::stop_token stop) override;
    Result<std::unique_ptr<ports::GroupMember>> join(std::string_view group,
                                                     std::string_view topic) override;

private:
    Result<void> settle();
    Result<void> check(std::string_view topic, ports::Partition partition,
                       ports::Offset from) const;
    std::string stream_of(std::string_view topic, ports::Partition partition) const;
    /// Up to `count` entries as they lie there.
    Result<Reply> entries(const std::string& stream, ports::Offset from, std::size_t count);

    const RedisOptions options_;
    ports::Secrets& secrets_;
    Connections connections_;
};

/// An id "0-N" of a stream as the offset N - 1. Errors: data_loss.
Result<ports::Offset> offset_in(std::string_view id);
/// The id before the event at `from`: what comes after it is read.
std::string id_before(ports::Offset from);
/// [id, [field, value]] as an event of that topic. Errors: data_loss.
Result<ports::StoredEvent> event_in(ports::Secrets& secrets, std::string_view topic,
                                    const Reply& entry);
/// The sealed bytes of an entry. Errors: data_loss.
Result<std::string_view> bytes_in(const Reply& entry);

}  // namespace atlas::adapters::event_bus::redis
