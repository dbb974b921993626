// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/xml_scanner.hpp"

#include <algorithm>
#include <pugixml.hpp>

namespace atlas::finance::statements {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool begins_name(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == ':' ||
           static_cast<unsigned char>(c) >= 0x80U;
}

bool is_symbol(char c) {
    return begins_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

}  // namespace

std::string_view local_name(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::optional<XmlTag> XmlScanner::next() {
    while (!broken_.has_value()) {
        at_ = text_.find('<', at_);
        if (at_ == std::string_view::npos) {
            at_ = text_.size();
            finish();
            return std::nullopt;
        }
        const char mark = at(at_ + 1);
        if (begins_name(mark)) {
            return open_tag();
        }
        if (mark == '/') {
            return close_tag();
        }
        const bool skipped = mark == '?'   ? skip_instruction()
                             : mark == '!' ? skip_exclamation()
                                           : false;
        if (!skipped && !broken_.has_value()) {
            break_at(at_ + 1, pugi::status_unrecognized_tag);
        }
    }
    return std::nullopt;
}

void XmlScanner::finish() {
    if (!open_.empty()) {
        break_at(text_.size(), pugi::status_end_element_mismatch);
    } else if (!saw_element_) {
        break_at(text_.size(), pugi::status_no_document_element);
    }
}

void XmlScanner::break_at(std::size_t offset, int status) {
    pugi::xml_parse_result result;
    result.status = static_cast<pugi::xml_parse_status>(status);
    // pugixml puts its NUL in the place of the last byte.
    const std::size_t last = text_.empty() ? 0 : text_.size() - 1;
    broken_ = XmlBreak{.offset = std::min(offset, last), .why = result.description()};
}

std::size_t XmlScanner::behind_symbols(std::size_t offset) const {
    while (is_symbol(at(offset))) {
        ++offset;
    }
    return offset;
}

std::size_t XmlScanner::behind_blanks(std::size_t offset) const {
    while (is_blank(at(offset))) {
        ++offset;
    }
    return offset;
}

std::optional<XmlTag> XmlScanner::open_tag() {
    saw_element_ = true;
    std::size_t end = behind_symbols(at_ + 1);
    XmlTag tag{.kind = XmlTag::Kind::open,
               .name = text_.substr(at_ + 1, end - at_ - 1),
               .begin = at_,
               .end = 0,
               .level = open_.size() + 1};
    const bool has_blank = is_blank(at(end));
    if (has_blank) {
        end = behind_blanks(end);
        while (begins_name(at(end)) && take_attribute(end)) {}
    }
    if (!broken_.has_value() && at(end) == '/' && at(end + 1) == '>') {
        tag.kind = XmlTag::Kind::empty;
        ++end;
    } else if (!broken_.has_value() && at(end) != '>') {
        const bool is_behind = at(end) == '/' || (!has_blank && at(end) != '\0');
        break_at(end + (is_behind ? 1 : 0), pugi::status_bad_start_element);
    }
    tag.end = std::min(end + 1, text_.size());
    at_ = tag.end;
    if (tag.kind == XmlTag::Kind::open) {
        if (open_.size() == kXmlDepthMax) {
            broken_ = XmlBreak{.offset = tag.begin, .why = "elements inside elements without end"};
            return std::nullopt;
        }
        open_.push_back(tag.name);
    }
    return tag;
}

/// `name = "value"` and the blanks behind it. False where it is none; then the text is broken.
bool XmlScanner::take_attribute(std::size_t& offset) {
    const auto refuse = [&](std::size_t where) {
        break_at(where, pugi::status_bad_attribute);
        return false;
    };
    offset = behind_blanks(behind_symbols(offset));
    if (at(offset) != '=') {
        return refuse(offset + 1);
    }
    offset = behind_blanks(offset + 1);
    const char quote = at(offset);
    if (quote != '"' && quote != '\'') {
        return refuse(offset);
    }
    const std::size_t close = text_.find(quote, offset + 1);
    if (close == std::string_view::npos) {
        return refuse(offset + 1);
    }
    offset = close + 1;
    if (begins_name(at(offset))) {
        return refuse(offset);
    }
    offset = behind_blanks(offset);
    return true;
}

std::optional<XmlTag> XmlScanner::close_tag() {
    const std::size_t begin = at_ + 2;
    std::size_t end = behind_symbols(begin);
    const std::string_view name = text_.substr(begin, end - begin);
    if (open_.empty() || open_.back() != name) {
        break_at(begin, pugi::status_end_element_mismatch);
        return std::nullopt;
    }
    end = behind_blanks(end);
    if (at(end) != '>') {
        break_at(end, pugi::status_bad_end_element);
        return std::nullopt;
    }
    const XmlTag tag{.kind = XmlTag::Kind::close,
                     .name = name,
                     .begin = at_,
                     .end = end + 1,
                     .level = open_.size()};
    open_.pop_back();
    at_ = tag.end;
    return tag;
}

bool XmlScanner::skip_to(std::string_view end, std::size_t from, int status) {
    const std::size_t found = text_.find(end, from);
    if (found == std::string_view::npos) {
        break_at(status == pugi::status_bad_cdata ? from : text_.size(), status);
        return false;
    }
    at_ = found + end.size();
    return true;
}

bool XmlScanner::skip_instruction() {
    if (!begins_name(at(at_ + 2))) {
        break_at(at_ + 2, pugi::status_bad_pi);
        return false;
    }
    return skip_to("?>", behind_symbols(at_ + 2), pugi::status_bad_pi);
}

bool XmlScanner::skip_exclamation() {
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with("<!--")) {
        return skip_to("-->", at_ + 4, pugi::status_bad_comment);
    }
    if (rest.starts_with("<![CDATA[")) {
        return skip_to("]]>", at_ + 9, pugi::status_bad_cdata);
    }
    if (rest.starts_with("<!-")) {
        break_at(at_ + 3, pugi::status_bad_comment);
    } else if (rest.starts_with("<![")) {
        break_at(at_ + 3, pugi::status_bad_cdata);
    }
    return false;
}

}  // namespace atlas::finance::statements
