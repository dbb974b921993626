// SPDX-License-Identifier: Apache-2.0
// The value of a hexadecimal digit, upper or lower case.
#pragma once

namespace atlas {

/// 0 to 15; -1 for any other character.
constexpr int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace atlas
