// SPDX-License-Identifier: Apache-2.0
// Transactions and events of the ledger written by hand, and a book that is told them.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "contracts/codec/json.hpp"
#include "contracts/events.hpp"
#include "roles/ml/filing_book.hpp"
#include "roles/ml/testing/small_cascade.hpp"

namespace atlas::roles::ml::testing::books {

namespace ledger = finance::ledger;
using ledger::FilingSource;
using ledger::Transaction;

inline Transaction bought(int number, std::string description, std::int64_t minor = -1250) {
    Uuid uuid;
    uuid.bytes[14] = static_cast<std::byte>(number >> 8);
    uuid.bytes[15] = static_cast<std::byte>(number & 0xff);
    const auto amount = money::Money::from_minor(minor, money::Currency::parse("USD").value());
    return {.id = {uuid},
            .account_id = {},
            .date = Date::create(2026, 3, 4).value(),
            .posted_date = std::nullopt,
            .amount = amount,
            .original_amount = std::nullopt,
            .description = std::move(description),
            .merchant = std::nullopt,
            .status = ledger::TransactionStatus::posted,
            .splits = {{std::string(ledger::kUnknownCategory), amount, std::nullopt, {}}},
            .transfer_id = std::nullopt,
            .filed = {},
            .source = {},
            .bank_id = std::nullopt,
            .fingerprint = {},
            .occurrence = 0};
}

inline Transaction answered(Transaction transaction, std::string category) {
    transaction.splits.front().category = std::move(category);
    transaction.filed = {FilingSource::user, 1.0, true};
    return transaction;
}

inline Transaction filed(Transaction transaction, std::string category, FilingSource source) {
    transaction.splits.front().category = std::move(category);
    transaction.filed = {source, 0.9, false};
    return transaction;
}

struct Event {
    std::string type;
    std::string payload;
    std::optional<Transaction> now{};  ///< As it is afterwards, if the event is about one.
    std::optional<TransactionId> gone{};
};

inline Event recorded(const Transaction& transaction) {
    return {
        std::string(contracts::kTransactionRecorded),
        contracts::encode(contracts::TransactionEvent{
            .version = 1, .transaction = contracts::to_value(transaction), .unknown_fields = {}}),
        transaction};
}
inline Event removed(const Transaction& transaction) {
    Event event = recorded(transaction);
    event.type = contracts::kTransactionRemoved;
    event.now.reset();
    event.gone = transaction.id;
    return event;
}
inline Event changed(const Transaction& before, const Transaction& after) {
    return {
        std::string(contracts::kTransactionChanged),
        contracts::encode(contracts::TransactionChangedEvent{.version = 1,
                                                             .before = contracts::to_value(before),
                                                             .after = contracts::to_value(after),
                                                             .unknown_fields = {}}),
        after};
}
inline Event rule(std::string id, std::string text, std::int64_t position = 0) {
    return {std::string(contracts::kRuleSaved),
            contracts::encode(contracts::RuleSavedEvent{.version = 1,
                                                        .id = std::move(id),
                                                        .name = "a rule",
                                                        .text = std::move(text),
                                                        .enabled = true,
                                                        .position = position,
                                                        .unknown_fields = {}})};
}
inline Event key(std::string_view type, std::string of) {
    return {std::string(type), contracts::encode(contracts::FilingKeyEvent{
                                   .version = 1, .key = std::move(of), .unknown_fields = {}})};
}

inline std::string saved(const FilingBook& book) {
    std::string bytes;
    const Result<void> all = book.save([&](std::string_view piece) -> Result<void> {
        bytes += piece;
        return {};
    });
    EXPECT_TRUE(all.has_value());
    return bytes;
}

/// A book, and beside it the transactions as a ledger would have them.
class Book {
public:
    std::unique_ptr<FilingBook> kept =
        std::make_unique<FilingBook>(small_cascade(), embedded_file("taxonomy.tsv"));
    FilingBook& book = *kept;
    std::map<TransactionId, Transaction> now;

    Book() = default;
    explicit Book(std::unique_ptr<FilingBook> other) : kept(std::move(other)) {}

    void tell(const Event& event) {
        const auto told = book.apply(book.sequence() + 1, event.type, event.payload);
        ASSERT_TRUE(told.has_value()) << to_string(told.error());
        if (event.now) {
            now.insert_or_assign(event.now->id, *event.now);
        }
        if (event.gone) {
            now.erase(*event.gone);
        }
    }
    Verdict judge(const Transaction& transaction) const {
        return book.judge(now.at(transaction.id));
    }
    std::string category(const Transaction& transaction) const {
        return judge(transaction).after.splits.front().category;
    }
    std::vector<TransactionId> take() { return book.take_waiting(1000).ids(); }
};

}  // namespace atlas::roles::ml::testing::books
