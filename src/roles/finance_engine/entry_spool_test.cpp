// SPDX-License-Identifier: Apache-2.0
// Goal: what a spool is given comes back, of each statement and in order, whether it stayed in
// memory or went to the disk in parts. Method: a plain sorted list beside it, on seeded statements
// small and large; the facts and the ids that may come again counted by hand.
#include "roles/finance_engine/entry_spool.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.hpp"

namespace atlas::roles::finance_engine {
namespace {

using finance::statements::StatementEntry;

StatementEntry entry(Date date, std::int64_t line, std::string text, std::string bank_id = {}) {
    StatementEntry out{.date = date,
                       .posted = {},
                       .initiated = {},
                       .amount = money::Money::from_minor(line, *money::Currency::parse("EUR")),
                       .original = {},
                       .description = std::move(text),
                       .memo = {},
                       .payee = {},
                       .bank_id = std::move(bank_id),
                       .check_number = {},
                       .kind = {},
                       .pending = false,
                       .position = {.line = line, .column = 1, .offset = 10 * line}};
    return out;
}

const Date kDay = *Date::create(2026, 3, 1);

std::vector<StatementEntry> all_of(EntrySpool& spool, std::size_t statement) {
    std::vector<StatementEntry> out;
    while (true) {
        auto next = spool.next(statement);
        EXPECT_TRUE(next.has_value());
        if (!next.has_value() || !next->has_value()) {
            return out;
        }
        out.push_back(**next);
    }
}

TEST(EntrySpool, FactsAreOfTheFirstEntryOfTheLastDay) {
    EntrySpool spool({}, "x");
    spool.take(1, entry(kDay.plus_days(2), 1, "a"));
    spool.take(1, entry(kDay.plus_days(4), 2, "b"));
    spool.take(1, entry(kDay.plus_days(4), 3, "c"));
    spool.take(1, entry(kDay, 4, "d"));
    EXPECT_EQ(spool.facts(0), nullptr);
    ASSERT_NE(spool.facts(1), nullptr);
    EXPECT_EQ(spool.facts(1)->count, 4);
    EXPECT_EQ(spool.facts(1)->first_day, kDay);
    EXPECT_EQ(spool.facts(1)->last_day, kDay.plus_days(4));
    EXPECT_EQ(spool.facts(1)->last_place.line, 2);
    EXPECT_EQ(spool.facts(2), nullptr);
}

TEST(EntrySpool, AFileReadAnewIsForgotten) {
    EntrySpool spool({}, "x");
    spool.take(0, entry(kDay, 1, "a", "ID1"));
    spool.take(0, entry(kDay, 2, "b", "ID1"));
    EXPECT_TRUE(spool.may_come_again(0, entry(kDay, 1, "a", "ID1")));
    spool.clear();
    EXPECT_EQ(spool.facts(0), nullptr);
    EXPECT_FALSE(spool.may_come_again(0, entry(kDay, 1, "a", "ID1")));
    spool.take(0, entry(kDay.plus_days(1), 3, "c", "ID1"));
    EXPECT_FALSE(spool.may_come_again(0, entry(kDay, 1, "a", "ID1")));
    EXPECT_FALSE(spool.may_come_again(0, entry(kDay, 1, "a")));
    EXPECT_EQ(spool.facts(0)->first_day, kDay.plus_days(1));
    ASSERT_TRUE(spool.settle().has_value());
    EXPECT_EQ(all_of(spool, 0).size(), 1U);
}

/// Statements of the given sizes whose entries come mixed, on days without order.
void expect_all_back(const std::vector<std::int64_t>& sizes, std::size_t text_bytes) {
    constexpr std::uint64_t kSeed = 20261123;
    Random random(kSeed);
    EntrySpool spool({}, "x");
    std::vector<std::vector<StatementEntry>> given(sizes.size());
    std::size_t bytes = 0;
    std::int64_t line = 0;
    for (bool any = true; any;) {
        any = false;
        for (std::size_t s = 0; s < sizes.size(); ++s) {
            if (std::ssize(given[s]) == sizes[s]) {
                continue;
            }
            any = true;
            const Date day = kDay.plus_days(static_cast<std::int32_t>(random.below(40)));
            given[s].push_back(entry(day, ++line, std::string(text_bytes, 'x')));
            bytes += text_bytes;
            spool.take(s, given[s].back());
        }
    }
    ASSERT_TRUE(spool.settle().has_value());
    const bool in_parts = bytes > kSpoolPartBytes;
    for (std::size_t s = 0; s < sizes.size(); ++s) {
        if (in_parts || sizes[s] > kDecidedAtOnce) {
            std::ranges::stable_sort(given[s], {}, &StatementEntry::date);
        }
        EXPECT_TRUE(all_of(spool, s) == given[s]) << "statement " << s << ", seed " << kSeed;
    }
}

TEST(EntrySpool, StatementsInMemoryComeBackInTheOrderOfTheFileOrByDay) {
    expect_all_back({5, 0, 300, 1}, 3);
    expect_all_back({kDecidedAtOnce, kDecidedAtOnce + 1, 7}, 3);
}

TEST(EntrySpool, StatementsInPartsComeBackByDayEachWithItsOwn) {
    expect_all_back({9'000, 40, 9'000, 1}, 1000);
}

}  // namespace
}  // namespace atlas::roles::finance_engine
