// SPDX-License-Identifier: Apache-2.0
// Goal: what a bank says an account held is an event of the ledger, once. Method: the same OFX
// statement twice, and one with a later balance, through the front door; the history read back.
#include <gtest/gtest.h>

#include "app/testing/books.hpp"
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
}

}  // namespace
}  // namespace atlas::app
