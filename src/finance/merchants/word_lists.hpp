// SPDX-License-Identifier: Apache-2.0
// The words banks and card processors add of their own, and the places they print after a shop's
// name. Hand-written; all in the folded form of fold.hpp.
#pragma once

#include <cstdint>

namespace atlas::finance::merchants {

/// By the hash of the folded word.
bool is_noise(std::uint64_t word_hash);
bool is_place(std::uint64_t word_hash);
/// Two words that are one place: "san francisco", "new york".
bool is_place_start(std::uint64_t word_hash);

}  // namespace atlas::finance::merchants
