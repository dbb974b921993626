// SPDX-License-Identifier: Apache-2.0
// Statement files for the program, and a look at the ledger it left behind.
#pragma once

#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/testing/books.hpp"
#include "base/random.hpp"
#include "tests/support/program.hpp"

namespace atlas::system_test {

struct Statement {
    std::string path;
    std::string account;
    std::size_t rows = 0;
};

/// `count` files of `rows` movements each, every file an account of its own with a balance.
inline std::vector<Statement> write_statements(const Workplace& workplace, int count, int rows) {
    std::vector<Statement> files;
    for (int f = 0; f < count; ++f) {
        std::vector<app::testing::OfxRow> told;
        for (int i = 0; i < rows; ++i) {
            told.push_back({format("2026{:02}{:02}", 1 + i / 28 % 12, 1 + i % 28), "-1.25",
                            format("F{}", i), format("SHOP {}", i)});
        }
        const std::string name = format("account-{}.ofx", f);
        files.push_back({workplace.write(name, app::testing::ofx_text(format("77700{}123", f), told,
                                                                      "100.00", "20261231")),
                         format("account {}", f), static_cast<std::size_t>(rows)});
    }
    return files;
}

inline std::vector<std::string> import_words(const Workplace& workplace,
                                             const std::vector<Statement>& files) {
    std::vector<std::string> words{"import", "--data", workplace.data()};
    for (const Statement& file : files) {
        words.push_back(file.path);
    }
    return words;
}

/// Transactions by the file they were read from; opening balances left out.
inline std::map<std::string, std::size_t> rows_by_file(const Workplace& workplace) {
    std::map<std::string, std::size_t> rows;
    const auto house = app::House::open(workplace.data());
    EXPECT_TRUE(house.has_value()) << to_string(house.error());
    ports::TransactionQuery query;
    query.limit = ports::kTransactionsPageMax;
    do {
        const auto page = (*house)->ledger().transactions((*house)->household(), query);
        EXPECT_TRUE(page.has_value()) << to_string(page.error());
        for (const auto& transaction : page->items) {
            rows[transaction.source.file] +=
                finance::ledger::is_equity(transaction.splits.front().category) ? 0U : 1U;
        }
        query.cursor = page->next_cursor;
    } while (!query.cursor.empty());
    return rows;
}

}  // namespace atlas::system_test
