// SPDX-License-Identifier: Apache-2.0
#include "adapters/identity_store/sqlite/identity_store.hpp"

#include <array>
#include <optional>
#include <span>
#include <utility>

#include "adapters/sqlite/migration.hpp"
#include "base/format.hpp"

namespace atlas::adapters::identity_store::sqlite {
namespace {

using adapters::sqlite::Access;
using adapters::sqlite::Database;
using adapters::sqlite::Statement;
using ports::Household;
using ports::Principal;
using ports::Secret;
using ports::SecretKind;
using ports::User;
using ports::UserRole;

constexpr std::array<std::string_view, 3> kRoles = {"owner", "member", "viewer"};
constexpr std::array<std::string_view, 3> kKinds = {"login_link", "session", "api_key"};

// A secret is looked up by hash alone, before anybody knows whose it is; everything else begins
// with the household. Revoked and used ones are deleted: there is no way back for them.
constexpr const char* kFirst = R"sql(
CREATE TABLE households(
    household BLOB NOT NULL PRIMARY KEY CHECK(length(household) = 16),
    name TEXT NOT NULL UNIQUE,
    base_currency TEXT NOT NULL,
    time_zone TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE users(
    household BLOB NOT NULL REFERENCES households(household),
    id BLOB NOT NULL UNIQUE CHECK(length(id) = 16),
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY(household, id),
    UNIQUE(household, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE secrets(
    household BLOB NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    user_id BLOB NOT NULL,
    may_write INTEGER NOT NULL,
    expires_at_us INTEGER NOT NULL,
    label TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE CHECK(length(hash) = 32),
    PRIMARY KEY(household, id),
    FOREIGN KEY(household, user_id) REFERENCES users(household, id)
) STRICT, WITHOUT ROWID;
)sql";

constexpr std::array<adapters::sqlite::Migration, 1> kMigrations = {{{"identity", kFirst}}};

template <class Enum>
Result<Enum> read_enum(const std::array<std::string_view, 3>& names, std::string_view text) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == text) {
            return static_cast<Enum>(i);
        }
    }
    return fail(ErrorCode::data_loss, "identity store",
                format("\"{}\" is not a name of a role or kind", text.substr(0, 40)));
}

// One answer for unknown, expired, revoked, used and of another kind.
Unexpected nobody() {
    return fail(ErrorCode::unauthenticated, {}, "the token is not valid");
}

Result<Principal> find(Database& database, const Sha256& hash, Timestamp now) {
    ATLAS_TRY_ASSIGN(Statement row,
                     database.prepare("SELECT s.user_id, s.household, u.role, s.may_write, s.id "
                                      "FROM secrets s JOIN users u ON u.household = s.household "
                                      "AND u.id = s.user_id "
                                      "WHERE s.hash = ?1 AND s.expires_at_us > ?2"));
    ATLAS_TRY_ASSIGN(const bool is_row,
                     row.bind_all(std::span<const std::byte>(hash), now.micros).step());
    if (!is_row) {
        return nobody();
    }
    ATLAS_TRY_ASSIGN(const UserId user, row.id<UserId>(0));
    ATLAS_TRY_ASSIGN(const HouseholdId household, row.id<HouseholdId>(1));
    ATLAS_TRY_ASSIGN(const UserRole role, read_enum<UserRole>(kRoles, row.text(2)));
    return Principal{.user = user,
                     .household = household,
                     .role = role,
                     .write = row.boolean(3),
                     .secret_id = std::string(row.text(4))};
}

Result<Secret> read_secret(const Statement& row) {
    ATLAS_TRY_ASSIGN(const SecretKind kind, read_enum<SecretKind>(kKinds, row.text(1)));
    ATLAS_TRY_ASSIGN(const UserId user, row.id<UserId>(2));
    return Secret{.id = std::string(row.text(0)),
                  .kind = kind,
                  .user = user,
                  .write = row.boolean(3),
                  .expires_at = {row.integer(4)},
                  .label = std::string(row.text(5))};
}

}  // namespace

