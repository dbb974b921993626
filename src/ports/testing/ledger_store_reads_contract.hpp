// SPDX-License-Identifier: Apache-2.0
// What every LedgerStore answers to questions: pages, cursors, conditions, ranges. The other half
// of ledger_store_contract.hpp, over the same Engine.
#pragma once

#include "ports/testing/ledger_store_contract.hpp"

namespace atlas::ports::testing {

template <class Engine>
class LedgerStoreReadsContract : public LedgerStoreContract<Engine> {};

TYPED_TEST_SUITE_P(LedgerStoreReadsContract);

TYPED_TEST_P(LedgerStoreReadsContract, PagesInOrderAndEachRowOnce) {
    this->add_days(40);
    LedgerChange same_day = this->change_with_event();
    for (std::uint64_t i = 100; i < 160; ++i) {
        auto transaction = this->day(i);
        transaction.date = Date::from_days(20010);
        same_day.added.push_back(transaction);
    }
    ASSERT_TRUE(this->apply(same_day));
    std::vector<std::pair<Date, TransactionId>> expected;
    TransactionQuery all;
    all.limit = kTransactionsPageMax;
    const auto whole_page = *this->store().transactions(kHome, all);
    ASSERT_EQ(whole_page.items.size(), 100U);
    EXPECT_EQ(whole_page.as_of, 2);
    EXPECT_EQ(whole_page.next_cursor, "");
    for (const auto& item : whole_page.items) {
        expected.emplace_back(item.date, item.id);
    }
    EXPECT_TRUE(std::ranges::is_sorted(expected, std::ranges::greater{}));
    for (const std::size_t limit : {1U, 7U, 50U, 99U, 100U, 101U}) {
        std::vector<std::pair<Date, TransactionId>> walked;
        TransactionQuery query;
        query.limit = limit;
        for (int pages = 0; pages < 200; ++pages) {
            const auto page = *this->store().transactions(kHome, query);
            EXPECT_LE(page.items.size(), limit);
            for (const auto& item : page.items) {
                walked.emplace_back(item.date, item.id);
            }
            query.cursor = page.next_cursor;
            if (query.cursor.empty()) {
                break;
            }
        }
        EXPECT_EQ(walked, expected) << limit;
    }
}

TYPED_TEST_P(LedgerStoreReadsContract, RefusesALimitOrCursorThatIsNotOurs) {
    this->add_days(5);
    TransactionQuery query;
    query.limit = 2;
    const std::string cursor = this->store().transactions(kHome, query)->next_cursor;
    ASSERT_NE(cursor, "");
    const auto code = [&](const TransactionQuery& q, HouseholdId household = kHome) {
        const auto page = this->store().transactions(household, q);
        return page ? std::optional<ErrorCode>() : page.error().code;
    };
    for (std::size_t i = 0; i < cursor.size(); ++i) {
        query.cursor = cursor;
        query.cursor[i] = query.cursor[i] == '0' ? '1' : '0';
        EXPECT_EQ(code(query), ErrorCode::invalid_argument) << query.cursor;
    }
    for (const std::string& text : {std::string("x"), cursor + "0", cursor.substr(1),
                                    std::string(cursor.size(), '0'), std::string("\0", 1)}) {
        query.cursor = text;
        EXPECT_EQ(code(query), ErrorCode::invalid_argument) << text;
    }
    query.cursor = cursor;
    EXPECT_EQ(code(query), std::nullopt);
    EXPECT_EQ(code(query, kNeighbours), ErrorCode::invalid_argument);
    TransactionQuery other = query;
    other.text = "foods";
    EXPECT_EQ(code(other), ErrorCode::invalid_argument);
    other = query;
    other.account_id = id_of<AccountId>(1);
    EXPECT_EQ(code(other), ErrorCode::invalid_argument);
    other = query;
    other.from = Date::from_days(0);
    EXPECT_EQ(code(other), ErrorCode::invalid_argument);
    query = {};
    query.limit = 0;
    EXPECT_EQ(code(query), ErrorCode::invalid_argument);
    query.limit = kTransactionsPageMax + 1;
    EXPECT_EQ(code(query), ErrorCode::invalid_argument);
    query.limit = kTransactionsPageMax;
    EXPECT_EQ(code(query), std::nullopt);
}

TYPED_TEST_P(LedgerStoreReadsContract, FindsByEachConditionAndByAllTogether) {
    LedgerChange change = this->change_with_event();
    change.accounts = {account_of(1, "Everyday"), account_of(2, "Another")};
    const auto add = [&](std::uint64_t number, auto&& shape) {
        auto transaction = this->day(number);
        shape(transaction);
        change.added.push_back(transaction);
    };
    add(1, [](auto& t) { t.splits[0].category = "food"; });
    add(2, [](auto& t) { t.splits[0].category = "foodstuff"; });
    add(3, [](auto& t) {
        t.account_id = id_of<AccountId>(2);
        t.source.import_id = id_of<ImportId>(5);
        t.description = "ÅHLÉNS Malmö";
    });
    add(4, [](auto& t) {
        t.merchant = "Кофе Хауз";
        t.splits = {
            {.category = "housing.rent", .amount = dollars(60), .note = {}, .tags = {}},
            {.category = "food.restaurants", .amount = dollars(40), .note = {}, .tags = {}}};
    });
    for (const auto& [number, category] : {std::pair(5, "food-court"), std::pair(6, "food/x")}) {
        auto neighbour = this->day(static_cast<std::uint64_t>(number));
        neighbour.date = Date::from_days(19000);
        neighbour.description = "sorted beside food.";
        neighbour.splits[0].category = category;
        neighbour.source.import_id = id_of<ImportId>(6);
        change.added.push_back(neighbour);
    }
    ASSERT_TRUE(this->apply(change));
    using Ids = std::vector<TransactionId>;
    const auto found = [&](auto&& condition) {
        TransactionQuery query;
        condition(query);
        return this->ids(query);
    };
    const auto id = [](std::uint64_t number) { return scattered_id(number); };
    const auto text = [&](std::string words) {
        return found([&](auto& q) { q.text = std::move(words); });
    };
    EXPECT_EQ(found([](auto& q) { q.account_id = id_of<AccountId>(2); }), Ids{id(3)});
    EXPECT_EQ(found([](auto& q) { q.import_id = id_of<ImportId>(5); }), Ids{id(3)});
    EXPECT_EQ(found([](auto& q) { q.from = Date::from_days(20003); }), (Ids{id(4), id(3)}));
    EXPECT_EQ(found([](auto& q) {
                  q.to = Date::from_days(20002);
                  q.from = Date::from_days(20000);
              }),
              (Ids{id(2), id(1)}));
    EXPECT_EQ(found([](auto& q) { q.category = "food"; }), (Ids{id(4), id(3), id(1)}));
    EXPECT_EQ(found([](auto& q) { q.category = "food.groceries"; }), Ids{id(3)});
    EXPECT_EQ(found([](auto& q) { q.category = "housing"; }), Ids{id(4)});
    EXPECT_EQ(found([](auto& q) { q.category = "foo"; }), Ids{});
    EXPECT_EQ(text("åhléns MALMÖ"), Ids{id(3)});
    EXPECT_EQ(text("whole foods"), (Ids{id(4), id(2), id(1)}));
    EXPECT_EQ(text("FOODS хауз"), Ids{id(4)});
    EXPECT_EQ(text("%"), Ids{});
    EXPECT_EQ(text("  ").size(), 6U);
    EXPECT_EQ(found([](auto& q) {
                  q.account_id = id_of<AccountId>(1);
                  q.import_id = id_of<ImportId>(1);
                  q.from = Date::from_days(20001);
                  q.to = Date::from_days(20004);
                  q.category = "food";
                  q.text = "кофе";
              }),
              Ids{id(4)});
}

TYPED_TEST_P(LedgerStoreReadsContract, PagesThroughATextSearch) {
    this->add_days(20);
    TransactionQuery query;
    query.text = "foods";
    query.limit = 7;
    std::size_t rows = 0;
    std::vector<std::size_t> sizes;
    do {
        const auto page = *this->store().transactions(kHome, query);
        rows += page.items.size();
        sizes.push_back(page.items.size());
        query.cursor = page.next_cursor;
    } while (!query.cursor.empty() && sizes.size() < 9);
    EXPECT_EQ(sizes, (std::vector<std::size_t>{7, 7, 6}));
}

TYPED_TEST_P(LedgerStoreReadsContract, TransactionsBetweenAreOfOneAccountOldestFirst) {
    this->add_days(10);
    LedgerChange change = this->change_with_event();
    change.accounts = {account_of(2, "Another")};
    change.added.push_back(this->day(11));
    change.added[0].account_id = id_of<AccountId>(2);
    change.added[0].date = Date::from_days(20005);
    ASSERT_TRUE(this->apply(change));
    const auto found = *this->store().transactions_between(
        kHome, id_of<AccountId>(1), Date::from_days(20003), Date::from_days(20006));
    ASSERT_EQ(found.size(), 4U);
    for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_EQ(found[i], this->day(i + 3));
    }
}

REGISTER_TYPED_TEST_SUITE_P(LedgerStoreReadsContract, PagesInOrderAndEachRowOnce,
                            RefusesALimitOrCursorThatIsNotOurs,
                            FindsByEachConditionAndByAllTogether, PagesThroughATextSearch,
                            TransactionsBetweenAreOfOneAccountOldestFirst);

}  // namespace atlas::ports::testing
