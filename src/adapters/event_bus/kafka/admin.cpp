// SPDX-License-Identifier: Apache-2.0
#include "adapters/event_bus/kafka/admin.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>

#include "base/format.hpp"

namespace atlas::adapters::event_bus::kafka {
namespace {

constexpr std::chrono::milliseconds kPause{50};

/// Between two tries of something the cluster is still busy with.
void pause() {
    std::mutex mutex;
    std::condition_variable never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, kPause, [] { return false; });
}

/// Somebody is being found or is starting, of a group or of a new partition: to be asked again.
bool is_passing(rd_kafka_resp_err_t error) {
    return error == RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION ||
           error == RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE ||
           error == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART ||
           error == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION ||
           error == RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS ||
           error == RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE ||
           error == RD_KAFKA_RESP_ERR_NOT_COORDINATOR || error == RD_KAFKA_RESP_ERR__WAIT_COORD;
}

/// The error of the group or of its one partition.
rd_kafka_resp_err_t error_of(const rd_kafka_group_result_t& group) {
    if (const rd_kafka_error_t* error = rd_kafka_group_result_error(&group); error != nullptr) {
        return rd_kafka_error_code(error);
    }
    const rd_kafka_topic_partition_list_t* list = rd_kafka_group_result_partitions(&group);
    return list != nullptr && list->cnt > 0 ? list->elems[0].err : RD_KAFKA_RESP_ERR_NO_ERROR;
}

}  // namespace

Result<std::unique_ptr<Admin>> Admin::start(const std::string& brokers, int timeout_ms) {
    // A consumer: one never makes a topic by asking for it, whatever the broker allows.
    ATLAS_TRY_ASSIGN(Handle handle,
                     make_handle(RD_KAFKA_CONSUMER, {{"bootstrap.servers", brokers},
                                                     {"group.id", "atlas-admin"},
                                                     {"allow.auto.create.topics", "false"},
                                                     {"socket.timeout.ms", "10000"},
                                                     {"reconnect.backoff.ms", "50"},
                                                     {"reconnect.backoff.max.ms", "1000"}}));
    return std::make_unique<Admin>(std::move(handle), timeout_ms);
}

Admin::Options Admin::options(rd_kafka_admin_op_t operation) const {
    Options options(rd_kafka_AdminOptions_new(handle_.get(), operation));
    std::array<char, 256> reason{};
    rd_kafka_AdminOptions_set_request_timeout(options.get(), timeout_ms_, reason.data(),
                                              reason.size());
    return options;
}

Result<KafkaEvent> Admin::answer(const Queue& queue, std::string_view doing) const {
    KafkaEvent event(rd_kafka_queue_poll(queue.get(), timeout_ms_ + 1000));
    if (event == nullptr) {
        return unavailable(format("kafka: {}: no answer in {} ms", doing, timeout_ms_));
    }
    if (const auto error = rd_kafka_event_error(event.get()); error != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return kafka_failure(error, doing);
    }
    return event;
}

Result<std::optional<TopicFacts>> Admin::topic(const std::string& name) {
    const struct rd_kafka_metadata* raw = nullptr;
    const auto error = rd_kafka_metadata(handle_.get(), 1, nullptr, &raw, timeout_ms_);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return kafka_failure(error, "metadata");
    }
    const std::unique_ptr<const struct rd_kafka_metadata, Free<&rd_kafka_metadata_destroy>>
        metadata(raw);
    for (int i = 0; i < metadata->topic_cnt; ++i) {
        const struct rd_kafka_metadata_topic& found = metadata->topics[i];
        if (name != found.topic || found.partition_cnt == 0) {
            continue;
        }
        TopicFacts facts{.partitions = found.partition_cnt,
                         .replicas = found.partitions[0].replica_cnt,
                         .has_leaders = true};
        for (int p = 0; p < found.partition_cnt; ++p) {
            facts.replicas = std::min(facts.replicas, found.partitions[p].replica_cnt);
            facts.has_leaders = facts.has_leaders && found.partitions[p].leader >= 0;
        }
        return std::optional(facts);
    }
    return std::optional<TopicFacts>();
}