SqliteIdentityStore::SqliteIdentityStore(Parts parts, const ports::Secrets& secrets,
                                         const Clock& clock)
    : secrets_(secrets),
      writer_(std::move(parts.writer), clock),
      reader_(std::move(parts.reader)) {}

Result<std::unique_ptr<SqliteIdentityStore>> SqliteIdentityStore::open(
    const IdentityStoreOptions& options, const ports::Secrets& secrets, const Clock& clock) {
    ATLAS_TRY_ASSIGN(Database writer,
                     Database::open(options.path, {.vfs = options.vfs, .cache_kib = 1024}));
    ATLAS_TRY(adapters::sqlite::migrate(writer, kMigrations));
    ATLAS_TRY_ASSIGN(Database reader, Database::open(options.path, {.vfs = options.vfs,
                                                                    .access = Access::read_only,
                                                                    .cache_kib = 1024}));
    return std::make_unique<SqliteIdentityStore>(
        Parts{.writer = std::move(writer), .reader = std::move(reader)}, secrets, clock);
}

Result<void> SqliteIdentityStore::write(const adapters::sqlite::GroupCommit::Work& work) {
    ATLAS_TRY(writer_.run(work, Deadline{}));
    return {};
}

// The kind is part of the hash: a session's token is unknown as an API key.
Sha256 SqliteIdentityStore::hash_of(SecretKind kind, std::string_view token) const {
    return secrets_.keyed_hash(format("token {}", kKinds[static_cast<std::size_t>(kind)]), token);
}

Result<void> SqliteIdentityStore::add_household(const Household& household) {
    return write([&](Database& database) -> Result<std::int64_t> {
        ATLAS_TRY_ASSIGN(const std::int64_t added,
                         database.run("INSERT INTO households VALUES(?1, ?2, ?3, ?4) "
                                      "ON CONFLICT DO NOTHING",
                                      household.id, household.name, household.base_currency,
                                      household.time_zone));
        if (added == 0) {
            return conflict(format("there is a household named \"{}\" already, or with this id",
                                   household.name));
        }
        return added;
    });
}

Result<void> SqliteIdentityStore::add_user(const User& user) {
    return write([&](Database& database) -> Result<std::int64_t> {
        ATLAS_TRY_ASSIGN(const std::int64_t count,
                         database.integer("SELECT count(*) FROM households WHERE household = ?1",
                                          user.household));
        if (count == 0) {
            return not_found(format("there is no household {}", to_string(user.household)));
        }
        ATLAS_TRY_ASSIGN(
            const std::int64_t added,
            database.run("INSERT INTO users VALUES(?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
                         user.household, user.id, user.name,
                         kRoles[static_cast<std::size_t>(user.role)]));
        if (added == 0) {
            return conflict(
                format("there is a user named \"{}\" already, or with this id", user.name));
        }
        return added;
    });
}

Result<std::vector<Household>> SqliteIdentityStore::households() {
    return reader_.with([](Database& database) -> Result<std::vector<Household>> {
        std::vector<Household> found;
        ATLAS_TRY(database.each(
            "SELECT household, name, base_currency, time_zone FROM households ORDER BY name",
            [&](const Statement& row) -> Result<void> {
                ATLAS_TRY_ASSIGN(const HouseholdId id, row.id<HouseholdId>(0));
                found.push_back({.id = id,
                                 .name = std::string(row.text(1)),
                                 .base_currency = std::string(row.text(2)),
                                 .time_zone = std::string(row.text(3))});
                return {};
            }));
        return found;
    });
}

