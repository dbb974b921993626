// SPDX-License-Identifier: Apache-2.0
// Goal: without any broker, options are held to their limits and an absent one is unavailable, in
// bounded time. Method: each refusal once; a port of 127.0.0.1 that nobody listens on.
#include "adapters/event_bus/kafka/event_bus.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "ports/testing/plain_secrets.hpp"
#include "ports/testing/real_engine.hpp"

namespace atlas::adapters::event_bus::kafka {
namespace {

TEST(KafkaOptionsTest, EachLimitIsKept) {
    ports::testing::PlainSecrets secrets;
    const auto code = [&](const KafkaOptions& options) {
        const auto opened = KafkaEventBus::open(options, secrets);
        return opened.has_value() ? ErrorCode::internal : opened.error().code;
    };
    KafkaOptions options;
    EXPECT_EQ(code(options), ErrorCode::invalid_argument) << "no broker";
    options.brokers = "127.0.0.1:1";
    options.partitions = 0;
    EXPECT_EQ(code(options), ErrorCode::invalid_argument);
    options.partitions = 1025;
    EXPECT_EQ(code(options), ErrorCode::invalid_argument);
    options.partitions = 1;
    options.waiting_events_max = ports::kEventBatchMax - 1;
    EXPECT_EQ(code(options), ErrorCode::invalid_argument);
}

TEST(KafkaOptionsTest, NoBrokerIsUnavailableInBoundedTime) {
    if (!ports::testing::kCanRunKafka) {
        GTEST_SKIP() << "librdkafka does not run under ThreadSanitizer";
    }
    ports::testing::PlainSecrets secrets;
    KafkaOptions options;
    options.brokers = format("127.0.0.1:{}", ports::testing::free_port());
    options.timeout_ms = 300;
    const auto before = std::chrono::steady_clock::now();
    const auto opened = KafkaEventBus::open(options, secrets);
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().code, ErrorCode::unavailable) << to_string(opened.error());
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(5));
}

}  // namespace
}  // namespace atlas::adapters::event_bus::kafka
