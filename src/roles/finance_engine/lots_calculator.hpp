// SPDX-License-Identifier: Apache-2.0
// The handler of the calculator `lots`: contract values to finance::lots and back.
#pragma once

#include "contracts/resources/lots.hpp"

namespace atlas::roles::finance_engine {

/// Errors: those of finance::lots::calculate_lots, and invalid_argument for amounts that cannot be
///         read, another currency, a kind that is missing, both shapes of request or neither.
Result<contracts::LotsAnswer> work_out_lots(const contracts::LotsValue& value);

}  // namespace atlas::roles::finance_engine
