// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/double_byte.hpp"

#include <cstddef>

namespace atlas::finance::statements {
namespace {

/// Characters, or runs of them, before anything is said: by chance a Cyrillic text has so many
/// words of an even length once in sixty-five thousand files.
constexpr std::size_t kSureMin = 16;

unsigned byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
}

bool is_between(unsigned byte, unsigned low, unsigned high) {
    return byte >= low && byte <= high;
}

/// Whole as Shift_JIS, and mostly of those characters whose first byte is none of a letter in an
/// encoding of one byte: kana, and the kanji of the first level.
bool is_shift_jis(std::string_view text) {
    std::size_t doubles = 0;
    std::size_t usual = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const unsigned lead = byte_at(text, i);
        if (lead < 0x80 || is_between(lead, 0xA1, 0xDF)) {
            continue;
        }
        const unsigned tail = byte_at(text, ++i);
        const bool cut = i >= text.size();
        if (!cut && (!is_between(tail, 0x40, 0xFC) || tail == 0x7F)) {
            return false;
        }
        if (!is_between(lead, 0x81, 0x9F) && !is_between(lead, 0xE0, 0xEF)) {
            return false;
        }
        ++doubles;
        usual += is_between(lead, 0x82, 0x83) || is_between(lead, 0x88, 0x9F) ? 1U : 0U;
    }
    return doubles >= kSureMin && usual * 2 > doubles;
}

/// Runs of high bytes that are all of an even length, with lead bytes of common characters.
bool is_paired(std::string_view text) {
    std::size_t runs = 0;
    std::size_t pairs = 0;
    std::size_t usual = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (byte_at(text, i) < 0x80) {
            ++i;
            continue;
        }
        std::size_t size = 0;
        for (; byte_at(text, i + size) >= 0x80; ++size) {
            if (byte_at(text, i + size) < 0xA1) {
                return false;
            }
            if (size % 2 == 0) {
                ++pairs;
                usual += is_between(byte_at(text, i + size), 0xA1, 0xF7) ? 1U : 0U;
            }
        }
        if (size % 2 == 1 && i + size < text.size()) {
            return false;
        }
        ++runs;
        i += size;
    }
    return runs >= kSureMin && usual * 10 >= pairs * 9;
}

}  // namespace

std::string_view double_byte_name(std::string_view not_utf8) {
    if (is_shift_jis(not_utf8)) {
        return "Shift_JIS";
    }
    return is_paired(not_utf8) ? "an encoding of two bytes a character (GBK, EUC)"
                               : std::string_view{};
}

}  // namespace atlas::finance::statements
