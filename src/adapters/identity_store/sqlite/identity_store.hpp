// SPDX-License-Identifier: Apache-2.0
// Identities on SQLite. A token is looked up by its keyed hash, so that the time of a lookup says
// nothing about the bytes of a token, and a stolen file opens nothing. A used link is gone for
// good before its user is let in.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/group_commit.hpp"
#include "base/guarded.hpp"
#include "ports/identity_store.hpp"
#include "ports/secrets.hpp"

namespace atlas::adapters::identity_store::sqlite {

struct IdentityStoreOptions {
    std::string path;
    std::string vfs{};  ///< ChecksumVfs::name(); empty: no page checksums (tests).
};

class SqliteIdentityStore final : public ports::IdentityStore {
    struct Parts;

public:
    /// Borrows secrets and clock. Errors: conflict (a newer program's store), data_loss,
    /// unavailable.
    static Result<std::unique_ptr<SqliteIdentityStore>> open(const IdentityStoreOptions& options,
                                                             const ports::Secrets& secrets,
                                                             const Clock& clock);
    /// For open() alone: nobody else has Parts.
    SqliteIdentityStore(Parts parts, const ports::Secrets& secrets, const Clock& clock);

    Result<void> add_household(const ports::Household& household) override;
    Result<void> add_user(const ports::User& user) override;
    Result<std::vector<ports::Household>> households() override;
    Result<std::vector<ports::User>> users(HouseholdId household) override;
    Result<void> add_secret(const ports::Secret& secret, std::string_view token) override;
    Result<ports::Principal> recognise(ports::SecretKind kind, std::string_view token,
                                       Timestamp now) override;
    Result<ports::Principal> use_login_link(std::string_view token, Timestamp now) override;
    Result<std::vector<ports::Secret>> secrets(HouseholdId household) override;
    Result<void> revoke(HouseholdId household, std::string_view secret_id) override;

private:
    struct Parts {
        adapters::sqlite::Database writer;
        adapters::sqlite::Database reader;
    };
    Result<void> write(const adapters::sqlite::GroupCommit::Work& work);
    Sha256 hash_of(ports::SecretKind kind, std::string_view token) const;

    const ports::Secrets& secrets_;
    adapters::sqlite::GroupCommit writer_;
    Guarded<adapters::sqlite::Database> reader_;
};

}  // namespace atlas::adapters::identity_store::sqlite
