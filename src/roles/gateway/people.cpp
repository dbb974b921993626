// SPDX-License-Identifier: Apache-2.0
#include "roles/gateway/people.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "ports/access_token.hpp"

namespace atlas::roles::gateway {
namespace {

contracts::UserRole to_value(ports::UserRole role) {
    switch (role) {
        case ports::UserRole::owner: return contracts::UserRole::owner;
        case ports::UserRole::member: return contracts::UserRole::member;
        case ports::UserRole::viewer: return contracts::UserRole::viewer;
    }
    return contracts::UserRole::viewer;
}

contracts::KeyValue to_value(const ports::Secret& secret) {
    return {.id = secret.id,
            .user = secret.user,
            .label = secret.label,
            .write = secret.write,
            .expires_at = secret.expires_at};
}

bool is_printable(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace

void People::bind(serving::HandlerTable& table) {
    using ports::CallContext;
    table.handle(contracts::list_users,
                 [this](const auto&, const CallContext& context) { return list_users(context); });
    table.handle(contracts::add_user, [this](const auto& request, const CallContext& context) {
        return add_user(request, context);
    });
    table.handle(contracts::list_keys,
                 [this](const auto&, const CallContext& context) { return list_keys(context); });
    table.handle(contracts::create_key, [this](const auto& request, const CallContext& context) {
        return create_key(request, context);
    });
    table.handle(contracts::revoke_key, [this](const auto& request, const CallContext& context) {
        return revoke_key(request, context);
    });
}

Result<contracts::UserList> People::list_users(const ports::CallContext& context) {
    ATLAS_TRY_ASSIGN(const auto users, parts_.store.users(context.household));
    contracts::UserList list;
    for (const ports::User& user : users) {
        list.items.push_back({user.id, user.name, to_value(user.role)});
    }
    return list;
}

Result<contracts::UserValue> People::add_user(const contracts::AddUser& request,
                                              const ports::CallContext& context) {
    if (request.name.empty() || !is_printable(request.name)) {
        return invalid_argument("/name", "a name has at least one character, all printable");
    }
    if (request.role == contracts::UserRole::owner) {
        return invalid_argument("/role", "a household has one owner; member and viewer are left");
    }
    const ports::User user{.id = parts_.ids.make<UserId>(),
                           .household = context.household,
                           .name = request.name,
                           .role = request.role == contracts::UserRole::viewer
                                       ? ports::UserRole::viewer
                                       : ports::UserRole::member};
    ATLAS_TRY(parts_.store.add_user(user));
    return contracts::UserValue{user.id, user.name, to_value(user.role)};
}

Result<contracts::KeyList> People::list_keys(const ports::CallContext& context) {
    ATLAS_TRY_ASSIGN(const auto secrets, parts_.store.secrets(context.household));
    contracts::KeyList list;
    for (const ports::Secret& secret : secrets) {
        if (secret.kind == ports::SecretKind::api_key) {
            list.items.push_back(to_value(secret));
        }
    }
    return list;
}

Result<contracts::NewKey> People::create_key(const contracts::CreateKey& request,
                                             const ports::CallContext& context) {
    UserId user = context.user;
    if (request.user.has_value()) {
        ATLAS_TRY_ASSIGN(user, find_user(*request.user, context));
    }
    const ports::Secret secret{
        .id = ports::make_secret_id(parts_.entropy),
        .kind = ports::SecretKind::api_key,
        .user = user,
        .write = !request.read_only,
        .expires_at = {parts_.clock.now().micros +
                       std::chrono::duration_cast<std::chrono::microseconds>(kKeyLifetime).count()},
        .label = request.label};
    const std::string token = ports::make_access_token(ports::SecretKind::api_key, parts_.entropy);
    ATLAS_TRY(parts_.store.add_secret(secret, token));
    return contracts::NewKey{to_value(secret), token};
}

Result<contracts::Empty> People::revoke_key(const contracts::KeyById& request,
                                            const ports::CallContext& context) {
    // Only keys: a session ends by signing out.
    ATLAS_TRY_ASSIGN(const contracts::KeyList keys, list_keys(context));
    if (std::none_of(keys.items.begin(), keys.items.end(),
                     [&](const contracts::KeyValue& key) { return key.id == request.id; })) {
        return not_found(format("there is no key \"{}\"", request.id));
    }
    ATLAS_TRY(parts_.store.revoke(context.household, request.id));
    return contracts::Empty{};
}

Result<UserId> People::find_user(const std::string& name, const ports::CallContext& context) {
    ATLAS_TRY_ASSIGN(const auto users, parts_.store.users(context.household));
    const auto found = std::find_if(users.begin(), users.end(),
                                    [&](const ports::User& user) { return user.name == name; });
    if (found == users.end()) {
        return not_found(format("there is nobody called \"{}\" in this household", name));
    }
    return found->id;
}

}  // namespace atlas::roles::gateway
