// SPDX-License-Identifier: Apache-2.0
#include "finance/merchants/fold.hpp"

#include <algorithm>

namespace atlas::finance::merchants {
namespace {

constexpr char kDrop = ' ';  // In the tables: no letter.

// U+00C0 … U+017F without their accents; '1' is ae, '2' oe, '3' ss, '4' th, '5' ij.
constexpr std::string_view kLatin =
    "aaaaaa1ceeeeiiiidnooooo ouuuuy43aaaaaa1ceeeeiiiidnooooo ouuuuy4y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii55jjkkklllllll"
    "lllnnnnnnnnnoooooo22rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

Folded letters(std::string_view text) {
    Folded folded;
    folded.size = static_cast<std::uint8_t>(std::min<std::size_t>(text.size(), 4));
    std::copy_n(text.begin(), folded.size, folded.bytes);
    return folded;
}

Folded letter(char c) {
    return letters(std::string_view(&c, 1));
}

Folded encode(std::uint32_t code_point) {
    Folded folded;
    const auto put = [&](std::uint32_t byte) {
        folded.bytes[folded.size++] = static_cast<char>(static_cast<unsigned char>(byte));
    };
    if (code_point < 0x800) {
        put(0xC0 | (code_point >> 6));
    } else if (code_point < 0x10000) {
        put(0xE0 | (code_point >> 12));
        put(0x80 | ((code_point >> 6) & 0x3F));
    } else {
        put(0xF0 | (code_point >> 18));
        put(0x80 | ((code_point >> 12) & 0x3F));
        put(0x80 | ((code_point >> 6) & 0x3F));
    }
    put(0x80 | (code_point & 0x3F));
    return folded;
}

Folded fold_ascii(std::uint32_t c) {
    if (c >= 'A' && c <= 'Z') {
        return letter(static_cast<char>(c + 32));
    }
    if (c >= 'a' && c <= 'z') {
        return letter(static_cast<char>(c));
    }
    Folded folded;
    if (c >= '0' && c <= '9') {
        folded = letter(static_cast<char>(c));
        folded.is_digit = true;
    }
    return folded;
}

Folded fold_latin(std::uint32_t c) {
    switch (const char base = kLatin[c - 0xC0]; base) {
        case kDrop: return {};
        case '1': return letters("ae");
        case '2': return letters("oe");
        case '3': return letters("ss");
        case '4': return letters("th");
        case '5': return letters("ij");
        default: return letter(base);
    }
}

/// Vietnamese and other letters of U+1E00 … U+1EFF, by their ranges.
Folded fold_latin_additional(std::uint32_t c) {
    constexpr std::string_view kFirst =
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooo"
        "oooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyassssd";
    if (c >= 0x1EF2) {
        return letter('y');
    }
    if (c >= 0x1EE4) {
        return letter('u');
    }
    if (c >= 0x1ECC) {
        return letter('o');
    }
    if (c >= 0x1EC8) {
        return letter('i');
    }
    if (c >= 0x1EB8) {
        return letter('e');
    }
    if (c >= 0x1EA0) {
        return letter('a');
    }
    const std::size_t at = c - 0x1E00;
    return at < kFirst.size() ? letter(kFirst[at]) : encode(c);
}

std::uint32_t lower_greek(std::uint32_t c) {
    switch (c) {
        case 0x386:
        case 0x3AC: return 0x3B1;
        case 0x388:
        case 0x3AD: return 0x3B5;
        case 0x389:
        case 0x3AE: return 0x3B7;
        case 0x38A:
        case 0x3AF:
        case 0x3AA:
        case 0x3CA:
        case 0x390: return 0x3B9;
        case 0x38C:
        case 0x3CC: return 0x3BF;
        case 0x38E:
        case 0x3CD:
        case 0x3AB:
        case 0x3CB:
        case 0x3B0: return 0x3C5;
        case 0x38F:
        case 0x3CE: return 0x3C9;
        case 0x3C2: return 0x3C3;
        default: return c >= 0x391 && c <= 0x3A9 ? c + 0x20 : c;
    }
}

std::uint32_t lower_cyrillic(std::uint32_t c) {
    if (c >= 0x410 && c <= 0x42F) {
        return c + 0x20;
    }
    if (c >= 0x400 && c <= 0x40F) {
        c += 0x50;
    } else if (c >= 0x460 && c <= 0x4FF && c % 2 == 0) {
        c += 1;
    }
    switch (c) {
        case 0x450:
        case 0x451: return 0x435;  // ѐ ё → е
        case 0x439: return 0x439;
        default: return c;
    }
}

}  // namespace

std::uint32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) -> std::uint32_t {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const auto is_tail = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
    const std::uint32_t first = byte(at);
    std::uint32_t code_point = first;
    std::size_t size = 1;
    if (first >= 0xC2 && first < 0xE0 && is_tail(at + 1)) {
        code_point = ((first & 0x1F) << 6) | (byte(at + 1) & 0x3F);
        size = 2;
    } else if (first >= 0xE0 && first < 0xF0 && is_tail(at + 1) && is_tail(at + 2)) {
        code_point = ((first & 0x0F) << 12) | ((byte(at + 1) & 0x3F) << 6) | (byte(at + 2) & 0x3F);
        size = 3;
    } else if (first >= 0xF0 && first < 0xF5 && is_tail(at + 1) && is_tail(at + 2) &&
               is_tail(at + 3)) {
        code_point = ((first & 0x07) << 18) | ((byte(at + 1) & 0x3F) << 12) |
                     ((byte(at + 2) & 0x3F) << 6) | (byte(at + 3) & 0x3F);
        size = 4;
    }
    at += size;
    // Encoded twice: the two bytes of one letter, each as a letter of its own.
    if ((code_point == 0xC3 || code_point == 0xC2) && size == 2 && byte(at) == 0xC2 &&
        is_tail(at + 1)) {
        code_point = ((code_point & 0x1F) << 6) | (byte(at + 1) & 0x3F);
        at += 2;
    }
    return code_point;
}

