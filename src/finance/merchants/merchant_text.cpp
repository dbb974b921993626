// SPDX-License-Identifier: Apache-2.0
#include "finance/merchants/merchant_text.hpp"

#include <algorithm>
#include <array>

#include "finance/merchants/fold.hpp"
#include "finance/merchants/word_lists.hpp"

namespace atlas::finance::merchants {
namespace {

constexpr std::size_t kMerchantWordsMax = 3;
constexpr std::size_t kProcessorLettersMax = 3;

/// What an ASCII letter or digit folds to; 0 for every other byte.
constexpr std::array<char, 256> kPlain = [] {
    std::array<char, 256> table{};
    for (std::size_t c = 0; c < 128; ++c) {
        const bool is_capital = c >= 'A' && c <= 'Z';
        const bool is_kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        table[c] = static_cast<char>(is_capital ? c + 32 : is_kept ? c : 0);
    }
    return table;
}();

bool is_apostrophe(std::uint32_t c) {
    return c == '\'' || c == '`' || c == 0x2019 || c == 0x2018 || c == 0xB4;
}

}  // namespace

void MerchantText::end_word(std::size_t from, std::size_t digits, bool is_marked) {
    if (from == size_ || count_ == kWordsMax) {
        return;
    }
    Word& word = words_[count_++];
    word = {.from = static_cast<std::uint16_t>(from),
            .size = static_cast<std::uint16_t>(size_ - from),
            .latin_from = static_cast<std::uint16_t>(from),
            .latin_size = static_cast<std::uint16_t>(size_ - from)};
    const std::string_view text = text_of(word);
    if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
        const std::span<char> room = std::span(text_).subspan(size_);
        word.latin_from = static_cast<std::uint16_t>(size_);
        word.latin_size = static_cast<std::uint16_t>(transliterate(text, room));
        size_ += word.latin_size;
    }
    word.hash = hash_of(latin_of(word));
    const std::size_t letters = word.size - digits;
    if (digits > 0 && (letters == 0 || digits >= 3 || digits > letters)) {
        word.kind = WordKind::number;
    } else if (letters >= 3 && std::ranges::all_of(text, [](char c) { return c == 'x'; })) {
        word.kind = WordKind::number;  // A masked card: xxxx.
    } else if (is_marked) {
        const bool is_person = text == "person" || text == "name";
        word.kind = is_person ? WordKind::person : WordKind::number;
    }
}

void MerchantText::split(std::string_view description) {
    description = description.substr(0, kInputBytesMax);
    std::size_t from = 0;
    std::size_t digits = 0;
    bool is_marked = false;  // Inside <…>: what somebody blanked out.
    for (std::size_t at = 0; at < description.size() && count_ < kWordsMax;) {
        if (const char plain = kPlain[static_cast<unsigned char>(description[at])]; plain != 0) {
            text_[size_++] = plain;
            digits += plain <= '9' ? 1 : 0;
            ++at;
            continue;
        }
        // Every other ASCII byte is a separator.
        const auto byte = static_cast<unsigned char>(description[at]);
        const std::uint32_t c = byte < 0x80 ? byte : next_code_point(description, at);
        at += byte < 0x80 ? 1U : 0U;
        const Folded folded = byte < 0x80 ? Folded{} : fold(c);
        if (folded.size > 0) {
            std::copy_n(folded.bytes, folded.size, text_.begin() + static_cast<long>(size_));
            size_ += folded.size;
            digits += folded.is_digit ? 1 : 0;
            continue;
        }
        if (folded.is_mark || (is_apostrophe(c) && size_ > from)) {
            continue;
        }
        if (c == '&' && size_ > from && at < description.size() && description[at] != ' ') {
            continue;  // H&M, B&H: one word.
        }
        end_word(from, digits, is_marked);
        is_marked = c == '<' || (is_marked && c != '>');
        // "SQ *", "TST*", "APL*": a star after a few letters ends the processor's own mark.
        is_starred_ = is_starred_ || (c == '*' && count_ == 1);
        if (c == '*' && count_ == 1 && words_[0].latin_size <= kProcessorLettersMax) {
            has_processor_ = true;
        }
        from = size_;
        digits = 0;
    }
    end_word(from, digits, is_marked);
}

