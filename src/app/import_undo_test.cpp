// SPDX-License-Identifier: Apache-2.0
// Goal: an import of any size leaves as if it had never come, and says so event by event. Method: a
// file decided in windows, with transfers and another that overlaps it, undone and compared field
// by field with the ledger before; openings after seeded undos against a slow way that looks at
// every transaction.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "app/testing/books.hpp"
#include "base/random.hpp"
#include "contracts/events.hpp"
#include "roles/finance_engine/removal_stream.hpp"

namespace atlas::app {
namespace {

using finance::ledger::Transaction;
using testing::Books;
using testing::must;
using testing::ofx_text;
using testing::Snapshot;
using testing::Upload;

std::string day_of(int day) {
    return to_string(Date::create(2024, 1, 1).value().plus_days(day));
}

/// Rows of two accounts, every 25th a leg of a transfer with the one after it.
std::vector<std::string> rows_of(int count, std::uint64_t seed) {
    Random random(seed);
    std::vector<std::string> rows;
    for (int i = 0; i < count; ++i) {
        const std::string day = day_of(i / 40);
        if (i % 25 == 0) {
            rows.push_back(format("{},A,-{}.99,USD,Transfer to savings\n", day, 2000 + i));
        } else if (i % 25 == 1) {
            rows.push_back(format("{},B,{}.99,USD,Transfer from checking\n", day, 2000 + i - 1));
        } else {
            rows.push_back(format("{},{},-{}.{:02},USD,Shop {}\n", day, i % 2 == 0 ? "A" : "B",
                                  random.between(1, 300), random.below(99), random.below(50)));
        }
    }
    return rows;
}

Upload file_of(const std::string& name, const std::vector<std::string>& rows, std::size_t from,
               std::size_t to) {
    std::string text = "Date,Account,Amount,Currency,Description\n";
    for (std::size_t i = from; i < to; ++i) {
        text += rows[i];
    }
    return {.name = name, .bytes = std::move(text)};
}

/// The ids that the history leaves, and how many of its events took one out.
struct Replayed {
    std::set<TransactionId> ids;
    std::int64_t removals = 0;
    std::string last_type;
};

Replayed replay(Books& books) {
    Replayed seen;
    ports::Sequence at = 0;
    for (;;) {
        const auto rows = must(
            books.house().ledger().history(books.house().household(), at, ports::kOutboxReadMax));
        for (const ports::OutboxRow& row : rows) {
            EXPECT_EQ(row.sequence, at + 1);
            at = row.sequence;
            seen.last_type = row.event.type;
            const bool comes = row.event.type == contracts::kTransactionRecorded;
            if (!comes && row.event.type != contracts::kTransactionRemoved) {
                continue;
            }
            const auto id = must(contracts::decode<contracts::TransactionEvent>(row.event.payload))
                                .transaction.id;
            seen.removals += comes ? 0 : 1;
            EXPECT_TRUE(comes ? seen.ids.insert(id).second : seen.ids.erase(id) == 1);
        }
        if (rows.empty()) {
            EXPECT_EQ(at, must(books.house().ledger().sequence(books.house().household())));
            return seen;
        }
    }
}

void expect_history_is_the_ledger(Books& books, const Snapshot& ledger, const Replayed& replayed) {
    std::set<TransactionId> ids;
    for (const auto& [id, transaction] : ledger.transactions) {
        ids.insert(id);
    }
    EXPECT_EQ(replayed.ids, ids);
    const auto [told, counted] = books.totals_both_ways();
    EXPECT_EQ(told, counted);
}

/// What the stream has from here on: the type of each event and whose it is.
std::vector<std::pair<std::string, TransactionId>> read_on(ports::ChangeStream& stream) {
    std::vector<std::pair<std::string, TransactionId>> pieces;
    while (const auto piece = must(stream.next())) {
        const TransactionId kept =
            piece->replaced.has_value() ? piece->replaced->id : TransactionId{};
        pieces.emplace_back(piece->event.type, piece->removed.value_or(kept));
    }
    return pieces;
}

TEST(ImportUndo, WhatLeavesIsTheSameHoweverOftenItIsRead) {
    const auto rows = rows_of(60, 11);
    Books books;
    const auto first = books.import(file_of("first.csv", rows, 0, 40));
    books.import(file_of("second.csv", rows, 20, 60));
    ports::LedgerStore& store = books.house().ledger();
    namespace engine = roles::finance_engine;
    ports::TransactionQuery query;
    query.import_id = first.import_id;
    query.limit = ports::kTransactionsPageMax;
    const auto besides = must(store.transactions(books.house().household(), query)).items.front();
    engine::RemovalStream stream(store, books.house().household(),
                                 {.leavers = engine::leavers_of(first.import_id),
                                  .apart = {besides.id},
                                  .besides = {besides},
                                  .after = {{.type = "said.last", .payload = {}}},
                                  .count = 20,
                                  .inherited = 20});
    must(stream.rewind());
    const auto once = read_on(stream);
    EXPECT_EQ(std::ssize(once), stream.events());
    EXPECT_EQ(once.back().first, "said.last");
    const std::set<std::pair<std::string, TransactionId>> distinct(once.begin(), once.end());
    EXPECT_EQ(distinct.size(), once.size());
    EXPECT_TRUE(read_on(stream).empty());
    for (const std::size_t read : {std::size_t{3}, std::size_t{22}, once.size()}) {
        must(stream.rewind());
        for (std::size_t i = 0; i < read; ++i) {
            must(stream.next());
        }
        must(stream.rewind());
        EXPECT_EQ(read_on(stream), once) << "after " << read;
    }
}

TEST(ImportUndo, OfALargeFileLeavesTheLedgerBefore) {
    constexpr std::uint64_t kSeed = 20261123;
    const auto rows = rows_of(24'000, kSeed);
    Books books;
    must(books.house().start());
    // A third of what is to come is there already, a part of it after the pairs were made.
    books.import(file_of("first.csv", rows, 0, 8'000));
    const Snapshot before = books.snapshot();
    const Replayed history = replay(books);
    const auto large = books.import(file_of("large.csv", rows, 6'013, 24'000));
    EXPECT_EQ(large.added, 16'000) << "seed " << kSeed;
    EXPECT_GT(large.transfers, 600);
    books.undo(large.import_id);
    const Snapshot after = books.snapshot();
    EXPECT_EQ(difference(before, after), "");
    const Replayed undone = replay(books);
    EXPECT_EQ(undone.removals, history.removals + 16'000);
    expect_history_is_the_ledger(books, after, undone);
    EXPECT_EQ(testing::code_of(books.engine().undo_import({large.import_id}, books.context())),
              ErrorCode::conflict);
    // It can come again, and go again.
    const auto again = books.import(file_of("large.csv", rows, 6'013, 24'000));
    EXPECT_EQ(again.added, 16'000);
    books.undo(again.import_id);
    EXPECT_EQ(difference(before, books.snapshot()), "");
}

TEST(ImportUndo, LeavesWhatALaterFileTellsToo) {
    const auto rows = rows_of(20'000, 7);
    Books alone;
    alone.import(file_of("second.csv", rows, 9'001, 20'000));
    Books books;
    must(books.house().start());
    const auto first = books.import(file_of("first.csv", rows, 0, 14'000));
    books.import(file_of("second.csv", rows, 9'001, 20'000));
    books.undo(first.import_id);
    const Snapshot left = books.snapshot();
    const Replayed replayed = replay(books);
    EXPECT_EQ(replayed.removals, 9'001);
    expect_history_is_the_ledger(books, left, replayed);
    const Snapshot expected = alone.snapshot();
    EXPECT_EQ(left.transactions.size(), 10'999U);
    EXPECT_EQ(left.accounts, expected.accounts);
    const auto legs = [](const Snapshot& seen) {
        return std::ranges::count_if(seen.transactions, [](const auto& entry) {
            return entry.second.transfer_id.has_value();
        });
    };
    EXPECT_EQ(legs(left), legs(expected));  // The second file begins between two legs.
    for (const auto& [id, transaction] : left.transactions) {
        EXPECT_EQ(transaction.source.file, "second.csv");
    }
}

TEST(ImportUndo, WhatThreeFilesTellPassesFromOneToTheNext) {
    const auto rows = rows_of(6'000, 11);
    Books books;
    must(books.house().start());
    const auto first = books.import(file_of("first.csv", rows, 0, 6'000));
    const Snapshot all = books.snapshot();
    const auto second = books.import(file_of("second.csv", rows, 0, 6'000));
    const auto third = books.import(file_of("third.csv", rows, 0, 6'000));
    EXPECT_EQ(second.added + third.added, 0);
    // Wholly retold: nothing leaves, the second has it all; then the third; then nobody.
    books.undo(first.import_id);
    Snapshot left = books.snapshot();
    EXPECT_EQ(left.transactions.size(), 6'000U);
    for (auto& [id, transaction] : left.transactions) {
        EXPECT_EQ(transaction.source.file, "second.csv");
        transaction.source = all.transactions.at(id).source;
    }
    EXPECT_EQ(difference(all, left), "");
    EXPECT_EQ(replay(books).removals, 0);
    books.undo(second.import_id);
    for (const auto& [id, transaction] : books.snapshot().transactions) {
        EXPECT_EQ(transaction.source.file, "third.csv");
    }
    books.undo(third.import_id);
    EXPECT_TRUE(books.snapshot().transactions.empty());
    EXPECT_EQ(replay(books).removals, 6'000);
    const auto again = books.import(file_of("first.csv", rows, 0, 6'000));
    EXPECT_EQ(again.added, 6'000);
}

TEST(ImportUndo, LeavesTheOtherLegsOfItsTransfersAlone) {
    std::vector<std::string> of_a;
    std::vector<std::string> of_b;
    for (const std::string& row : rows_of(4'000, 11)) {
        (row.find(",A,") != std::string::npos ? of_a : of_b).push_back(row);
    }
    Books books;
    const auto first = books.import(file_of("a.csv", of_a, 0, of_a.size()));
    EXPECT_EQ(books.import(file_of("b.csv", of_b, 0, of_b.size())).transfers, 160);
    books.undo(first.import_id);
    const Snapshot left = books.snapshot();
    EXPECT_EQ(left.transactions.size(), of_b.size());
    for (const auto& [id, transaction] : left.transactions) {
        EXPECT_FALSE(transaction.transfer_id.has_value());
        EXPECT_EQ(transaction.splits.front().category, finance::ledger::kUnknownCategory);
    }
}

TEST(ImportUndo, TakesItsAccountsAlongAndSaysItLast) {
    Books books;
    const auto all = books.import(file_of("all.csv", rows_of(3'000, 3), 0, 3'000));
    const auto before = must(books.house().ledger().sequence(books.house().household()));
    books.undo(all.import_id);
    EXPECT_TRUE(must(books.house().ledger().accounts(books.house().household())).empty());
    const Replayed replayed = replay(books);
    EXPECT_TRUE(replayed.ids.empty());
    EXPECT_EQ(replayed.last_type, contracts::kAccountRemoved);
    EXPECT_EQ(must(books.house().ledger().sequence(books.house().household())), before + 3'002);
}

/// The opening of the one account there is.
std::optional<Transaction> opening_of(const Snapshot& seen) {
    for (const auto& [id, transaction] : seen.transactions) {
        if (finance::ledger::is_equity(transaction.splits.front().category)) {
            return transaction;
        }
    }
    return std::nullopt;
}

/// What an opening of another import is after an undo, from every transaction before and after.
Transaction moved_slowly(const Transaction& opening, const Snapshot& before,
                         const Snapshot& after) {
    std::vector<Transaction> removed;
    std::optional<Date> first;
    for (const auto& [id, transaction] : before.transactions) {
        if (id == opening.id) {
            continue;
        }
        if (!after.transactions.contains(id)) {
            removed.push_back(transaction);
        } else if (transaction.date >= opening.date) {
            first = first.has_value() ? std::min(*first, transaction.date) : transaction.date;
        }
    }
    return must(finance::ledger::step_forward(opening, removed, first));
}

/// Whether the ledger agrees, on the day that the opening was derived from, with a bank's balance
/// that one of the imports left tells.
bool agrees(const Snapshot& seen, const Transaction& opening,
            const std::vector<contracts::ImportValue>& left) {
    std::int64_t sum = 0;
    for (const auto& [id, transaction] : seen.transactions) {
        sum += transaction.date <= *opening.posted_date ? transaction.amount.minor() : 0;
    }
    return std::ranges::any_of(left, [&](const contracts::ImportValue& import) {
        return std::ranges::any_of(import.reconciliation, [&](const auto& told) {
            return told.date == opening.posted_date &&
                   import.import_id == opening.source.import_id &&
                   contracts::to_money(told.statement_balance).minor() == sum;
        });
    });
}

TEST(ImportUndo, OpeningsFollowAsIfEveryTransactionWereLookedAt) {
    int followed = 0;
    int derived = 0;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        Random random(seed);
        std::vector<testing::OfxRow> life;
        for (int i = 0; i < 120; ++i) {  // Several a day, some days none.
            const std::string day = day_of(static_cast<int>(random.below(60)));
            const std::string plain = day.substr(0, 4) + day.substr(5, 2) + day.substr(8, 2);
            life.push_back({plain, format("-{}.{:02}", random.between(1, 90), random.below(100)),
                            format("F{}", i), format("Shop {}", i)});
        }
        std::ranges::sort(life, {}, &testing::OfxRow::day);
        Books books;
        std::vector<contracts::ImportValue> imports;
        for (int i = 0; i < 5; ++i) {
            const std::size_t from = random.below(90);
            const std::vector<testing::OfxRow> part(
                life.begin() + static_cast<std::ptrdiff_t>(from),
                life.begin() + static_cast<std::ptrdiff_t>(from + 10 + random.below(21)));
            const bool tells = random.chance(0.7);
            imports.push_back(books.import(
                {.name = format("{}.ofx", i),
                 .bytes = ofx_text("1", part,
                                   tells ? std::to_string(random.between(100, 900)) + ".00" : "",
                                   part.back().day)}));
        }
        while (!imports.empty()) {
            const auto at =
                imports.begin() + static_cast<std::ptrdiff_t>(random.below(imports.size()));
            const ImportId id = at->import_id;
            imports.erase(at);
            const Snapshot before = books.snapshot();
            books.undo(id);
            const Snapshot after = books.snapshot();
            const auto opening = opening_of(before);
            const auto now = opening_of(after);
            if (!opening.has_value()) {
                EXPECT_FALSE(now.has_value()) << "seed " << seed;
                continue;
            }
            if (opening->source.import_id == id) {
                derived += now.has_value() ? 1 : 0;
                EXPECT_TRUE(!now.has_value() || agrees(after, *now, imports)) << "seed " << seed;
            } else if (now.has_value() && now->source == opening->source) {
                const Transaction slow = moved_slowly(*opening, before, after);
                EXPECT_EQ(now->amount, slow.amount) << "seed " << seed;
                EXPECT_EQ(now->date, slow.date) << "seed " << seed;
                ++followed;
            }
        }
        EXPECT_TRUE(must(books.house().ledger().accounts(books.house().household())).empty())
            << "seed " << seed;
    }
    EXPECT_GT(followed, 10);
    EXPECT_GT(derived, 3);
}

}  // namespace
}  // namespace atlas::app
