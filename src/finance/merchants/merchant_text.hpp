// SPDX-License-Identifier: Apache-2.0
// A bank's description taken apart: words in lower case, each with what it is for. From it come the
// keys by which two descriptions are the same text, or the same merchant, and a name to show.
//
//     MerchantText text;
//     text.read("SQ *BLUE BOTTLE COFFEE 0423 SAN FRANCISCO CA");
//     text.merchant();   // "blue bottle coffee"
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "finance/merchants/text_hash.hpp"

namespace atlas::finance::merchants {

/// What stands where a bank printed nothing; it names nobody, and is no text to remember.
inline constexpr std::string_view kNoDescription = "(no description)";

enum class WordKind : std::uint8_t {
    word,    ///< Says something about whom or what.
    number,  ///< Digits, or mostly: store, date, card tail, reference.
    noise,   ///< The bank's or processor's own: POS, SQ, VISA, GmbH.
    place,   ///< A city, state or country at the end.
    person,  ///< A name that was masked: <person>, <name>.
};

struct Word {
    std::uint16_t from = 0;  ///< As printed, folded.
    std::uint16_t size = 0;
    std::uint16_t latin_from = 0;  ///< The same in Latin letters: what is hashed and compared.
    std::uint16_t latin_size = 0;
    WordKind kind = WordKind::word;
    bool is_frame = false;   ///< Of a bank's phrase around the name: "pago con tarjeta en".
    bool is_tail = false;    ///< Of what stands where a town does.
    std::uint64_t hash = 0;  ///< Of the Latin form.
};

/// A scratch pad that is read into again and again; no allocation.
class MerchantText {
public:
    static constexpr std::size_t kInputBytesMax = 512;  ///< What comes after is not looked at.
    static constexpr std::size_t kWordsMax = 32;

    /// Any bytes. Cost: one pass over the first kInputBytesMax, about 0.3 µs for 30 bytes.
    void read(std::string_view description);

    std::span<const Word> words() const { return {words_.data(), count_}; }
    std::string_view text_of(const Word& word) const {
        return {text_.data() + word.from, word.size};
    }
    /// "магнит" and "magnit" are one word here.
    std::string_view latin_of(const Word& word) const {
        return {text_.data() + word.latin_from, word.latin_size};
    }

    /// Of all words that are not numbers; 0 when there is none.
    std::uint64_t text_key() const { return text_key_; }
    /// Of all words, numbers included; 0 when there is none.
    std::uint64_t full_key() const { return full_key_; }
    /// Of the first words of kind `word` (at most 3) that are no frame, unless all are; 0 when
    /// there is none.
    std::uint64_t merchant_key() const { return merchant_key_; }
    /// For a person: the first words that are neither frame nor tail, "blue bottle coffee".
    std::string merchant() const;
    /// No word speaks of a merchant or of a purpose.
    bool says_nothing() const { return content_count_ == 0; }
    std::size_t content_count() const { return content_count_; }
    bool names_person() const { return names_person_; }

private:
    void split(std::string_view description);
    void end_word(std::size_t from, std::size_t digits, bool is_marked);
    void name_kinds();
    void name_places();
    void mark_frame();
    void mark_tail();
    void make_keys();

    std::array<char, 4096> text_;
    std::size_t size_ = 0;
    std::array<Word, kWordsMax> words_;
    std::size_t count_ = 0;
    std::size_t content_count_ = 0;
    std::uint64_t text_key_ = 0;
    std::uint64_t full_key_ = 0;
    std::uint64_t merchant_key_ = 0;
    bool names_person_ = false;
    bool has_processor_ = false;
    bool is_starred_ = false;     ///< A star follows the first word.
    bool is_only_frame_ = false;  ///< No word is left beside it.
};

/// "blue bottle coffee" → "Blue Bottle Coffee"; letters beyond ASCII stay as they are but for
/// Cyrillic, Greek and accented ones.
std::string title_case(std::string_view words);

}  // namespace atlas::finance::merchants