Result<void> Admin::create(const NewTopic& topic) {
    std::array<char, 256> reason{};
    const std::unique_ptr<rd_kafka_NewTopic_t, Free<&rd_kafka_NewTopic_destroy>> wanted(
        // -1: as many copies as the cluster's own default.
        rd_kafka_NewTopic_new(topic.name.c_str(), topic.partitions, -1, reason.data(),
                              reason.size()));
    if (wanted == nullptr) {
        return invalid_argument(topic.name, reason.data());
    }
    for (const auto& [name, value] : topic.settings) {
        rd_kafka_NewTopic_set_config(wanted.get(), name.c_str(), value.c_str());
    }
    const Queue queue(rd_kafka_queue_new(handle_.get()));
    std::array<rd_kafka_NewTopic_t*, 1> all{wanted.get()};
    rd_kafka_CreateTopics(handle_.get(), all.data(), all.size(),
                          options(RD_KAFKA_ADMIN_OP_CREATETOPICS).get(), queue.get());
    ATLAS_TRY_ASSIGN(const KafkaEvent event, answer(queue, "make the topic " + topic.name));
    std::size_t count = 0;
    const auto* made = rd_kafka_CreateTopics_result_topics(
        rd_kafka_event_CreateTopics_result(event.get()), &count);
    const auto error =
        count == 1 ? rd_kafka_topic_result_error(made[0]) : RD_KAFKA_RESP_ERR_UNKNOWN;
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR && error != RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) {
        const char* words = count == 1 ? rd_kafka_topic_result_error_string(made[0]) : nullptr;
        return fail(code_of(error), topic.name,
                    format("kafka: the topic cannot be made: {}",
                           words != nullptr ? words : rd_kafka_err2str(error)));
    }
    // Made is not yet known to every broker.
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms_);
    for (;;) {
        ATLAS_TRY_ASSIGN(const auto facts, this->topic(topic.name));
        if (facts && facts->has_leaders) {
            return {};
        }
        if (std::chrono::steady_clock::now() >= until) {
            return unavailable(format("kafka: the topic {} has no leader", topic.name));
        }
        pause();
    }
}

Result<std::map<std::string, std::string>> Admin::settings(const std::string& topic) {
    const std::unique_ptr<rd_kafka_ConfigResource_t, Free<&rd_kafka_ConfigResource_destroy>> asked(
        rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
    const Queue queue(rd_kafka_queue_new(handle_.get()));
    std::array<rd_kafka_ConfigResource_t*, 1> all{asked.get()};
    rd_kafka_DescribeConfigs(handle_.get(), all.data(), all.size(),
                             options(RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS).get(), queue.get());
    ATLAS_TRY_ASSIGN(const KafkaEvent event, answer(queue, "settings of " + topic));
    std::size_t resources = 0;
    const auto* found = rd_kafka_DescribeConfigs_result_resources(
        rd_kafka_event_DescribeConfigs_result(event.get()), &resources);
    std::map<std::string, std::string> settings;
    for (std::size_t r = 0; r < resources; ++r) {
        if (const auto error = rd_kafka_ConfigResource_error(found[r]);
            error != RD_KAFKA_RESP_ERR_NO_ERROR) {
            return kafka_failure(error, "settings of " + topic);
        }
        std::size_t entries = 0;
        const auto* entry = rd_kafka_ConfigResource_configs(found[r], &entries);
        for (std::size_t e = 0; e < entries; ++e) {
            const char* value = rd_kafka_ConfigEntry_value(entry[e]);
            settings[rd_kafka_ConfigEntry_name(entry[e])] = value == nullptr ? "" : value;
        }
    }
    return settings;
}

Result<void> Admin::set_group_offset(const std::string& group,
                                     const rd_kafka_topic_partition_t& to) {
    const PartitionList list = one_partition(to.topic, to.partition, to.offset);
    const std::unique_ptr<rd_kafka_AlterConsumerGroupOffsets_t,
                          Free<&rd_kafka_AlterConsumerGroupOffsets_destroy>>
        wanted(rd_kafka_AlterConsumerGroupOffsets_new(group.c_str(), list.get()));
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms_);
    for (;;) {
        const Queue queue(rd_kafka_queue_new(handle_.get()));
        std::array<rd_kafka_AlterConsumerGroupOffsets_t*, 1> all{wanted.get()};
        rd_kafka_AlterConsumerGroupOffsets(
            handle_.get(), all.data(), all.size(),
            options(RD_KAFKA_ADMIN_OP_ALTERCONSUMERGROUPOFFSETS).get(), queue.get());
        ATLAS_TRY_ASSIGN(const KafkaEvent event, answer(queue, "commit an offset"));
        std::size_t count = 0;
        const auto* groups = rd_kafka_AlterConsumerGroupOffsets_result_groups(
            rd_kafka_event_AlterConsumerGroupOffsets_result(event.get()), &count);
        const auto error = count == 1 ? error_of(*groups[0]) : RD_KAFKA_RESP_ERR_UNKNOWN;
        if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
            return {};
        }
        if (!is_passing(error) || std::chrono::steady_clock::now() >= until) {
            return kafka_failure(error, "commit an offset");
        }
        pause();
    }
}

