// SPDX-License-Identifier: Apache-2.0
// What every DebtStore does: keeps, replaces and removes debts of one household, a key's answer
// with the write it belongs to, and nothing of one household for another.
//
//     struct Engine { ports::DebtStore& store(); void reopen(); };
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "ports/debt_store.hpp"
#include "ports/testing/ledger_samples.hpp"

namespace atlas::ports::testing {

template <class Engine>
class DebtStoreContract : public ::testing::Test {
protected:
    DebtStore& store() { return engine_.store(); }
    static DebtRecord record(int number, std::string terms = R"({"apr":"0.2"})") {
        Uuid uuid;
        uuid.bytes.front() = static_cast<std::byte>(number / 256);
        uuid.bytes.back() = static_cast<std::byte>(number % 256);
        return {.id = {uuid},
                .name = "Card " + std::to_string(number),
                .terms = std::move(terms),
                .updated_at = {1'000 + number}};
    }
    static IdempotentAnswer answer(std::string key, std::int64_t expires = 5'000) {
        return {.key = std::move(key),
                .request_hash = "hash",
                .status = 200,
                .body = "{}",
                .expires_at = {expires}};
    }
    Engine engine_;
};

TYPED_TEST_SUITE_P(DebtStoreContract);

TYPED_TEST_P(DebtStoreContract, KeepsReplacesAndRemoves) {
    EXPECT_TRUE(this->store().debts(kHome)->empty());
    ASSERT_TRUE(this->store().apply(kHome, {.put = this->record(2)}));
    ASSERT_TRUE(this->store().apply(kHome, {.put = this->record(1)}));
    this->engine_.reopen();
    EXPECT_EQ(*this->store().debts(kHome),
              (std::vector<DebtRecord>{this->record(1), this->record(2)}));
    ASSERT_TRUE(this->store().apply(kHome, {.put = this->record(2, "other")}));
    EXPECT_EQ(*this->store().debt(kHome, this->record(2).id), this->record(2, "other"));
    ASSERT_TRUE(this->store().apply(kHome, {.removed = this->record(1).id}));
    EXPECT_EQ(this->store().debts(kHome)->size(), 1U);
    EXPECT_EQ(this->store().debt(kHome, this->record(1).id).error().code, ErrorCode::not_found);
    EXPECT_EQ(this->store().apply(kHome, {.removed = this->record(1).id}).error().code,
              ErrorCode::not_found);
}

TYPED_TEST_P(DebtStoreContract, AnotherHouseholdSeesNothing) {
    ASSERT_TRUE(this->store().apply(kHome, {.put = this->record(1), .answer = this->answer("k")}));
    EXPECT_TRUE(this->store().debts(kNeighbours)->empty());
    EXPECT_EQ(this->store().debt(kNeighbours, this->record(1).id).error().code,
              ErrorCode::not_found);
    EXPECT_EQ(this->store().apply(kNeighbours, {.removed = this->record(1).id}).error().code,
              ErrorCode::not_found);
    EXPECT_FALSE(this->store().answer(kNeighbours, "k", {0})->has_value());
    ASSERT_TRUE(this->store().apply(kNeighbours, {.put = this->record(1, "theirs")}));
    EXPECT_EQ(this->store().debt(kHome, this->record(1).id)->terms, this->record(1).terms);
}

TYPED_TEST_P(DebtStoreContract, AKeyIsAnsweredOnce) {
    ASSERT_TRUE(this->store().apply(kHome, {.put = this->record(1), .answer = this->answer("k")}));
    this->engine_.reopen();
    EXPECT_EQ(this->store().answer(kHome, "k", {4'999})->value().body, "{}");
    EXPECT_FALSE(this->store().answer(kHome, "k", {5'000})->has_value());
    EXPECT_FALSE(this->store().answer(kHome, "other", {0})->has_value());
    const auto again =
        this->store().apply(kHome, {.put = this->record(2), .answer = this->answer("k")});
    EXPECT_EQ(again.error().code, ErrorCode::conflict);
    EXPECT_EQ(this->store().debts(kHome)->size(), 1U);  // Neither half was written.
}

TYPED_TEST_P(DebtStoreContract, RefusesMoreThanItsLimit) {
    for (std::size_t i = 0; i < kStoredDebtsMax; ++i) {
        ASSERT_TRUE(this->store().apply(kHome, {.put = this->record(static_cast<int>(i))}));
    }
    EXPECT_EQ(this->store().apply(kHome, {.put = this->record(999)}).error().code,
              ErrorCode::exhausted);
    EXPECT_TRUE(this->store().apply(kHome, {.put = this->record(3, "replaced")}));
}

REGISTER_TYPED_TEST_SUITE_P(DebtStoreContract, KeepsReplacesAndRemoves, AnotherHouseholdSeesNothing,
                            AKeyIsAnsweredOnce, RefusesMoreThanItsLimit);

}  // namespace atlas::ports::testing
