// SPDX-License-Identifier: Apache-2.0
#include "adapters/event_bus/kafka/member.hpp"

#include <algorithm>

#include "adapters/event_bus/sealed_event.hpp"
#include "base/format.hpp"

namespace atlas::adapters::event_bus::kafka {
namespace {

constexpr int kSliceMs = 50;  ///< Between two looks at the stop token.

}  // namespace

Result<std::unique_ptr<KafkaGroupMember>> KafkaGroupMember::join(MemberOptions options,
                                                                 ports::Secrets& secrets) {
    auto member = std::make_unique<KafkaGroupMember>(std::move(options), secrets);
    const MemberOptions& own = member->options_;
    ATLAS_TRY_ASSIGN(
        member->handle_,
        make_handle(RD_KAFKA_CONSUMER,
                    {{"bootstrap.servers", own.brokers},
                     {"group.id", own.group},
                     {"enable.auto.commit", "false"},
                     {"enable.auto.offset.store", "false"},
                     {"auto.offset.reset", "earliest"},
                     {"allow.auto.create.topics", "false"},
                     {"session.timeout.ms", format("{}", own.session_timeout_ms)},
                     {"heartbeat.interval.ms", format("{}", own.session_timeout_ms / 4)},
                     {"max.poll.interval.ms", "300000"},
                     {"check.crcs", "true"},
                     {"fetch.wait.max.ms", "500"},
                     {"max.partition.fetch.bytes", "4194304"},
                     {"queued.max.messages.kbytes", "8192"},
                     {"reconnect.backoff.ms", "50"},
                     {"reconnect.backoff.max.ms", "1000"}},
                    {.opaque = member.get(), .rebalanced = &on_rebalance}));
    rd_kafka_poll_set_consumer(member->handle_.get());
    const PartitionList topics =
        one_partition(own.cluster_topic, RD_KAFKA_PARTITION_UA, RD_KAFKA_OFFSET_INVALID);
    if (const auto error = rd_kafka_subscribe(member->handle_.get(), topics.get());
        error != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return kafka_failure(error, "join " + own.group);
    }
    return member;
}

KafkaGroupMember::~KafkaGroupMember() {
    ahead_.clear();
    if (handle_ != nullptr) {
        rd_kafka_consumer_close(handle_.get());  // The others get its partitions at once.
    }
}

void KafkaGroupMember::on_rebalance(rd_kafka_t* handle, rd_kafka_resp_err_t what,
                                    rd_kafka_topic_partition_list_t* list, void* self) {
    auto& member = *static_cast<KafkaGroupMember*>(self);
    member.owned_.clear();
    if (what == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
        for (int i = 0; i < list->cnt; ++i) {
            member.owned_.insert(list->elems[i].partition);
        }
        rd_kafka_assign(handle, list);
    } else {
        // Taken away: what was fetched belongs to the next owner now.
        member.ahead_.clear();
        rd_kafka_assign(handle, nullptr);
    }
}

Result<void> KafkaGroupMember::poll(int timeout_ms) {
    Message message(rd_kafka_consumer_poll(handle_.get(), timeout_ms));
    if (message == nullptr) {
        return {};
    }
    switch (message->err) {
        case RD_KAFKA_RESP_ERR_NO_ERROR: ahead_.push_back(std::move(message)); return {};
        case RD_KAFKA_RESP_ERR__FATAL:
        case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR__BAD_MSG:
            return kafka_failure(message->err, "read as " + options_.group);
        default:
            return {};  // The broker is away, or the group is moving: it tries again by itself.
    }
}

Result<ports::GroupBatch> KafkaGroupMember::next(std::size_t limit, Deadline deadline,
                                                 std::stop_token stop) {
    limit = std::min(limit, ports::kEventBatchMax);
    while (ahead_.empty() && !stop.stop_requested()) {
        const int slice = milliseconds_until(deadline.at, kSliceMs);
        ATLAS_TRY(poll(slice));
        if (slice == 0) {
            break;
        }
    }
    ports::GroupBatch batch;
    while (!ahead_.empty() && batch.events.size() < limit) {
        const rd_kafka_message_t& front = *ahead_.front();
        if (!batch.events.empty() && front.partition != batch.partition) {
            break;  // The next call's.
        }
        batch.partition = front.partition;
        ATLAS_TRY_ASSIGN(ports::Event event,
                         open_event(secrets_, options_.topic,
                                    {static_cast<const char*>(front.payload), front.len}));
        batch.events.push_back({front.offset, std::move(event)});
        ahead_.pop_front();
        if (ahead_.empty() && batch.events.size() < limit) {
            const std::size_t owned_before = owned_.size();
            ATLAS_TRY(poll(0));
            if (owned_.size() < owned_before) {
                return ports::GroupBatch{};  // Taken away while we gathered: the next owner's.
            }
        }
    }
    return batch;
}

Result<void> KafkaGroupMember::commit(ports::Partition partition, ports::Offset next) {
    if (next < 0) {
        return invalid_argument({}, format("offset {} is below 0", next));
    }
    if (!owned_.contains(partition) || rd_kafka_assignment_lost(handle_.get()) != 0) {
        return conflict(format("partition {} went to another member of the group", partition));
    }
    const PartitionList list = one_partition(options_.cluster_topic, partition, next);
    const auto error = rd_kafka_commit(handle_.get(), list.get(), 0);
    const auto own = error == RD_KAFKA_RESP_ERR_NO_ERROR ? list->elems[0].err : error;
    if (own != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return kafka_failure(own, "commit an offset");
    }
    return {};
}

}  // namespace atlas::adapters::event_bus::kafka
