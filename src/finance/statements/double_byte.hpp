// SPDX-License-Identifier: Apache-2.0
// Texts of two bytes a character (Shift_JIS; GBK, EUC-KR and their kin): they are not read, and
// taken for an encoding of one byte they would be booked as nonsense.
#pragma once

#include <string_view>

namespace atlas::finance::statements {

/// What such a text is called, for a refusal; empty for any other text, and for one too short to
/// tell. Cost: linear in the bytes given; a head will do.
std::string_view double_byte_name(std::string_view not_utf8);

}  // namespace atlas::finance::statements
