// SPDX-License-Identifier: Apache-2.0
#include "adapters/event_bus/kafka/handle.hpp"

#include <algorithm>
#include <array>

#include "base/format.hpp"

namespace atlas::adapters::event_bus::kafka {

Result<Handle> make_handle(rd_kafka_type_t type, std::initializer_list<Setting> settings,
                           const Callbacks& callbacks) {
    std::unique_ptr<rd_kafka_conf_t, Free<&rd_kafka_conf_destroy>> conf(rd_kafka_conf_new());
    std::array<char, 512> reason{};
    for (const auto& [name, value] : settings) {
        if (rd_kafka_conf_set(conf.get(), name, value.c_str(), reason.data(), reason.size()) !=
            RD_KAFKA_CONF_OK) {
            return invalid_argument(name, reason.data());
        }
    }
    // Its own words to stderr are not events of ours; what matters comes back as errors.
    rd_kafka_conf_set_log_cb(conf.get(), nullptr);
    rd_kafka_conf_set_opaque(conf.get(), callbacks.opaque);
    if (callbacks.delivered != nullptr) {
        rd_kafka_conf_set_dr_msg_cb(conf.get(), callbacks.delivered);
    }
    if (callbacks.failed != nullptr) {
        rd_kafka_conf_set_error_cb(conf.get(), callbacks.failed);
    }
    if (callbacks.rebalanced != nullptr) {
        rd_kafka_conf_set_rebalance_cb(conf.get(), callbacks.rebalanced);
    }
    Handle handle(rd_kafka_new(type, conf.get(), reason.data(), reason.size()));
    if (handle == nullptr) {
        return invalid_argument("kafka", reason.data());
    }
    static_cast<void>(conf.release());  // The handle owns it now.
    return handle;
}

ErrorCode code_of(rd_kafka_resp_err_t error) {
    switch (error) {
        case RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION:
        case RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID:
        case RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS:
        case RD_KAFKA_RESP_ERR_NON_EMPTY_GROUP:
        case RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID:
        case RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST: return ErrorCode::conflict;
        case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR__AUTHENTICATION: return ErrorCode::permission_denied;
        case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
        case RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP:
        case RD_KAFKA_RESP_ERR_POLICY_VIOLATION:
        case RD_KAFKA_RESP_ERR_INVALID_CONFIG: return ErrorCode::invalid_argument;
        case RD_KAFKA_RESP_ERR_INVALID_MSG:
        case RD_KAFKA_RESP_ERR__BAD_MSG: return ErrorCode::data_loss;
        case RD_KAFKA_RESP_ERR__INVALID_ARG:
        case RD_KAFKA_RESP_ERR__STATE: return ErrorCode::internal;
        default: return ErrorCode::unavailable;
    }
}

Unexpected kafka_failure(rd_kafka_resp_err_t error, std::string_view doing) {
    return fail(code_of(error), {}, format("kafka: {}: {}", doing, rd_kafka_err2str(error)));
}

PartitionList one_partition(const std::string& topic, std::int32_t partition, std::int64_t offset) {
    PartitionList list(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition)->offset = offset;
    return list;
}

int milliseconds_until(std::chrono::steady_clock::time_point at, int at_most) {
    const auto now = std::chrono::steady_clock::now();
    if (at <= now) {
        return 0;
    }
    // Rounded up, so that the last wait ends after the moment and not just before it.
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(
        std::min<std::chrono::steady_clock::duration>(at - now, std::chrono::hours(1)));
    return static_cast<int>(std::min<std::int64_t>(left.count(), at_most));
}

}  // namespace atlas::adapters::event_bus::kafka