void MerchantText::name_kinds() {
    for (std::size_t i = 0; i < count_; ++i) {
        Word& word = words_[i];
        if (word.kind == WordKind::person) {
            names_person_ = true;
        }
        // "7 Eleven", "5 Guys": a short number in front is part of the name.
        if (word.kind == WordKind::number && i == 0 && word.size <= 3 && count_ > 1 &&
            words_[1].kind == WordKind::word && words_[1].size >= 3) {
            word.kind = WordKind::word;
        } else if (word.kind == WordKind::word &&
                   (word.latin_size <= 1 || is_noise(word.hash) ||
                    (i == 0 && has_processor_ && count_ > 1 && words_[1].kind == WordKind::word))) {
            word.kind = WordKind::noise;
        }
    }
}

/// From the end: places, numbers and noise, as long as something is left in front.
void MerchantText::name_places() {
    std::size_t first = 0;
    while (first < count_ && words_[first].kind != WordKind::word) {
        ++first;
    }
    for (std::size_t i = count_; i > first + 1;) {
        --i;
        Word& word = words_[i];
        const bool joins =
            i + 1 < count_ && words_[i + 1].kind == WordKind::place && is_place_start(word.hash);
        if (is_place(word.hash) || joins) {
            word.kind = WordKind::place;
        } else if (word.kind == WordKind::word) {
            // "San Francisco": the second word is no place alone; look one further.
            if (i > first + 1 && is_place_start(words_[i - 1].hash)) {
                word.kind = WordKind::place;
                continue;
            }
            return;
        }
    }
}

void MerchantText::make_keys() {
    std::size_t taken = 0;
    for (const Word& word : words()) {
        full_key_ = join_hashes(full_key_, word.hash);
        if (word.kind != WordKind::number) {
            text_key_ = join_hashes(text_key_, word.hash);
        }
        if (word.kind == WordKind::word || word.kind == WordKind::person) {
            const bool counts = !word.is_frame || is_only_frame_;
            if (counts && taken < kMerchantWordsMax) {
                ++taken;
                merchant_key_ = join_hashes(merchant_key_, word.hash);
            }
            ++content_count_;
        }
    }
}

void MerchantText::read(std::string_view description) {
    size_ = 0;
    count_ = 0;
    content_count_ = 0;
    text_key_ = 0;
    full_key_ = 0;
    merchant_key_ = 0;
    names_person_ = false;
    has_processor_ = false;
    is_starred_ = false;
    if (description == kNoDescription) {
        return;
    }
    split(description);
    name_kinds();
    name_places();
    mark_frame();
    mark_tail();
    make_keys();
}

std::string MerchantText::merchant() const {
    std::string name;
    std::size_t taken = 0;
    for (const Word& word : words()) {
        const bool is_name = word.kind == WordKind::word && !word.is_frame && !word.is_tail;
        if (is_name && taken < kMerchantWordsMax) {
            name += name.empty() ? "" : " ";
            name += text_of(word);
            ++taken;
        }
    }
    return name;
}

std::string title_case(std::string_view words) {
    std::string out;
    bool is_start = true;
    for (std::size_t at = 0; at < words.size();) {
        const std::size_t from = at;
        const std::uint32_t c = next_code_point(words, at);
        if (is_start && c >= 'a' && c <= 'z') {
            out += static_cast<char>(c - 32);
        } else if (is_start && c >= 0x430 && c <= 0x44F) {
            const std::uint32_t upper = c - 0x20;
            out += static_cast<char>(static_cast<unsigned char>(0xC0 | (upper >> 6)));
            out += static_cast<char>(static_cast<unsigned char>(0x80 | (upper & 0x3F)));
        } else {
            out += words.substr(from, at - from);
        }
        is_start = c == ' ';
    }
    return out;
}

}  // namespace atlas::finance::merchants
