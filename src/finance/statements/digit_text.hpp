// SPDX-License-Identifier: Apache-2.0
// Digits as other scripts write them: Arabic, Persian, Devanagari, Bengali, Thai and full width.
// Each means one digit and nothing else, so that a number in them is as sure as one in ASCII.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace atlas::finance::statements {

/// A character of a number at the front of a text.
struct NumberSign {
    std::size_t size = 0;  ///< Of its bytes; 0 where the front is none.
    char ascii = '\0';     ///< What it means; 0 for a mark of direction, which means nothing.
};

/// A digit, sign or separator that is not ASCII. The Arabic thousands separator is an apostrophe.
NumberSign number_sign(std::string_view utf8);

/// The text with such characters in ASCII, and year, month and day of Chinese and Japanese dates
/// as hyphens. Cost: linear.
std::string ascii_numbers(std::string_view utf8);

}  // namespace atlas::finance::statements
