// SPDX-License-Identifier: Apache-2.0
// The routes about people and keys: who belongs to the household, and what opens its door.
#pragma once

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/random.hpp"
#include "contracts/resources/users.hpp"
#include "ports/identity_store.hpp"
#include "ports/roles/role_client.hpp"
#include "serving/handler_table.hpp"

namespace atlas::roles::gateway {

inline constexpr std::chrono::hours kKeyLifetime{24 * 366};

/// Thread-safe; borrows all four.
class People {
public:
    struct Parts {
        ports::IdentityStore& store;
        const Clock& clock;
        EntropySource& entropy;
        IdSource& ids;
    };
    explicit People(Parts parts) : parts_(parts) {}

    void bind(serving::HandlerTable& table);

    Result<contracts::UserList> list_users(const ports::CallContext& context);
    /// Errors: invalid_argument (no name, control characters, a second owner), conflict (name).
    Result<contracts::UserValue> add_user(const contracts::AddUser& request,
                                          const ports::CallContext& context);
    Result<contracts::KeyList> list_keys(const ports::CallContext& context);
    /// Errors: not_found (nobody of that name).
    Result<contracts::NewKey> create_key(const contracts::CreateKey& request,
                                         const ports::CallContext& context);
    /// Errors: not_found.
    Result<contracts::Empty> revoke_key(const contracts::KeyById& request,
                                        const ports::CallContext& context);

private:
    Result<UserId> find_user(const std::string& name, const ports::CallContext& context);

    Parts parts_;
};

}  // namespace atlas::roles::gateway
