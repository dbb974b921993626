// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/source_text.hpp"

#include <algorithm>
#include <utility>

#include "base/utf8.hpp"

namespace atlas::finance::statements {
namespace {

constexpr std::size_t kExcerptBytesMax = 40;
/// Looked at in one go to tell the encoding, and between two tellings of how far a reader is.
constexpr std::size_t kLookedAtBytes = std::size_t{1} << 20;
constexpr std::size_t kToldBytes = std::size_t{4} << 20;

enum class ByteOrder : std::uint8_t { little, big };

std::string from_utf16(std::string_view bytes, ByteOrder order) {
    const auto unit = [&](std::size_t i) -> std::uint32_t {
        const auto first = static_cast<unsigned char>(bytes[i]);
        const auto second = static_cast<unsigned char>(bytes[i + 1]);
        return order == ByteOrder::little ? first | (std::uint32_t{second} << 8U)
                                          : second | (std::uint32_t{first} << 8U);
    };
    std::string out;
    out.reserve(bytes.size() / 2 + bytes.size() / 8);
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        std::uint32_t point = unit(i);
        if (point >= 0xD800 && point < 0xDC00 && i + 3 < bytes.size()) {
            const std::uint32_t low = unit(i + 2);
            if (low >= 0xDC00 && low < 0xE000) {
                point = 0x10000 + ((point - 0xD800) << 10U) + (low - 0xDC00);
                i += 2;
            }
        }
        append_utf8(out, point);
    }
    return out;
}

/// UTF-16 without its mark: text begins with ASCII, so every second byte of the first is zero.
std::optional<ByteOrder> unmarked_utf16(std::string_view bytes) {
    if (bytes.size() < 8) {
        return std::nullopt;
    }
    bool little = true;
    bool big = true;
    for (std::size_t i = 0; i < 8; i += 2) {
        little = little && bytes[i] != '\0' && bytes[i + 1] == '\0';
        big = big && bytes[i] == '\0' && bytes[i + 1] != '\0';
    }
    return little ? std::optional(ByteOrder::little)
                  : (big ? std::optional(ByteOrder::big) : std::nullopt);
}

bool is_blank(char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
}

}  // namespace

SourceText::SourceText(std::string_view bytes, std::function<void(std::size_t)> passed)
    : borrowed_(bytes),
      passed_(std::move(passed)) {
    const auto adopt = [&](std::size_t skip, ByteOrder order) {
        converted_ = from_utf16(bytes.substr(skip), order);
        borrowed_ = {};
        encoding_ = Encoding::utf16;
        marked_ = true;
    };
    if (bytes.starts_with("\xEF\xBB\xBF")) {
        borrowed_.remove_prefix(3);
        marked_ = true;
    } else if (bytes.starts_with("\xFF\xFE")) {
        adopt(2, ByteOrder::little);
    } else if (bytes.starts_with("\xFE\xFF")) {
        adopt(2, ByteOrder::big);
    } else if (const auto order = unmarked_utf16(bytes)) {
        adopt(0, *order);
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
    encoding_ = is_utf8_ ? Encoding::utf8 : guess_one_byte(borrowed_);
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
    if (!marked_ && says_more && !is_utf8_) {
        encoding_ = *declared;
    }
}

void SourceText::choose(Encoding chosen) {
    if (!marked_ && chosen != Encoding::utf16) {
        encoding_ = chosen;
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
