// SPDX-License-Identifier: Apache-2.0
// What every MonthlyTotalsStore does: each event once, in order, with its offset; rebuilt by
// replay it says the same.
//
//     struct Engine { ports::MonthlyTotalsStore& store(); void reopen(); };
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>
#include <tuple>

#include "ports/monthly_totals.hpp"
#include "ports/testing/ledger_samples.hpp"

namespace atlas::ports::testing {

template <class Engine>
class MonthlyTotalsContract : public ::testing::Test {
protected:
    MonthlyTotalsStore& store() { return engine_.store(); }
    static Date month(int year, int number) { return *Date::create(year, number, 1); }
    static MonthlyTotal total(int number, std::string category, std::int64_t cents,
                              std::int64_t count = 1) {
        return {.month = month(2026, number),
                .category = std::move(category),
                .amount = dollars(cents),
                .count = count};
    }
    MonthlyTotals year(HouseholdId household = kHome) {
        return *store().read(household, month(2026, 1), month(2026, 12));
    }
    Result<bool> apply(std::int64_t sequence, const std::vector<MonthlyTotal>& changes,
                       HouseholdId household = kHome) {
        return store().apply(household, sequence, changes);
    }
    Engine engine_;
};

TYPED_TEST_SUITE_P(MonthlyTotalsContract);

TYPED_TEST_P(MonthlyTotalsContract, AddsEachEventOnceAndRemembersIt) {
    EXPECT_EQ(this->year().as_of, 0);
    EXPECT_TRUE(this->year().items.empty());
    EXPECT_TRUE(*this->apply(1, {this->total(2, "food", -1000), this->total(1, "rent", -9)}));
    EXPECT_TRUE(*this->apply(2, {this->total(2, "food", -500), this->total(2, "food", 1)}));
    EXPECT_FALSE(*this->apply(2, {this->total(2, "food", -500)}));
    EXPECT_FALSE(*this->apply(1, {this->total(2, "food", -500)}));
    EXPECT_TRUE(*this->apply(3, {}));
    this->engine_.reopen();
    const MonthlyTotals totals = this->year();
    EXPECT_EQ(totals.as_of, 3);
    EXPECT_EQ(totals.items, (std::vector<MonthlyTotal>{this->total(1, "rent", -9),
                                                       this->total(2, "food", -1499, 3)}));
}

TYPED_TEST_P(MonthlyTotalsContract, AGapIsAConflictAndChangesNothing) {
    EXPECT_EQ(this->apply(2, {this->total(1, "food", 1)}).error().code, ErrorCode::conflict);
    ASSERT_TRUE(this->apply(1, {this->total(1, "food", 1)}));
    EXPECT_EQ(this->apply(3, {this->total(1, "food", 1)}).error().code, ErrorCode::conflict);
    const std::vector<MonthlyTotal> changes = {this->total(1, "food", 1)};
    const std::vector<MonthlyTotalsEvent> events = {{.sequence = 2, .changes = changes},
                                                    {.sequence = 4, .changes = changes}};
    EXPECT_EQ(this->store().apply_batch(kHome, events).error().code, ErrorCode::conflict);
    EXPECT_EQ(this->year().as_of, 1);
    EXPECT_EQ(this->year().items, changes);
}

TYPED_TEST_P(MonthlyTotalsContract, RefusesAnotherDayAndAnOverflow) {
    MonthlyTotal second = this->total(1, "food", 1);
    second.month = second.month.plus_days(1);
    EXPECT_EQ(this->apply(1, {second}).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(
        this->apply(1, {this->total(1, "food", INT64_MAX), this->total(1, "food", 1)}).error().code,
        ErrorCode::invalid_argument);
    ASSERT_TRUE(this->apply(1, {this->total(1, "food", INT64_MAX)}));
    EXPECT_EQ(this->apply(2, {this->total(1, "food", 1)}).error().code,
              ErrorCode::invalid_argument);
    EXPECT_EQ(this->year().as_of, 1);
}

TYPED_TEST_P(MonthlyTotalsContract, ACountOfZeroHasNoRow) {
    ASSERT_TRUE(this->apply(1, {this->total(1, "food", -5), this->total(2, "food", -5)}));
    ASSERT_TRUE(this->apply(2, {this->total(1, "food", 5, -1)}));
    EXPECT_EQ(this->year().items, (std::vector<MonthlyTotal>{this->total(2, "food", -5)}));
    ASSERT_TRUE(this->apply(3, {this->total(2, "food", 5, 0)}));
    EXPECT_EQ(this->year().items, (std::vector<MonthlyTotal>{this->total(2, "food", 0)}))
        << "an amount of zero still counts";
    ASSERT_TRUE(this->apply(4, {this->total(2, "food", 7, -1)}));
    EXPECT_TRUE(this->year().items.empty()) << "what is left over is not shown";
    ASSERT_TRUE(this->apply(5, {this->total(2, "food", 1, 1)}));
    EXPECT_EQ(this->year().items, (std::vector<MonthlyTotal>{this->total(2, "food", 8)}))
        << "nor forgotten";
}

TYPED_TEST_P(MonthlyTotalsContract, ReadsMonthsBothIncludedInOrder) {
    MonthlyTotal euros = this->total(3, "food", 7);
    euros.amount = money::Money::from_minor(7, currency_of("EUR"));
    ASSERT_TRUE(this->apply(1, {this->total(4, "food", 1), this->total(3, "rent", 2),
                                this->total(3, "food", 3), euros, this->total(2, "food", 4)}));
    const auto found = *this->store().read(kHome, this->month(2026, 3), *Date::parse("2026-04-15"));
    ASSERT_EQ(found.items.size(), 4U);
    EXPECT_EQ(found.items[0], euros);
    EXPECT_EQ(found.items[1], this->total(3, "food", 3));
    EXPECT_EQ(found.items[2], this->total(3, "rent", 2));
    EXPECT_EQ(found.items[3], this->total(4, "food", 1));
    EXPECT_EQ(
        this->store().read(kHome, *Date::parse("2026-02-28"), this->month(2026, 2))->items.size(),
        1U);
}

TYPED_TEST_P(MonthlyTotalsContract, ResetForgetsOneHousehold) {
    ASSERT_TRUE(this->apply(1, {this->total(1, "food", 1)}));
    ASSERT_TRUE(this->apply(1, {this->total(1, "food", 2)}, kNeighbours));
    ASSERT_TRUE(this->store().reset(kHome));
    EXPECT_EQ(this->year().as_of, 0);
    EXPECT_TRUE(this->year().items.empty());
    EXPECT_EQ(this->year(kNeighbours).items.size(), 1U);
    EXPECT_TRUE(*this->apply(1, {this->total(1, "food", 3)}));
}

// The slow independent way: a map, added up by hand. Deliveries repeat, batches vary in size.
TYPED_TEST_P(MonthlyTotalsContract, RandomDeliveriesAddUpAsByHand) {
    const std::uint64_t seed = 4711;
    Random random(seed);
    std::vector<std::vector<MonthlyTotal>> events(200);
    std::map<std::tuple<Date, std::string, std::string_view>, std::pair<std::int64_t, std::int64_t>>
        by_hand;
    for (auto& changes : events) {
        const std::uint64_t count = random.below(4);
        for (std::uint64_t i = 0; i < count; ++i) {
            MonthlyTotal change =
                this->total(static_cast<int>(1 + random.below(3)), random.chance(0.5) ? "a" : "b",
                            random.between(-100, 100), random.between(-1, 2));
            if (random.chance(0.3)) {
                change.amount = money::Money::from_minor(change.amount.minor(), currency_of("JPY"));
            }
            auto& sum = by_hand[{change.month, change.category, change.amount.currency().code()}];
            sum.first += change.amount.minor();
            sum.second += change.count;
            changes.push_back(std::move(change));
        }
    }
    std::size_t next = 0;
    while (next < events.size()) {
        const std::size_t first = next - std::min<std::size_t>(next, random.below(3));
        const std::size_t end = std::min<std::size_t>(events.size(), next + 1 + random.below(20));
        std::vector<MonthlyTotalsEvent> batch;
        for (std::size_t i = first; i < end; ++i) {
            batch.push_back({.sequence = static_cast<std::int64_t>(i + 1), .changes = events[i]});
        }
        ASSERT_EQ(*this->store().apply_batch(kHome, batch), static_cast<std::int64_t>(end));
        next = end;
    }
    const MonthlyTotals found = this->year();
    EXPECT_EQ(found.as_of, 200);
    std::size_t rows = 0;
    for (const MonthlyTotal& item : found.items) {
        const auto& sum = by_hand[{item.month, item.category, item.amount.currency().code()}];
        EXPECT_EQ(item.amount.minor(), sum.first) << "seed " << seed;
        EXPECT_EQ(item.count, sum.second) << "seed " << seed;
        ++rows;
    }
    for (const auto& [key, sum] : by_hand) {
        rows -= sum.second != 0 ? 1 : 0;
    }
    EXPECT_EQ(rows, 0U) << "seed " << seed;
}

TYPED_TEST_P(MonthlyTotalsContract, ReadersBesideAWriterSeeWholeEvents) {
    std::atomic<bool> is_done = false;
    std::jthread reader([&] {
        while (!is_done) {
            const MonthlyTotals totals = this->year();
            for (const MonthlyTotal& item : totals.items) {
                EXPECT_EQ(item.amount.minor(), totals.as_of);
            }
            EXPECT_EQ(totals.items.size(), totals.as_of == 0 ? 0U : 2U);
        }
    });
    for (std::int64_t i = 1; i <= 100; ++i) {
        EXPECT_TRUE(*this->apply(i, {this->total(1, "a", 1), this->total(1, "b", 1)}));
    }
    is_done = true;
}

REGISTER_TYPED_TEST_SUITE_P(MonthlyTotalsContract, AddsEachEventOnceAndRemembersIt,
                            AGapIsAConflictAndChangesNothing, RefusesAnotherDayAndAnOverflow,
                            ACountOfZeroHasNoRow, ReadsMonthsBothIncludedInOrder,
                            ResetForgetsOneHousehold, RandomDeliveriesAddUpAsByHand,
                            ReadersBesideAWriterSeeWholeEvents);

}  // namespace atlas::ports::testing