Result<std::int64_t> Admin::group_offset(const std::string& group,
                                         const rd_kafka_topic_partition_t& of) {
    const PartitionList list = one_partition(of.topic, of.partition, RD_KAFKA_OFFSET_INVALID);
    const std::unique_ptr<rd_kafka_ListConsumerGroupOffsets_t,
                          Free<&rd_kafka_ListConsumerGroupOffsets_destroy>>
        wanted(rd_kafka_ListConsumerGroupOffsets_new(group.c_str(), list.get()));
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms_);
    for (;;) {
        const Queue queue(rd_kafka_queue_new(handle_.get()));
        std::array<rd_kafka_ListConsumerGroupOffsets_t*, 1> all{wanted.get()};
        rd_kafka_ListConsumerGroupOffsets(handle_.get(), all.data(), all.size(),
                                          options(RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS).get(),
                                          queue.get());
        ATLAS_TRY_ASSIGN(const KafkaEvent event, answer(queue, "a group's offset"));
        std::size_t count = 0;
        const auto* groups = rd_kafka_ListConsumerGroupOffsets_result_groups(
            rd_kafka_event_ListConsumerGroupOffsets_result(event.get()), &count);
        const auto error = count == 1 ? error_of(*groups[0]) : RD_KAFKA_RESP_ERR_UNKNOWN;
        if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
            const auto* offsets = rd_kafka_group_result_partitions(groups[0]);
            return offsets != nullptr && offsets->cnt == 1 ? offsets->elems[0].offset
                                                           : std::int64_t{-1};
        }
        if (!is_passing(error) || std::chrono::steady_clock::now() >= until) {
            return kafka_failure(error, "a group's offset");
        }
        pause();
    }
}

// Not rd_kafka_query_watermark_offsets: while the broker is away, no timeout ends that.
Result<std::int64_t> Admin::list_offset(const rd_kafka_topic_partition_t& of, int timeout_ms) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
    for (;;) {
        const PartitionList list = one_partition(of.topic, of.partition, of.offset);
        const auto error = rd_kafka_offsets_for_times(
            handle_.get(), list.get(), std::max(1, milliseconds_until(until, timeout_ms)));
        const auto own = error == RD_KAFKA_RESP_ERR_NO_ERROR ? list->elems[0].err : error;
        if (own == RD_KAFKA_RESP_ERR_NO_ERROR) {
            return list->elems[0].offset;
        }
        if (!is_passing(own) || std::chrono::steady_clock::now() >= until) {
            return kafka_failure(own, std::string("offsets of ") + of.topic);
        }
        pause();
    }
}

Result<std::int64_t> Admin::end(const std::string& topic, std::int32_t partition, int timeout_ms) {
    const PartitionList of = one_partition(topic, partition, RD_KAFKA_OFFSET_END);
    return list_offset(of->elems[0], timeout_ms);
}

Result<std::int64_t> Admin::begin(const std::string& topic, std::int32_t partition) {
    const PartitionList of = one_partition(topic, partition, RD_KAFKA_OFFSET_BEGINNING);
    return list_offset(of->elems[0], timeout_ms_);
}

Result<std::optional<std::int64_t>> Admin::offset_at(const std::string& topic,
                                                     std::int32_t partition,
                                                     std::int64_t timestamp_ms) {
    const PartitionList of = one_partition(topic, partition, timestamp_ms);
    ATLAS_TRY_ASSIGN(const std::int64_t offset, list_offset(of->elems[0], timeout_ms_));
    return offset < 0 ? std::optional<std::int64_t>() : std::optional(offset);
}

}  // namespace atlas::adapters::event_bus::kafka
