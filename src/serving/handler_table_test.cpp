// SPDX-License-Identifier: Apache-2.0
// Goal: a call reaches its handler with its value, and what is not bound says so. Method: two
// routes of the contract, one bound.
#include "serving/handler_table.hpp"

#include <array>

#include <gtest/gtest.h>

#include "contracts/resources/transactions.hpp"

namespace atlas::serving {
namespace {

using contracts::GetTransaction;
using contracts::TransactionList;
using contracts::TransactionValue;

TEST(HandlerTable, HandsValueAndContextToTheHandlerAndItsAnswerBack) {
    HandlerTable table;
    const UserId user{Uuid{{std::byte{7}}}};
    table.handle(contracts::list_transactions,
                 [&](const contracts::ListTransactions& request,
                     const ports::CallContext& context) -> Result<TransactionList> {
                     EXPECT_EQ(context.user, user);
                     TransactionList list;
                     list.next_cursor = request.cursor;
                     list.as_of_sequence = request.limit;
                     return list;
                 });
    contracts::ListTransactions request;
    request.limit = 42;
    request.cursor = "next";
    ports::CallContext context;
    context.user = user;
    int answers = 0;
    ports::call<contracts::ListTransactions, TransactionList>(
        table, contracts::list_transactions, request, context,
        [&](Result<std::shared_ptr<const TransactionList>> answer) {
            ++answers;
            ASSERT_TRUE(answer.has_value());
            EXPECT_EQ((*answer)->as_of_sequence, 42);
            EXPECT_EQ((*answer)->next_cursor, "next");
        });
    EXPECT_EQ(answers, 1);
}

TEST(HandlerTable, PassesARefusalOn) {
    HandlerTable table;
    table.handle(contracts::get_transaction,
                 [](const GetTransaction&, const ports::CallContext&) -> Result<TransactionValue> {
                     return not_found("no such transaction");
                 });
    table.call(contracts::get_transaction.info, std::make_shared<GetTransaction>(), {},
               [](Result<ports::AnyValue> answer) {
                   ASSERT_FALSE(answer.has_value());
                   EXPECT_EQ(answer.error().code, ErrorCode::not_found);
               });
}

TEST(HandlerTable, TakesAnAnswerThatComesLater) {
    HandlerTable table;
    HandlerTable::Later<TransactionValue> later;
    table.handle_later(
        contracts::get_transaction,
        [&](const std::shared_ptr<const GetTransaction>&, const ports::CallContext&,
            HandlerTable::Later<TransactionValue> done) { later = std::move(done); });
    std::string found;
    table.call(contracts::get_transaction.info, std::make_shared<GetTransaction>(), {},
               [&](Result<ports::AnyValue> answer) {
                   ASSERT_TRUE(answer.has_value());
                   found = static_cast<const TransactionValue*>(answer->get())->description;
               });
    EXPECT_EQ(found, "");
    TransactionValue value;
    value.description = "Coffee";
    later(std::move(value));
    EXPECT_EQ(found, "Coffee");
}

TEST(HandlerTable, NamesTheRouteThatNobodyAnswers) {
    HandlerTable table;
    const std::array<const contracts::RouteInfo*, 1> routes{&contracts::get_transaction.info};
    EXPECT_FALSE(table.has(contracts::get_transaction.info));
    const auto missing = table.require_all(routes);
    ASSERT_FALSE(missing.has_value());
    EXPECT_EQ(missing.error().code, ErrorCode::internal);
    EXPECT_NE(missing.error().message.find("/api/v1/transactions/{id}"), std::string::npos);
    int answers = 0;
    table.call(contracts::get_transaction.info, std::make_shared<GetTransaction>(), {},
               [&](Result<ports::AnyValue> answer) {
                   ++answers;
                   ASSERT_FALSE(answer.has_value());
                   EXPECT_EQ(answer.error().code, ErrorCode::not_found);
               });
    EXPECT_EQ(answers, 1);
    EXPECT_TRUE(table.require_all({}).has_value());
}

TEST(HandlerTable, DoesNotBeginWhatNobodyWaitsFor) {
    HandlerTable table;
    bool has_run = false;
    table.handle(contracts::get_transaction,
                 [&](const GetTransaction&, const ports::CallContext&) -> Result<TransactionValue> {
                     has_run = true;
                     return not_found("");
                 });
    std::stop_source stop;
    stop.request_stop();
    ports::CallContext context;
    context.stop = stop.get_token();
    table.call(contracts::get_transaction.info, std::make_shared<GetTransaction>(), context,
               [](Result<ports::AnyValue> answer) {
                   ASSERT_FALSE(answer.has_value());
                   EXPECT_EQ(answer.error().code, ErrorCode::deadline_exceeded);
               });
    EXPECT_FALSE(has_run);
}

}  // namespace
}  // namespace atlas::serving
