// SPDX-License-Identifier: Apache-2.0
// Goal: the double-entry view balances and says what the ledger says. Method: entries by hand, a
// law on seeded ledgers (each entry and the whole sum to zero per currency; account totals equal
// sums of transactions), and the same totals computed by the real hledger where it is installed.
#include "finance/ledger/journal.hpp"

#include <gtest/gtest.h>

#include "finance/ledger/export_hledger.hpp"
#include "finance/ledger/testing/hledger_check.hpp"

namespace atlas::finance::ledger {
namespace {

using testing_ledger::LedgerSample;
using testing_ledger::sample_ledger;

money::Money usd(const char* amount) {
    return *money::Money::parse(amount, *money::Currency::parse("USD"));
}

struct TwoAccounts {
    Account bank{.id = *AccountId::parse("00000000-0000-7000-8000-00000000000a"),
                 .name = "Every: day;  account",
                 .type = AccountType::checking,
                 .currency = *money::Currency::parse("USD"),
                 .institution = {},
                 .number_masked = {},
                 .number_hash = {},
                 .opened = {},
                 .closed = {}};
    Account card{.id = *AccountId::parse("00000000-0000-7000-8000-00000000000b"),
                 .name = "Visa",
                 .type = AccountType::credit_card,
                 .currency = *money::Currency::parse("USD"),
                 .institution = {},
                 .number_masked = {},
                 .number_hash = {},
                 .opened = {},
                 .closed = {}};

