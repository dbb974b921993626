// SPDX-License-Identifier: Apache-2.0
// The rules of thumb, as rankings of debts. Ties: the higher rate, then the smaller opening
// balance, then the order given (snowball: balance, then rate).
#pragma once

#include <cstdint>
#include <vector>

#include "finance/debt/simulator.hpp"

namespace atlas::finance::debt {

/// Highest rate in force first; anew in each month in which some rate changes.
Policy avalanche();
/// Smallest opening balance first.
Policy snowball();
/// Score = weight × rate / highest rate + (1 − weight) × (1 − balance / largest balance), highest
/// first, in exact integers. weight in billionths: kWeightUnit is avalanche, 0 is snowball.
Policy hybrid(std::int64_t weight_billionths);
/// Least opening balance per unit of the first month's minimum first; no minimum comes last.
Policy cash_flow_index();
/// Highest owed / credit limit first, anew each month; those without limit last, as avalanche.
Policy utilisation_first();
/// As listed; every loan once.
Policy fixed_order(std::vector<std::uint16_t> order);

}  // namespace atlas::finance::debt
