// SPDX-License-Identifier: Apache-2.0
// Goal: what a bank says an account held is an event of the ledger, once. Method: the same OFX
// statement twice, and one with a later balance, through the front door; the history read back.
#include <gtest/gtest.h>

#include "app/testing/books.hpp"
#include "base/format.hpp"
#include "contracts/events_plans.hpp"

namespace atlas::app {
namespace {

using testing::Books;
using testing::must;
using testing::ofx_text;

std::vector<contracts::BalanceStatedEvent> stated(Books& books) {
    std::vector<contracts::BalanceStatedEvent> found;
    for (const auto& row :
         must(books.house().ledger().history(books.house().household(), 0, 10'000))) {
        if (row.event.type == contracts::kBalanceStated) {
            found.push_back(
                must(contracts::decode<contracts::BalanceStatedEvent>(row.event.payload)));
        }
    }
    return found;
}

TEST(StatedBalances, AreEventsOfTheLedgerOnce) {
    Books books;
    const std::string june =
        ofx_text("1", {{"20260602", "-3.50", "F1", "Coffee"}}, "96.50", "20260630");
    books.import({.name = "june.ofx", .bytes = june});
    ASSERT_EQ(stated(books).size(), 1U);
    const contracts::BalanceStatedEvent first = stated(books)[0];
    EXPECT_EQ(first.balance.amount, "96.50");
    EXPECT_EQ(first.balance.currency, "USD");
    EXPECT_EQ(to_string(first.date), "2026-06-30");
    EXPECT_EQ(first.source, "june.ofx");
    EXPECT_EQ(first.account_id,
              must(books.house().ledger().accounts(books.house().household()))[0].account.id);

    books.import({.name = "again.ofx", .bytes = june});
    EXPECT_EQ(stated(books).size(), 1U) << "the same balance was told again";
    books.import(
        {.name = "july.ofx",
         .bytes = ofx_text("1", {{"20260702", "-6.50", "F2", "Tea"}}, "90.00", "20260731")});
    ASSERT_EQ(stated(books).size(), 2U);
    EXPECT_EQ(stated(books)[1].balance.amount, "90.00");
    // A statement without a balance says nothing.
    books.import({.name = "august.ofx",
                  .bytes = ofx_text("1", {{"20260802", "-1.00", "F3", "Tea"}}, "", "")});
    EXPECT_EQ(stated(books).size(), 2U);
    // The same amount on another day, and another amount on a day that was told of.
    books.import(
        {.name = "september.ofx",
         .bytes = ofx_text("1", {{"20260902", "-1.00", "F4", "Tea"}}, "90.00", "20260930")});
    EXPECT_EQ(stated(books).size(), 3U);
    books.import(
        {.name = "corrected.ofx",
         .bytes = ofx_text("1", {{"20260903", "-1.00", "F5", "Tea"}}, "89.00", "20260930")});
    EXPECT_EQ(stated(books).size(), 4U);
    // A name too long for a source is left out; one that just fits is not.
    for (const std::size_t size : {std::size_t{256}, std::size_t{257}}) {
        const std::string name(size - 4, 'n');
        books.import({.name = name + ".ofx",
                      .bytes = ofx_text("1", {{"20261002", "-1.00", format("G{}", size), "Tea"}},
                                        format("{}.00", size), "20261031")});
        ASSERT_FALSE(stated(books).empty());
        EXPECT_EQ(
            stated(books).back().source.has_value() && stated(books).back().source->size() == 256,
            size == 256);
    }
}

}  // namespace
}  // namespace atlas::app
