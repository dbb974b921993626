// SPDX-License-Identifier: Apache-2.0
// Goal: the totals are those of the ledger whatever the bus does: repeats, forgets, comes late.
// Method: stores and a bus in memory that misbehave as told; totals written down by hand.
#include "roles/finance_engine/monthly_totals_projection.hpp"

#include <gtest/gtest.h>

#include "contracts/codec/json.hpp"
#include "roles/finance_engine/testing/fakes.hpp"

namespace atlas::roles::finance_engine {
namespace {

using testing::FakeBus;
using testing::FakeLedger;
using testing::FakeTotals;
using testing::household_number;
using testing::recorded;
using testing::transaction_of;

const HouseholdId kHome = household_number(1);

struct Line {
    FakeLedger ledger;
    FakeTotals totals;
    FakeBus bus;
    SystemClock clock;
    MonthlyTotalsProjection projection{{ledger, totals, bus, clock}};

    /// In the ledger; on the bus only where `deliver` has been called.
    void write(const ports::OutboxEvent& event, HouseholdId household = kHome) {
        ledger.write(household, event);
    }
    void deliver(std::int64_t sequence, HouseholdId household = kHome) {
        const auto rows = ledger.history(household, sequence - 1, 1).value();
        bus.deliver({household, sequence, {}, rows.front().event.type, rows.front().event.payload});
    }
    bool reaches(std::int64_t sequence, HouseholdId household = kHome) {
        return projection.wait_for(household, sequence,
                                   Deadline::after(clock, std::chrono::seconds(20)));
    }
    void start() {
        const std::array<HouseholdId, 1> households{kHome};
        ASSERT_TRUE(projection.start(households).has_value());
    }
};

std::vector<ports::MonthlyTotal> changes_of(const ports::OutboxEvent& event) {
    return monthly_changes(event.type, event.payload).value();
}

TEST(MonthlyChanges, AddWhatCameAndTakeOutWhatWent) {
    auto coffee = transaction_of(1, -350, "food.restaurants");
    const auto came = changes_of(recorded(coffee));
    ASSERT_EQ(came.size(), 1U);
    EXPECT_EQ(to_string(came[0].month), "2026-06-01");
    EXPECT_EQ(came[0].category, "food.restaurants");
    EXPECT_EQ(came[0].amount.minor(), -350);
    EXPECT_EQ(came[0].count, 1);
    const auto went = changes_of(transaction_event(contracts::kTransactionRemoved, coffee));
    ASSERT_EQ(went.size(), 1U);
    EXPECT_EQ(went[0].amount.minor(), 350);
    EXPECT_EQ(went[0].count, -1);
    auto moved = coffee;
    moved.date = Date::parse("2026-07-01").value();
    moved.splits.front().category = "travel";
    const auto changed = changes_of(transaction_changed(coffee, moved));
    ASSERT_EQ(changed.size(), 2U);
    EXPECT_EQ(changed[0], went[0]);
    EXPECT_EQ(changed[1].category, "travel");
    EXPECT_EQ(to_string(changed[1].month), "2026-07-01");
    EXPECT_EQ(changed[1].amount.minor(), -350);
    EXPECT_EQ(changed[1].count, 1);
}

TEST(MonthlyChanges, CountEverySplit) {
    auto shopping = transaction_of(1, -1000, "food.groceries");
    const auto part = [](std::int64_t minor) {
        return money::Money::from_minor(minor, money::Currency::parse("USD").value());
    };
    shopping.splits = {{"food.groceries", part(-700), std::nullopt, {}},
                       {"shopping.home", part(-300), std::nullopt, {}}};
    const auto changes = changes_of(recorded(shopping));
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[0].amount.minor(), -700);
    EXPECT_EQ(changes[1].amount.minor(), -300);
}

TEST(MonthlyChanges, AreNoneForOtherEvents) {
    EXPECT_TRUE(monthly_changes(contracts::kAccountOpened, "{}").value().empty());
    EXPECT_TRUE(monthly_changes("SomethingOfTomorrow", "not even JSON").value().empty());
}

TEST(MonthlyChanges, RefuseAPayloadThatCannotBeReadAsLostData) {
    const std::string good = recorded(transaction_of(1, -350, "food")).payload;
    for (const std::string_view type :
         {contracts::kTransactionRecorded, contracts::kTransactionRemoved,
          contracts::kTransactionChanged}) {
        for (const std::string& payload : {std::string("{}"), std::string("not JSON"),
                                           std::string(), good.substr(0, good.size() / 2)}) {
            const auto changes = monthly_changes(type, payload);
            ASSERT_FALSE(changes.has_value()) << type << " " << payload;
            EXPECT_EQ(changes.error().code, ErrorCode::data_loss);
            EXPECT_EQ(changes.error().place, type);
        }
    }
}

TEST(MonthlyTotalsProjection, BeginsWithWhatTheLedgerHas) {
    Line line;
    for (int i = 0; i < 2100; ++i) {  // More than two reads.
        line.write(recorded(transaction_of(i % 200, -1, "food")));
    }
    line.start();
    EXPECT_TRUE(line.reaches(2100));
    EXPECT_EQ(line.totals.text(kHome), "2026-06 food -2100/2100\n");
}

TEST(MonthlyTotalsProjection, CountsARepeatedDeliveryOnce) {
    Line line;
    line.start();
    for (int i = 1; i <= 3; ++i) {
        line.write(recorded(transaction_of(i, -100 * i, "food")));
    }
    for (const std::int64_t sequence : {1, 1, 2, 1, 2, 3, 3, 2}) {
        line.deliver(sequence);
    }
    EXPECT_TRUE(line.reaches(3));
    line.write(recorded(transaction_of(4, -1, "food")));
    line.deliver(4);
    EXPECT_TRUE(line.reaches(4));
    EXPECT_EQ(line.totals.text(kHome), "2026-06 food -601/4\n");
}

TEST(MonthlyTotalsProjection, ReadsFromTheLedgerWhatTheBusForgot) {
    Line line;
    line.start();
    for (int i = 1; i <= 5; ++i) {
        line.write(recorded(transaction_of(i, -100, "food")));
    }
    line.deliver(4);  // 1 to 3 never come, and 5 not yet.
    EXPECT_TRUE(line.reaches(4));
    line.deliver(5);
    EXPECT_TRUE(line.reaches(5));
    EXPECT_EQ(line.totals.text(kHome), "2026-06 food -500/5\n");
}

TEST(MonthlyTotalsProjection, MakesUpForFailedWritesWithoutWaitingForAnotherEvent) {
    Line line;
    line.start();
    line.write(recorded(transaction_of(1, -100, "food")));
    line.totals.fail_next_writes(1);
    line.deliver(1);  // Refused by the totals, then caught up with from the ledger.
    EXPECT_TRUE(line.reaches(1));
    line.write(recorded(transaction_of(2, -100, "food")));
    line.totals.fail_next_writes(3);
    line.deliver(2);  // That is refused too, twice.
    EXPECT_TRUE(line.reaches(2));
    EXPECT_EQ(line.totals.text(kHome), "2026-06 food -200/2\n");
}

TEST(MonthlyTotalsProjection, LetsNoHouseholdWaitForOneItCannotRead) {
    Line line;
    line.start();
    line.write({std::string(contracts::kTransactionRecorded), "{}"});
    line.deliver(1);
    const HouseholdId other = household_number(2);
    line.write(recorded(transaction_of(2, -7, "travel")), other);
    line.deliver(1, other);
    EXPECT_TRUE(line.reaches(1, other));
    EXPECT_EQ(line.totals.text(kHome), "");
}

TEST(MonthlyTotalsProjection, KeepsHouseholdsApart) {
    Line line;
    line.start();
    const HouseholdId other = household_number(2);
    line.write(recorded(transaction_of(1, -100, "food")));
    line.write(recorded(transaction_of(2, -7, "travel")), other);
    line.deliver(1, other);
    line.deliver(1);
    EXPECT_TRUE(line.reaches(1));
    EXPECT_TRUE(line.reaches(1, other));
    EXPECT_EQ(line.totals.text(kHome), "2026-06 food -100/1\n");
    EXPECT_EQ(line.totals.text(other), "2026-06 travel -7/1\n");
}

TEST(MonthlyTotalsProjection, RefusesToStartOnAHistoryItCannotRead) {
    Line line;
    line.write({std::string(contracts::kTransactionRecorded), "{}"});
    const std::array<HouseholdId, 1> households{kHome};
    const auto started = line.projection.start(households);
    ASSERT_FALSE(started.has_value());
    EXPECT_EQ(started.error().code, ErrorCode::data_loss);
}

TEST(MonthlyTotalsProjection, SaysWhenItDoesNotGetThere) {
    Line line;
    line.start();
    EXPECT_TRUE(line.reaches(0));
    EXPECT_FALSE(line.projection.wait_for(
        kHome, 1, Deadline::after(line.clock, std::chrono::milliseconds(1))));
}

}  // namespace
}  // namespace atlas::roles::finance_engine
