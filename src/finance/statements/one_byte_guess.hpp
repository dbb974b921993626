// SPDX-License-Identifier: Apache-2.0
// Which one-byte encoding a text has that names none: by what its bytes would be as letters. Whole
// runs of high bytes are Cyrillic, Greek or Hebrew, whichever the frequencies of its letters fit;
// scattered ones are Western unless some cannot be.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "finance/statements/charset.hpp"

namespace atlas::finance::statements {

struct OneByteGuess {
    Encoding encoding = Encoding::windows_1252;
    /// Almost as likely, so that the texts are another's guess: somebody should be asked.
    std::optional<Encoding> rival{};

    friend bool operator==(const OneByteGuess&, const OneByteGuess&) = default;
};

/// Of a text that is no UTF-8. Of Windows-1250, -1251, -1252, -1253, -1254, -1255 and ISO-8859-7;
/// the others are read where a file or a person names them. Cost: linear in the first 256 KiB.
OneByteGuess guess_one_byte(std::string_view bytes);

/// How unusual a byte from 0x80 on is in a text of the encoding's alphabet: ten times the negative
/// logarithm of its share. Nothing for encodings that write the Latin alphabet.
std::optional<std::int64_t> letter_cost(unsigned byte, Encoding encoding);

}  // namespace atlas::finance::statements
