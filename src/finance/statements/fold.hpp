// SPDX-License-Identifier: Apache-2.0
// Text reduced to what two people would compare: for header names, month names, and for telling
// whether two descriptions are the same.
#pragma once

#include <string>
#include <string_view>

namespace atlas::finance::statements {

/// Lower case; Latin letters without accents ("ß" is "ss", "ä" is "a"); everything but letters and
/// digits is a single space; trimmed. Other scripts are kept as they are. Cost: linear.
std::string fold_text(std::string_view utf8);

}  // namespace atlas::finance::statements
