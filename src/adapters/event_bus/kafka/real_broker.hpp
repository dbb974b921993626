// SPDX-License-Identifier: Apache-2.0
// For tests: the one real broker of a test program, and options for it.
#pragma once

#include <unistd.h>

#include "adapters/event_bus/kafka/event_bus.hpp"
#include "ports/testing/plain_secrets.hpp"
#include "ports/testing/real_engine.hpp"

namespace atlas::adapters::event_bus::kafka::testing {

inline ports::testing::RealEngine& broker() {
    static ports::testing::RealEngine engine("kafka");
    return engine;
}

/// Of topics and groups that no test has used.
inline std::string unused_prefix() {
    static int count = 0;
    return format("t{}.", ++count);
}

inline KafkaOptions options_of(const std::string& prefix) {
    KafkaOptions options;
    options.brokers = broker().url().substr(std::string_view("kafka://").size());
    options.prefix = prefix;
    options.partitions = 4;
    options.session_timeout_ms = 2000;
    return options;
}

}  // namespace atlas::adapters::event_bus::kafka::testing
