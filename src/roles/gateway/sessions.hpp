// SPDX-License-Identifier: Apache-2.0
// Who is asking: a browser with a session cookie, a script with an API key, or the owner's own
// command line through the local socket, whose file nobody else can open. A one-use link,
// printed at the start, becomes the first session. No token is ever handed to page scripts.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.hpp"
#include "base/guarded.hpp"
#include "base/random.hpp"
#include "ports/identity_store.hpp"
#include "serving/bind_routes.hpp"

namespace atlas::roles::gateway {

inline constexpr std::string_view kSessionCookie = "atlas_session";
inline constexpr std::chrono::hours kSessionLifetime{24 * 30};
inline constexpr std::chrono::hours kLoginLinkLifetime{24};
/// How long a recognised secret is believed without asking the store again: the longest that a
/// revoked one still works.
inline constexpr std::chrono::milliseconds kRecognisedFor{500};

/// Thread-safe; borrows all three.
class Sessions final : public serving::Authenticator {
public:
    Sessions(ports::IdentityStore& store, const Clock& clock, EntropySource& entropy)
        : store_(store),
          clock_(clock),
          entropy_(entropy) {}

    Result<ports::CallContext> authenticate(const serving::Request& request) override;

    /// Makes a one-use link's token for a user. Errors: of the store.
    Result<std::string> make_login_link(UserId user);

    /// Turns a link into a session: the Set-Cookie value.
    /// Errors: unauthenticated (used, expired or never ours).
    Result<std::string> open_session(std::string_view link_token, bool is_secure);

private:
    struct Recognised {
        ports::Principal principal;
        std::chrono::steady_clock::time_point until;
    };
    Result<ports::CallContext> act_as_owner();
    Result<ports::Principal> recognise(ports::SecretKind kind, std::string_view token);

    ports::IdentityStore& store_;
    const Clock& clock_;
    EntropySource& entropy_;
    Guarded<std::unordered_map<std::string, Recognised>> recognised_;  ///< By SHA-256 of the token.
};

}  // namespace atlas::roles::gateway