Result<std::vector<User>> SqliteIdentityStore::users(HouseholdId household) {
    return reader_.with([&](Database& database) -> Result<std::vector<User>> {
        std::vector<User> found;
        ATLAS_TRY(database.each(
            "SELECT id, name, role FROM users WHERE household = ?1 ORDER BY name",
            [&](const Statement& row) -> Result<void> {
                ATLAS_TRY_ASSIGN(const UserId id, row.id<UserId>(0));
                ATLAS_TRY_ASSIGN(const UserRole role, read_enum<UserRole>(kRoles, row.text(2)));
                found.push_back({.id = id,
                                 .household = household,
                                 .name = std::string(row.text(1)),
                                 .role = role});
                return {};
            },
            household));
        return found;
    });
}

Result<void> SqliteIdentityStore::add_secret(const Secret& secret, std::string_view token) {
    if (token.size() < ports::kTokenBytesMin) {
        return invalid_argument({}, format("a token of {} characters is too short, at least {}",
                                           token.size(), ports::kTokenBytesMin));
    }
    const Sha256 hash = hash_of(secret.kind, token);
    return write([&](Database& database) -> Result<std::int64_t> {
        ATLAS_TRY_ASSIGN(Statement user,
                         database.prepare("SELECT household FROM users WHERE id = ?1"));
        ATLAS_TRY_ASSIGN(const bool is_row, user.bind_all(secret.user).step());
        if (!is_row) {
            return not_found(format("there is no user {}", to_string(secret.user)));
        }
        ATLAS_TRY_ASSIGN(const HouseholdId household, user.id<HouseholdId>(0));
        ATLAS_TRY_ASSIGN(
            const std::int64_t added,
            database.run("INSERT INTO secrets VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) "
                         "ON CONFLICT DO NOTHING",
                         household, secret.id, kKinds[static_cast<std::size_t>(secret.kind)],
                         secret.user, secret.write, secret.expires_at.micros, secret.label,
                         std::span<const std::byte>(hash)));
        if (added == 0) {
            return conflict(format("there is a secret \"{}\" already", secret.id));
        }
        return added;
    });
}

Result<Principal> SqliteIdentityStore::recognise(SecretKind kind, std::string_view token,
                                                 Timestamp now) {
    const Sha256 hash = hash_of(kind, token);
    return reader_.with([&](Database& database) { return find(database, hash, now); });
}

Result<Principal> SqliteIdentityStore::use_login_link(std::string_view token, Timestamp now) {
    const Sha256 hash = hash_of(SecretKind::login_link, token);
    std::optional<Principal> principal;
    ATLAS_TRY(write([&](Database& database) -> Result<std::int64_t> {
        ATLAS_TRY_ASSIGN(principal, find(database, hash, now));
        return database.run("DELETE FROM secrets WHERE hash = ?1",
                            std::span<const std::byte>(hash));
    }));
    return std::move(*principal);
}

Result<std::vector<Secret>> SqliteIdentityStore::secrets(HouseholdId household) {
    return reader_.with([&](Database& database) -> Result<std::vector<Secret>> {
        std::vector<Secret> found;
        ATLAS_TRY(database.each(
            "SELECT id, kind, user_id, may_write, expires_at_us, label FROM secrets "
            "WHERE household = ?1 ORDER BY expires_at_us, id",
            [&](const Statement& row) -> Result<void> {
                ATLAS_TRY_ASSIGN(Secret secret, read_secret(row));
                found.push_back(std::move(secret));
                return {};
            },
            household));
        return found;
    });
}

Result<void> SqliteIdentityStore::revoke(HouseholdId household, std::string_view secret_id) {
    return write([&](Database& database) -> Result<std::int64_t> {
        ATLAS_TRY_ASSIGN(const std::int64_t removed,
                         database.run("DELETE FROM secrets WHERE household = ?1 AND id = ?2",
                                      household, secret_id));
        if (removed == 0) {
            return not_found(format("there is no secret \"{}\"", secret_id));
        }
        return removed;
    });
}

}  // namespace atlas::adapters::identity_store::sqlite
