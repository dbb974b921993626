// SPDX-License-Identifier: Apache-2.0
// An account's id is not passed for a user's.
#include "base/id.hpp"
using namespace atlas;

bool is_known(UserId user);
bool is_known_account(AccountId account, UserId user);
bool is_known_account([[maybe_unused]] AccountId account, [[maybe_unused]] UserId user) {
#ifdef ATLAS_CONTROL
    return is_known(user);
#else
    return is_known(account);  // MUST NOT COMPILE
#endif
}
