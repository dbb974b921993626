// SPDX-License-Identifier: Apache-2.0
#include "adapters/ledger_store/sqlite/text_match.hpp"

#include <algorithm>
#include <cstdint>

namespace atlas::adapters::ledger_store::sqlite {
namespace {

struct Decoded {
    char32_t code_point = 0;
    std::size_t size = 0;  ///< 0: not a two-byte sequence that could have a case.
};

// All cased letters of the blocks below U+0800 take two bytes, and so do their lower-case forms
// but for U+1E9E, which is why only two-byte sequences are looked at.
Decoded decode_two_bytes(std::string_view text) {
    if (text.size() < 2) {
        return {};
    }
    const auto lead = static_cast<unsigned char>(text[0]);
    const auto next = static_cast<unsigned char>(text[1]);
    if (lead < 0xC2 || lead > 0xDF || (next & 0xC0U) != 0x80U) {
        return {};
    }
    return {static_cast<char32_t>((lead & 0x1FU) << 6U | (next & 0x3FU)), 2};
}

bool is_between(char32_t c, char32_t first, char32_t last) {
    return c >= first && c <= last;
}

// Pairs of upper and lower case that follow each other, the upper one even or odd.
char32_t fold_pair(char32_t c, bool upper_is_even) {
    return ((c % 2 == 0) == upper_is_even) ? c + 1 : c;
}

char32_t fold_latin(char32_t c) {
    if (is_between(c, 0xC0, 0xDE) && c != 0xD7) {
        return c + 0x20;
    }
    if (c == 0xB5) {
        return 0x3BC;  // Micro sign and Greek mu are one letter to a reader.
    }
    if (c == 0x178) {
        return 0xFF;
    }
    if (c == 0x17F) {
        return U's';
    }
    if (c == 0x130 || c == 0x131 || c == 0x138 || c == 0x149) {
        return c;  // Turkish dotted and dotless i have no simple folding outside Turkish.
    }
    if (is_between(c, 0x139, 0x148) || is_between(c, 0x179, 0x17E)) {
        return fold_pair(c, false);
    }
    if (is_between(c, 0x100, 0x177)) {
        return fold_pair(c, true);
    }
    if (is_between(c, 0x1A0, 0x1A5)) {
        return fold_pair(c, true);  // Vietnamese.
    }
    if (is_between(c, 0x1CD, 0x1DC) || c == 0x1AF) {
        return fold_pair(c, false);
    }
    if (is_between(c, 0x1DE, 0x1EF) || is_between(c, 0x1F8, 0x21F) || is_between(c, 0x222, 0x233)) {
        return fold_pair(c, true);
    }
    return c;
}

char32_t fold_greek(char32_t c) {
    if (c == 0x386) {
        return 0x3AC;
    }
    if (is_between(c, 0x388, 0x38A)) {
        return c + 37;
    }
    if (c == 0x38C) {
        return 0x3CC;
    }
    if (c == 0x38E || c == 0x38F) {
        return c + 63;
    }
    if (is_between(c, 0x391, 0x3AB) && c != 0x3A2) {
        return c + 0x20;
    }
    return c == 0x3C2 ? 0x3C3 : c;  // Final sigma.
}

char32_t fold_cyrillic_armenian(char32_t c) {
    if (is_between(c, 0x400, 0x40F)) {
        return c + 0x50;
    }
    if (is_between(c, 0x410, 0x42F)) {
        return c + 0x20;
    }
    if (c == 0x4C0) {
        return 0x4CF;
    }
    if (is_between(c, 0x4C1, 0x4CE)) {
        return fold_pair(c, false);
    }
    if (is_between(c, 0x460, 0x481) || is_between(c, 0x48A, 0x4BF) || is_between(c, 0x4D0, 0x52F)) {
        return fold_pair(c, true);
    }
    return is_between(c, 0x531, 0x556) ? c + 0x30 : c;
}

char32_t fold(char32_t c) {
    if (c < 0x250) {
        return fold_latin(c);
    }
    return c < 0x400 ? fold_greek(c) : fold_cyrillic_armenian(c);
}

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

}  // namespace

std::string fold_case(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (static_cast<unsigned char>(c) < 0x80) {
            out += (c >= 'A' && c <= 'Z') ? static_cast<char>(c + 0x20) : c;
            ++i;
            continue;
        }
        const Decoded decoded = decode_two_bytes(text.substr(i));
        if (decoded.size == 0) {
            out += c;
            ++i;
            continue;
        }
        const char32_t folded = fold(decoded.code_point);
        if (folded < 0x80) {
            out += static_cast<char>(folded);
        } else {
            out += static_cast<char>(0xC0U | (folded >> 6U));
            out += static_cast<char>(0x80U | (folded & 0x3FU));
        }
        i += decoded.size;
    }
    return out;
}

WordMatcher::WordMatcher(std::string_view words) {
    const std::string folded = fold_case(words);
    for (auto begin = folded.begin(); begin != folded.end();) {
        begin = std::find_if_not(begin, folded.end(), is_space);
        const auto end = std::find_if(begin, folded.end(), is_space);
        if (begin != end) {
            folded_.emplace_back(begin, end);
        }
        begin = end;
    }
}

bool WordMatcher::matches(std::string_view description, std::string_view merchant) const {
    if (folded_.empty()) {
        return true;
    }
    const std::string first = fold_case(description);
    const std::string second = fold_case(merchant);
    return std::ranges::all_of(folded_, [&](const std::string& word) {
        return first.find(word) != std::string::npos || second.find(word) != std::string::npos;
    });
}

}  // namespace atlas::adapters::ledger_store::sqlite
