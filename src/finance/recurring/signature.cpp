// SPDX-License-Identifier: Apache-2.0
#include "finance/recurring/signature.hpp"

#include <algorithm>
#include <array>

#include "base/text_hash.hpp"

namespace atlas::finance::recurring {
namespace {

/// Words that say how it was paid, not to whom. Sorted.
constexpr std::array<std::string_view, 40> kNoise{
    "ach",         "achat",   "auth",     "bacs",  "card",      "carte", "cb",   "checkcard",
    "contactless", "credit",  "dbt",      "debit", "direct",    "ec",    "eft",  "http",
    "https",       "id",      "indn",     "intl",  "paypal",    "pmt",   "pos",  "ppd",
    "pre",         "preauth", "purchase", "pymt",  "recurring", "ref",   "sepa", "sp",
    "sq",          "sumup",   "the",      "tst",   "visa",      "web",   "www",  "zettle"};

static_assert(std::is_sorted(kNoise.begin(), kNoise.end()));
constexpr std::size_t kNoiseSizeMax = 11;

bool is_noise(std::string_view word) {
    return word.size() <= kNoiseSizeMax && std::binary_search(kNoise.begin(), kNoise.end(), word);
}

struct Word {
    std::array<char, 24> text{};
    std::size_t size = 0;
    bool has_digit = false;
    bool has_letter = false;
    std::string_view view() const { return {text.data(), size}; }
};

/// Bytes above ASCII are letters of some script; a word of them is as good as any.
bool is_letter(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}
bool is_digit(unsigned char c) {
    return c >= '0' && c <= '9';
}

/// Calls `use` with each word; stops when it returns false.
template <class Use>
void each_word(std::string_view description, Use use) {
    description = description.substr(0, kSignatureBytesMax);
    Word word;
    for (std::size_t i = 0; i <= description.size(); ++i) {
        const unsigned char c =
            i < description.size() ? static_cast<unsigned char>(description[i]) : ' ';
        // An apostrophe is nothing: "JOE'S" and "JOES" are one.
        if (c == '\'') {
            continue;
        }
        if (is_letter(c) || is_digit(c)) {
            word.has_digit = word.has_digit || is_digit(c);
            word.has_letter = word.has_letter || is_letter(c);
            if (word.size < word.text.size()) {
                const bool is_upper = c >= 'A' && c <= 'Z';
                word.text[word.size++] = static_cast<char>(is_upper ? c - 'A' + 'a' : c);
            }
            continue;
        }
        if (word.size > 0 && !use(word)) {
            return;
        }
        word = {};
    }
}

/// "2K3JX9A1B", "00412": numbers and codes differ each time. "7eleven", "o2" do not.
bool is_code(const Word& word) {
    if (!word.has_digit) {
        return false;
    }
    const auto digits =
        std::count_if(word.text.begin(), word.text.begin() + static_cast<std::ptrdiff_t>(word.size),
                      [](char c) { return is_digit(static_cast<unsigned char>(c)); });
    return !word.has_letter || digits > 1 || word.size > 8;
}

/// The words that count, at most kSignatureWordsMax; a single letter counts for nothing.
template <class Use>
void each_kept_word(std::string_view description, Use use) {
    std::size_t kept = 0;
    each_word(description, [&](const Word& word) {
        if (word.size < 2 || is_code(word) || is_noise(word.view())) {
            return true;
        }
        use(word.view());
        return ++kept < kSignatureWordsMax;
    });
}

/// Of the words in their order, each with an end.
std::uint64_t hash_of(std::string_view text, std::uint64_t state) {
    return fnv1a("\x1F", fnv1a(text, state));
}

}  // namespace

Signature signature_of(std::string_view description) {
    Signature signature;
    std::size_t index = 0;
    signature.whole = kFnvStart;
    each_kept_word(description, [&](std::string_view word) {
        signature.whole = hash_of(word, signature.whole);
        if (index < 2) {
            signature.head = signature.whole;
        } else if (index == 2) {
            signature.third = hash_of(word, kFnvStart);
        }
        ++index;
    });
    return signature;
}

std::string signature_text(std::string_view description) {
    std::string text;
    each_kept_word(description, [&](std::string_view word) {
        text += text.empty() ? "" : " ";
        text += word;
    });
    return text;
}

}  // namespace atlas::finance::recurring
