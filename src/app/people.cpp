// SPDX-License-Identifier: Apache-2.0
// `atlas user`: people of the household and their API keys.
#include <cstdio>

#include "app/commands.hpp"
#include "app/door.hpp"
#include "contracts/resources/users.hpp"

namespace atlas::app {
namespace {

Result<std::string> make_key(const UserOptions& options) {
    ATLAS_TRY_ASSIGN(Door door, Door::open(options.data));
    contracts::CreateKey request{.user = {}, .label = "command line", .read_only = false};
    request.read_only = options.read_only;
    if (!options.name.empty()) {
        request.user = options.name;
    }
    ATLAS_TRY_ASSIGN(const auto made, door.call(contracts::create_key, std::move(request)));
    return made->token;
}

Result<void> add_user(const UserOptions& options) {
    ATLAS_TRY_ASSIGN(Door door, Door::open(options.data));
    ATLAS_TRY(door.call(
        contracts::add_user,
        {.name = options.name,
         .role = options.read_only ? contracts::UserRole::viewer : contracts::UserRole::member}));
    return {};
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
