// SPDX-License-Identifier: Apache-2.0
// UTF-8 cut between characters, never inside one.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace atlas {

/// The most bytes of `utf8`, at most `limit`, that cut no character in two.
inline std::size_t whole_characters(std::string_view utf8, std::size_t limit) {
    std::size_t size = std::min(utf8.size(), limit);
    while (size > 0 && size < utf8.size() &&
           (static_cast<unsigned char>(utf8[size]) & 0xC0U) == 0x80U) {
        --size;
    }
    return size;
}

}  // namespace atlas
