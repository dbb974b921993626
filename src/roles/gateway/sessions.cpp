// SPDX-License-Identifier: Apache-2.0
#include "roles/gateway/sessions.hpp"

#include "base/format.hpp"
#include "base/sha256.hpp"
#include "ports/access_token.hpp"

namespace atlas::roles::gateway {
namespace {

constexpr std::size_t kRecognisedMax = 4096;
constexpr std::string_view kBearer = "Bearer ";

contracts::Scope scope_of(const ports::Principal& principal) {
    if (!principal.write || principal.role == ports::UserRole::viewer) {
        return contracts::Scope::read;
    }
    return principal.role == ports::UserRole::owner ? contracts::Scope::owner
                                                    : contracts::Scope::write;
}

Timestamp later(Timestamp from, std::chrono::hours span) {
    return {from.micros + std::chrono::duration_cast<std::chrono::microseconds>(span).count()};
}

}  // namespace

Result<ports::CallContext> Sessions::authenticate(const serving::Request& request) {
    Result<ports::Principal> principal =
        fail(ErrorCode::unauthenticated, {}, "sign in first: open the link that Atlas printed");
    if (const auto header = request.header("Authorization"); header.has_value()) {
        if (!header->starts_with(kBearer)) {
            return fail(ErrorCode::unauthenticated, {}, "Authorization is not a Bearer API key");
        }
        principal = recognise(ports::SecretKind::api_key, header->substr(kBearer.size()));
    } else if (const auto cookie = request.cookie(kSessionCookie); cookie.has_value()) {
        principal = recognise(ports::SecretKind::session, *cookie);
    } else if (request.remote_address() == serving::kLocalAddress) {
        return act_as_owner();
    }
    if (!principal.has_value()) {
        return Unexpected(std::move(principal).error());
    }
    ports::CallContext context;
    context.household = principal->household;
    context.user = principal->user;
    context.granted = scope_of(*principal);
    context.is_local = request.remote_address() == serving::kLocalAddress;
    return context;
}

Result<ports::CallContext> Sessions::act_as_owner() {
    ATLAS_TRY_ASSIGN(const auto households, store_.households());
    if (households.empty()) {
        return fail(ErrorCode::unauthenticated, {}, "there is no household yet");
    }
    ATLAS_TRY_ASSIGN(const auto users, store_.users(households.front().id));
    for (const ports::User& user : users) {
        if (user.role == ports::UserRole::owner) {
            ports::CallContext context;
            context.household = user.household;
            context.user = user.id;
            context.granted = contracts::Scope::owner;
            context.is_local = true;
            return context;
        }
    }
    return fail(ErrorCode::unauthenticated, {}, "the household has no owner");
}

Result<ports::Principal> Sessions::recognise(ports::SecretKind kind, std::string_view token) {
    const auto now = clock_.steady_now();
    const std::string key = to_hex(sha256(format("{}:{}", static_cast<int>(kind), token)));
    const auto known = recognised_.with([&](auto& map) -> std::optional<ports::Principal> {
        const auto found = map.find(key);
        return found != map.end() && found->second.until > now
                   ? std::optional(found->second.principal)
                   : std::nullopt;
    });
    if (known.has_value()) {
        return *known;
    }
    ATLAS_TRY_ASSIGN(const ports::Principal principal, store_.recognise(kind, token, clock_.now()));
    recognised_.with([&](auto& map) {
        if (map.size() >= kRecognisedMax) {
            map.clear();
        }
        map[key] = {principal, now + kRecognisedFor};
    });
    return principal;
}

Result<std::string> Sessions::make_login_link(UserId user) {
    const std::string token = ports::make_access_token(ports::SecretKind::login_link, entropy_);
    ATLAS_TRY(store_.add_secret({.id = ports::make_secret_id(entropy_),
                                 .kind = ports::SecretKind::login_link,
                                 .user = user,
                                 .write = true,
                                 .expires_at = later(clock_.now(), kLoginLinkLifetime),
                                 .label = "first link"},
                                token));
    return token;
}

Result<std::string> Sessions::open_session(std::string_view link_token, bool is_secure) {
    ATLAS_TRY_ASSIGN(const ports::Principal principal,
                     store_.use_login_link(link_token, clock_.now()));
    const std::string token = ports::make_access_token(ports::SecretKind::session, entropy_);
    ATLAS_TRY(store_.add_secret({.id = ports::make_secret_id(entropy_),
                                 .kind = ports::SecretKind::session,
                                 .user = principal.user,
                                 .write = principal.write,
                                 .expires_at = later(clock_.now(), kSessionLifetime),
                                 .label = "browser"},
                                token));
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(kSessionLifetime);
    return format("{}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}{}", kSessionCookie, token,
                  seconds.count(), is_secure ? "; Secure" : "");
}

}  // namespace atlas::roles::gateway