Folded fold(std::uint32_t c) {
    if (c < 0x80) {
        return fold_ascii(c);
    }
    if (c < 0xC0) {
        return c == 0xAA ? letter('a') : c == 0xBA ? letter('o') : Folded{};
    }
    if (c < 0x180) {
        return fold_latin(c);
    }
    if (c == 0x1A0 || c == 0x1A1) {
        return letter('o');
    }
    if (c == 0x1AF || c == 0x1B0) {
        return letter('u');
    }
    if (c >= 0x218 && c <= 0x21B) {
        return letter(c < 0x21A ? 's' : 't');
    }
    if (c >= 0x300 && c < 0x370) {
        Folded mark;
        mark.is_mark = true;
        return mark;
    }
    if (c >= 0x370 && c < 0x400) {
        return encode(lower_greek(c));
    }
    if (c >= 0x400 && c < 0x530) {
        return encode(lower_cyrillic(c));
    }
    if (c >= 0x1E00 && c < 0x1F00) {
        return fold_latin_additional(c);
    }
    if ((c >= 0x2000 && c < 0x2C00) || (c >= 0x3000 && c < 0x3003) || c == 0xFFFD ||
        (c >= 0xE000 && c < 0xF900) || (c >= 0xD800 && c < 0xE000) || c >= 0x1F000) {
        return {};  // Punctuation, symbols, private use, emoji.
    }
    if (c >= 0xFF01 && c <= 0xFF5E) {
        return fold_ascii(c - 0xFEE0);
    }
    return encode(c);
}

std::size_t transliterate(std::string_view text, std::span<char> out) {
    constexpr std::string_view kCyrillic[] = {
        "a", "b", "v", "g", "d", "e",  "zh", "z",  "i",  "y",   "k", "l", "m", "n", "o",  "p",
        "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "sch", "",  "y", "",  "e", "yu", "ya"};
    constexpr std::string_view kGreek[] = {"a", "v", "g", "d", "e",  "z",  "i", "th", "i",
                                           "k", "l", "m", "n", "x",  "o",  "p", "r",  "s",
                                           "s", "t", "y", "f", "ch", "ps", "o"};
    std::size_t size = 0;
    const auto put = [&](std::string_view piece) {
        for (const char c : piece) {
            if (size < out.size()) {
                out[size++] = c;
            }
        }
    };
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        const std::uint32_t c = next_code_point(text, at);
        if (c >= 0x430 && c <= 0x44F) {
            put(kCyrillic[c - 0x430]);
        } else if (c == 0x456 || c == 0x457) {
            put("i");
        } else if (c == 0x454) {
            put("ye");
        } else if (c == 0x491) {
            put("g");
        } else if (c >= 0x3B1 && c <= 0x3C9) {
            put(kGreek[c - 0x3B1]);
        } else {
            put(text.substr(from, at - from));
        }
    }
    return size;
}

}  // namespace atlas::finance::merchants
