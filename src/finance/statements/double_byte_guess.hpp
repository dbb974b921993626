// SPDX-License-Identifier: Apache-2.0
// Which encoding a text has that is no UTF-8 and names none, of one byte a character or of two: the
// one under which its characters are those that people write.
#pragma once

#include <string_view>

#include "finance/statements/one_byte_guess.hpp"

namespace atlas::finance::statements {

/// Weighs guess_one_byte() against Shift_JIS, EUC-JP, GB18030, EUC-KR and Big5; where another is
/// almost as likely it is the rival. Cost: linear in the first 256 KiB, of those of two bytes in
/// the first 4,096 characters.
OneByteGuess guess_encoding(std::string_view not_utf8);

}  // namespace atlas::finance::statements
