// SPDX-License-Identifier: Apache-2.0
// Goal: importing overlapping, re-dated, re-worded exports leaves every movement in the ledger
// once. Method: cases by hand for each rule and refusal, and a seeded adversarial generator that
// knows the truth and counts what was wrongly merged and wrongly added.
#include "finance/ledger/deduplicate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/sha256.hpp"
#include "finance/ledger/identity.hpp"
#include "finance/ledger/testing/import_book.hpp"

namespace atlas::finance::ledger {
namespace {

using statements::StatementEntry;
using testing::Book;
using testing::kAccount;
using testing::kHousehold;
using testing::measure;
using testing::Tally;

StatementEntry entry(const char* date, const char* amount, const char* text,
                     const char* bank_id = "") {
    StatementEntry out{.date = *Date::parse(date),
                       .posted = {},
                       .initiated = {},
                       .amount = *money::Money::parse(amount, *money::Currency::parse("USD")),
                       .original = {},
                       .description = text,
                       .memo = {},
                       .payee = {},
                       .bank_id = bank_id,
                       .check_number = {},
                       .kind = {},
                       .pending = false,
                       .position = {}};
    return out;
}

StatementEntry pending(StatementEntry of) {
    of.pending = true;
    return of;
}

std::string verdicts(const std::vector<EntryDecision>& decisions) {
    std::string out;
    for (const EntryDecision& decision : decisions) {
        out += name_of(decision.verdict).substr(0, 1);
    }
    return out;
}

TEST(Deduplicate, TwoEqualCoffeesOfADayStayTwo) {
    Book book;
    const std::vector day = {entry("2026-03-02", "-3.50", "COFFEE"),
                             entry("2026-03-02", "-3.50", "COFFEE")};
    EXPECT_EQ(verdicts(book.import(day)), "aa");
    EXPECT_NE(book.transactions[0].id, book.transactions[1].id);
    EXPECT_EQ(book.transactions[1].occurrence, 1);
    EXPECT_EQ(verdicts(book.import(day)), "dd");
    EXPECT_EQ(verdicts(book.import({day[0], day[0], day[0]})), "dda");
}

TEST(Deduplicate, AnotherImportAfterUndoGivesTheSameIds) {
    const std::vector file = {entry("2026-03-02", "-3.50", "COFFEE"),
                              entry("2026-03-02", "-3.50", "Coffee "),
                              entry("2026-03-03", "-9.00", "LUNCH", "id-1")};
    Book first;
    Book second;
    first.import(file);
    second.import(file);
    for (std::size_t i = 0; i < file.size(); ++i) {
        EXPECT_EQ(first.transactions[i].id, second.transactions[i].id);
    }
    EXPECT_EQ(first.transactions[1].occurrence, 1) << "case and spaces do not tell them apart";
}

TEST(Deduplicate, TheIdIsThePrintedHash) {
    // sha256sum of the same bytes, computed outside: first 16 bytes with version 8 and variant.
    const TransactionId id = transaction_id(kHousehold, kAccount, "bank:F1", 0);
    EXPECT_EQ(to_string(id).substr(14, 1), "8");
    EXPECT_EQ(id, TransactionId{Uuid::from_digest(
                      sha256("00000000-0000-7000-8000-000000000001\n"
                             "00000000-0000-7000-8000-000000000002\nbank:F1\n0"))});
    const AccountId other = *AccountId::parse("00000000-0000-7000-8000-000000000003");
    EXPECT_NE(id, transaction_id(kHousehold, other, "bank:F1", 0));
    EXPECT_NE(id, transaction_id(kHousehold, kAccount, "bank:F1", 1));
}

TEST(Deduplicate, BankIdsDecideWithinTheAccount) {
    Book book;
    book.import({entry("2026-03-02", "-3.50", "COFFEE", "A1"),
                 entry("2026-03-02", "-3.50", "COFFEE", "A2")});
    // A reworded and re-dated A1 is A1; an equal coffee with another id is another coffee.
    EXPECT_EQ(verdicts(book.import({entry("2026-03-04", "-3.50", "KAFFEE BAR", "A1")})), "d");
    EXPECT_EQ(verdicts(book.import({entry("2026-03-02", "-3.50", "COFFEE", "A3")})), "a");
}

TEST(Deduplicate, AnIdUsedAgainIsNoId) {
    Book book;
    book.import({entry("2026-03-02", "-3.50", "COFFEE", "1")});
    const auto other_amount = book.import({entry("2026-03-03", "-80.00", "SHOES", "1")});
    EXPECT_EQ(verdicts(other_amount), "a");
    const auto much_later = book.import({entry("2026-06-02", "-3.50", "COFFEE", "1")});
    EXPECT_EQ(verdicts(much_later), "a");
    EXPECT_EQ(book.transactions.size(), 3U);
    std::set<TransactionId> ids;
    for (const Transaction& transaction : book.transactions) {
        ids.insert(transaction.id);
    }
    EXPECT_EQ(ids.size(), 3U);
}

TEST(Deduplicate, TheSameLineTwiceWithItsIdIsOne) {
    Book book;
    const StatementEntry line = entry("2026-03-02", "-3.50", "COFFEE", "A1");
    const auto decisions = book.import({line, line});
    EXPECT_EQ(verdicts(decisions), "ad");
    EXPECT_EQ(decisions[0].id, decisions[1].id);
    EXPECT_FALSE(decisions[1].existing.has_value());
}

TEST(Deduplicate, OtherFormatOfTheSameAccountIsRecognised) {
    Book book;
    book.import({entry("2026-03-02", "-41.20", "REWE SAGT DANKE 1234", "F100"),
                 entry("2026-03-05", "-9.99", "SPOTIFY AB", "F101"),
                 entry("2026-03-07", "2500.00", "ACME PAYROLL", "F102")});
    const auto csv = book.import({entry("2026-03-01", "-41.20", "Rewe"),
                                  entry("2026-03-05", "-9.99", "Spotify P0815 Stockholm"),
                                  entry("2026-03-07", "2500.00", "Salary March"),
                                  entry("2026-03-08", "-41.20", "Rewe")});
    EXPECT_EQ(verdicts(csv), "ddda") << csv[0].reason << "; " << csv[2].reason;
}

TEST(Deduplicate, NeighbouringMonthsKeepTheirEqualPurchases) {
    Book book;
    book.import({entry("2026-01-30", "-12.00", "BAKERY"), entry("2026-01-31", "-3.50", "COFFEE")});
    EXPECT_EQ(verdicts(book.import(
                  {entry("2026-02-01", "-3.50", "COFFEE"), entry("2026-02-02", "-7.00", "KIOSK")})),
              "aa");
}

TEST(Deduplicate, AWholeFileADayOffIsTheSameFile) {
    Book book;
    std::vector<StatementEntry> file;
    std::vector<StatementEntry> shifted;
    for (int day = 1; day <= 9; ++day) {
        const std::string date = "2026-04-0" + std::to_string(day);
        const std::string amount = "-" + std::to_string(10 + day) + ".00";
        file.push_back(entry(date.c_str(), "-3.50", "COFFEE"));
        file.push_back(entry(date.c_str(), amount.c_str(), "SHOP"));
    }
    for (StatementEntry each : file) {
        each.date = each.date.plus_days(1);
        shifted.push_back(each);
    }
    book.import(file);
    EXPECT_EQ(verdicts(book.import(shifted)), std::string(18, 'd'));
}

TEST(Deduplicate, PendingBecomesBookedAndKeepsItsIdAndFiling) {
    Book book;
    book.import({pending(entry("2026-03-02", "-40.00", "SHELL OIL 123"))});
    const TransactionId id = book.transactions[0].id;
    book.transactions[0].splits[0].category = "transport.fuel";
    const auto booked =
        book.import({entry("2026-03-04", "-52.17", "SHELL OIL 12345 AUSTIN", "B7")});
    EXPECT_EQ(verdicts(booked), "b");
    const Transaction& now = book.transactions[0];
    EXPECT_EQ(now.id, id);
    EXPECT_EQ(now.status, TransactionStatus::posted);
    EXPECT_EQ(to_decimal(now.amount), "-52.17");
    EXPECT_EQ(now.splits[0].category, "transport.fuel");
    EXPECT_TRUE(is_balanced(now));
    EXPECT_EQ(now.bank_id, "B7");
    EXPECT_EQ(
        verdicts(book.import({entry("2026-03-04", "-52.17", "SHELL OIL 12345 AUSTIN", "B7")})),
        "d");
    EXPECT_EQ(verdicts(book.import({pending(entry("2026-03-02", "-40.00", "SHELL OIL 123"))})), "d")
        << "the old export again";
}

TEST(Deduplicate, APendingPurchaseIsNotAnyLaterOne) {
    Book book;
    book.import({pending(entry("2026-03-02", "-40.00", "SHELL OIL"))});
    EXPECT_EQ(verdicts(book.import({entry("2026-03-03", "-40.00", "WHOLE FOODS MARKET"),
                                    entry("2026-03-03", "-400.00", "SHELL OIL"),
                                    entry("2026-03-30", "-40.00", "SHELL OIL"),
                                    entry("2026-03-03", "40.00", "SHELL OIL")})),
              "aaaa");
}

TEST(Deduplicate, OfSeveralPendingOnesTheAlikeOneIsBooked) {
    Book book;
    book.import({pending(entry("2026-03-02", "-40.00", "WHOLE FOODS MARKET")),
                 pending(entry("2026-03-02", "-41.00", "CVS PHARMACY")),
                 pending(entry("2026-03-03", "-40.00", "SHELL OIL 123"))});
    const auto booked = book.import({entry("2026-03-05", "-40.00", "SHELL OIL 12345 AUSTIN")});
    EXPECT_EQ(verdicts(booked), "b");
    EXPECT_EQ(booked[0].existing, std::optional<std::size_t>(2));
}

TEST(Deduplicate, AnIdUsedAgainMeansTheNearestOfThem) {
    Book book;
    for (const char* day : {"2026-01-02", "2026-04-02", "2026-07-02"}) {
        book.import({entry(day, "-3.50", "COFFEE", "ID100")});
    }
    ASSERT_EQ(book.transactions.size(), 3U);
    const auto said = [&](const char* day) {
        return book.import({entry(day, "-3.50", "KAFFEE", "ID100")}).at(0).existing;
    };
    EXPECT_EQ(said("2026-01-04"), std::optional<std::size_t>(0));
    EXPECT_EQ(said("2026-04-01"), std::optional<std::size_t>(1));
    EXPECT_EQ(said("2026-07-03"), std::optional<std::size_t>(2));
    EXPECT_EQ(book.transactions.size(), 3U);
    // Both within reach: the days between decide.
    Book close;
    close.import({entry("2026-03-01", "-3.50", "COFFEE", "ID100")});
    Transaction second = close.transactions[0];
    second.date = second.date.plus_days(5);
    second.id = {};
    close.transactions.push_back(second);
    EXPECT_EQ(close.import({entry("2026-03-05", "-3.50", "TEA", "ID100")}).at(0).existing,
              std::optional<std::size_t>(1));
    EXPECT_EQ(close.import({entry("2026-03-02", "-3.50", "TEA", "ID100")}).at(0).existing,
              std::optional<std::size_t>(0));
}

TEST(Deduplicate, AnEqualAmountNeedsLessOfThePendingText) {
    Book book;
    book.import({pending(entry("2026-03-02", "-40.00", "ABC DEFGHI"))});
    Book other = book;
    EXPECT_EQ(verdicts(book.import({entry("2026-03-05", "-41.00", "ABC ZZZZZZZZZ")})), "a");
    EXPECT_EQ(verdicts(other.import({entry("2026-03-05", "-40.00", "ABC ZZZZZZZZZ")})), "b");
}

TEST(Deduplicate, WhatItsIdHasMatchedTakesNoSecondOne) {
    Book book;
    const std::vector file = {entry("2026-03-02", "-3.50", "COFFEE", "XID1"),
                              entry("2026-03-02", "-3.50", "COFFEE")};
    EXPECT_EQ(verdicts(book.import(file)), "aa");
    const auto again = book.import(file);
    EXPECT_EQ(verdicts(again), "dd");
    EXPECT_EQ(again[0].existing, std::optional<std::size_t>(0));
    EXPECT_EQ(again[1].existing, std::optional<std::size_t>(1));
}

TEST(Deduplicate, CurrenciesAreNeverCompared) {
    Book book;
    book.import({entry("2026-03-02", "-3.50", "COFFEE")});
    StatementEntry euro = entry("2026-03-02", "-3.50", "COFFEE");
    euro.amount = *money::Money::parse("-3.50", *money::Currency::parse("EUR"));
    EXPECT_EQ(verdicts(book.import({euro})), "a");
}

TEST(Deduplicate, SplitsOfAChangedAmountStillBalance) {
    Transaction two =
        make_transaction(pending(entry("2026-03-02", "-10.00", "X")), {}, kAccount, {});
    two.splits = {two.splits[0], two.splits[0]};
    two.splits[0].amount = *money::Money::parse("-4.00", two.amount.currency());
    two.splits[1].amount = *money::Money::parse("-6.00", two.amount.currency());
    const Transaction booked = book_pending(two, entry("2026-03-03", "-11.00", "X"), {});
    EXPECT_TRUE(is_balanced(booked));
    EXPECT_EQ(to_decimal(booked.splits[0].amount), "-4.00");
    EXPECT_EQ(to_decimal(booked.splits[1].amount), "-7.00");
}

TEST(Deduplicate, AFileIsKnownByWhatItSaidBeforeWhateverDaysItMoves) {
    // The second file has the coffee of the 3rd a day late, where the first has another one.
    Book book;
    book.import({entry("2026-03-02", "-8.00", "MARKET"), entry("2026-03-03", "-3.50", "COFFEE"),
                 entry("2026-03-04", "-3.50", "COFFEE"), entry("2026-03-06", "-9.00", "KIOSK")});
    const std::vector again = {
        entry("2026-03-02", "-8.00", "MARKET"), entry("2026-03-04", "-3.50", "COFFEE"),
        entry("2026-03-05", "-3.50", "COFFEE"), entry("2026-03-06", "-9.00", "KIOSK")};
    EXPECT_EQ(verdicts(book.import(again)), "dddd");
    ASSERT_EQ(book.told.size(), 1U);
    const auto third = book.import(again);
    EXPECT_EQ(verdicts(third), "dddd");
    // One entry more than were told of is one more, and the others stay who they are.
    std::vector more = again;
    more.push_back(entry("2026-03-05", "-3.50", "COFFEE"));
    EXPECT_EQ(verdicts(book.import(more)), "dddda");
}

TEST(Deduplicate, PlacesAreExchangedSoThatWhatWasToldIsKnown) {
    // What the ledger has on the 5th another file told on the 12th, what it has on the 12th on the
    // 20th. The 12th alone is both; with the 20th each has its own.
    Book book;
    book.import({entry("2026-03-05", "-3.50", "COFFEE"), entry("2026-03-12", "-3.50", "COFFEE")});
    book.told = {
        {0, fingerprint_of(*Date::parse("2026-03-12"), book.transactions[0].amount, "COFFEE")},
        {1, fingerprint_of(*Date::parse("2026-03-20"), book.transactions[0].amount, "COFFEE")}};
    const auto both = book.import(
        {entry("2026-03-12", "-3.50", "COFFEE"), entry("2026-03-20", "-3.50", "COFFEE")});
    EXPECT_EQ(verdicts(both), "dd");
    EXPECT_EQ(both[0].existing, std::optional<std::size_t>(0));
    EXPECT_EQ(both[1].existing, std::optional<std::size_t>(1));
    EXPECT_EQ(both[1].reason, "another file has printed it so before");
    // Three of them cannot all be the two.
    EXPECT_EQ(verdicts(book.import({entry("2026-03-12", "-3.50", "COFFEE"),
                                    entry("2026-03-20", "-3.50", "COFFEE"),
                                    entry("2026-03-20", "-3.50", "COFFEE")})),
              "dda");
}

TEST(Deduplicate, FilesThatComeAgainAddNothingOfAnyKind) {
    constexpr std::uint64_t kFirstSeed = 810'001;
    for (const ExportStyle style : all_export_styles()) {
        for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + 20; ++seed) {
            EXPECT_EQ(measure(style, seed, 1).grown, 0U) << name_of(style) << " seed " << seed;
        }
    }
}

TEST(Deduplicate, PrecisionAndRecallOnAdversarialExports) {
    constexpr std::uint64_t kSeed = 20261122;
    Tally all;
    for (const ExportStyle style : all_export_styles()) {
        const Tally tally = measure(style, kSeed, 60);
        std::printf("[ dedup    ] %-16s precision %.5f recall %.5f (%zu merged)\n",
                    std::string(name_of(style)).c_str(), tally.precision(), tally.recall(),
                    tally.merged_right);
        EXPECT_GE(tally.precision(), 0.995) << name_of(style) << " seed " << kSeed;
        EXPECT_GE(tally.recall(), 0.995) << name_of(style) << " seed " << kSeed;
        EXPECT_EQ(tally.grown, 0U) << name_of(style) << " seed " << kSeed;
        all.merged_right += tally.merged_right;
        all.merged_wrong += tally.merged_wrong;
        all.missed += tally.missed;
    }
    std::printf("[ dedup    ] all: precision %.5f recall %.5f\n", all.precision(), all.recall());
    EXPECT_GE(all.precision(), 0.999) << "seed " << kSeed;
    EXPECT_GE(all.recall(), 0.999) << "seed " << kSeed;
}

}  // namespace
}  // namespace atlas::finance::ledger
