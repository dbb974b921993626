// SPDX-License-Identifier: Apache-2.0
// Whether two descriptions may be of the same movement.
#pragma once

#include <string_view>

namespace atlas::finance::ledger {

/// 0 (nothing in common) to 1: share of the shorter text's words found in the other; a word cut
/// off counts as found. Both are folded texts.
double text_similarity(std::string_view left, std::string_view right);

}  // namespace atlas::finance::ledger
