// SPDX-License-Identifier: Apache-2.0
// `atlas user`: people of the household and their API keys.
#include <cstdio>

#include "app/commands.hpp"
#include "app/house.hpp"
#include "base/format.hpp"
#include "roles/gateway/sessions.hpp"

namespace atlas::app {
namespace {

constexpr std::int64_t kKeyLifetimeMicros = 366LL * 86'400 * 1'000'000;

Result<UserId> find_user(House& house, const std::string& name) {
    if (name.empty()) {
        return house.owner();
    }
    ATLAS_TRY_ASSIGN(const auto users, house.identity().users(house.household()));
    for (const ports::User& user : users) {
        if (user.name == name) {
            return user.id;
        }
    }
    return not_found(format("there is nobody called \"{}\" in this household", name));
}

Result<std::string> make_key(const UserOptions& options) {
    ATLAS_TRY_ASSIGN(const auto house, House::open(options.data));
    ATLAS_TRY_ASSIGN(const UserId user, find_user(*house, options.name));
    const std::string token = "atlas_" + roles::gateway::new_token(house->entropy());
    ATLAS_TRY(house->identity().add_secret(
        {.id = roles::gateway::new_token(house->entropy()).substr(0, 12),
         .kind = ports::SecretKind::api_key,
         .user = user,
         .write = !options.read_only,
         .expires_at = {house->clock().now().micros + kKeyLifetimeMicros},
         .label = "command line"},
        token));
    return token;
}

Result<void> add_user(const UserOptions& options) {
    ATLAS_TRY_ASSIGN(const auto house, House::open(options.data));
    return house->identity().add_user(
        {.id = house->ids().make<UserId>(),
         .household = house->household(),
         .name = options.name,
         .role = options.read_only ? ports::UserRole::viewer : ports::UserRole::member});
}

}  // namespace

int run_user_token(const UserOptions& options) {
    const auto token = make_key(options);
    if (!token.has_value()) {
        return report(token.error());
    }
    std::fprintf(stderr, "atlas: this key is shown once; it is good for a year\n");
    std::puts(token->c_str());
    return 0;
}

int run_user_add(const UserOptions& options) {
    const auto added = add_user(options);
    return added.has_value() ? 0 : report(added.error());
}

}  // namespace atlas::app
