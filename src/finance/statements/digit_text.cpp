// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/digit_text.hpp"

#include <array>

namespace atlas::finance::statements {
namespace {

struct Spelt {
    std::string_view text;
    char ascii;
};
// The zeros of the scripts; their digits follow in order, in the last byte.
constexpr auto kZeros = std::to_array<std::string_view>({
    "\xD9\xA0",      // Arabic-Indic, U+0660.
    "\xDB\xB0",      // Persian and Urdu, U+06F0.
    "\xE0\xA5\xA6",  // Devanagari, U+0966.
    "\xE0\xA7\xA6",  // Bengali, U+09E6.
    "\xE0\xB9\x90",  // Thai, U+0E50.
    "\xEF\xBC\x90",  // Full width, U+FF10.
});
constexpr auto kSigns = std::to_array<Spelt>({
    {"\xD9\xAB", '.'},      // Arabic decimal separator, U+066B.
    {"\xD9\xAC", '\''},     // Arabic thousands separator, U+066C.
    {"\xEF\xBC\x8C", ','},  // Full width: comma, hyphen, full stop, solidus, plus.
    {"\xEF\xBC\x8D", '-'},
    {"\xEF\xBC\x8E", '.'},
    {"\xEF\xBC\x8F", '/'},
    {"\xEF\xBC\x8B", '+'},
    {"\xE2\x80\x8E", '\0'},  // Marks of direction, U+200E, U+200F, U+061C.
    {"\xE2\x80\x8F", '\0'},
    {"\xD8\x9C", '\0'},
});
constexpr auto kDateWords = std::to_array<Spelt>({
    {"年", '-'},
    {"月", '-'},
    {"日", ' '},
    {"년", '-'},
    {"월", '-'},
    {"일", ' '},
});

}  // namespace

NumberSign number_sign(std::string_view utf8) {
    if (utf8.empty() || static_cast<unsigned char>(utf8.front()) < 0x80U) {
        return {};
    }
    for (const std::string_view zero : kZeros) {
        if (utf8.size() < zero.size() || !utf8.starts_with(zero.substr(0, zero.size() - 1))) {
            continue;
        }
        const int value = static_cast<unsigned char>(utf8[zero.size() - 1]) -
                          static_cast<unsigned char>(zero.back());
        if (value >= 0 && value <= 9) {
            return {zero.size(), static_cast<char>('0' + value)};
        }
    }
    for (const Spelt& sign : kSigns) {
        if (utf8.starts_with(sign.text)) {
            return {sign.text.size(), sign.ascii};
        }
    }
    return {};
}

std::string ascii_numbers(std::string_view utf8) {
    std::string out;
    out.reserve(utf8.size());
    while (!utf8.empty()) {
        NumberSign sign = number_sign(utf8);
        for (std::size_t i = 0; sign.size == 0 && i < kDateWords.size(); ++i) {
            if (utf8.starts_with(kDateWords[i].text)) {
                sign = {kDateWords[i].text.size(), kDateWords[i].ascii};
            }
        }
        if (sign.size == 0) {
            out += utf8.front();
        } else if (sign.ascii != '\0') {
            out += sign.ascii;
        }
        utf8.remove_prefix(sign.size == 0 ? 1 : sign.size);
    }
    while (out.ends_with(' ')) {
        out.pop_back();
    }
    return out;
}

}  // namespace atlas::finance::statements
