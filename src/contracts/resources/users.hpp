// SPDX-License-Identifier: Apache-2.0
// The people of a household and their API keys. For its owner alone.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contracts/route.hpp"

namespace atlas::contracts {

inline constexpr std::size_t kUserNameBytesMax = 200;

enum class UserRole : std::uint8_t { owner, member, viewer };
template <>
struct Description<UserRole> {
    static constexpr std::string_view name = "UserRole";
    static constexpr auto words = std::to_array<std::string_view>({"owner", "member", "viewer"});
};

struct UserValue {
    UserId id;
    std::string name;
    UserRole role = UserRole::member;
};
template <>
struct Description<UserValue> {
    static constexpr std::string_view name = "User";
    static constexpr std::string_view doc = "A person of the household.";
    static constexpr auto fields = std::array{
        field<&UserValue::id>("id", "Identifier."),
        field<&UserValue::name>("name", "Unique in the household."),
        field<&UserValue::role>("role", "A viewer changes nothing; an owner adds people."),
    };
};

struct UserList {
    std::vector<UserValue> items;
};
template <>
struct Description<UserList> {
    static constexpr std::string_view name = "UserList";
    static constexpr std::string_view doc = "Everybody of the household, by name.";
    static constexpr auto fields = std::array{field<&UserList::items>("items", "The people.")};
};

struct AddUser {
    std::string name;
    UserRole role = UserRole::member;
};
template <>
struct Description<AddUser> {
    static constexpr std::string_view name = "AddUser";
    static constexpr std::string_view doc = "A person to add.";
    static constexpr auto fields = std::array{
        field<&AddUser::name>("name", "Unique in the household.").at_most(kUserNameBytesMax),
        field<&AddUser::role>("role", "member or viewer.").or_default(),
    };
};

/// What is known of a key once it is made; the key itself is not among it.
struct KeyValue {
    std::string id;
    UserId user;
    std::string label;
    bool write = false;
    Timestamp expires_at;
};
template <>
struct Description<KeyValue> {
    static constexpr std::string_view name = "Key";
    static constexpr std::string_view doc = "An API key, without its secret.";
    static constexpr auto fields = std::array{
        field<&KeyValue::id>("id", "For revoking."),
        field<&KeyValue::user>("user", "Whose."),
        field<&KeyValue::label>("label", "What it is for."),
        field<&KeyValue::write>("write", "It may change things."),
        field<&KeyValue::expires_at>("expires_at", "It opens nothing from then on."),
    };
};

struct KeyList {
    std::vector<KeyValue> items;
};
template <>
struct Description<KeyList> {
    static constexpr std::string_view name = "KeyList";
    static constexpr std::string_view doc = "The API keys that are not revoked, by expiry.";
    static constexpr auto fields = std::array{field<&KeyList::items>("items", "The keys.")};
};

struct CreateKey {
    std::optional<std::string> user;
    std::string label;
    bool read_only = false;
};
template <>
struct Description<CreateKey> {
    static constexpr std::string_view name = "CreateKey";
    static constexpr std::string_view doc = "A key to make; it is good for a year.";
    static constexpr auto fields = std::array{
        field<&CreateKey::user>("user", "Name of the person; absent: your own.")
            .at_most(kUserNameBytesMax),
        field<&CreateKey::label>("label", "What it is for.").at_most(200).or_default(),
        field<&CreateKey::read_only>("read_only", "It may not change anything.").or_default(),
    };
};

struct NewKey {
    KeyValue key;
    std::string token;
};
template <>
struct Description<NewKey> {
    static constexpr std::string_view name = "NewKey";
    static constexpr std::string_view doc = "A key and, this once, its secret.";
    static constexpr auto fields = std::array{
        field<&NewKey::key>("key", "What stays known of it."),
        field<&NewKey::token>("token", "Send it as a Bearer token; it is never shown again."),
    };
};

struct KeyById {
    std::string id;
};
template <>
struct Description<KeyById> {
    static constexpr std::string_view name = "KeyById";
    static constexpr std::string_view doc = "Which key.";
    static constexpr auto fields = std::array{field<&KeyById::id>("id", "As listed.").at_most(64)};
};

inline constexpr Route<Empty, UserList> list_users{{.method = Method::get,
                                                    .path = "/api/v1/users",
                                                    .operation = "list_users",
                                                    .summary = "Everybody of the household.",
                                                    .scope = Scope::owner}};

inline constexpr Route<AddUser, UserValue> add_user{{.method = Method::post,
                                                     .path = "/api/v1/users",
                                                     .operation = "add_user",
                                                     .summary = "Adds a person to the household.",
                                                     .scope = Scope::owner,
                                                     .status = 201}};

inline constexpr Route<Empty, KeyList> list_keys{{.method = Method::get,
                                                  .path = "/api/v1/keys",
                                                  .operation = "list_keys",
                                                  .summary = "The household's API keys.",
                                                  .scope = Scope::owner}};

inline constexpr Route<CreateKey, NewKey> create_key{
    {.method = Method::post,
     .path = "/api/v1/keys",
     .operation = "create_key",
     .summary = "Makes an API key; its secret is in this answer alone.",
     .scope = Scope::owner,
     .status = 201}};

inline constexpr Route<KeyById, Empty> revoke_key{{.method = Method::del,
                                                   .path = "/api/v1/keys/{id}",
                                                   .operation = "revoke_key",
                                                   .summary = "Ends a key within half a second.",
                                                   .scope = Scope::owner}};

}  // namespace atlas::contracts
