// SPDX-License-Identifier: Apache-2.0
// The event bus on Apache Kafka, by librdkafka: acks=all and an idempotent producer, one topic a
// topic of ours, the household's partition chosen by us. Nothing is acknowledged before the broker
// has; payloads are sealed before they leave this process.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "base/guarded.hpp"
#include "ports/event_bus.hpp"
#include "ports/secrets.hpp"

namespace atlas::adapters::event_bus::kafka {

class Admin;
class Producer;
class ReaderPool;

struct KafkaOptions {
    std::string brokers;              ///< "host:port", several with commas.
    std::string prefix = "atlas.";    ///< In front of topics and groups on the cluster.
    ports::Partition partitions = 1;  ///< 1 to 1024; of topics that are there: as they were made.
    /// Topics made here have flush.messages=1: the broker syncs before it acknowledges.
    bool syncs_every_batch = true;
    std::map<std::string, std::int64_t, std::less<>> kept_ms{};  ///< By topic; others: for ever.
    std::size_t waiting_events_max = 20'000;  ///< Without acknowledgement, while it is away.
    std::size_t readers_max = 8;              ///< Each costs three threads and up to 8 MB.
    int timeout_ms = 10'000;                  ///< Of each question to the cluster.
    int session_timeout_ms = 10'000;          ///< Of members of groups.
};

/// Offsets are Kafka's; holes where something was compacted or a transaction was marked.
class KafkaEventBus final : public ports::EventBus {
    struct Parts;

public:
    /// Looks at the cluster, makes the ledger's topic where it is not. Borrows secrets.
    /// Errors: unavailable (no broker answers), invalid_argument (options, or a topic with another
    ///         number of partitions), permission_denied.
    static Result<std::unique_ptr<KafkaEventBus>> open(KafkaOptions options,
                                                       ports::Secrets& secrets);
    /// For open() alone: nobody else has Parts.
    KafkaEventBus(KafkaOptions options, ports::Secrets& secrets, Parts parts);
    KafkaEventBus(const KafkaEventBus&) = delete;
    KafkaEventBus& operator=(const KafkaEventBus&) = delete;
    ~KafkaEventBus() override;

    ports::BusCapabilities capabilities() const override { return capabilities_; }
    ports::Partition partitions() const override { return options_.partitions; }
    ports::Partition partition_of(HouseholdId household) const override;
    /// Waits for the broker while it is away, with what fits into the buffer; then unavailable.
    Result<void> append(std::string_view topic, std::span<const ports::Event> events,
                        Deadline deadline) override;
    Result<std::vector<ports::StoredEvent>> read(std::string_view topic, ports::Partition partition,
                                                 ports::Offset from, std::size_t limit) override;
    Result<ports::OffsetRange> range(std::string_view topic, ports::Partition partition) override;
    /// Cost: one question, then a scan of the events of that millisecond.
    Result<ports::Offset> offset_at(std::string_view topic, ports::Partition partition,
                                    Timestamp at) override;
    /// Kept by the cluster as its __consumer_offsets topic is: one that is lost means events again.
    Result<void> commit_offset(const ports::GroupPosition& position, ports::Offset next) override;
    Result<ports::Offset> committed_offset(const ports::GroupPosition& position) override;
    Result<bool> wait(std::string_view topic, ports::Partition partition, ports::Offset from,
                      Deadline deadline, std::stop_token stop) override;
    Result<std::unique_ptr<ports::GroupMember>> join(std::string_view group,
                                                     std::string_view topic) override;

    /// Events that were sent and not acknowledged yet.
    std::size_t waiting_events() const;
    Producer& producer_for_test() { return *producer_; }

private:
    struct Parts {
        std::unique_ptr<Admin> admin;
        std::unique_ptr<Producer> producer;
        std::unique_ptr<ReaderPool> readers;
    };
    std::string cluster_name(std::string_view topic) const {
        return options_.prefix + std::string(topic);
    }
    Result<void> settle();
    Result<void> ensure_topic(const std::string& topic);
    /// False where there is no such topic.
    Result<bool> has_topic(const std::string& topic);
    Result<void> check(std::string_view topic, ports::Partition partition,
                       ports::Offset from) const;

    KafkaOptions options_;
    ports::Secrets& secrets_;
    ports::BusCapabilities capabilities_;
    const std::unique_ptr<Admin> admin_;
    const std::unique_ptr<ReaderPool> readers_;
    Guarded<std::set<std::string, std::less<>>> topics_;  ///< Seen on the cluster.
    const std::unique_ptr<Producer> producer_;
};

}  // namespace atlas::adapters::event_bus::kafka
