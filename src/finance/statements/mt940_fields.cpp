// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/mt940_fields.hpp"

#include <algorithm>
#include <array>

#include "finance/statements/statement.hpp"

namespace atlas::finance::statements {
namespace {

/// A line this long may have been cut by the bank's wrapping at 65 characters.
constexpr std::size_t kFullLineMin = 40;

// Tags of MT940, MT941, MT942 and the German addition :NS:. Others are text.
constexpr auto kTags = std::to_array<std::string_view>(
    {"13",  "13D", "20",  "21",  "23", "25", "25P", "28",  "28C", "34F", "60F",
     "60M", "61",  "62F", "62M", "64", "65", "86",  "90C", "90D", "NS"});

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// "61:" at the start of `text`: the tag, where it is one of ours.
std::string_view tag_in(std::string_view text) {
    const std::size_t colon = text.substr(0, 4).find(':');
    if (colon == std::string_view::npos) {
        return {};
    }
    const std::string_view tag = text.substr(0, colon);
    return std::ranges::find(kTags, tag) == kTags.end() ? std::string_view{} : tag;
}

std::string_view trimmed(std::string_view text) {
    const auto blank = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
    while (!text.empty() && blank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && blank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

}  // namespace

Mt940Scanner::Mt940Scanner(std::string_view text)
    : text_(text),
      line_end_(text.find('\n') == std::string_view::npos ? '\r' : '\n') {}

Mt940Scanner::Line Mt940Scanner::line_at(std::size_t begin) const {
    const std::size_t end = std::min(text_.find(line_end_, begin), text_.size());
    Line line{.text = text_.substr(begin, end - begin),
              .begin = begin,
              .next = std::min(end + 1, text_.size())};
    if (line.text.ends_with('\r')) {
        line.text.remove_suffix(1);
    }
    return line;
}

/// What begins on this line: a field, the end of a message, or nothing.
std::optional<Mt940Scanner::Start> Mt940Scanner::start_at(const Line& line) const {
    std::string_view rest = line.text;
    const auto skip = [&](std::size_t count) { rest.remove_prefix(count); };
    const auto offset = [&] { return line.begin + (line.text.size() - rest.size()); };
    while (!rest.empty() && static_cast<unsigned char>(rest.front()) <= 0x20) {
        skip(1);
    }
    // Block 4 holds the message; what is before it on its line is the envelope. A message may
    // begin on the line on which the one before ends, and then its tags end that one.
    const bool envelope = rest.starts_with('{') || rest.starts_with("-}");
    const std::size_t block = envelope ? rest.find("{4:") : std::string_view::npos;
    if (block != std::string_view::npos) {
        skip(block + 3);
    } else if (envelope || trimmed(rest) == "-") {
        return Start{.tag = kMt940End, .value = line.next, .offset = offset()};
    }
    if (!rest.starts_with(':')) {
        return std::nullopt;
    }
    const std::size_t at = offset();
    if (trimmed(rest) == ":" && line.next > at) {
        // A tag torn in two: ":" on its own, "86:" on the next line.
        const std::string_view tag = tag_in(text_.substr(line.next));
        return tag.empty() ? std::nullopt
                           : std::optional(Start{
                                 .tag = tag, .value = line.next + tag.size() + 1, .offset = at});
    }
    const std::string_view tag = tag_in(rest.substr(1));
    return tag.empty()
               ? std::nullopt
               : std::optional(Start{.tag = tag, .value = at + tag.size() + 2, .offset = at});
}

/// ":20:37" in a text may be the rest of a time of day that wrapping cut: then the full line
/// before it ends in the hour, and what follows are minutes.
bool Mt940Scanner::is_wrapped_time(std::string_view tag, std::string_view open,
                                   std::string_view before, std::string_view line) const {
    const bool in_text = open == "86" || open == "NS";
    const bool minutes = tag.size() == 2 && line.starts_with(':') && line.size() >= 6 &&
                         is_digit(line[4]) && is_digit(line[5]);
    const bool hour = before.size() >= kFullLineMin && is_digit(before.back()) &&
                      is_digit(before[before.size() - 2]);
    return in_text && minutes && hour && tag != "61" && tag != "86";
}

std::optional<Mt940Field> Mt940Scanner::next() {
    std::optional<Start> start;
    while (at_ < text_.size() && !start.has_value()) {
        const Line line = line_at(at_);
        start = start_at(line);
        at_ = line.next;
    }
    if (!start.has_value()) {
        return std::nullopt;
    }
    if (start->tag == kMt940End) {
        return Mt940Field{.tag = kMt940End, .value = {}, .offset = start->offset};
    }
    // Continuation lines up to the next start.
    Line last = line_at(std::min(start->value, text_.size()));
    std::size_t end = last.begin + last.text.size();
    at_ = last.next;
    while (at_ < text_.size()) {
        const Line line = line_at(at_);
        const auto begins = start_at(line);
        if (begins.has_value() && !is_wrapped_time(begins->tag, start->tag, last.text, line.text)) {
            break;
        }
        end = line.begin + line.text.size();
        at_ = line.next;
        last = line;
    }
    return Mt940Field{
        .tag = start->tag,
        .value = text_.substr(start->value, std::min(end - start->value, kFieldBytesMax)),
        .offset = start->offset};
}

bool looks_like_mt940(std::string_view head) {
    if (head.find("{4:") != std::string_view::npos && head.find("{1:") != std::string_view::npos) {
        return true;
    }
    Mt940Scanner scanner(head);
    while (const auto field = scanner.next()) {
        if (field->tag != kMt940End) {
            return true;
        }
    }
    return false;
}

}  // namespace atlas::finance::statements
