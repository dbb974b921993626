// SPDX-License-Identifier: Apache-2.0
// Random changes of a ledger, most of them welcome, some to be refused; and the comparison of a
// store with the model after them.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
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
        if (!kept.accounts.empty() && random_.chance(0.05)) {
            change.removed_accounts.push_back(kept.accounts.begin()->first);
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
        static constexpr std::string_view kTexts[] = {"whole", "FOODS", "drop", "'", "zzz", "ann"};
        if (random_.chance(0.3)) {
            query.text = detail::pick(random_, kTexts);
        }
        narrow(query);
        return query;
    }

    Random& random() { return random_; }

private:
    /// The conditions that lists have beside account, day, category and words.
    void narrow(TransactionQuery& query) {
        using finance::ledger::FilingSource;
        using finance::ledger::TransactionStatus;
        if (random_.chance(0.2)) {
            query.amount_min = random_.between(0, 50'000) * kAmountScale;
        }
        if (random_.chance(0.2)) {
            query.amount_max = random_.between(0, 100'000) * kAmountScale;
        }
        if (random_.chance(0.2)) {
            query.flow = random_.chance(0.5) ? Flow::in : Flow::out;
        }
        if (random_.chance(0.2)) {
            query.status = static_cast<TransactionStatus>(random_.below(2));
        }
        if (random_.chance(0.2)) {
            query.filed_by = static_cast<FilingSource>(random_.below(7));
        }
        if (random_.chance(0.2)) {
            query.reviewed = random_.chance(0.5);
        }
        if (random_.chance(0.2)) {
            query.tagged = random_.chance(0.5);
        }
        static constexpr std::string_view kTags[] = {"holiday 2026", "a\"b\\c", "", "none"};
        if (random_.chance(0.1)) {
            query.tag = detail::pick(random_, kTags);
        }
        query.order = static_cast<ListOrder>(random_.chance(0.5) ? 0 : random_.below(4));
        query.count = random_.chance(0.5);
    }

    static bool needs_event(const LedgerChange& change) {
        return change.events.empty() &&
               !(change.accounts.empty() && change.added.empty() && change.replaced.empty() &&
                 change.removed.empty() && change.removed_accounts.empty());
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

inline std::vector<money::Money> sums_of(
    const std::vector<finance::ledger::Transaction>& transactions) {
    std::map<std::string_view, money::Money> sums;
    for (const auto& transaction : transactions) {
        const auto currency = transaction.amount.currency();
        sums.try_emplace(currency.code(), money::Money::zero(currency)).first->second +=
            transaction.amount;
    }
    std::vector<money::Money> found;
    for (const auto& [code, sum] : sums) {
        if (!sum.is_zero()) {
            found.push_back(sum);
        }
    }
    return found;
}

/// Every day of an account added up anew equals what the store keeps.
inline void expect_equal_days(LedgerStore& store, LedgerModel& model, HouseholdId household) {
    for (const AccountBalance& row : model.accounts(household)) {
        std::map<Date, DayMovement> days;
        for (const auto& [id, transaction] : model.household(household).transactions) {
            if (transaction.account_id != row.account.id) {
                continue;
            }
            const auto zero = money::Money::zero(row.account.currency);
            DayMovement& day =
                days.try_emplace(transaction.date, DayMovement{transaction.date, zero, zero, 0})
                    .first->second;
            const bool is_posted = transaction.status == finance::ledger::TransactionStatus::posted;
            (is_posted ? day.posted : day.pending) += transaction.amount;
            ++day.transactions;
        }
        for (const Date to : {Date::from_days(20030), Date::from_days(30000)}) {
            std::vector<DayMovement> expected;
            for (const auto& [date, day] : days) {
                if (date <= to) {
                    expected.push_back(day);
                }
            }
            ASSERT_EQ(*store.movements(household, row.account.id, to), expected);
        }
    }
}

/// All pages of a query, one after the other, equal the model's full scan.
inline void expect_equal_pages(LedgerStore& store, LedgerModel& model, HouseholdId household,
                               TransactionQuery query) {
    std::vector<finance::ledger::Transaction> found;
    const std::vector<finance::ledger::Transaction> expected = model.matching(household, query);
    for (int page_count = 0; page_count < 1000; ++page_count) {
        const auto page = store.transactions(household, query);
        ASSERT_TRUE(page) << to_string(page.error());
        ASSERT_LE(page->items.size(), query.limit);
        found.insert(found.end(), page->items.begin(), page->items.end());
        query.cursor = page->next_cursor;
        ASSERT_EQ(page->total.has_value(), query.count);
        if (query.count) {
            ASSERT_EQ(*page->total, static_cast<std::int64_t>(expected.size()));
            ASSERT_EQ(page->sums, sums_of(expected));
        }
        if (query.cursor.empty()) {
            break;
        }
    }
    ASSERT_TRUE(found == expected);
}

}  // namespace atlas::ports::testing
