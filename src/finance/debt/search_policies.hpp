// SPDX-License-Identifier: Apache-2.0
// Rankings that only the search for the best plan needs: beside the rules of thumb, those that
// clear a promotion in time and those that pay by the bound's own prices.
#pragma once

#include <cstdint>
#include <vector>

#include "finance/debt/simulator.hpp"

namespace atlas::finance::debt {

/// Money that goes to a loan before the ranking has its say.
struct Earmark {
    std::uint16_t loan = 0;
    int from = 0;             ///< First month of full priority.
    int until = 0;            ///< Its last.
    std::int64_t before = 0;  ///< Most it gets in the month before `from`.
};

/// `base` with the earmarks in front of it, earliest deadline first.
Policy with_earmarks(Policy base, std::vector<Earmark> earmarks);

/// Highest regular rate first, promotions ignored.
Policy regular_avalanche();

/// Highest value of a unit less owed next month first, as the bound's prices see it. values: as
/// LowerBound::values.
Policy by_value(std::vector<std::vector<double>> values);

}  // namespace atlas::finance::debt
