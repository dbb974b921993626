// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/one_byte_guess.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace atlas::finance::statements {
namespace {

using Counts = std::array<std::size_t, 256>;

/// The letters of a language, the most frequent first.
struct Script {
    Encoding encoding;
    std::u16string_view letters;
};

// Russian with what Ukrainian, Belarusian, Serbian and Macedonian have besides; modern Greek;
// modern Hebrew. The order is that of running text; neighbours may be exchanged without effect.
constexpr std::array<Script, 3> kScripts = {{
    {Encoding::windows_1251, u"оеаинтсрвлкмдпуяыьгзбчйхжшюіцщэфъёїєјњљћђґўџ"},
    {Encoding::windows_1253, u"αοιετσνηυρπκςμλωίόάέδγήθχύφβώξζψϊϋΐΰ"},
    {Encoding::windows_1255, u"יוהלארתמבשםענדחכקפסטגזצןךףץ"},
}};

// Costs in ninths of a nat: a letter's probability falls by e within nine ranks (0.11 for the
// first, 0.002 for the 36th, as those languages have it), so its rank is its cost.
constexpr std::int64_t kSignCost = 36;      ///< What is no letter there.
constexpr std::int64_t kStrangeCost = 63;   ///< A letter that the language does not have.
constexpr std::int64_t kNothingCost = 104;  ///< What means nothing in that table.
/// Odds of 4.5 to one: below them somebody is asked.
constexpr std::int64_t kSureMargin = 14;

char16_t lower(char16_t c) {
    constexpr std::u16string_view kAccented = u"ΆάΈέΉήΊίΌόΎύΏώΪϊΫϋҐґ";
    if ((c >= u'А' && c <= u'Я') || (c >= u'Α' && c <= u'Ω')) {
        return static_cast<char16_t>(c + 0x20);
    }
    if (c >= u'Ѐ' && c <= u'Џ') {
        return static_cast<char16_t>(c + 0x50);
    }
    const std::size_t at = kAccented.find(c);
    return at != std::u16string_view::npos && at % 2 == 0 ? kAccented[at + 1] : c;
}

std::int64_t cost_of(char16_t c, const Script& script) {
    if (c == u'\uFFFD') {
        return kNothingCost;
    }
    const std::size_t rank = script.letters.find(lower(c));
    if (rank != std::u16string_view::npos) {
        return static_cast<std::int64_t>(rank);
    }
    return c < u'Ͱ' || c >= u'\u2000' ? kSignCost : kStrangeCost;
}

std::int64_t cost_of(const Counts& seen, const Script& script) {
    const std::u16string_view upper = upper_half(script.encoding);
    std::int64_t cost = 0;
    for (std::size_t byte = 0x80; byte < seen.size(); ++byte) {
        if (seen[byte] > 0) {
            cost += cost_of(upper[byte - 0x80], script) * static_cast<std::int64_t>(seen[byte]);
        }
    }
    return cost;
}

OneByteGuess guess_script(const Counts& seen) {
    std::array<std::pair<std::int64_t, Encoding>, kScripts.size()> costs;
    for (std::size_t i = 0; i < kScripts.size(); ++i) {
        costs[i] = {cost_of(seen, kScripts[i]), kScripts[i].encoding};
    }
    std::ranges::sort(costs);
    OneByteGuess guess{.encoding = costs[0].second};
    if (costs[1].first - costs[0].first < kSureMargin) {
        guess.rival = costs[1].second;
    }
    return guess;
}

// Six letters are all that differs: ğ ı ş and their capitals stand where Icelandic has ð ý þ. Its
// vowels with an acute and what other Western languages write are not Turkish, ü and ç not
// Icelandic.
OneByteGuess western_or_turkish(const Counts& seen) {
    std::size_t six = 0;
    std::size_t turkish = 0;
    std::size_t western = 0;
    for (const char c : std::string_view("\xD0\xDD\xDE\xF0\xFD\xFE")) {
        six += seen[static_cast<unsigned char>(c)];
    }
    for (const char c : std::string_view("\xC7\xDC\xE7\xFC")) {
        turkish += seen[static_cast<unsigned char>(c)];
    }
    for (std::size_t byte = 0xC0; byte < seen.size(); ++byte) {
        western += seen[byte];
    }
    for (const char c : std::string_view("\xC2\xCE\xD6\xDB\xE2\xEE\xF6\xFB")) {
        western -= seen[static_cast<unsigned char>(c)];  // Both write those.
    }
    western -= six + turkish;
    if (2 * western >= six) {
        return {.encoding = Encoding::windows_1252};
    }
    // Of the two kinds Turkish has the six four times as often as the others.
    if (turkish > 0 && six >= 4 * western && 4 * six >= turkish) {
        return {.encoding = Encoding::windows_1254};
    }
    return {.encoding = Encoding::windows_1254, .rival = Encoding::windows_1252};
}

/// What stands beside what: letters in runs, and signs of the Western table inside of words.
struct Neighbours {
    std::size_t letters = 0;  ///< 0xC0 and above: letters in every table.
    std::size_t in_runs = 0;
    std::size_t inside_words = 0;       ///< Western signs where a letter must be.
    std::size_t iso_greek_capital = 0;  ///< 0xB6 before a letter: Ά of ISO-8859-7.
};

Neighbours look_around(std::string_view bytes) {
    const auto at = [&](std::size_t i) {
        return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
    };
    const auto is_letter = [](unsigned c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xC0U;
    };
    Neighbours found;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const unsigned c = at(i);
        if (c < 0x80U) {
            continue;
        }
        const unsigned before = i == 0 ? 0U : at(i - 1);
        const unsigned after = at(i + 1);
        found.letters += c >= 0xC0U ? 1U : 0U;
        found.in_runs += c >= 0xC0U && (before >= 0xC0U || after >= 0xC0U) ? 1U : 0U;
        found.iso_greek_capital += c == 0xB6U && after >= 0xC0U ? 1U : 0U;
        // A Western raised 3 or 1 ends its word ("m³"), a turned question mark begins one.
        const bool is_raised = c == 0xB3U || c == 0xB9U;
        const bool is_undefined = c == 0x9DU || c == 0x8DU;
        // The macron, the signs of yen and pound: Ż, Ą and Ł of Windows-1250.
        const bool is_polish = c == 0xAFU || c == 0xA5U || c == 0xA3U;
        found.inside_words += (is_raised && is_letter(after)) || (is_polish && is_letter(after)) ||
                                      (c == 0xBFU && is_letter(before)) ||
                                      (is_undefined && (is_letter(before) || is_letter(after)))
                                  ? 1U
                                  : 0U;
    }
    return found;
}

}  // namespace

