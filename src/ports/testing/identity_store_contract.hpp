// SPDX-License-Identifier: Apache-2.0
// What every IdentityStore does. Refusals must be indistinguishable: the suite compares them.
//
//     struct Engine { ports::IdentityStore& store(); void reopen(); std::string stored_bytes(); };
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>
#include <vector>

#include "ports/access_token.hpp"
#include "ports/identity_store.hpp"
#include "ports/testing/ledger_samples.hpp"

namespace atlas::ports::testing {

template <class Engine>
class IdentityStoreContract : public ::testing::Test {
protected:
    static constexpr Timestamp kNow{1'000'000};
    static constexpr Timestamp kLater{2'000'000};

    void SetUp() override {
        for (const auto& [id, name] : {std::pair(kHome, "Home"), std::pair(kNeighbours, "Away")}) {
            ASSERT_TRUE(store().add_household(
                {.id = id, .name = name, .base_currency = "USD", .time_zone = "Europe/Berlin"}));
        }
        ASSERT_TRUE(store().add_user(ann()));
        ASSERT_TRUE(
            store().add_user({.id = id_of<UserId>(2), .household = kNeighbours, .name = "Ann"}));
    }
    IdentityStore& store() { return engine_.store(); }
    static User ann() {
        return {.id = id_of<UserId>(1), .household = kHome, .name = "Ann", .role = UserRole::owner};
    }
    static Secret secret_of(std::string id, SecretKind kind) {
        return {.id = std::move(id),
                .kind = kind,
                .user = ann().id,
                .write = true,
                .expires_at = kLater,
                .label = "laptop"};
    }
    std::string token(SecretKind kind) { return make_access_token(kind, entropy_); }
    std::string add(const std::string& id, SecretKind kind) {
        std::string made = token(kind);
        const auto added = store().add_secret(secret_of(id, kind), made);
        EXPECT_TRUE(added) << to_string(added.error());
        return made;
    }
    Error refusal(SecretKind kind, std::string_view text, Timestamp now = kNow) {
        const auto recognised = store().recognise(kind, text, now);
        EXPECT_FALSE(recognised);
        return recognised ? Error{} : recognised.error();
    }

