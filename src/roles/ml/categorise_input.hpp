// SPDX-License-Identifier: Apache-2.0
// From a contract's line to what the cascade reads, as forgiving as somebody's export needs: an
// amount, date or code that cannot be read is absent, never a refusal.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "contracts/resources/categorise.hpp"
#include "learning/categorise/types.hpp"

namespace atlas::roles::ml {

/// A decimal in minor units of `currency` (2 decimals when it is unknown); further digits are cut,
/// since only the size matters here.
std::optional<std::int64_t> read_amount_loosely(std::string_view text, std::string_view currency);

/// 1 to 9999, also as "5411.0".
std::optional<int> read_merchant_code(std::string_view text);

/// Views into `line`.
learning::categorise::CategoriseInput to_input(const contracts::CategoriseLine& line);

}  // namespace atlas::roles::ml
