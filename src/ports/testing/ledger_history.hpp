// SPDX-License-Identifier: Apache-2.0
// Random changes of a ledger, most of them welcome, some to be refused; and the comparison of a
// store with the model after them.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ports/testing/ledger_model.hpp"
#include "ports/testing/ledger_samples.hpp"

namespace atlas::ports::testing {

/// Five accounts, two of them in euro; ids from a pool of 300, so that they collide.
class RandomHistory {
public:
    explicit RandomHistory(std::uint64_t seed) : random_(seed) {}

    HouseholdId household() { return random_.chance(0.7) ? kHome : kNeighbours; }

    LedgerChange change(LedgerModel& model, HouseholdId household, Timestamp now) {
        const LedgerModel::Household& kept = model.household(household);
        LedgerChange change;
        while (random_.chance(kept.accounts.size() < 3 ? 0.7 : 0.1)) {
            change.accounts.push_back(account());
        }
        std::vector<finance::ledger::Account> known = change.accounts;
        for (const auto& [id, account] : kept.accounts) {
            known.push_back(account);
        }
        while (!known.empty() && random_.chance(0.6)) {
            change.added.push_back(transaction(known));
        }
        for (const auto& [id, transaction] : kept.transactions) {
            if (random_.chance(0.02)) {
                change.removed.push_back(id);
            } else if (random_.chance(0.03)) {
                change.replaced.push_back(this->transaction(known));
                change.replaced.back().id = id;
            }
        }
        if (random_.chance(0.03)) {
            change.removed.push_back(scattered_id(random_.below(300)));
        }
        while (random_.chance(0.4) || needs_event(change)) {
            change.events.push_back({.type = "Changed", .payload = std::to_string(random_.next())});
        }
        decorate(change, static_cast<Sequence>(kept.events.size()), now);
        return change;
    }

    TransactionQuery query() {
        TransactionQuery query;
        query.limit = 1 + random_.below(20);
        if (random_.chance(0.3)) {
            query.account_id = id_of<AccountId>(1 + random_.below(5));
        }
        if (random_.chance(0.3)) {
            query.import_id = id_of<ImportId>(random_.below(4));
        }
        if (random_.chance(0.3)) {
            query.from = Date::from_days(static_cast<std::int32_t>(random_.between(19999, 20061)));
        }
        if (random_.chance(0.3)) {
            query.to = Date::from_days(static_cast<std::int32_t>(random_.between(19999, 20061)));
        }
        static constexpr std::string_view kCategories[] = {"food", "food.groceries", "housing",
                                                           "foo", "other.unknown"};
        if (random_.chance(0.3)) {
            query.category = detail::pick(random_, kCategories);
        }
        static constexpr std::string_view kTexts[] = {"whole", "FOODS", "drop", "'", "zzz"};
        if (random_.chance(0.3)) {
            query.text = detail::pick(random_, kTexts);
        }
        return query;
    }

    Random& random() { return random_; }

private:
    static bool needs_event(const LedgerChange& change) {
        return change.events.empty() && !(change.accounts.empty() && change.added.empty() &&
                                          change.replaced.empty() && change.removed.empty());
    }

    finance::ledger::Account account() {
        const std::uint64_t number = 1 + random_.below(5);
        auto account = account_of(number, "Account " + std::to_string(random_.below(9)));
        account.currency = currency_of(number > 3 ? "EUR" : "USD");
        if (random_.chance(0.1)) {
            account.currency = currency_of("JPY");
        }
        account.type = static_cast<finance::ledger::AccountType>(random_.below(7));
        return account;
    }

    finance::ledger::Transaction transaction(const std::vector<finance::ledger::Account>& known) {
        return random_transaction(random_, scattered_id(random_.below(300)),
                                  known[random_.below(known.size())]);
    }

    void decorate(LedgerChange& change, Sequence sequence, Timestamp now) {
        if (random_.chance(0.3)) {
            change.expected = random_.chance(0.8) ? sequence : sequence + random_.between(-1, 1);
        }
        if (random_.chance(0.2)) {
            change.answer =
                IdempotentAnswer{.key = std::to_string(random_.below(20)),
                                 .request_hash = std::to_string(random_.below(3)),
                                 .body = "{}",
                                 .expires_at = {now.micros + random_.between(1, 20'000'000)}};
        }
        if (random_.chance(0.1)) {
            change.import = ImportRecord{.id = id_of<ImportId>(random_.below(4)),
                                         .state = static_cast<ImportState>(random_.below(3)),
                                         .file_name = "june.ofx",
                                         .content = std::to_string(random_.next()),
                                         .created_at = now,
                                         .added = random_.between(0, 9)};
        }
    }

    Random random_;
};

/// Everything of one household, read from the store in small pages, equals the model's.
inline void expect_equal(LedgerStore& store, LedgerModel& model, HouseholdId household,
                         Timestamp now) {
    const LedgerModel::Household& kept = model.household(household);
    ASSERT_EQ(*store.sequence(household), static_cast<Sequence>(kept.events.size()));
    const auto history = *store.history(household, 0, kOutboxReadMax);
    ASSERT_EQ(history.size(), kept.events.size());
    for (std::size_t i = 0; i < history.size(); ++i) {
        ASSERT_EQ(history[i].sequence, static_cast<Sequence>(i + 1));
        ASSERT_EQ(history[i].event.payload, kept.events[i].payload);
    }
    const auto accounts = *store.accounts(household);
    const auto expected = model.accounts(household);
    ASSERT_EQ(accounts.size(), expected.size());
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        ASSERT_EQ(accounts[i].account, expected[i].account);
        ASSERT_EQ(accounts[i].balance, expected[i].balance);
        ASSERT_EQ(accounts[i].balance_date, expected[i].balance_date);
        ASSERT_EQ(accounts[i].transactions, expected[i].transactions);
    }
    for (const auto& [key, answer] : kept.answers) {
        const auto found = *store.answer(household, key, now);
        ASSERT_EQ(found.has_value(), answer.expires_at > now) << key;
        ASSERT_TRUE(!found || found->request_hash == answer.request_hash) << key;
    }
    const auto imports = *store.imports(household);
    ASSERT_EQ(imports.size(), kept.imports.size());
    for (const auto& [id, record] : kept.imports) {
        const auto found = *store.import(household, id);
        ASSERT_EQ(found.content, record.content);
        ASSERT_EQ(found.state, record.state);
        ASSERT_EQ(found.added, record.added);
    }
}

/// All pages of a query, one after the other, equal the model's full scan.
inline void expect_equal_pages(LedgerStore& store, LedgerModel& model, HouseholdId household,
                               TransactionQuery query) {
    std::vector<finance::ledger::Transaction> found;
    for (int page_count = 0; page_count < 1000; ++page_count) {
        const auto page = store.transactions(household, query);
        ASSERT_TRUE(page) << to_string(page.error());
        ASSERT_LE(page->items.size(), query.limit);
        found.insert(found.end(), page->items.begin(), page->items.end());
        query.cursor = page->next_cursor;
        if (query.cursor.empty()) {
            break;
        }
    }
    ASSERT_TRUE(found == model.matching(household, query));
}

}  // namespace atlas::ports::testing
