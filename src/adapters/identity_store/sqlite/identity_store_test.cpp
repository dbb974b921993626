// SPDX-License-Identifier: Apache-2.0
// Goal: identities on SQLite keep the port's contract; tokens look as documented.
// Method: the contract suite; one token pinned to another program's base64url.
#include "adapters/identity_store/sqlite/identity_store.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <numeric>

#include "base/format.hpp"
#include "ports/testing/identity_store_contract.hpp"
#include "ports/testing/temporary_folder.hpp"

namespace atlas::adapters::identity_store::sqlite {
namespace {

/// Hashes only: an identity store seals nothing.
class HashingSecrets final : public ports::Secrets {
public:
    Result<std::string> seal(HouseholdId, const ports::SealedPart&) override {
        return internal("not used");
    }
    Result<std::string> open(HouseholdId, const ports::SealedPart&) override {
        return internal("not used");
    }
    Result<void> destroy(HouseholdId) override { return internal("not used"); }
    Sha256 keyed_hash(std::string_view purpose, std::string_view text) const override {
        return sha256(format("key|{}|{}", purpose, text));
    }
};

class SqliteIdentityEngine {
public:
    SqliteIdentityEngine() { reopen(); }
    ports::IdentityStore& store() { return *store_; }
    void reopen() {
        store_.reset();
        auto opened = SqliteIdentityStore::open({.path = path()}, secrets_, clock_);
        ATLAS_CHECK(opened.has_value());
        store_ = std::move(*opened);
    }
    std::string stored_bytes() {
        reopen();  // Closing brings the write-ahead log into the file.
        std::ifstream file(path(), std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

private:
    std::string path() const { return folder_.file("identity.db"); }
    ports::testing::TemporaryFolder folder_;
    ManualClock clock_{Timestamp{1}};
    HashingSecrets secrets_;
    std::unique_ptr<SqliteIdentityStore> store_;
};

class CountingEntropy final : public EntropySource {
public:
    void fill(std::span<std::byte> out) override {
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i] = static_cast<std::byte>(i * 7);
        }
    }
};

// python3: base64.urlsafe_b64encode(bytes(i * 7 % 256 for i in range(32))).rstrip(b"=")
TEST(AccessTokenTest, IsAPrefixAnd256BitsInBase64Url) {
    CountingEntropy entropy;
    EXPECT_EQ(ports::make_access_token(ports::SecretKind::api_key, entropy),
              "atlas_key_AAcOFRwjKjE4P0ZNVFtiaXB3foWMk5qhqK-2vcTL0tk");
    EXPECT_EQ(ports::make_access_token(ports::SecretKind::login_link, entropy).substr(0, 12),
              "atlas_link_A");
    EXPECT_EQ(ports::make_access_token(ports::SecretKind::session, entropy).size(),
              14 + ports::kAccessTokenDigits);
}

}  // namespace
}  // namespace atlas::adapters::identity_store::sqlite

namespace atlas::ports::testing {
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, IdentityStoreContract,
                               atlas::adapters::identity_store::sqlite::SqliteIdentityEngine);
}  // namespace atlas::ports::testing
