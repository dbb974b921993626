// SPDX-License-Identifier: Apache-2.0
// Bank references that are no ids. A statement lists each movement once, so a reference it has
// twice names a batch, or nothing; taking it for an id would make two movements one.
#pragma once

#include "finance/statements/statement.hpp"

namespace atlas::finance::statements {

/// Clears the bank id of every entry that shares it with another one of the statement.
/// Cost: linear.
void drop_repeated_ids(Statement& statement);

}  // namespace atlas::finance::statements
