// SPDX-License-Identifier: Apache-2.0
// Goal: the bus on a real Kafka keeps the port's contract, says what it promises, and refuses what
// would lose events. Method: the contract suite with a prefix a test, on one broker that
// tools/engines/kafka starts on a free port of 127.0.0.1; skipped aloud where it is not installed.
#include "adapters/event_bus/kafka/event_bus.hpp"

#include <gtest/gtest.h>

#include "adapters/event_bus/kafka/producer.hpp"
#include "adapters/event_bus/kafka/real_broker.hpp"
#include "ports/testing/event_bus_contract.hpp"
#include "ports/testing/event_bus_group_contract.hpp"

namespace atlas::adapters::event_bus::kafka {
namespace {

using ports::kLedgerTopic;
using ports::testing::event_of;
using ports::testing::kHome;
using testing::broker;
using testing::options_of;
using testing::unused_prefix;

class KafkaEngine {
public:
    static constexpr std::size_t kEventsMax = 40;
    KafkaEngine() : prefix_(unused_prefix()) { reopen(); }
    bool is_there() const { return bus_ != nullptr; }
    ports::EventBus& bus() { return *bus_; }
    void reopen() {
        bus_.reset();
        if (!broker().is_here()) {
            return;
        }
        auto opened = KafkaEventBus::open(options_of(prefix_), secrets_);
        ASSERT_TRUE(opened.has_value()) << to_string(opened.error());
        bus_ = *std::move(opened);
    }

private:
    std::string prefix_;
    ports::testing::PlainSecrets secrets_;
    std::unique_ptr<KafkaEventBus> bus_;
};

class KafkaEventBusTest : public ::testing::Test {
protected:
    void SetUp() override {
        if (!broker().is_here()) {
            GTEST_SKIP();
        }
    }
    std::unique_ptr<KafkaEventBus> open(const KafkaOptions& options) {
        auto opened = KafkaEventBus::open(options, secrets_);
        EXPECT_TRUE(opened.has_value()) << to_string(opened.error());
        return opened.has_value() ? *std::move(opened) : nullptr;
    }
    ports::testing::PlainSecrets secrets_;
};

TEST_F(KafkaEventBusTest, SaysWhatAnAcknowledgementStandsFor) {
    KafkaOptions options = options_of(unused_prefix());
    EXPECT_EQ(open(options)->capabilities().engine, "kafka");
    EXPECT_TRUE(open(options)->capabilities().survives_crash);
    EXPECT_EQ(open(options)->capabilities().durability,
              "acks=all by at least 1 of 1 replicas, each synced to its disk before "
              "(flush.messages=1)");
    options.prefix = unused_prefix();
    options.syncs_every_batch = false;
    EXPECT_FALSE(open(options)->capabilities().survives_crash);
    EXPECT_NE(open(options)->capabilities().durability.find("not on a disk"), std::string::npos);
}

TEST_F(KafkaEventBusTest, RefusesAnotherNumberOfPartitions) {
    KafkaOptions options = options_of(unused_prefix());
    open(options);
    options.partitions = 5;
    EXPECT_EQ(KafkaEventBus::open(options, secrets_).error().code, ErrorCode::invalid_argument);
}

TEST_F(KafkaEventBusTest, AnErasedHouseholdLeavesOffsetsAndNothingElse) {
    const auto bus = open(options_of(unused_prefix()));
    const std::vector<ports::Event> one{event_of(kHome, 7, "secret")};
    ASSERT_TRUE(bus->append(kLedgerTopic, one, {}));
    ASSERT_TRUE(secrets_.destroy(kHome));
    const auto found = *bus->read(kLedgerTopic, bus->partition_of(kHome), 0, 10);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].event.type, ports::kErasedEvent);
    EXPECT_EQ(found[0].event.payload, "");
    EXPECT_EQ(found[0].event.sequence, 0);
    EXPECT_EQ(bus->append(kLedgerTopic, one, {}).error().code, ErrorCode::not_found);
}

TEST_F(KafkaEventBusTest, ABrokenProducerIsReplacedAndNothingIsAcknowledgedInBetween) {
    const auto bus = open(options_of(unused_prefix()));
    std::int64_t acknowledged = 0;
    for (std::int64_t i = 1; i <= 30; ++i) {
        if (i % 10 == 0) {
            bus->producer_for_test().break_for_test();
        }
        // A broken one is refused with a word, and works again by itself.
        for (;;) {
            const std::vector<ports::Event> one{event_of(kHome, i)};
            const auto appended = bus->append(kLedgerTopic, one, {});
            if (appended.has_value()) {
                break;
            }
            ASSERT_EQ(appended.error().code, ErrorCode::unavailable);
        }
        acknowledged = i;
    }
    std::int64_t last = 0;
    const auto found = *bus->read(kLedgerTopic, bus->partition_of(kHome), 0, 1000);
    for (const auto& stored : found) {
        ASSERT_LE(stored.event.sequence, last + 1) << "a gap";
        last = std::max(last, stored.event.sequence);
    }
    EXPECT_EQ(last, acknowledged);
}

}  // namespace
}  // namespace atlas::adapters::event_bus::kafka

namespace atlas::ports::testing {
using KafkaEngineAlias = atlas::adapters::event_bus::kafka::KafkaEngine;
INSTANTIATE_TYPED_TEST_SUITE_P(Kafka, EventBusContract, KafkaEngineAlias);
INSTANTIATE_TYPED_TEST_SUITE_P(Kafka, EventBusGroupContract, KafkaEngineAlias);
}  // namespace atlas::ports::testing
