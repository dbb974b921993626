// SPDX-License-Identifier: Apache-2.0
// Goal: an account's days add up to its balance, its files' gaps and differences are named, several
// currencies meet only by dated rates. Method: real stores; sums against a slow count.
#include <gtest/gtest.h>

#include <fstream>

#include "app/testing/books.hpp"
#include "roles/finance_engine/rates.hpp"

namespace atlas::app {
namespace {

using contracts::BalanceInterval;
using finance::ledger::DifferenceCause;
using testing::Books;
using testing::code_of;
using testing::must;
using testing::ofx_text;

class Balances : public ::testing::Test {
protected:
    contracts::ImportValue import(const std::string& name, const std::vector<testing::OfxRow>& rows,
                                  const std::string& balance, const std::string& day) {
        return books.import(
            {.name = name, .bytes = ofx_text("111", rows, balance, day), .account = "Everyday"});
    }
    AccountId account() {
        return must(books.engine().list_accounts(books.context())).items.at(0).id;
    }
    Books books;
};

TEST_F(Balances, EachDayIsTheSumOfAllUpToIt) {
    import("j.ofx",
           {{"20260105", "-10.00", "A", "X"},
            {"20260105", "-5.00", "B", "Y"},
            {"20260210", "100.00", "C", "Z"},
            { "20260331",
              "-1.00",
              "D",
              "W" }},
           "500.00", "20260331");
    contracts::GetBalances ask{.id = account(), .from = {}, .to = {}};
    const auto days = must(books.engine().get_balances(ask, books.context()));
    ASSERT_FALSE(days.points.empty());
    EXPECT_EQ(days.points.front().date, *Date::parse("2026-01-04")) << "the opening";
    for (const auto& point : days.points) {
        std::int64_t sum = 0;
        for (const auto& each : books.transactions()) {
            sum += each.date <= point.date ? each.amount.minor() : 0;
        }
        EXPECT_EQ(contracts::to_money(point.balance).minor(), sum) << to_string(point.date);
    }
    EXPECT_EQ(days.points.back().balance.amount, "500.00");
    ask.interval = BalanceInterval::month;
    const auto months = must(books.engine().get_balances(ask, books.context()));
    ASSERT_EQ(months.points.size(), 3U);
    EXPECT_EQ(months.points[1].date, *Date::parse("2026-02-28"));
    EXPECT_EQ(months.points[1].balance.amount, "501.00");
    ask.interval = BalanceInterval::week;
    ask.from = *Date::parse("2026-01-05");  // A Monday.
    ask.to = *Date::parse("2026-01-18");
    const auto weeks = must(books.engine().get_balances(ask, books.context()));
    ASSERT_EQ(weeks.points.size(), 2U);
    EXPECT_EQ(weeks.points[0].date, *Date::parse("2026-01-11"));
    ask.to = *Date::parse("2026-01-01");
    EXPECT_EQ(code_of(books.engine().get_balances(ask, books.context())),
              ErrorCode::invalid_argument);
    ask.interval = BalanceInterval::day;
    ask.from = *Date::parse("0001-01-01");
    ask.to = *Date::parse("9999-12-31");
    EXPECT_EQ(code_of(books.engine().get_balances(ask, books.context())),
              ErrorCode::invalid_argument);
    ask.id = AccountId{};
    EXPECT_EQ(code_of(books.engine().get_balances(ask, books.context())), ErrorCode::not_found);
}

TEST_F(Balances, NamesGapsAndTheTransactionThatMakesTheDifference) {
    import("jan.ofx", {{ "20260105", "-10.00", "A", "CAFE" }}, "90.00", "20260131");
    // The bank's March balance does not know one of its own rows.
    const auto march = import(
        "mar.ofx", {{"20260305", "-20.00", "B", "BOOKS"}, {"20260312", "-7.77", "C", "KIOSK"}},
        "70.00", "20260331");
    const auto report = must(books.engine().get_account_report({account()}, books.context()));
    ASSERT_EQ(report.gaps.size(), 1U);
    EXPECT_EQ(report.gaps[0].from, *Date::parse("2026-02-01"));
    EXPECT_EQ(report.gaps[0].to, *Date::parse("2026-03-04"));
    EXPECT_EQ(report.gaps[0].days, 32);
    ASSERT_EQ(report.balances.size(), 2U);
    EXPECT_EQ(report.balances[0].difference.amount, "0.00");
    EXPECT_EQ(report.balances[1].difference.amount, "7.77");
    EXPECT_EQ(report.balances[1].causes.at(0).cause, DifferenceCause::extra_transaction);
    EXPECT_NE(report.balances[1].causes[0].text.find("KIOSK"), std::string::npos);
    EXPECT_FALSE(report.agrees);
    books.undo(march.import_id);
    const auto after = must(books.engine().get_account_report({account()}, books.context()));
    EXPECT_TRUE(after.agrees);
    EXPECT_TRUE(after.gaps.empty());
    EXPECT_EQ(after.statements.size(), 1U);
}

TEST_F(Balances, CurrenciesMeetOnlyByDatedRates) {
    std::ofstream(books.folder() + "/rates.csv")
        << "date,base,quote,rate\n2026-06-29,EUR,USD,1.1\n";
    books.close();
    books.open();
    books.import({.name = "usd.ofx",
                  .bytes = ofx_text("111", {{"20260630", "100.00", "A", "X"}}, "", ""),
                  .account = "Everyday"});
    books.import({.name = "eur.ofx",
                  .bytes = ofx_text("222", {{"20260701", "10.05", "B", "Y"}}, "", "", "EUR"),
                  .account = "Euro"});
    const auto worth = must(books.engine().get_worth({}, books.context()));
    ASSERT_TRUE(worth.total.has_value());
    EXPECT_EQ(worth.total->amount, "111.06") << "10.05 * 1.1 = 11.055, half to even 11.06";
    ASSERT_EQ(worth.items.size(), 2U);
    EXPECT_EQ(worth.items[0].rate_date, *Date::parse("2026-06-29"));
    EXPECT_EQ(worth.items[0].rate_source, "rates.csv");
    EXPECT_FALSE(worth.items[1].rate_date.has_value());
    contracts::GetWorth later{.on = *Date::parse("2026-07-20"), .currency = {}};
    const auto stale = must(books.engine().get_worth(later, books.context()));
    EXPECT_FALSE(stale.total.has_value()) << "no rate of the last seven days";
    EXPECT_TRUE(stale.items[0].problem.has_value());
    contracts::GetWorth before{.on = *Date::parse("2026-06-30"), .currency = {}};
    EXPECT_EQ(must(books.engine().get_worth(before, books.context())).total->amount, "100.00");
    later.currency = "XXY";
    EXPECT_EQ(code_of(books.engine().get_worth(later, books.context())),
              ErrorCode::invalid_argument);
}

TEST_F(Balances, AnAccountByHandIsAddedRenamedAndTakenBack) {
    contracts::AddAccount add{.name = "Wallet",
                              .type = contracts::AccountType::cash,
                              .currency = "USD",
                              .institution = {},
                              .opened = {}};
    const auto added = must(books.engine().add_account(add, books.context()));
    EXPECT_EQ(code_of(books.engine().add_account(add, books.context())), ErrorCode::conflict);
    contracts::EditAccount rename{};
    rename.id = account();
    rename.name = "Purse";
    const auto renamed = must(books.engine().edit_account(rename, books.context()));
    EXPECT_EQ(books.balance_of("Purse"), "0.00 USD");
    must(books.engine().undo_edit({renamed.edit->id}, books.context()));
    EXPECT_EQ(books.balance_of("Wallet"), "0.00 USD");
    rename.opened = *Date::parse("2026-02-01");
    rename.closed = *Date::parse("2026-01-01");
    EXPECT_EQ(code_of(books.engine().edit_account(rename, books.context())),
              ErrorCode::invalid_argument);
    must(books.engine().undo_edit({added.edit->id}, books.context()));
    EXPECT_EQ(books.balance_of("Wallet"), "no such account");
    add.name.clear();
    EXPECT_EQ(code_of(books.engine().add_account(add, books.context())),
              ErrorCode::invalid_argument);
}

TEST(Rates, RefusesWhatIsNoRateWithItsLine) {
    using roles::finance_engine::read_rates;
    EXPECT_TRUE(read_rates("", "r").has_value());
    EXPECT_TRUE(read_rates("2026-06-29,EUR,USD,1.1\r\n\n", "r").has_value());
    for (const std::string_view wrong :
         {"2026-06-29,EUR,USD", "2026-06-29,EUR,USD,1.1,2", "2026-06-31,EUR,USD,1.1",
          "2026-06-29,EUX,USD,1.1", "2026-06-29,EUR,USD,-1", "2026-06-29,EUR,EUR,1"}) {
        const auto read = read_rates("date,base,quote,rate\n" + std::string(wrong), "r.csv");
        ASSERT_FALSE(read.has_value()) << wrong;
        EXPECT_EQ(read.error().code, ErrorCode::invalid_argument);
        EXPECT_EQ(read.error().place, "r.csv:2") << wrong;
    }
}

}  // namespace
}  // namespace atlas::app