OneByteGuess guess_one_byte(std::string_view bytes) {
    constexpr std::size_t kLookedAt = std::size_t{256} << 10;
    bytes = bytes.substr(0, kLookedAt);
    Counts seen{};
    for (const char c : bytes) {
        ++seen[static_cast<unsigned char>(c)];
    }
    const Neighbours near = look_around(bytes);
    if (near.letters >= 3 && near.in_runs * 4 >= near.letters * 3) {
        OneByteGuess guess = guess_script(seen);
        if (guess.encoding == Encoding::windows_1253 && near.iso_greek_capital > 0) {
            guess.encoding = Encoding::iso_8859_7;
        }
        return guess;
    }
    // Danish has the r with caron's byte, but never beside those of e and z with one.
    const bool is_czech = seen[0xF8] > 0 && (seen[0xEC] > 0 || seen[0x9E] > 0);
    const bool is_slovak = seen[0xE8] > 0 && seen[0x9E] > 0;
    // Letters that Western languages do not have in one text: s or z with a caron beside c, d, e, n
    // or u with theirs; ø beside ù; õ beside é or á, and no letter that is not
    // Hungarian.
    const auto any = [&](std::string_view letters) {
        return std::ranges::any_of(letters,
                                   [&](char c) { return seen[static_cast<unsigned char>(c)] > 0; });
    };
    const bool has_carons = any("\x8A\x8E\x9A\x9E") &&
                            any("\xC8\xCC\xD8\xE8\xEC\xEF\xF2\xF8\xF9") &&
                            !any("\xC0\xE0\xC7\xE7\xC3\xE3\xCB\xEB");
    const bool has_rings = seen[0xF8] > 0 && seen[0xF9] > 0;
    constexpr std::string_view kHungarian =
        "\xC1\xC9\xCD\xD3\xD5\xD6\xDA\xDB\xDC\xE1\xE9\xED\xF3\xF5\xF6\xFA\xFB\xFC";
    std::size_t foreign = 0;
    for (std::size_t byte = 0xC0; byte < seen.size(); ++byte) {
        const bool is_own = kHungarian.find(static_cast<char>(byte)) != std::string_view::npos;
        foreign += is_own ? 0U : seen[byte];
    }
    const bool is_hungarian = any("\xD5\xF5") && any("\xC1\xC9\xE1\xE9") && foreign == 0;
    return near.inside_words > 0 || is_czech || is_slovak || has_carons || has_rings || is_hungarian
               ? OneByteGuess{.encoding = Encoding::windows_1250}
               : western_or_turkish(seen);
}

std::optional<std::int64_t> letter_cost(unsigned byte, Encoding encoding) {
    constexpr std::int64_t kFirstRank = 20;  // The first letter's share of 0.11, in ninths.
    const Encoding script = encoding == Encoding::iso_8859_7 ? Encoding::windows_1253 : encoding;
    const auto* const found = std::ranges::find(kScripts, script, &Script::encoding);
    if (found == kScripts.end()) {
        return std::nullopt;
    }
    return (kFirstRank + cost_of(upper_half(encoding)[byte - 0x80], *found)) * 10 / 9;
}

}  // namespace atlas::finance::statements
