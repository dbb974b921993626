// SPDX-License-Identifier: Apache-2.0
#include "base/percent.hpp"

#include "base/format.hpp"
#include "base/hex.hpp"

namespace atlas {
namespace {

Result<std::string> decode(std::string_view text, char plus) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i] == '+' ? plus : text[i];
            continue;
        }
        const bool is_whole = text.size() - i > 2;
        const int high = is_whole ? hex_digit(text[i + 1]) : -1;
        const int low = is_whole ? hex_digit(text[i + 2]) : -1;
        if (high < 0 || low < 0 || (high == 0 && low == 0)) {
            return invalid_argument({}, format("the percent escape at offset {} is broken", i));
        }
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

}  // namespace

Result<std::string> percent_decode(std::string_view text) {
    return decode(text, '+');
}

Result<std::string> query_decode(std::string_view text) {
    return decode(text, ' ');
}

std::string percent_encode(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    constexpr std::string_view kPlain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string out;
    for (const char c : text) {
        if (kPlain.find(c) != std::string_view::npos) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += kHex[byte >> 4];
            out += kHex[byte & 15U];
        }
    }
    return out;
}

}  // namespace atlas
