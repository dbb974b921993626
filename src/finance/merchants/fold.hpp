// SPDX-License-Identifier: Apache-2.0
// Folding: any bytes to lower-case text without accents, in every script, in one pass. What cannot
// be a letter or a digit becomes a separator, broken UTF-8 is read as Latin-1, and text that was
// encoded twice ("CafÃ©") is repaired.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace atlas::finance::merchants {

/// One code point of `text` at `at`, which moves past it. Never fails: a byte that does not start
/// UTF-8 is its Latin-1 character. `at` < text.size().
std::uint32_t next_code_point(std::string_view text, std::size_t& at);

/// What a code point folds to.
struct Folded {
    char bytes[4] = {};
    std::uint8_t size = 0;  ///< 0: it is a separator, or (is_mark) nothing at all.
    bool is_mark = false;   ///< Combining: dropped without ending the word.
    bool is_digit = false;
};
Folded fold(std::uint32_t code_point);

/// Cyrillic and Greek letters in Latin ones, the rest as it is; `text` is folded already.
/// Writes at most out.size() bytes and returns how many.
std::size_t transliterate(std::string_view text, std::span<char> out);

}  // namespace atlas::finance::merchants
