// SPDX-License-Identifier: Apache-2.0
// Bank strings with the merchant a person would read out of them, written by hand from what banks
// and processors are known to print. None is from anybody's account; small merchants are invented.
#pragma once

#include <cstdint>
#include <string_view>

#include "finance/merchants/text_hash.hpp"

namespace atlas::learning::categorise::testing {

enum class StringKind : std::uint8_t {
    brand,    ///< A chain or service many people know.
    small,    ///< A merchant nobody else has heard of.
    purpose,  ///< No merchant: a transfer, a salary, a fee, cash, a person.
    nothing,  ///< Says nobody and nothing.
};

struct BankString {
    std::string_view text;
    std::string_view merchant;  ///< Equally good names between '|'; empty: none.
    StringKind kind = StringKind::brand;
};

/// A third is held back, told by the text alone: faults are mended by the other two thirds only.
inline bool is_held_back(const BankString& string) {
    return finance::merchants::hash_of(string.text, 99) % 3 == 0;
}

}  // namespace atlas::learning::categorise::testing
