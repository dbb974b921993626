// SPDX-License-Identifier: Apache-2.0
// What is asked of the cluster beside events: topics and their settings, offsets of groups.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "adapters/event_bus/kafka/handle.hpp"

namespace atlas::adapters::event_bus::kafka {

struct TopicFacts {
    std::int32_t partitions = 0;
    std::int32_t replicas = 0;  ///< The fewest of any partition.
    bool has_leaders = false;   ///< Each partition can be read and written.
};

struct NewTopic {
    std::string name;
    std::int32_t partitions = 1;
    std::map<std::string, std::string> settings{};
};

/// Thread-safe.
class Admin {
public:
    /// Does not connect yet.
    static Result<std::unique_ptr<Admin>> start(const std::string& brokers, int timeout_ms);
    Admin(Handle handle, int timeout_ms) : handle_(std::move(handle)), timeout_ms_(timeout_ms) {}

    /// Nothing where there is no such topic. Errors: unavailable.
    Result<std::optional<TopicFacts>> topic(const std::string& name);
    /// Returns once it can be used, also where it was there. Errors: those of code_of.
    Result<void> create(const NewTopic& topic);
    /// All settings of a topic in force, by name. Errors: unavailable.
    Result<std::map<std::string, std::string>> settings(const std::string& topic);

    /// Of a group without members. Errors: conflict (it has members), unavailable.
    Result<void> set_group_offset(const std::string& group, const rd_kafka_topic_partition_t& to);
    /// Below 0 where the group has none. Errors: unavailable.
    Result<std::int64_t> group_offset(const std::string& group,
                                      const rd_kafka_topic_partition_t& of);

    /// One past the last event. Errors: unavailable.
    Result<std::int64_t> end(const std::string& topic, std::int32_t partition, int timeout_ms);
    /// The first one kept. Errors: unavailable.
    Result<std::int64_t> begin(const std::string& topic, std::int32_t partition);
    /// The first offset of that time or later; nothing where none is. Errors: unavailable.
    Result<std::optional<std::int64_t>> offset_at(const std::string& topic, std::int32_t partition,
                                                  std::int64_t timestamp_ms);

private:
    using Options = std::unique_ptr<rd_kafka_AdminOptions_t, Free<&rd_kafka_AdminOptions_destroy>>;
    Options options(rd_kafka_admin_op_t operation) const;
    /// `of.offset`: a time, or one of the words for begin and end.
    Result<std::int64_t> list_offset(const rd_kafka_topic_partition_t& of, int timeout_ms);
    Result<KafkaEvent> answer(const Queue& queue, std::string_view doing) const;

    const Handle handle_;
    const int timeout_ms_;
};

}  // namespace atlas::adapters::event_bus::kafka
