// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/utf16.hpp"

#include <utility>

#include "base/utf8.hpp"
#include "finance/statements/charset.hpp"

namespace atlas::finance::statements {

/// Without its mark: text begins with ASCII, so every second byte of the first is zero.
std::optional<Utf16Mark> utf16_mark(std::string_view head) {
    if (head.starts_with("\xFF\xFE")) {
        return Utf16Mark{.order = ByteOrder::little, .size = 2};
    }
    if (head.starts_with("\xFE\xFF")) {
        return Utf16Mark{.order = ByteOrder::big, .size = 2};
    }
    if (head.size() < 8) {
        return std::nullopt;
    }
    bool little = true;
    bool big = true;
    for (std::size_t i = 0; i < 8; i += 2) {
        little = little && head[i] != '\0' && head[i + 1] == '\0';
        big = big && head[i] == '\0' && head[i + 1] != '\0';
    }
    if (!little && !big) {
        return std::nullopt;
    }
    return Utf16Mark{.order = little ? ByteOrder::little : ByteOrder::big, .size = 0};
}

void Utf16Converter::add(std::string_view bytes, std::string& out) {
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (!half_.has_value()) {
            half_ = byte;
            continue;
        }
        const std::uint32_t first = *std::exchange(half_, std::nullopt);
        add_unit(order_ == ByteOrder::little ? first | (std::uint32_t{byte} << 8U)
                                             : byte | (first << 8U),
                 out);
    }
}

void Utf16Converter::add_unit(std::uint32_t unit, std::string& out) {
    const std::uint32_t high = std::exchange(high_, 0);
    if (high != 0 && unit >= 0xDC00 && unit < 0xE000) {
        return append_utf8(out, 0x10000 + ((high - 0xD800) << 10U) + (unit - 0xDC00));
    }
    if (high != 0) {
        append_utf8(out, high);
    }
    if (unit >= 0xD800 && unit < 0xDC00) {
        high_ = unit;
        return;
    }
    append_utf8(out, unit);
}

void Utf16Converter::finish(std::string& out) {
    half_.reset();
    if (const std::uint32_t high = std::exchange(high_, 0); high != 0) {
        append_utf8(out, high);
    }
}

}  // namespace atlas::finance::statements