    Transaction of(const Account& account, const char* date, money::Money amount,
                   const char* category) const {
        return {.id = *TransactionId::parse("00000000-0000-8000-8000-0000000000ff"),
                .account_id = account.id,
                .date = *Date::parse(date),
                .posted_date = {},
                .amount = amount,
                .original_amount = {},
                .description = "X",
                .merchant = {},
                .status = TransactionStatus::posted,
                .splits = {{category, amount, {}, {}}},
                .transfer_id = {},
                .filed = {},
                .source = {},
                .bank_id = {},
                .fingerprint = {},
                .occurrence = 0};
    }
};

TEST(Journal, ACategoryIsAnAccount) {
    const TwoAccounts two;
    Transaction shop = two.of(two.bank, "2026-01-05", usd("-30.00"), "food.groceries");
    shop.splits[0].amount = usd("-20.00");
    shop.splits.push_back({"income.refund", usd("-10.00"), {}, {}});
    const std::vector accounts = {two.bank, two.card};
    const std::vector transactions = {shop};
    const auto entries = journal_entries({accounts, transactions});
    ASSERT_TRUE(entries.has_value());
    ASSERT_EQ(entries->size(), 1U);
    const std::vector<Posting> expected = {{"assets:bank:Every- day, account", usd("-30.00")},
                                           {"expenses:food:groceries", usd("20.00")},
                                           {"income:refund", usd("10.00")}};
    EXPECT_EQ(entries->front().postings, expected);
}

TEST(Journal, APairedTransferIsOneEntryOrGoesThroughTransit) {
    const TwoAccounts two;
    const TransferId id = *TransferId::parse("00000000-0000-7000-8000-0000000000cc");
    Transaction out = two.of(two.bank, "2026-01-05", usd("-30.00"), "transfer.internal");
    Transaction in = two.of(two.card, "2026-01-05", usd("30.00"), "transfer.internal");
    out.transfer_id = in.transfer_id = id;
    const std::vector accounts = {two.bank, two.card};
    std::vector transactions = {in, out};
    const auto together = journal_entries({accounts, transactions});
    ASSERT_EQ(together->size(), 1U);
    const std::vector<Posting> expected = {{"liabilities:card:Visa", usd("30.00")},
                                           {"assets:bank:Every- day, account", usd("-30.00")}};
    EXPECT_EQ(together->front().postings, expected);
    transactions[0].date = *Date::parse("2026-01-07");
    const auto apart = journal_entries({accounts, transactions});
    ASSERT_EQ(apart->size(), 2U);
    EXPECT_EQ(apart->front().postings[1], (Posting{"assets:in-transit", usd("30.00")}));
    EXPECT_EQ(apart->back().postings[1], (Posting{"assets:in-transit", usd("-30.00")}));
}

TEST(Journal, TwoCurrenciesMeetInConversion) {
    const TwoAccounts two;
    const TransferId id = *TransferId::parse("00000000-0000-7000-8000-0000000000cc");
    const money::Money euros = *money::Money::parse("27.00", *money::Currency::parse("EUR"));
    Transaction out = two.of(two.bank, "2026-01-05", usd("-30.00"), "transfer.internal");
    Transaction in = two.of(two.card, "2026-01-05", euros, "transfer.internal");
    out.transfer_id = in.transfer_id = id;
    const std::vector accounts = {two.bank, two.card};
    const std::vector transactions = {out, in};
    const auto entries = journal_entries({accounts, transactions});
    const std::vector<Posting> expected = {{"assets:bank:Every- day, account", usd("-30.00")},
                                           {"equity:conversion", usd("30.00")},
                                           {"equity:conversion", -euros},
                                           {"liabilities:card:Visa", euros}};
    EXPECT_EQ(entries->front().postings, expected);
}

TEST(Journal, NamesThatFallTogetherAreNumbered) {
    TwoAccounts two;
    two.bank.name = "A:B";
    two.card.name = "A-B";
    two.card.type = AccountType::checking;
    const std::vector accounts = {two.bank, two.card};
    const std::vector transactions = {two.of(two.bank, "2026-01-05", usd("-1.00"), "food"),
                                      two.of(two.card, "2026-01-05", usd("-2.00"), "food")};
    const auto entries = journal_entries({accounts, transactions});
    EXPECT_EQ((*entries)[0].postings[0].account, "assets:bank:A-B");
    EXPECT_EQ((*entries)[1].postings[0].account, "assets:bank:A-B (2)");
}

TEST(Journal, RefusesAForeignAccount) {
    const TwoAccounts two;
    const std::vector accounts = {two.bank};
    const std::vector transactions = {two.of(two.card, "2026-01-05", usd("-1.00"), "food")};
    const auto entries = journal_entries({accounts, transactions});
    ASSERT_FALSE(entries.has_value());
    EXPECT_EQ(entries.error().code, ErrorCode::invalid_argument);
}

TEST(Journal, UnknownAndTransferCategoriesHaveTheirPlaces) {
    EXPECT_EQ(category_account("other.unknown", true), "expenses:unknown");
    EXPECT_EQ(category_account("other.unknown", false), "income:unknown");
    EXPECT_EQ(category_account("transfer.internal", true), "assets:in-transit");
    EXPECT_EQ(category_account("income.wages", false), "income:wages");
    EXPECT_EQ(category_account("equity.opening", false), "equity:opening");
    EXPECT_EQ(category_account("my:own. thing", true), "expenses:my-own:thing");
}

TEST(Journal, EverySeededLedgerBalances) {
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        const LedgerSample sample = sample_ledger(seed);
        const auto entries = journal_entries({sample.accounts, sample.transactions});
        ASSERT_TRUE(entries.has_value()) << "seed " << seed;
        for (const JournalEntry& entry : *entries) {
            std::map<money::Currency, money::Int128> sums;
            for (const Posting& posting : entry.postings) {
                sums[posting.amount.currency()] += posting.amount.minor();
            }
            for (const auto& [currency, sum] : sums) {
                ASSERT_TRUE(sum == 0) << "seed " << seed << " " << entry.description;
            }
        }
        EXPECT_EQ(testing_ledger::own_account_totals(sample),
                  testing_ledger::account_totals(*entries))
            << "seed " << seed;
    }
}

TEST(Journal, HledgerComputesTheSameTotalsRegisterAndIncome) {
    testing_ledger::check_seeds(1, 6, testing_ledger::Depth::reports);
}

}  // namespace
}  // namespace atlas::finance::ledger