    SeededEntropy entropy_{7};
    Engine engine_;
};

TYPED_TEST_SUITE_P(IdentityStoreContract);

TYPED_TEST_P(IdentityStoreContract, KeepsHouseholdsAndUsers) {
    this->engine_.reopen();
    const auto households = *this->store().households();
    ASSERT_EQ(households.size(), 2U);
    EXPECT_EQ(households[0].name, "Away");
    EXPECT_EQ(households[1].id, kHome);
    EXPECT_EQ(households[1].base_currency, "USD");
    EXPECT_EQ(households[1].time_zone, "Europe/Berlin");
    const auto users = *this->store().users(kHome);
    ASSERT_EQ(users.size(), 1U);
    EXPECT_EQ(users[0].id, this->ann().id);
    EXPECT_EQ(users[0].household, kHome);
    EXPECT_EQ(users[0].name, "Ann");
    EXPECT_EQ(users[0].role, UserRole::owner);
}

TYPED_TEST_P(IdentityStoreContract, RefusesDoublesAndOrphans) {
    const auto code = [](const Result<void>& result) {
        return result ? std::optional<ErrorCode>() : result.error().code;
    };
    auto& store = this->store();
    EXPECT_EQ(code(store.add_household({.id = kHome, .name = "Other"})), ErrorCode::conflict);
    EXPECT_EQ(code(store.add_household({.id = id_of<HouseholdId>(9), .name = "Home"})),
              ErrorCode::conflict);
    EXPECT_EQ(code(store.add_user({.id = id_of<UserId>(9), .household = kHome, .name = "Ann"})),
              ErrorCode::conflict);
    EXPECT_EQ(code(store.add_user({.id = id_of<UserId>(2), .household = kHome, .name = "Bob"})),
              ErrorCode::conflict);
    EXPECT_EQ(code(store.add_user(
                  {.id = id_of<UserId>(9), .household = id_of<HouseholdId>(9), .name = "Bob"})),
              ErrorCode::not_found);
    const std::string token = this->add("s1", SecretKind::session);
    EXPECT_EQ(code(store.add_secret(this->secret_of("s2", SecretKind::session), token)),
              ErrorCode::conflict);
    const std::string fresh = this->token(SecretKind::session);
    EXPECT_EQ(code(store.add_secret(this->secret_of("s1", SecretKind::session), fresh)),
              ErrorCode::conflict);
    EXPECT_EQ(code(store.add_secret(this->secret_of("s3", SecretKind::session),
                                    fresh.substr(0, kTokenBytesMin - 1))),
              ErrorCode::invalid_argument);
    Secret orphan = this->secret_of("s4", SecretKind::session);
    orphan.user = id_of<UserId>(99);
    EXPECT_EQ(code(store.add_secret(orphan, fresh)), ErrorCode::not_found);
    EXPECT_EQ(store.secrets(kHome)->size(), 1U);
}

TYPED_TEST_P(IdentityStoreContract, RecognisesASecretUntilItExpiresOrIsRevoked) {
    const std::string token = this->add("k1", SecretKind::api_key);
    Secret read_only = this->secret_of("k2", SecretKind::api_key);
    read_only.write = false;
    const std::string second = this->token(SecretKind::api_key);
    ASSERT_TRUE(this->store().add_secret(read_only, second));
    this->engine_.reopen();
    const auto principal = *this->store().recognise(SecretKind::api_key, token, this->kNow);
    EXPECT_EQ(principal.user, this->ann().id);
    EXPECT_EQ(principal.household, kHome);
    EXPECT_EQ(principal.role, UserRole::owner);
    EXPECT_TRUE(principal.write);
    EXPECT_EQ(principal.secret_id, "k1");
    EXPECT_FALSE(this->store().recognise(SecretKind::api_key, second, this->kNow)->write);
    const Timestamp before{this->kLater.micros - 1};
    EXPECT_TRUE(this->store().recognise(SecretKind::api_key, token, before));
    EXPECT_EQ(this->refusal(SecretKind::api_key, token, this->kLater).code,
              ErrorCode::unauthenticated);
    EXPECT_EQ(this->store().revoke(kNeighbours, "k1").error().code, ErrorCode::not_found);
    EXPECT_EQ(this->store().revoke(kHome, "nobody's").error().code, ErrorCode::not_found);
    EXPECT_TRUE(this->store().recognise(SecretKind::api_key, token, this->kNow));
    ASSERT_TRUE(this->store().revoke(kHome, "k1"));
    EXPECT_EQ(this->refusal(SecretKind::api_key, token).code, ErrorCode::unauthenticated);
    EXPECT_EQ(this->store().revoke(kHome, "k1").error().code, ErrorCode::not_found);
    this->engine_.reopen();
    EXPECT_EQ(this->refusal(SecretKind::api_key, token).code, ErrorCode::unauthenticated);
    EXPECT_TRUE(this->store().recognise(SecretKind::api_key, second, this->kNow));
}

TYPED_TEST_P(IdentityStoreContract, RefusalsAreIndistinguishable) {
    const std::string session = this->add("s", SecretKind::session);
    const std::string link = this->add("l", SecretKind::login_link);
    const std::string revoked = this->add("r", SecretKind::session);
    ASSERT_TRUE(this->store().revoke(kHome, "r"));
    const Error unknown = this->refusal(SecretKind::session, this->token(SecretKind::session));
    EXPECT_EQ(unknown.code, ErrorCode::unauthenticated);
    EXPECT_EQ(this->refusal(SecretKind::session, ""), unknown);
    EXPECT_EQ(this->refusal(SecretKind::session, session + "x"), unknown);
    EXPECT_EQ(this->refusal(SecretKind::session, session, this->kLater), unknown);
    EXPECT_EQ(this->refusal(SecretKind::api_key, session), unknown);
    EXPECT_EQ(this->refusal(SecretKind::session, link), unknown);
    EXPECT_EQ(this->refusal(SecretKind::session, revoked), unknown);
    EXPECT_EQ(this->store().use_login_link(session, this->kNow).error(), unknown);
    EXPECT_EQ(this->store().use_login_link(link, this->kLater).error(), unknown);
    ASSERT_TRUE(this->store().use_login_link(link, this->kNow));
    EXPECT_EQ(this->store().use_login_link(link, this->kNow).error(), unknown);
}

TYPED_TEST_P(IdentityStoreContract, ListsWhatStillOpensSomething) {
    this->add("b", SecretKind::session);
    const std::string link = this->add("a", SecretKind::login_link);
    auto listed = *this->store().secrets(kHome);
    ASSERT_EQ(listed.size(), 2U);
    EXPECT_EQ(listed[0].id, "a");
    EXPECT_EQ(listed[0].kind, SecretKind::login_link);
    EXPECT_EQ(listed[0].user, this->ann().id);
    EXPECT_TRUE(listed[0].write);
    EXPECT_EQ(listed[0].expires_at, this->kLater);
    EXPECT_EQ(listed[0].label, "laptop");
    EXPECT_TRUE(this->store().secrets(kNeighbours)->empty());
    ASSERT_TRUE(this->store().use_login_link(link, this->kNow));
    EXPECT_EQ(this->store().secrets(kHome)->size(), 1U);
}

TYPED_TEST_P(IdentityStoreContract, OneOfAHundredUsesOfALinkWinsAlsoAcrossARestart) {
    const std::string link = this->add("l", SecretKind::login_link);
    EXPECT_TRUE(this->store().recognise(SecretKind::login_link, link, this->kNow))
        << "looking does not use it up";
    std::atomic<int> winners = 0;
    {
        std::vector<std::jthread> callers;
        for (int i = 0; i < 100; ++i) {
            callers.emplace_back([&] {
                winners += this->store().use_login_link(link, this->kNow).has_value() ? 1 : 0;
            });
        }
    }
    EXPECT_EQ(winners, 1);
    this->engine_.reopen();
    EXPECT_EQ(this->store().use_login_link(link, this->kNow).error().code,
              ErrorCode::unauthenticated);
}

TYPED_TEST_P(IdentityStoreContract, TheStoreHoldsNoTokenAndNoPlainHash) {
    const std::string token = this->add("k", SecretKind::api_key);
    const std::string stored = this->engine_.stored_bytes();
    ASSERT_NE(stored.find("laptop"), std::string::npos) << "the test reads the right bytes";
    EXPECT_EQ(stored.find(token), std::string::npos);
    EXPECT_EQ(stored.find(token.substr(token_prefix(SecretKind::api_key).size())),
              std::string::npos);
    const Sha256 plain = sha256(token);
    EXPECT_EQ(stored.find(std::string(reinterpret_cast<const char*>(plain.data()), plain.size())),
              std::string::npos);
}

REGISTER_TYPED_TEST_SUITE_P(IdentityStoreContract, KeepsHouseholdsAndUsers,
                            RefusesDoublesAndOrphans, RecognisesASecretUntilItExpiresOrIsRevoked,
                            RefusalsAreIndistinguishable, ListsWhatStillOpensSomething,
                            OneOfAHundredUsesOfALinkWinsAlsoAcrossARestart,
                            TheStoreHoldsNoTokenAndNoPlainHash);

}  // namespace atlas::ports::testing
