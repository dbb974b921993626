// SPDX-License-Identifier: Apache-2.0
// Texts of one or two bytes a character, as East Asian banks write them: Shift_JIS, EUC-JP, GB18030
// (with GBK and GB2312 in it, and its characters of four bytes), EUC-KR with Microsoft's additions,
// Big5. The tables are data/two_byte.bin, made by tools/charsets/two_byte_tables.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "finance/statements/charset.hpp"

namespace atlas::finance::statements {

/// Of the encodings of this file. No byte below 0x40 is ever a character's second one, but for the
/// digits in GB18030's characters of four bytes: commas, quotes and line ends are themselves.
bool is_double_byte(Encoding encoding);

struct DoubleByteCharacter {
    std::uint32_t code_point = 0;  ///< U+FFFD for nothing.
    std::size_t size = 1;          ///< Bytes; an ASCII byte behind a lead it does not fit stays.
    std::size_t cell = 0;  ///< Row and place in the encoding's table; 0 where size is not 2.
};

/// The character at `at`, which is below the size. The encoding is_double_byte(). Cost: constant.
DoubleByteCharacter double_byte_character(std::string_view bytes, std::size_t at,
                                          Encoding encoding);

/// As to_utf8().
std::string double_byte_to_utf8(std::string_view bytes, Encoding encoding);

}  // namespace atlas::finance::statements
