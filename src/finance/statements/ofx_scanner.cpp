// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/ofx_scanner.hpp"

#include <array>

namespace atlas::finance::statements {
namespace {

constexpr std::string_view kCdataOpen = "<![CDATA[";
constexpr std::string_view kCdataClose = "]]>";
constexpr std::size_t kEntityBytesMax = 10;
constexpr std::size_t kAttributeBytesMax = 4096;

bool is_name_char(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-' || c == ':';
}

bool is_space(char c) {
    return static_cast<unsigned char>(c) <= 0x20;
}

struct Entity {
    std::string_view name;
    std::string_view text;
};
constexpr auto kEntities = std::to_array<Entity>({
    {"amp", "&"},
    {"lt", "<"},
    {"gt", ">"},
    {"quot", "\""},
    {"apos", "'"},
    {"nbsp", " "},
});

/// Resolves the reference behind the '&'; appends nothing where it is none we know.
bool append_entity(std::string_view name, std::string& out) {
    for (const Entity& entity : kEntities) {
        if (entity.name == name) {
            out += entity.text;
            return true;
        }
    }
    if (name.size() < 2 || name[0] != '#') {
        return false;
    }
    const bool hex = name[1] == 'x' || name[1] == 'X';
    std::uint32_t point = 0;
    for (const char c : name.substr(hex ? 2 : 1)) {
        std::uint32_t digit = 16;
        if (c >= '0' && c <= '9') {
            digit = static_cast<std::uint32_t>(c - '0');
        } else if (hex && (c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
            digit = static_cast<std::uint32_t>((c | 0x20) - 'a') + 10;
        }
        if (digit >= (hex ? 16U : 10U)) {
            return false;
        }
        point = point * (hex ? 16U : 10U) + digit;
    }
    if (name.size() == (hex ? 2U : 1U) || point == 0) {
        return false;
    }
    append_utf8(out, point);
    return true;
}

void append_unescaped(std::string_view utf8, std::string& out) {
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        if (utf8[i] == '&') {
            const std::string_view window = utf8.substr(i + 1, kEntityBytesMax);
            const std::size_t end = window.find(';');
            if (end != std::string_view::npos && append_entity(window.substr(0, end), out)) {
                i += end + 1;
                continue;
            }
        }
        out += utf8[i];
    }
}

}  // namespace

std::optional<OfxTag> OfxScanner::next() {
    if (!started_) {
        started_ = true;
        ahead_ = find_tag(0);
    }
    if (!ahead_.has_value()) {
        return std::nullopt;
    }
    const Found here = *ahead_;
    ahead_ = find_tag(here.end);
    std::size_t begin = here.end;
    std::size_t end = ahead_.has_value() ? ahead_->offset : text_.size();
    while (begin < end && is_space(text_[begin])) {
        ++begin;
    }
    while (end > begin && is_space(text_[end - 1])) {
        --end;
    }
    saw_close_ = saw_close_ || here.closing;
    return OfxTag{.kind = here.closing ? OfxTag::Kind::close : OfxTag::Kind::open,
                  .name = here.name,
                  .offset = here.offset,
                  .value = here.closing ? std::string_view{} : text_.substr(begin, end - begin),
                  .value_offset = begin};
}

std::optional<OfxScanner::Found> OfxScanner::find_tag(std::size_t from) {
    while (true) {
        const std::size_t offset = text_.find('<', from);
        if (offset == std::string_view::npos || offset + 1 >= text_.size()) {
            return std::nullopt;
        }
        const char mark = text_[offset + 1];
        if (mark == '!' || mark == '?') {
            from = skip_markup(offset);
            continue;
        }
        if (const auto tag = tag_at(offset)) {
            return tag;
        }
        from = offset + 1;
    }
}

std::optional<OfxScanner::Found> OfxScanner::tag_at(std::size_t offset) const {
    const bool closing = text_[offset + 1] == '/';
    const std::size_t begin = offset + (closing ? 2 : 1);
    std::size_t end = begin;
    while (end < text_.size() && end - begin <= kOfxNameBytesMax && is_name_char(text_[end])) {
        ++end;
    }
    if (end == begin || end - begin > kOfxNameBytesMax || end == text_.size()) {
        return std::nullopt;
    }
    const std::string_view name = text_.substr(begin, end - begin);
    // Attributes, or "< 5 >" in a text: a name is followed by '>' at once or by a space.
    if (text_[end] != '>' && text_[end] != '/' && !is_space(text_[end])) {
        return std::nullopt;
    }
    const std::size_t close = text_.substr(0, end + kAttributeBytesMax).find_first_of("<>", end);
    if (close == std::string_view::npos || text_[close] == '<') {
        return std::nullopt;
    }
    return Found{.offset = offset, .end = close + 1, .name = name, .closing = closing};
}

std::size_t OfxScanner::skip_markup(std::size_t offset) {
    const std::string_view rest = text_.substr(offset);
    if (rest.starts_with("<!--") && comments_end_) {
        const std::size_t end = text_.find("-->", offset + 4);
        comments_end_ = end != std::string_view::npos;
        return comments_end_ ? end + 3 : offset + 4;
    }
    if (rest.starts_with(kCdataOpen) && cdata_ends_) {
        const std::size_t end = text_.find(kCdataClose, offset + kCdataOpen.size());
        cdata_ends_ = end != std::string_view::npos;
        return cdata_ends_ ? end + kCdataClose.size() : offset + kCdataOpen.size();
    }
    const std::size_t end =
        text_.substr(0, offset + kAttributeBytesMax).find_first_of("<>", offset + 1);
    return end == std::string_view::npos || text_[end] == '<' ? offset + 1 : end + 1;
}

std::string ofx_text(std::string_view raw, const SourceText& source) {
    const bool plain = raw.find_first_of("&<") == std::string_view::npos;
    if (plain) {
        return source.clean(raw);
    }
    const std::string utf8 = to_utf8(raw, source.encoding());
    std::string out;
    std::string_view rest = utf8;
    while (!rest.empty()) {
        const std::size_t open = rest.find(kCdataOpen);
        append_unescaped(rest.substr(0, open), out);
        if (open == std::string_view::npos) {
            break;
        }
        rest.remove_prefix(open + kCdataOpen.size());
        const std::size_t close = rest.find(kCdataClose);
        out += rest.substr(0, close);
        rest.remove_prefix(close == std::string_view::npos ? rest.size()
                                                           : close + kCdataClose.size());
    }
    return collapse_spaces(out);
}

}  // namespace atlas::finance::statements
