// SPDX-License-Identifier: Apache-2.0
// Who may come in: households, their users, browser sessions, API keys and one-use links. Secrets
// are stored as keyed hashes only; revoking takes effect with the next request.
// Contract suite: ports/testing/identity_store_contract.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"

namespace atlas::ports {

/// Below this a token would be a password, which wants a slow hash.
inline constexpr std::size_t kTokenBytesMin = 43;

enum class UserRole : std::uint8_t { owner, member, viewer };
/// What a secret opens. A one-use link becomes a session.
enum class SecretKind : std::uint8_t { login_link, session, api_key };

struct Household {
    HouseholdId id{};
    std::string name{};
    std::string base_currency{};  ///< ISO 4217.
    std::string time_zone{};      ///< IANA, for "today".
};

struct User {
    UserId id{};
    HouseholdId household{};
    std::string name{};
    UserRole role = UserRole::member;
};

struct Secret {
    std::string id{};  ///< Public handle, for listing and revoking.
    SecretKind kind = SecretKind::session;
    UserId user{};
    bool write = false;  ///< False: read only.
    Timestamp expires_at{};
    std::string label{};
};

/// Who is asking, after the secret was recognised.
struct Principal {
    UserId user{};
    HouseholdId household{};
    UserRole role = UserRole::viewer;
    bool write = false;
    std::string secret_id{};
};

/// Thread-safe.
class IdentityStore {
public:
    virtual ~IdentityStore() = default;
    /// Errors: conflict (id or name exists).
    virtual Result<void> add_household(const Household& household) = 0;
    /// Errors: conflict (id exists, or the name within the household), not_found (household).
    virtual Result<void> add_user(const User& user) = 0;
    /// By name.
    virtual Result<std::vector<Household>> households() = 0;
    /// By name.
    virtual Result<std::vector<User>> users(HouseholdId household) = 0;

    /// Stores the keyed hash of `token` (make_access_token).
    /// Errors: conflict (id or token exists), not_found (user), invalid_argument (a token shorter
    ///         than kTokenBytesMin).
    virtual Result<void> add_secret(const Secret& secret, std::string_view token) = 0;
    /// Errors: unauthenticated (unknown, expired, revoked, other kind: indistinguishable).
    virtual Result<Principal> recognise(SecretKind kind, std::string_view token, Timestamp now) = 0;
    /// Like recognise, and the link can never be used again, also across a crash.
    virtual Result<Principal> use_login_link(std::string_view token, Timestamp now) = 0;
    /// What still opens something, by expiry then id: not revoked, not used; expired ones too.
    virtual Result<std::vector<Secret>> secrets(HouseholdId household) = 0;
    /// Takes effect with the next request. Errors: not_found.
    virtual Result<void> revoke(HouseholdId household, std::string_view secret_id) = 0;
};

}  // namespace atlas::ports
