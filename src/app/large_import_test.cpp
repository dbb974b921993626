// SPDX-License-Identifier: Apache-2.0
// Goal: a file that is decided in windows and set aside on disk becomes the same ledger as a small
// one would. Method: 30,000 movements with known sums over two accounts, out of order, with ids
// used again and days that hold hundreds; then the same again, a part of it, and undo.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "app/testing/books.hpp"
#include "base/random.hpp"

namespace atlas::app {
namespace {

using testing::Books;
using testing::Upload;

constexpr int kRows = 30'000;
constexpr int kDays = 700;

std::string day_of(int day) {
    return to_string(Date::create(2024, 1, 1).value().plus_days(day));
}

struct Life {
    std::vector<std::string> rows;  ///< In order of days.
    std::int64_t sum = 0;
};

/// Every tenth row repeats the one before it; ids come again after a year; one day is crowded.
Life live(std::uint64_t seed) {
    Random random(seed);
    Life life;
    std::int64_t before = 0;
    std::uint64_t last_shop = 0;
    for (int i = 0; i < kRows; ++i) {
        const int day = i >= 12'000 && i < 22'000 ? 300 : i * kDays / kRows;
        const bool again = i % 10 == 9;
        const std::int64_t cents = again ? before : random.between(-90'000, 89'999);
        before = cents;
        life.sum += cents;
        const std::int64_t size = cents < 0 ? -cents : cents;
        const std::uint64_t shop = again ? last_shop : random.below(20);
        last_shop = shop;
        life.rows.push_back(
            format("{},{}{}.{:02},Shop {} with a name that takes some room in a statement,{}\n",
                   day_of(day), cents < 0 ? "-" : "", size / 100, size % 100, shop,
                   i % 3 == 0 ? "" : format("R{}", i)));
    }
    return life;
}

Upload file_of(std::vector<std::string> rows, const char* account) {
    std::string text = "Date,Amount,Description,Reference\n";
    for (const std::string& row : rows) {
        text += row;
    }
    return {.name = "large.csv", .bytes = std::move(text), .account = account, .currency = "USD"};
}

TEST(LargeImport, IsTheSameLedgerHoweverItIsCut) {
    constexpr std::uint64_t kSeed = 20261123;
    const Life life = live(kSeed);
    Books books;
    const auto report = books.import(file_of(life.rows, "Main"));
    ASSERT_EQ(report.added, kRows) << "seed " << kSeed;
    EXPECT_TRUE(report.rejected.empty());
    const auto whole = books.snapshot();
    ASSERT_EQ(whole.transactions.size(), static_cast<std::size_t>(kRows));
    std::int64_t sum = 0;
    for (const auto& [id, transaction] : whole.transactions) {
        sum += transaction.amount.minor();
    }
    EXPECT_EQ(sum, life.sum);
    // The same file again, in another order of its lines, tells nothing new.
    Random random(kSeed);
    Life shuffled = life;
    for (std::size_t i = shuffled.rows.size(); i > 1; --i) {
        std::swap(shuffled.rows[i - 1], shuffled.rows[static_cast<std::size_t>(random.below(i))]);
    }
    EXPECT_EQ(books.import(file_of(shuffled.rows, "Main")).added, 0);
    // A part of it neither, and one new row in it is one.
    Life part{.rows = {life.rows.begin() + 9'000, life.rows.begin() + 25'000}, .sum = 0};
    part.rows.push_back(format("{},77.77,Something new,N1\n", day_of(400)));
    const auto third = books.import(file_of(part.rows, "Main"));
    EXPECT_EQ(third.added, 1);
    EXPECT_EQ(third.duplicates, 16'000);
    // And taken out again, the ledger is what it was.
    testing::must(books.engine().undo_import({third.import_id}, books.context()));
    EXPECT_EQ(books.snapshot().transactions.size(), static_cast<std::size_t>(kRows));
}

TEST(LargeImport, PairsTransfersOfTwoAccountsInOneFile) {
    std::string text = "Date,Account,Amount,Currency,Description\n";
    Random random(7);
    for (int i = 0; i < 20'000; ++i) {
        text += format("{},{},-{}.{:02},USD,Shop {}\n", day_of(i / 30), i % 2 == 0 ? "A" : "B",
                       random.between(1, 300), random.below(99), random.below(50));
    }
    for (int i = 0; i < 40; ++i) {
        text += format("{},A,-{}.99,USD,Transfer to savings\n", day_of(i * 15), 1000 + i);
        text += format("{},B,{}.99,USD,Transfer from checking\n", day_of(i * 15 + 1), 1000 + i);
    }
    Books books;
    const auto report = books.import({.name = "two.csv", .bytes = std::move(text)});
    EXPECT_EQ(report.added, 20'080);
    EXPECT_EQ(report.transfers, 40);
    std::set<TransferId> transfers;
    const auto seen = books.snapshot();
    for (const auto& [id, transaction] : seen.transactions) {
        if (transaction.transfer_id.has_value()) {
            transfers.insert(*transaction.transfer_id);
            EXPECT_EQ(transaction.splits.front().category, "transfer.internal");
        }
    }
    EXPECT_EQ(transfers.size(), 40U);
}

TEST(LargeImport, AReferenceThatCameAYearAgoIsNoReference) {
    Books books;
    const auto one = [&](const char* day, const char* amount) {
        return books.import(
            {.name = "r.ofx",
             .bytes = testing::ofx_text("111222333", {{day, amount, "F1", "X"}}, "", ""),
             .account = "Main"});
    };
    EXPECT_EQ(one("20250101", "1.00").added, 1);
    EXPECT_EQ(one("20260301", "5.00").added, 1) << "the id is taken, the movement is new";
    EXPECT_EQ(books.snapshot().transactions.size(), 2U);
}

}  // namespace
}  // namespace atlas::app
