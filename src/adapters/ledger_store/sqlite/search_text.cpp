// SPDX-License-Identifier: Apache-2.0
#include "adapters/ledger_store/sqlite/search_text.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "adapters/ledger_store/sqlite/text_match.hpp"
#include "ports/ledger_store.hpp"

namespace atlas::adapters::ledger_store::sqlite {
namespace {

// The base letter of each code point, '.' where there is none of one ASCII letter.
constexpr std::string_view kLatin =  // U+00C0 to U+024F
    "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkkklllllll"
    "lllnnnnnn.nnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
    "................................oo.............uu..............."
    ".............aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa...."
    "aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............"
    "................";
constexpr std::string_view kLatinAdditional =  // U+1E00 to U+1EFF
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    "wwwwwwwwwwxxxxyyzzzzzzhtwy......aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";
static_assert(kLatin.size() == 0x190);
static_assert(kLatinAdditional.size() == 0x100);

std::string_view two_letters(char32_t c) {
    switch (c) {
        case 0xC6:
        case 0xE6: return "ae";
        case 0xDE:
        case 0xFE: return "th";
        case 0xDF: return "ss";
        case 0x132:
        case 0x133: return "ij";
        case 0x152:
        case 0x153: return "oe";
        default: return {};
    }
}

char32_t without_mark(char32_t c) {
    switch (c) {
        case 0x3AC: return 0x3B1;
        case 0x3AD: return 0x3B5;
        case 0x3AE: return 0x3B7;
        case 0x390:
        case 0x3AF:
        case 0x3CA: return 0x3B9;
        case 0x3CC: return 0x3BF;
        case 0x3B0:
        case 0x3CB:
        case 0x3CD: return 0x3C5;
        case 0x3CE: return 0x3C9;
        case 0x451: return 0x435;
        default: return c;
    }
}

void append_utf8(char32_t c, std::string& out) {
    out += static_cast<char>(0xC0U | (c >> 6U));
    out += static_cast<char>(0x80U | (c & 0x3FU));
}

/// A two-byte letter, lower case already.
void append_letter(char32_t c, std::string& out) {
    if (c >= 0x300 && c <= 0x36F) {
        // и and a breve are one letter of its own, however it is encoded.
        if (c == 0x306 && out.ends_with("\xD0\xB8")) {
            out.back() = '\xB9';
        }
        return;
    }
    if (const std::string_view two = two_letters(c); !two.empty()) {
        out += two;
        return;
    }
    if (c >= 0xC0 && c < 0x250 && kLatin[c - 0xC0] != '.') {
        out += kLatin[c - 0xC0];
        return;
    }
    append_utf8(without_mark(c), out);
}

bool is_tail(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

unsigned low_bits(char byte, unsigned mask) {
    return static_cast<unsigned char>(byte) & mask;
}

/// "2026-06-03", "2026-06", "3.6.2026".
std::optional<SearchWord::DayRange> read_days(std::string_view text) {
    if (text.size() == 10 && text[4] == '-') {
        const auto day = Date::parse(text);
        return day ? std::optional(SearchWord::DayRange{*day, *day}) : std::nullopt;
    }
    if (text.size() == 7 && text[4] == '-') {
        const auto first = Date::parse(std::string(text) + "-01");
        if (!first) {
            return std::nullopt;
        }
        return SearchWord::DayRange{*first, first->plus_days(31).first_of_month().plus_days(-1)};
    }
    const std::size_t one = text.find('.');
    const std::size_t two = one == std::string_view::npos ? one : text.find('.', one + 1);
    if (two == std::string_view::npos || text.size() != two + 5 || one > 2 || two - one > 3) {
        return std::nullopt;
    }
    const auto padded = [](std::string_view digits) {
        return (digits.size() == 1 ? "0" : "") + std::string(digits);
    };
    const auto day = Date::parse(std::string(text.substr(two + 1)) + "-" +
                                 padded(text.substr(one + 1, two - one - 1)) + "-" +
                                 padded(text.substr(0, one)));
    return day ? std::optional(SearchWord::DayRange{*day, *day}) : std::nullopt;
}

SearchWord read_word(std::string_view text) {
    SearchWord word{.text = fold_search(text)};
    word.days = read_days(text);
    int sign = 0;
    std::string_view rest = text;
    if (!rest.empty() && (rest[0] == '-' || rest[0] == '+')) {
        sign = rest[0] == '-' ? -1 : 1;
        rest.remove_prefix(1);
    }
    if (const auto exact = read_millionths(rest)) {
        word.amount = {*exact, *exact, sign};
        return word;
    }
    constexpr std::int64_t kNone = 0;
    constexpr std::int64_t kAll = INT64_MAX;
    if (const std::size_t dots = rest.find(".."); dots != std::string_view::npos) {
        const auto low = read_millionths(rest.substr(0, dots));
        const auto high = read_millionths(rest.substr(dots + 2));
        if (low && high) {
            word.amount = {*low, *high, sign};
            word.is_text = false;
        }
        return word;
    }
    if (rest.empty() || (rest[0] != '<' && rest[0] != '>')) {
        return word;
    }
    const bool above = rest[0] == '>';
    rest.remove_prefix(1);
    const bool with = rest.starts_with('=');
    rest.remove_prefix(with ? 1 : 0);
    if (const auto bound = read_millionths(rest)) {
        const std::int64_t step = with ? 0 : 1;
        word.amount = above ? SearchWord::AmountRange{*bound + step, kAll, sign}
                            : SearchWord::AmountRange{kNone, *bound - step, sign};
        word.is_text = false;
    }
    return word;
}

}  // namespace

std::string fold_search(std::string_view utf8) {
    const std::string lower = fold_case(utf8);
    std::string out;
    out.reserve(lower.size());
    for (std::size_t i = 0; i < lower.size();) {
        const auto byte = static_cast<unsigned char>(lower[i]);
        if (byte >= 0xC3U && byte <= 0xDFU && i + 1 < lower.size() && is_tail(lower[i + 1])) {
            append_letter(((byte & 0x1FU) << 6U) | low_bits(lower[i + 1], 0x3FU), out);
            i += 2;
        } else if (byte == 0xE1U && i + 2 < lower.size() && is_tail(lower[i + 2]) &&
                   low_bits(lower[i + 1], 0xFFU) >= 0xB8U &&
                   low_bits(lower[i + 1], 0xFFU) <= 0xBBU) {
            const std::size_t index =
                (low_bits(lower[i + 1], 0x03U) << 6U) | low_bits(lower[i + 2], 0x3FU);
            if (kLatinAdditional[index] == '.') {
                out.append(lower, i, 3);
            } else {
                out += kLatinAdditional[index];
            }
            i += 3;
        } else {
            out += lower[i++];
        }
    }
    return out;
}

std::optional<std::int64_t> read_millionths(std::string_view text) {
    constexpr std::size_t kDigitsMax = 12;  // 10^12 units are 10^18 millionths.
    constexpr std::size_t kDecimalsMax = 6;
    const std::size_t mark = std::min(text.find_first_of(".,"), text.size());
    const std::string_view whole = text.substr(0, mark);
    const std::string_view decimals = text.substr(std::min(mark + 1, text.size()));
    const auto are_digits = [](std::string_view digits) {
        return std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    };
    if (whole.empty() || whole.size() > kDigitsMax || decimals.size() > kDecimalsMax ||
        (mark < text.size() && decimals.empty()) || !are_digits(whole) || !are_digits(decimals)) {
        return std::nullopt;
    }
    std::int64_t value = 0;
    for (const char c : whole) {
        value = value * 10 + (c - '0');
    }
    for (std::size_t i = 0; i < kDecimalsMax; ++i) {
        value = value * 10 + (i < decimals.size() ? decimals[i] - '0' : 0);
    }
    return value;
}

std::vector<SearchWord> read_search(std::string_view text) {
    constexpr std::string_view kSpace = " \t\n\r\f\v";
    std::vector<SearchWord> words;
    while (true) {
        text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
        if (text.empty()) {
            return words;
        }
        const std::size_t end = std::min(text.find_first_of(kSpace), text.size());
        words.push_back(read_word(text.substr(0, end)));
        text.remove_prefix(end);
    }
}

}  // namespace atlas::adapters::ledger_store::sqlite
