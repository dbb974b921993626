// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/source_text.hpp"

#include <algorithm>
#include <utility>

#include "base/utf8.hpp"
#include "finance/statements/double_byte.hpp"
#include "finance/statements/double_byte_guess.hpp"
#include "finance/statements/utf16.hpp"

namespace atlas::finance::statements {
namespace {

constexpr std::size_t kExcerptBytesMax = 40;
/// Looked at in one go to tell the encoding, and between two tellings of how far a reader is.
constexpr std::size_t kLookedAtBytes = std::size_t{1} << 20;
constexpr std::size_t kToldBytes = std::size_t{4} << 20;

std::string from_utf16(std::string_view bytes, ByteOrder order) {
    std::string out;
    out.reserve(bytes.size() / 2 + bytes.size() / 8);
    Utf16Converter converter(order);
    converter.add(bytes, out);
    converter.finish(out);
    return out;
}

bool is_blank(char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
}

}  // namespace

SourceText::SourceText(std::string_view bytes, std::function<void(std::size_t)> passed,
                       std::optional<Encoding> converted_from)
    : borrowed_(bytes),
      passed_(std::move(passed)) {
    if (converted_from.has_value()) {
        encoding_ = *converted_from;
        marked_ = true;
    } else if (bytes.starts_with("\xEF\xBB\xBF")) {
        borrowed_.remove_prefix(3);
        marked_ = true;
    } else if (const auto mark = utf16_mark(bytes)) {
        converted_ = from_utf16(bytes.substr(mark->size), mark->order);
        borrowed_ = {};
        encoding_ = Encoding::utf16;
        marked_ = true;
    } else {
        settle_encoding();
    }
}

void SourceText::settle_encoding() {
    is_ascii_ = true;
    is_utf8_ = true;
    for (std::size_t at = 0; at < borrowed_.size() && is_utf8_;) {
        const std::string_view rest = borrowed_.substr(at);
        const std::size_t size = whole_characters(rest, kLookedAtBytes);
        // A window of continuation bytes alone is no text in UTF-8 anyway.
        const std::string_view window = rest.substr(0, size == 0 ? kLookedAtBytes : size);
        const bool ascii = std::ranges::all_of(
            window, [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
        is_ascii_ = is_ascii_ && ascii;
        is_utf8_ = ascii || is_utf8(window);
        at += window.size();
        reached(at);
    }
    const auto high = std::ranges::find_if(
        borrowed_, [](char c) { return static_cast<unsigned char>(c) >= 0x80U; });
    const std::size_t before = static_cast<std::size_t>(high - borrowed_.begin());
    is_utf8_ = is_utf8_ || is_mostly_utf8(borrowed_.substr(before, kLookedAtBytes));
    if (is_utf8_) {
        encoding_ = Encoding::utf8;
        return;
    }
    const OneByteGuess guess = guess_encoding(borrowed_);
    encoding_ = guess.encoding;
    rival_ = guess.rival;
}

void SourceText::reached(std::size_t offset) const {
    told_ = std::min(told_, offset);  // A new pass begins at the front.
    if (passed_ && converted_.empty() && offset - told_ >= kToldBytes) {
        told_ = offset;
        passed_(offset);
    }
}

void SourceText::declare(std::optional<Encoding> declared) {
    const bool says_more =
        declared.has_value() && *declared != Encoding::utf8 && *declared != Encoding::utf16;
    const bool is_proven = is_double_byte(encoding_) && !rival_.has_value();
    if (!marked_ && says_more && !is_utf8_ && (!is_proven || is_double_byte(*declared))) {
        encoding_ = *declared;
        rival_.reset();
    }
}

void SourceText::choose(Encoding chosen) {
    if (!marked_ && chosen != Encoding::utf16) {
        encoding_ = chosen;
        rival_.reset();
    }
}

std::string SourceText::clean(std::string_view piece) const {
    return collapse_spaces(to_utf8(piece, encoding_));
}

LineCounter::LineCounter(std::string_view text)
    : text_(text),
      line_end_(text.find('\n') == std::string_view::npos ? '\r' : '\n') {}

SourcePosition LineCounter::at(std::size_t offset) {
    offset = std::min(offset, text_.size());
    if (offset < line_start_) {
        const std::string_view passed = text_.substr(offset, line_start_ - offset);
        line_ -= std::ranges::count(passed, line_end_);
        const std::size_t before =
            offset == 0 ? std::string_view::npos : text_.rfind(line_end_, offset - 1);
        line_start_ = before == std::string_view::npos ? 0 : before + 1;
        counted_ = offset;
    }
    counted_ = std::min(counted_, offset);
    while (true) {
        const std::size_t end = text_.substr(0, offset).find(line_end_, counted_);
        if (end == std::string_view::npos) {
            break;
        }
        counted_ = end + 1;
        line_start_ = counted_;
        ++line_;
    }
    counted_ = offset;
    return {.line = line_,
            .column = static_cast<std::int64_t>(offset - line_start_) + 1,
            .offset = static_cast<std::int64_t>(offset)};
}

std::string collapse_spaces(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool gap = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool hard_space = text.substr(i).starts_with("\xC2\xA0");
        if (hard_space || is_blank(text[i])) {
            gap = true;
            i += hard_space ? 1 : 0;
            continue;
        }
        if (gap && !out.empty()) {
            out += ' ';
        }
        gap = false;
        out += text[i];
    }
    return out;
}

std::string limit_text(std::string utf8) {
    const std::size_t size = whole_characters(utf8, kTextBytesMax);
    if (size < utf8.size()) {
        utf8.resize(size);
        utf8 += "…";
    }
    return utf8;
}

std::string excerpt(std::string_view utf8) {
    const std::size_t size = whole_characters(utf8, kExcerptBytesMax);
    std::string out(utf8.substr(0, size));
    std::ranges::replace_if(out, is_blank, ' ');
    return size < utf8.size() ? out + "…" : out;
}

}  // namespace atlas::finance::statements
