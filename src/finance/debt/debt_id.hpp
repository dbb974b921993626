// SPDX-License-Identifier: Apache-2.0
// Identity of a debt the household keeps. A debt that is an account has the account's bytes.
#pragma once

#include "base/id.hpp"

namespace atlas::finance::debt {

using DebtId = Id<struct DebtTag>;

}  // namespace atlas::finance::debt
