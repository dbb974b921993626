// SPDX-License-Identifier: Apache-2.0
// Exchange rates the household has: dated, and with the name of where they are from, so that every
// converted figure can say what it stands on.
#pragma once

#include <string>
#include <string_view>

#include "money/fx_table.hpp"

namespace atlas::roles::finance_engine {

struct Rates {
    money::FxTable table{};
    std::string source{};  ///< "rates.csv"
};

/// Largest number of lines read.
inline constexpr std::size_t kRateLinesMax = 2'000'000;

/// Reads lines "2026-06-30,EUR,USD,1.0837": on that day one EUR was 1.0837 USD. A first line that
/// begins with "date" and empty lines are passed over.
/// Errors: invalid_argument at "SOURCE:LINE" for anything else, and beyond kRateLinesMax.
Result<Rates> read_rates(std::string_view text, std::string source);

}  // namespace atlas::roles::finance_engine
