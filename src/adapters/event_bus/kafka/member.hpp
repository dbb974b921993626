// SPDX-License-Identifier: Apache-2.0
// A member of a Kafka consumer group. The broker moves partitions; what was fetched of one that
// went away is dropped, and a commit for it is refused.
#pragma once

#include <deque>
#include <memory>
#include <set>
#include <string>

#include "adapters/event_bus/kafka/handle.hpp"
#include "ports/event_bus.hpp"
#include "ports/secrets.hpp"

namespace atlas::adapters::event_bus::kafka {

struct MemberOptions {
    std::string brokers;
    std::string group;  ///< As the cluster knows it, with our prefix.
    std::string topic;  ///< As the port knows it.
    std::string cluster_topic;
    int session_timeout_ms = 10'000;  ///< A member that is silent for so long is given up.
};

class KafkaGroupMember final : public ports::GroupMember {
public:
    /// Borrows secrets. Errors: unavailable, invalid_argument.
    static Result<std::unique_ptr<KafkaGroupMember>> join(MemberOptions options,
                                                          ports::Secrets& secrets);
    KafkaGroupMember(MemberOptions options, ports::Secrets& secrets)
        : options_(std::move(options)),
          secrets_(secrets) {}
    KafkaGroupMember(const KafkaGroupMember&) = delete;
    KafkaGroupMember& operator=(const KafkaGroupMember&) = delete;
    ~KafkaGroupMember() override;

    Result<ports::GroupBatch> next(std::size_t limit, Deadline deadline,
                                   std::stop_token stop) override;
    Result<void> commit(ports::Partition partition, ports::Offset next) override;
    std::vector<ports::Partition> partitions() const override {
        return {owned_.begin(), owned_.end()};
    }

private:
    Result<void> poll(int timeout_ms);
    static void on_rebalance(rd_kafka_t* handle, rd_kafka_resp_err_t what,
                             rd_kafka_topic_partition_list_t* list, void* self);

    const MemberOptions options_;
    ports::Secrets& secrets_;
    std::set<ports::Partition> owned_;
    std::deque<Message> ahead_;  ///< Fetched, not handed out; at most a batch and one.
    Handle handle_;
};

}  // namespace atlas::adapters::event_bus::kafka
