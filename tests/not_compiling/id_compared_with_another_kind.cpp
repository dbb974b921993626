// SPDX-License-Identifier: Apache-2.0
// Ids of different kinds are not equal or unequal: the question is wrong.
#include "base/id.hpp"
using namespace atlas;

bool is_same(AccountId account, UserId user);
bool is_same([[maybe_unused]] AccountId account, [[maybe_unused]] UserId user) {
#ifdef ATLAS_CONTROL
    return account.uuid == user.uuid;
#else
    return account == user;  // MUST NOT COMPILE
#endif
}
