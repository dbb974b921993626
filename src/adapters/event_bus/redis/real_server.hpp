// SPDX-License-Identifier: Apache-2.0
// For tests: the one real server of a test program, and options for it.
#pragma once

#include "adapters/event_bus/redis/event_bus.hpp"
#include "ports/testing/real_engine.hpp"

namespace atlas::adapters::event_bus::redis::testing {

/// redis://:PASSWORD@127.0.0.1:PORT, as the tool prints it.
inline RedisAddress address_of(const std::string& url) {
    const std::string rest = url.substr(std::string_view("redis://:").size());
    const std::size_t at = rest.find('@');
    const std::size_t colon = rest.rfind(':');
    return {.host = rest.substr(at + 1, colon - at - 1),
            .port = static_cast<std::uint16_t>(std::stoi(rest.substr(colon + 1))),
            .user = {},
            .password = rest.substr(0, at)};
}

inline ports::testing::RealEngine& server() {
    static ports::testing::RealEngine engine("redis");
    return engine;
}

/// With names that no test has used.
inline RedisOptions options_of(const std::string& url) {
    static int count = 0;
    RedisOptions options;
    options.address = address_of(url);
    options.prefix = format("t{}:", ++count);
    options.partitions = 4;
    options.lease_ms = 1000;
    options.timeout_ms = 5000;
    return options;
}

}  // namespace atlas::adapters::event_bus::redis::testing
