// SPDX-License-Identifier: Apache-2.0
// What every Secrets does.
//
//     struct Engine { ports::Secrets& secrets(); void reopen(); };
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <vector>

#include "ports/secrets.hpp"
#include "ports/testing/ledger_samples.hpp"

namespace atlas::ports::testing {

template <class Engine>
class SecretsContract : public ::testing::Test {
protected:
    Secrets& secrets() { return engine_.secrets(); }
    std::string seal(std::string_view bytes, HouseholdId household = kHome) {
        return *secrets().seal(household, {.context = "c", .bytes = bytes});
    }
    Result<std::string> open(std::string_view sealed, HouseholdId household = kHome,
                             std::string_view context = "c") {
        return secrets().open(household, {.context = context, .bytes = sealed});
    }
    Engine engine_;
};

TYPED_TEST_SUITE_P(SecretsContract);

TYPED_TEST_P(SecretsContract, OpensWhatItSealedAlsoAfterARestart) {
    for (const std::size_t size : {0U, 1U, 15U, 16U, 17U, 100'000U}) {
        const std::string plain(size, 'x');
        const std::string sealed = this->seal(plain);
        EXPECT_EQ(*this->open(sealed), plain);
        EXPECT_NE(this->seal(plain), sealed);
        if (size > 15) {
            EXPECT_EQ(sealed.find(plain), std::string::npos);
        }
        this->engine_.reopen();
        EXPECT_EQ(*this->open(sealed), plain);
    }
}

TYPED_TEST_P(SecretsContract, RefusesAnyChangedByteOtherContextAndOtherHousehold) {
    const std::string sealed = this->seal("a household's figures");
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string changed = sealed;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        EXPECT_EQ(this->open(changed).error().code, ErrorCode::data_loss) << i;
        EXPECT_EQ(this->open(sealed.substr(0, i)).error().code, ErrorCode::data_loss) << i;
    }
    EXPECT_EQ(this->open(sealed + "x").error().code, ErrorCode::data_loss);
    EXPECT_EQ(this->open(sealed, kHome, "d").error().code, ErrorCode::data_loss);
    EXPECT_EQ(this->open(sealed, kNeighbours).error().code, ErrorCode::not_found);
    this->seal("their own", kNeighbours);
    EXPECT_EQ(this->open(sealed, kNeighbours).error().code, ErrorCode::data_loss);
}

TYPED_TEST_P(SecretsContract, DestroyedMeansNobodyOpensOrSealsAgain) {
    const std::string sealed = this->seal("gone");
    const std::string theirs = this->seal("stays", kNeighbours);
    ASSERT_TRUE(this->secrets().destroy(kHome));
    for (int restart = 0; restart < 2; ++restart) {
        EXPECT_EQ(this->open(sealed).error().code, ErrorCode::not_found);
        EXPECT_EQ(this->secrets().seal(kHome, {}).error().code, ErrorCode::not_found);
        EXPECT_EQ(*this->open(theirs, kNeighbours), "stays");
        this->engine_.reopen();
    }
    EXPECT_TRUE(this->secrets().destroy(kHome));
    const auto never_used = id_of<HouseholdId>(77);
    EXPECT_TRUE(this->secrets().destroy(never_used));
    EXPECT_EQ(this->secrets().seal(never_used, {}).error().code, ErrorCode::not_found);
}

TYPED_TEST_P(SecretsContract, KeyedHashesDependOnPurposeTextAndInstallation) {
    const Sha256 hash = this->secrets().keyed_hash("session", "token");
    std::set<Sha256> all = {hash,
                            this->secrets().keyed_hash("link", "token"),
                            this->secrets().keyed_hash("session", "token2"),
                            this->secrets().keyed_hash("session", ""),
                            this->secrets().keyed_hash("sessiontoken", ""),
                            sha256("token")};
    EXPECT_EQ(all.size(), 6U);
    this->engine_.reopen();
    EXPECT_EQ(this->secrets().keyed_hash("session", "token"), hash);
    TypeParam another;
    EXPECT_NE(another.secrets().keyed_hash("session", "token"), hash);
}

TYPED_TEST_P(SecretsContract, ManyCallersAgreeOnOneKey) {
    std::vector<std::string> sealed(16);
    {
        std::vector<std::jthread> callers;
        for (std::string& mine : sealed) {
            callers.emplace_back([&] { mine = this->seal("same"); });
        }
    }
    this->engine_.reopen();
    for (const std::string& one : sealed) {
        EXPECT_EQ(*this->open(one), "same");
    }
}

REGISTER_TYPED_TEST_SUITE_P(SecretsContract, OpensWhatItSealedAlsoAfterARestart,
                            RefusesAnyChangedByteOtherContextAndOtherHousehold,
                            DestroyedMeansNobodyOpensOrSealsAgain,
                            KeyedHashesDependOnPurposeTextAndInstallation,
                            ManyCallersAgreeOnOneKey);

}  // namespace atlas::ports::testing
