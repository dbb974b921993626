// SPDX-License-Identifier: Apache-2.0
// The handler of `refinance`: from contract values to finance/debt and back. Pure.
#pragma once

#include "base/result.hpp"
#include "contracts/resources/refinance.hpp"

namespace atlas::roles::finance_engine {

/// Errors: invalid_argument with a JSON pointer, infeasible; as finance::debt::compare_offers.
Result<contracts::RefinanceAnswer> compare_refinancing(const contracts::RefinanceValue& value);

}  // namespace atlas::roles::finance_engine
