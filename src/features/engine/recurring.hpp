// SPDX-License-Identifier: Apache-2.0
// What comes again, found in the tiles' own rows: a fold that wants the whole history at once, so
// it is not done a fact but before a vector is wanted.
#pragma once

#include "features/engine/tiles.hpp"

namespace atlas::features {

inline constexpr std::size_t kRecurringRowsAtOnce = 65'536;

/// Puts the charges that finance/recurring sees in the rows up to `day` in place of those known
/// before. Nothing happens without a currency in the tiles' options: then facts tell of charges.
/// The detector looks at `rows_at_once`, or at what cannot be told apart without: the result is the
/// same for any. Cost: a detection, about a microsecond a row; 200 bytes a row looked at at once.
void derive_recurring(HouseholdTiles& tiles, Date day,
                      std::size_t rows_at_once = kRecurringRowsAtOnce);

/// Whether a feature reads what comes again.
bool reads_recurring(std::size_t feature);

}  // namespace atlas::features
