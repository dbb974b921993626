// SPDX-License-Identifier: Apache-2.0
// Goal: the relay carries every row, in order, and marks none that the bus has not. Method: a store
// and a bus in memory that refuse as often as told.
#include "roles/finance_engine/relay.hpp"

#include <set>

#include <gtest/gtest.h>

#include "base/format.hpp"
#include "roles/finance_engine/testing/fakes.hpp"

namespace atlas::roles::finance_engine {
namespace {

using testing::FakeBus;
using testing::FakeLedger;
using testing::household_number;

struct Line {
    FakeLedger ledger;
    FakeBus bus;
    SystemClock clock;

    void write(int count) {
        for (int i = 0; i < count; ++i) {
            ledger.write(household_number(1), {"Event", format("{}", i)});
        }
    }
    /// Sequences in the order of the bus, repetitions left out.
    std::vector<std::int64_t> first_deliveries() const {
        std::vector<std::int64_t> sequences;
        std::set<std::int64_t> seen;
        for (const ports::Event& event : bus.events()) {
            if (seen.insert(event.sequence).second) {
                sequences.push_back(event.sequence);
            }
        }
        return sequences;
    }
};

std::vector<std::int64_t> one_to(std::int64_t last) {
    std::vector<std::int64_t> numbers;
    for (std::int64_t i = 1; i <= last; ++i) {
        numbers.push_back(i);
    }
    return numbers;
}

TEST(Relay, CarriesEveryRowOnceInOrder) {
    Line line;
    line.write(2500);  // More than two batches.
    {
        Relay relay(line.ledger, line.bus, line.clock);
        ASSERT_TRUE(line.ledger.until_all_marked());
        line.write(10);
        ASSERT_TRUE(line.ledger.until_all_marked());
    }
    EXPECT_EQ(line.bus.events().size(), 2510U);
    EXPECT_EQ(line.first_deliveries(), one_to(2510));
    const ports::Event event = line.bus.events().at(3);
    EXPECT_EQ(event.household, household_number(1));
    EXPECT_EQ(event.type, "Event");
    EXPECT_EQ(event.payload, "3");
}

TEST(Relay, MarksNothingTheBusHasRefusedAndRepeatsIt) {
    Line line;
    line.bus.fail_next_appends(2, false);
    line.write(10);
    Relay relay(line.ledger, line.bus, line.clock);
    ASSERT_TRUE(line.ledger.until_all_marked());
    EXPECT_EQ(line.bus.events().size(), 10U) << "marked before the bus had them";
    EXPECT_EQ(line.first_deliveries(), one_to(10));
    EXPECT_EQ(relay.failures(), 2);
}

TEST(Relay, RepeatsAllOfABatchTheBusStoredInPart) {
    Line line;
    line.bus.fail_next_appends(1, true);
    line.write(10);
    Relay relay(line.ledger, line.bus, line.clock);
    ASSERT_TRUE(line.ledger.until_all_marked());
    EXPECT_EQ(line.bus.events().size(), 15U);
    EXPECT_EQ(line.first_deliveries(), one_to(10));
}

TEST(Relay, DoesNotRepeatWhatTheBusHasWhenOnlyTheMarkFailed) {
    Line line;
    line.ledger.fail_next_marks(1);
    line.write(4);
    Relay relay(line.ledger, line.bus, line.clock);
    ASSERT_TRUE(line.ledger.until_all_marked());
    EXPECT_EQ(line.bus.events().size(), 4U);
    EXPECT_EQ(line.first_deliveries(), one_to(4));
    EXPECT_EQ(relay.failures(), 1);
}

/// Carries all there is on this thread, as after a start.
void carry_all(Line& line, ports::EventBus& bus) {
    OutboxCarrier carrier({line.ledger, bus, line.clock}, {household_number(1)});
    for (;;) {
        const auto carried = carrier.carry();
        ASSERT_TRUE(carried.has_value());
        if (*carried == 0) {
            return;
        }
    }
}

TEST(Relay, GivesANewDurableBusTheWholeHistory) {
    Line line;
    line.write(2300);
    carry_all(line, line.bus);
    FakeBus fresh;
    fresh.set_survives_crash();
    carry_all(line, fresh);
    ASSERT_EQ(fresh.events().size(), 2300U);
    EXPECT_EQ(fresh.events().back().sequence, 2300);
    carry_all(line, fresh);
    EXPECT_EQ(fresh.events().size(), 2300U) << "a second start repeats nothing";
}

TEST(Relay, ADurableBusGetsEachEventOnceWhateverFailed) {
    Line line;
    line.bus.set_survives_crash();
    line.write(10);
    line.bus.fail_next_appends(1, true);
    OutboxCarrier carrier({line.ledger, line.bus, line.clock}, {household_number(1)});
    EXPECT_FALSE(carrier.carry());
    EXPECT_EQ(line.bus.events().size(), 5U);
    line.ledger.fail_next_marks(1);
    EXPECT_FALSE(carrier.carry());
    ASSERT_TRUE(carrier.carry());
    EXPECT_EQ(line.bus.events().size(), 10U);
    EXPECT_EQ(line.first_deliveries(), one_to(10));
    EXPECT_TRUE(line.ledger.until_all_marked());
}

TEST(Relay, GoesOnAfterTheStoreWasAway) {
    Line line;
    line.ledger.fail_next_waits(2);
    line.write(4);
    Relay relay(line.ledger, line.bus, line.clock);
    ASSERT_TRUE(line.ledger.until_all_marked());
    EXPECT_EQ(line.first_deliveries(), one_to(4));
    EXPECT_EQ(relay.failures(), 2);
}

TEST(Relay, LeavesTheRestToTheNextOneWhenItIsStopped) {
    Line line;
    line.write(5);
    line.bus.fail_next_appends(1'000'000, false);
    { const Relay relay(line.ledger, line.bus, line.clock); }
    EXPECT_EQ(line.ledger.marked(), 0);
    line.bus.fail_next_appends(0, false);
    const Relay relay(line.ledger, line.bus, line.clock);
    ASSERT_TRUE(line.ledger.until_all_marked());
    EXPECT_EQ(line.first_deliveries(), one_to(5));
}

}  // namespace
}  // namespace atlas::roles::finance_engine
