// SPDX-License-Identifier: Apache-2.0
// Goal: a role that follows the ledger misses nothing and spins on nothing, whatever the bus does.
// Method: a bus in memory that fails as often as told; a consumer that writes down what it got.
#include "roles/ledger_follower.hpp"

#include <gtest/gtest.h>

#include <atomic>

#include "roles/finance_engine/testing/fakes.hpp"

namespace atlas::roles {
namespace {

using finance_engine::testing::FakeBus;
using finance_engine::testing::household_number;

class FailingBus final : public FakeBus {
public:
    std::atomic<int> ranges_failing{0};
    std::atomic<int> waits_failing{0};
    std::atomic<int> reads_failing{0};
    std::atomic<int> calls{0};

    Result<ports::OffsetRange> range(std::string_view topic, ports::Partition part) override {
        return fails(ranges_failing) ? away() : FakeBus::range(topic, part);
    }
    Result<bool> wait(std::string_view topic, ports::Partition part, ports::Offset from,
                      Deadline deadline, std::stop_token stop) override {
        ++calls;
        return fails(waits_failing) ? away() : FakeBus::wait(topic, part, from, deadline, stop);
    }
    Result<std::vector<ports::StoredEvent>> read(std::string_view topic, ports::Partition part,
                                                 ports::Offset from, std::size_t limit) override {
        ++calls;
        return fails(reads_failing) ? away() : FakeBus::read(topic, part, from, limit);
    }

private:
    static bool fails(std::atomic<int>& left) { return left.fetch_sub(1) > 0; }
    static Unexpected away() { return unavailable("the bus is away"); }
};

struct Line {
    FailingBus bus;
    SystemClock clock;
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<std::string> told;  ///< Guarded by mutex.
    std::atomic<int> applies_failing{0};
    std::atomic<int> catch_ups_failing{0};
    LedgerFollower follower{bus, clock};

    void tell(std::string what) {
        const std::lock_guard lock(mutex);
        told.push_back(std::move(what));
        changed.notify_all();
    }
    /// Where it is, catching up takes until it is opened, or the follower stops.
    std::atomic<bool> is_gate_shut{false};
    Result<void> start(std::span<const HouseholdId> households, Deadline patience = {}) {
        return follower.start(
            households,
            {.catch_up = [this](HouseholdId) -> Result<void> {
                 while (is_gate_shut) {
                     if (follower.is_stopping()) {
                         return unavailable("it stops");
                     }
                     std::this_thread::yield();
                 }
                 if (catch_ups_failing.fetch_sub(1) > 0) {
                     return unavailable("the ledger is away");
                 }
                 tell("caught up");
                 return {};
             },
             .apply = [this](HouseholdId,
                             std::span<const ports::StoredEvent* const> events) -> Result<void> {
                 if (applies_failing.fetch_sub(1) > 0) {
                     return unavailable("nowhere to write");
                 }
                 for (const ports::StoredEvent* stored : events) {
                     tell(std::to_string(stored->event.sequence));
                 }
                 return {};
             }},
            patience);
    }
    void deliver(std::int64_t sequence) {
        bus.deliver({household_number(1), sequence, {}, "AccountOpened", "{}"});
    }
    bool hears(std::string_view what) {
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, std::chrono::seconds(20),
                                [&] { return !told.empty() && told.back() == what; });
    }
};

const std::array<HouseholdId, 1> kHouseholds{household_number(1)};

TEST(LedgerFollower, CatchesUpFirstAndPassesOverWhatTheBusHadBefore) {
    Line line;
    line.deliver(1);
    ASSERT_TRUE(line.start(kHouseholds).has_value());
    line.deliver(2);
    EXPECT_TRUE(line.hears("2"));
    line.follower.stop();
    EXPECT_EQ(line.told, (std::vector<std::string>{"caught up", "2"}));
}

TEST(LedgerFollower, TellsNobodyOfAnErasedHousehold) {
    Line line;
    ASSERT_TRUE(line.start({}).has_value());
    line.bus.deliver({household_number(2), 0, {}, std::string(ports::kErasedEvent), ""});
    line.deliver(7);
    EXPECT_TRUE(line.hears("7"));
    line.follower.stop();
    EXPECT_EQ(line.told, std::vector<std::string>{"7"});
}

TEST(LedgerFollower, CatchesUpWhereEventsCannotBeApplied) {
    Line line;
    ASSERT_TRUE(line.start({}).has_value());
    line.applies_failing = 1;
    line.catch_ups_failing = 2;
    line.deliver(1);
    EXPECT_TRUE(line.hears("caught up"));  // At the third try, without another event.
    line.deliver(2);
    EXPECT_TRUE(line.hears("2"));
}

TEST(LedgerFollower, ResumesWithoutSpinningWhenTheBusWasAway) {
    Line line;
    line.bus.waits_failing = 2;
    line.bus.reads_failing = 2;
    ASSERT_TRUE(line.start({}).has_value());
    line.deliver(1);
    EXPECT_TRUE(line.hears("1"));
    line.follower.stop();
    // Two failed waits, two failed reads each after its wait, and what it took to get the event;
    // a loop that does not pause would have asked thousands of times.
    EXPECT_LE(line.bus.calls.load(), 12);
    EXPECT_GE(line.bus.calls.load(), 8);
}

TEST(LedgerFollower, DoesNotStartWhereItCannotTellWhereToBegin) {
    Line line;
    line.bus.ranges_failing = 1;
    const auto without_bus = line.start(kHouseholds);
    ASSERT_FALSE(without_bus.has_value());
    EXPECT_EQ(without_bus.error().code, ErrorCode::unavailable);
    line.catch_ups_failing = 1;
    const auto without_ledger = line.start(kHouseholds);
    ASSERT_FALSE(without_ledger.has_value());
    EXPECT_EQ(without_ledger.error().message, "the ledger is away");
    EXPECT_TRUE(line.start(kHouseholds).has_value());  // Nothing was left running.
}

TEST(LedgerFollower, StartsBehindWhereThePatienceIsOverAndMissesNothing) {
    Line line;
    line.is_gate_shut = true;
    ASSERT_TRUE(line.start(kHouseholds, Deadline::after(line.clock, {})).has_value());
    line.deliver(1);  // Told by the bus while the history is still read.
    line.is_gate_shut = false;
    EXPECT_TRUE(line.hears("1"));
    line.follower.stop();
    EXPECT_EQ(line.told, (std::vector<std::string>{"caught up", "1"}));
}

TEST(LedgerFollower, StopsInTheMiddleOfCatchingUp) {
    Line line;
    line.is_gate_shut = true;
    ASSERT_TRUE(line.start(kHouseholds, Deadline::after(line.clock, {})).has_value());
    line.follower.stop();
    EXPECT_TRUE(line.told.empty());
    EXPECT_EQ(line.follower.trouble(), "");  // Stopping is none.
}

TEST(LedgerFollower, TriesAgainWhereItFailsBehindAndSaysSoMeanwhile) {
    Line line;
    line.catch_ups_failing = 2;
    line.is_gate_shut = true;
    ASSERT_TRUE(line.start(kHouseholds, Deadline::after(line.clock, {})).has_value());
    line.is_gate_shut = false;
    EXPECT_TRUE(line.hears("caught up"));
    line.deliver(1);
    EXPECT_TRUE(line.hears("1"));
    EXPECT_EQ(line.follower.trouble(), "");
    EXPECT_LE(line.catch_ups_failing.load(), -1);
}

}  // namespace
}  // namespace atlas::roles
