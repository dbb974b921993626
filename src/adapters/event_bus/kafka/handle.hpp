// SPDX-License-Identifier: Apache-2.0
// librdkafka's objects as owners that free themselves, its error codes as ours. Private to this
// folder, as <librdkafka/rdkafka.h> is.
#pragma once

#include <librdkafka/rdkafka.h>

#include <chrono>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace atlas::adapters::event_bus::kafka {

/// Calls `free` on what it owns.
template <auto free>
struct Free {
    template <class T>
    void operator()(T* object) const {
        free(object);
    }
};

using Handle = std::unique_ptr<rd_kafka_t, Free<&rd_kafka_destroy>>;
using Message = std::unique_ptr<rd_kafka_message_t, Free<&rd_kafka_message_destroy>>;
using PartitionList =
    std::unique_ptr<rd_kafka_topic_partition_list_t, Free<&rd_kafka_topic_partition_list_destroy>>;
using Queue = std::unique_ptr<rd_kafka_queue_t, Free<&rd_kafka_queue_destroy>>;
using KafkaEvent = std::unique_ptr<rd_kafka_event_t, Free<&rd_kafka_event_destroy>>;
using KafkaError = std::unique_ptr<rd_kafka_error_t, Free<&rd_kafka_error_destroy>>;

using Setting = std::pair<const char*, std::string>;

/// What a handle calls back, on the thread that polls it.
struct Callbacks {
    void* opaque = nullptr;
    void (*delivered)(rd_kafka_t*, const rd_kafka_message_t*, void*) = nullptr;
    void (*failed)(rd_kafka_t*, int, const char*, void*) = nullptr;
    void (*rebalanced)(rd_kafka_t*, rd_kafka_resp_err_t, rd_kafka_topic_partition_list_t*,
                       void*) = nullptr;
};

/// A producer or consumer; it connects by itself, later. Errors: invalid_argument (a setting).
Result<Handle> make_handle(rd_kafka_type_t type, std::initializer_list<Setting> settings,
                           const Callbacks& callbacks = {});

/// Our code for theirs: unavailable, no_space, conflict, invalid_argument, permission_denied,
/// data_loss, internal.
ErrorCode code_of(rd_kafka_resp_err_t error);
Unexpected kafka_failure(rd_kafka_resp_err_t error, std::string_view doing);

/// One partition of one topic, with an offset.
PartitionList one_partition(const std::string& topic, std::int32_t partition, std::int64_t offset);

/// Milliseconds until `at`, 0 to `at_most`.
int milliseconds_until(std::chrono::steady_clock::time_point at, int at_most);

}  // namespace atlas::adapters::event_bus::kafka
