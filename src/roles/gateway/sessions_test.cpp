// SPDX-License-Identifier: Apache-2.0
// Goal: a secret opens what it should, as long as it should. Method: a store in memory, a clock
// moved by hand, requests parsed from text.
#include "roles/gateway/sessions.hpp"

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "base/format.hpp"
#include "ports/access_token.hpp"

namespace atlas::roles::gateway {
namespace {

constexpr std::int64_t kHour = 3'600'000'000;

/// The port's rules in a map. Counts how often it is asked.
class MemoryIdentity final : public ports::IdentityStore {
public:
    int recognised = 0;
    ports::UserRole role = ports::UserRole::owner;

    Result<void> add_secret(const ports::Secret& secret, std::string_view token) override {
        secrets_[{secret.kind, std::string(token)}] = secret;
        return {};
    }
    Result<ports::Principal> recognise(ports::SecretKind kind, std::string_view token,
                                       Timestamp now) override {
        ++recognised;
        const auto found = secrets_.find({kind, std::string(token)});
        if (found == secrets_.end() || found->second.expires_at <= now) {
            return fail(ErrorCode::unauthenticated, {}, "unknown");
        }
        return ports::Principal{
            found->second.user, {}, role, found->second.write, found->second.id};
    }
    Result<ports::Principal> use_login_link(std::string_view token, Timestamp now) override {
        ATLAS_TRY_ASSIGN(auto principal, recognise(ports::SecretKind::login_link, token, now));
        secrets_.erase({ports::SecretKind::login_link, std::string(token)});
        return principal;
    }
    Result<void> revoke(HouseholdId, std::string_view id) override {
        std::erase_if(secrets_, [&](const auto& entry) { return entry.second.id == id; });
        return {};
    }
    Result<void> add_household(const ports::Household&) override { return {}; }
    Result<void> add_user(const ports::User&) override { return {}; }
    Result<std::vector<ports::Household>> households() override {
        return std::vector<ports::Household>();
    }
    Result<std::vector<ports::User>> users(HouseholdId) override {
        return std::vector<ports::User>();
    }
    Result<std::vector<ports::Secret>> secrets(HouseholdId) override {
        return std::vector<ports::Secret>();
    }

private:
    std::map<std::pair<ports::SecretKind, std::string>, ports::Secret> secrets_;
};

struct Door {
    MemoryIdentity store;
    ManualClock clock{Timestamp{1'790'000'000'000'000}};
    SeededEntropy entropy{5};
    Sessions sessions{store, clock, entropy};

    std::string add_key(bool write) {
        const std::string token = ports::make_access_token(ports::SecretKind::api_key, entropy);
        EXPECT_TRUE(store.add_secret({.id = "key",
                                      .kind = ports::SecretKind::api_key,
                                      .user = {},
                                      .write = write,
                                      .expires_at = {clock.now().micros + kHour},
                                      .label = {}},
                                     token));
        return token;
    }
    Result<ports::CallContext> ask(const std::string& header) {
        const auto request =
            serving::Request::parse(format("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", header));
        EXPECT_TRUE(request.has_value()) << to_string(request.error());
        return sessions.authenticate(**request);
    }
    Result<ports::CallContext> ask_with_key(const std::string& token) {
        return ask("Authorization: Bearer " + token + "\r\n");
    }
};

ErrorCode code_of(const Result<ports::CallContext>& answer) {
    return answer.has_value() ? ErrorCode::internal : answer.error().code;
}

TEST(Tokens, AreBase64UrlOfTheirBytes) {
    class Counting final : public EntropySource {
        void fill(std::span<std::byte> out) override {
            for (std::size_t i = 0; i < out.size(); ++i) {
                out[i] = static_cast<std::byte>(i * 8 + 3);
            }
        }
    } counting;
    // base64.urlsafe_b64encode(bytes((8 * i + 3) % 256 for i in range(32))) in Python.
    EXPECT_EQ(ports::make_access_token(ports::SecretKind::api_key, counting),
              "atlas_key_AwsTGyMrMztDS1NbY2tze4OLk5ujq7O7w8vT2-Pr8_s");
}

TEST(Sessions, TurnALinkIntoASessionOnce) {
    Door door;
    const std::string link = door.sessions.make_login_link({}).value();
    const std::string cookie = door.sessions.open_session(link, false).value();
    EXPECT_TRUE(cookie.starts_with("atlas_session="));
    EXPECT_NE(cookie.find("; HttpOnly; SameSite=Strict; Max-Age=2592000"), std::string::npos);
    EXPECT_EQ(cookie.find("Secure"), std::string::npos);
    const auto again = door.sessions.open_session(link, false);
    ASSERT_FALSE(again.has_value());
    EXPECT_EQ(again.error().code, ErrorCode::unauthenticated);
    const auto who = door.ask("Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\n");
    ASSERT_TRUE(who.has_value()) << to_string(who.error());
    EXPECT_EQ(who->granted, contracts::Scope::owner);
}

TEST(Sessions, MarkTheCookieSecureWhereTheConnectionIs) {
    Door door;
    const std::string link = door.sessions.make_login_link({}).value();
    EXPECT_TRUE(door.sessions.open_session(link, true).value().ends_with("; Secure"));
}

TEST(Sessions, ForgetALinkAfterADay) {
    Door door;
    const std::string link = door.sessions.make_login_link({}).value();
    door.clock.advance(std::chrono::hours(24));
    EXPECT_FALSE(door.sessions.open_session(link, false).has_value());
    const std::string fresh = door.sessions.make_login_link({}).value();
    door.clock.advance(std::chrono::hours(23));
    EXPECT_TRUE(door.sessions.open_session(fresh, false).has_value());
}

TEST(Sessions, EndAfterThirtyDays) {
    Door door;
    const std::string link = door.sessions.make_login_link({}).value();
    const std::string cookie = door.sessions.open_session(link, false).value();
    const std::string header = "Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\n";
    door.clock.advance(std::chrono::hours(24 * 30 - 1));
    EXPECT_TRUE(door.ask(header).has_value());
    door.clock.advance(std::chrono::hours(1));
    EXPECT_EQ(code_of(door.ask(header)), ErrorCode::unauthenticated);
}

TEST(Sessions, GrantWhatTheKeyAndTheRoleAllow) {
    Door door;
    const std::string read_only = door.add_key(false);
    EXPECT_EQ(door.ask_with_key(read_only)->granted, contracts::Scope::read);
    const std::string write = door.add_key(true);
    EXPECT_EQ(door.ask_with_key(write)->granted, contracts::Scope::owner);
    door.clock.advance(kRecognisedFor);
    door.store.role = ports::UserRole::member;
    EXPECT_EQ(door.ask_with_key(write)->granted, contracts::Scope::write);
    door.clock.advance(kRecognisedFor);
    door.store.role = ports::UserRole::viewer;
    EXPECT_EQ(door.ask_with_key(write)->granted, contracts::Scope::read);
}

TEST(Sessions, RefuseEverythingElse) {
    Door door;
    const std::string key = door.add_key(true);
    EXPECT_EQ(code_of(door.ask("")), ErrorCode::unauthenticated);
    EXPECT_EQ(code_of(door.ask("Authorization: Basic " + key + "\r\n")),
              ErrorCode::unauthenticated);
    EXPECT_EQ(code_of(door.ask("Cookie: atlas_session=" + key + "\r\n")),
              ErrorCode::unauthenticated);
    EXPECT_EQ(code_of(door.ask_with_key(key + "x")), ErrorCode::unauthenticated);
    EXPECT_TRUE(door.ask_with_key(key).has_value());
    // A bad key is not rescued by a good cookie.
    const std::string cookie =
        door.sessions.open_session(door.sessions.make_login_link({}).value(), false).value();
    EXPECT_EQ(code_of(door.ask("Authorization: Bearer wrong\r\nCookie: " +
                               cookie.substr(0, cookie.find(';')) + "\r\n")),
              ErrorCode::unauthenticated);
}

TEST(Sessions, BelieveARevokedKeyNoLongerThanSaid) {
    Door door;
    const std::string key = door.add_key(true);
    EXPECT_TRUE(door.ask_with_key(key).has_value());
    EXPECT_TRUE(door.store.revoke({}, "key").has_value());
    door.clock.advance(kRecognisedFor - std::chrono::milliseconds(1));
    EXPECT_TRUE(door.ask_with_key(key).has_value());
    EXPECT_EQ(door.store.recognised, 1) << "a recognised key is not looked up each time";
    door.clock.advance(std::chrono::milliseconds(1));
    EXPECT_EQ(code_of(door.ask_with_key(key)), ErrorCode::unauthenticated);
}

TEST(Sessions, StayCorrectWhenMoreKeysComeThanAreRemembered) {
    Door door;
    const std::string key = door.add_key(true);
    for (int i = 0; i < 5000; ++i) {
        door.ask_with_key(door.add_key(false)).value();
    }
    EXPECT_EQ(door.ask_with_key(key)->granted, contracts::Scope::owner);
}

}  // namespace
}  // namespace atlas::roles::gateway
