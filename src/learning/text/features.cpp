// SPDX-License-Identifier: Apache-2.0
#include "learning/text/features.hpp"

#include <algorithm>
#include <cstring>
#include <span>
#include <string_view>

namespace atlas::learning::text {
namespace {

using finance::merchants::hash_of;
using finance::merchants::join_hashes;
using finance::merchants::MerchantText;
using finance::merchants::Word;
using finance::merchants::WordKind;

constexpr std::size_t kLettersMax = 20;  // Of a word; n-grams stop there.

const std::uint64_t kTo = hash_of("to");

bool is_between(std::span<const Word> words, std::uint64_t hash) {
    return words.size() > 2 && std::any_of(words.begin() + 1, words.end() - 1,
                                           [hash](const Word& word) { return word.hash == hash; });
}

std::uint64_t seed_of(FeatureKind kind) {
    return static_cast<std::uint64_t>(kind) * 0x9E3779B97F4A7C15ULL;
}

/// A short piece of a word in one multiplication; longer ones as any other bytes.
std::uint64_t hash_piece(std::string_view piece, std::uint64_t seed) {
    if (piece.size() > 8) {
        return hash_of(piece, seed);
    }
    std::uint64_t packed = 0;
    std::memcpy(&packed, piece.data(), piece.size());
    return join_hashes(packed + 0x9E3779B97F4A7C15ULL, seed + piece.size());
}

/// Where each letter of a word starts, and its end; at most kLettersMax letters.
struct Letters {
    std::array<std::uint16_t, kLettersMax + 1> at;
    std::size_t count = 0;
    bool is_ascii = true;
};

Letters letters_of(std::string_view word) {
    Letters letters;
    std::size_t i = 0;
    while (i < word.size() && letters.count < kLettersMax) {
        letters.at[letters.count++] = static_cast<std::uint16_t>(i++);
        while (i < word.size() && (static_cast<unsigned char>(word[i]) & 0xC0) == 0x80) {
            ++i;
            letters.is_ascii = false;
        }
    }
    letters.at[letters.count] = static_cast<std::uint16_t>(i);
    return letters;
}

void add_stems(std::string_view word, const Letters& letters, FeatureList& out) {
    for (std::size_t size = 4; size <= 7 && size < letters.count; ++size) {
        out.add(hash_piece(word.substr(0, letters.at[size]), seed_of(FeatureKind::stem)));
    }
}

/// N-grams with the word's ends marked by their position: start, inside, end.
void add_ngrams(std::string_view word, const Letters& letters, FeatureList& out) {
    const std::size_t shortest = letters.is_ascii ? 3 : 1;
    const std::size_t longest = letters.is_ascii ? 5 : 3;
    for (std::size_t size = shortest; size <= longest; ++size) {
        for (std::size_t i = 0; i + size <= letters.count; ++i) {
            const std::string_view gram =
                word.substr(letters.at[i], static_cast<std::size_t>(letters.at[i + size]) -
                                               static_cast<std::size_t>(letters.at[i]));
            const std::uint64_t place = i + size == letters.count ? 2 : i == 0 ? 1 : 0;
            out.add(hash_piece(gram, seed_of(FeatureKind::ngram) + place * 1024));
        }
    }
}

}  // namespace

std::uint64_t word_feature(std::uint64_t word_hash) {
    return join_hashes(seed_of(FeatureKind::word), word_hash);
}

void extract_features(const MerchantText& text, FeatureList& out) {
    out.clear();
    const Word* before = nullptr;
    std::size_t initials = 0;
    std::size_t numbers = 0;
    for (const Word& word : text.words()) {
        if (word.kind == WordKind::number) {
            ++numbers;
            continue;
        }
        initials += word.latin_size == 1 ? 1U : 0U;
        out.add(word_feature(word.hash));
        if (before != nullptr) {
            out.add(join_hashes(join_hashes(seed_of(FeatureKind::pair), before->hash), word.hash));
        }
        before = &word;
    }
    const auto add_shape = [&](std::uint64_t shape) {
        out.add(seed_of(FeatureKind::shape) + shape);
    };
    if (text.names_person()) {
        add_shape(1);
    }
    if (text.says_nothing()) {
        add_shape(2);
    }
    if (initials > 0 && initials <= 2 && text.content_count() == 1) {
        add_shape(3);  // "Ivanov I.", "A. Smith".
    }
    if (numbers > 1) {
        add_shape(4);
    }
    if (is_between(text.words(), kTo)) {
        add_shape(5);  // "Home to Station"; money sent to somebody.
    }
    for (const Word& word : text.words()) {
        if (word.kind == WordKind::word || word.kind == WordKind::place) {
            const std::string_view latin = text.latin_of(word);
            const Letters letters = letters_of(latin);
            add_stems(latin, letters, out);
            add_ngrams(latin, letters, out);
        }
    }
}

}  // namespace atlas::learning::text
