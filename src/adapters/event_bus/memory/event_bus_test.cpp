// SPDX-License-Identifier: Apache-2.0
// Goal: the bus in memory keeps the port's contract, its byte limit and its stable partitions.
// Method: the contract suite, each limit once, partitions pinned to figures from another program.
#include "adapters/event_bus/memory/event_bus.hpp"

#include <gtest/gtest.h>

#include "ports/testing/event_bus_contract.hpp"

namespace atlas::adapters::event_bus::memory {
namespace {

class MemoryEngine {
public:
    static constexpr std::size_t kEventsMax = 2000;
    MemoryEngine() { reopen(); }
    ports::EventBus& bus() { return *bus_; }
    void reopen() {
        bus_ = std::make_unique<MemoryEventBus>(MemoryBusOptions{.events_max = kEventsMax});
    }

private:
    std::unique_ptr<MemoryEventBus> bus_;
};

TEST(MemoryEventBusTest, TheByteLimitCountsTypesAndPayloadsAndIsAllOrNothing) {
    MemoryEventBus bus({.partitions = 1, .payload_bytes_max = 100});
    ports::Event event = ports::testing::event_of(ports::testing::kHome, 1, std::string(43, 'x'));
    const std::vector<ports::Event> two = {event, event};  // 2 × (7 + 43) bytes.
    const std::vector<ports::Event> three = {event, event, event};
    EXPECT_EQ(bus.append("t", three, {}).error().code, ErrorCode::exhausted);
    EXPECT_TRUE(bus.read("t", 0, 0, 10)->empty());
    EXPECT_TRUE(bus.append("t", two, {}));
    event.payload.clear();
    EXPECT_EQ(bus.append("t", std::span(&event, 1), {}).error().code, ErrorCode::exhausted);
}

TEST(MemoryEventBusTest, RefusesImpossibleOptions) {
    EXPECT_EQ(MemoryEventBus::create({.partitions = 0}).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(MemoryEventBus::create({.partitions = 1025}).error().code,
              ErrorCode::invalid_argument);
    EXPECT_TRUE(MemoryEventBus::create({.partitions = 1024}));
}

// python3: h = 2166136261; for b in id: h = ((h ^ b) * 16777619) % 2**32; h % 4
TEST(MemoryEventBusTest, AHouseholdStaysInItsPartition) {
    const MemoryEventBus bus({});
    const auto partition = [&](const char* id) {
        return bus.partition_of(*HouseholdId::parse(id));
    };
    EXPECT_EQ(partition("00000000-0000-0000-0000-000000000000"), 1);
    EXPECT_EQ(partition("01234567-89ab-cdef-0123-456789abcdef"), 1);
    EXPECT_EQ(partition("0192f3a4-5b6c-7d8e-9fa0-b1c2d3e4f506"), 1);
}

TEST(MemoryEventBusTest, DoesNotCallItselfDurable) {
    EXPECT_FALSE(MemoryEventBus({}).capabilities().survives_crash);
    EXPECT_EQ(MemoryEventBus({}).capabilities().engine, "memory");
}

}  // namespace
}  // namespace atlas::adapters::event_bus::memory

namespace atlas::ports::testing {
INSTANTIATE_TYPED_TEST_SUITE_P(Memory, EventBusContract,
                               atlas::adapters::event_bus::memory::MemoryEngine);
}  // namespace atlas::ports::testing
