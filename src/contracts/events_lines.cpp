// SPDX-License-Identifier: Apache-2.0
#include "contracts/events_lines.hpp"

#include <algorithm>
#include <optional>

#include "base/format.hpp"
#include "contracts/codec/json.hpp"

namespace atlas::contracts {
namespace {

/// What a line is, before its payload is looked at.
struct Envelope {
    std::string type;
    RawJson payload;
};

}  // namespace

template <>
struct Description<Envelope> {
    static constexpr std::string_view name = "EventLine";
    static constexpr std::string_view doc = "An event as it is sent.";
    static constexpr auto fields = std::array{
        field<&Envelope::type>("type", "Its kind.").at_most(64),
        field<&Envelope::payload>("payload", "What docs/events.md says of that kind."),
    };
};

namespace {

Error at(std::string pointer, std::string detail) {
    return {ErrorCode::invalid_argument, std::move(detail), std::move(pointer)};
}

Result<const EventKind*> kind_of(std::string_view type) {
    const EventKind* const kind = find_event_kind(type);
    if (kind != nullptr && kind->origin == EventOrigin::outside) {
        return kind;
    }
    if (kind != nullptr) {
        return Unexpected(at("/type", format("{} is written by Atlas alone", type)));
    }
    std::string accepted;
    for (const EventKind& known : event_kinds()) {
        if (known.origin == EventOrigin::outside) {
            accepted += format("{}{}", accepted.empty() ? "" : ", ", known.type);
        }
    }
    return Unexpected(at("/type", format("\"{}\" is not one of: {}", type, accepted)));
}

Result<EventLine> read_line(std::string_view line) {
    if (line.size() > kEventLineBytesMax) {
        return Unexpected(at("", format("a line of {} bytes; at most {} accepted", line.size(),
                                        kEventLineBytesMax)));
    }
    Envelope envelope;
    ATLAS_TRY(read_json(line, type_info<Envelope>, &envelope));
    ATLAS_TRY_ASSIGN(const EventKind* const kind, kind_of(envelope.type));
    const std::shared_ptr<void> payload = kind->payload->create();
    if (auto read = read_json(envelope.payload.text, *kind->payload, payload.get());
        !read.has_value()) {
        Error error = std::move(read).error();
        error.place.insert(0, "/payload");
        return Unexpected(std::move(error));
    }
    return EventLine{.kind = kind, .payload = std::move(envelope.payload.text)};
}

/// A line as programs write it, `{"type":"X","payload":{…}}` without spaces between: then what is
/// left after the head and before the last brace is the payload, whole or not JSON at all. Nothing
/// for any other line, good or bad.
std::optional<EventLine> read_plain_line(std::string_view text, const JsonSpan& span) {
    constexpr std::string_view kHead = R"({"type":")";
    constexpr std::string_view kMiddle = R"(","payload":)";
    std::string_view line = text.substr(span.at, span.size);
    if (!line.empty() && line.back() == '\r') {
        line.remove_suffix(1);
    }
    if (line.size() > kEventLineBytesMax || !line.starts_with(kHead) || !line.ends_with("}}")) {
        return std::nullopt;
    }
    const std::string_view type =
        line.substr(kHead.size(), line.find('"', kHead.size()) - kHead.size());
    const std::size_t begin = kHead.size() + type.size() + kMiddle.size();
    if (begin >= line.size() - 1 || line[begin] != '{' ||
        line.substr(kHead.size() + type.size(), kMiddle.size()) != kMiddle) {
        return std::nullopt;
    }
    const auto kind = kind_of(type);
    if (!kind.has_value()) {
        return std::nullopt;
    }
    const std::shared_ptr<void> payload = (*kind)->payload->create();
    const JsonSpan inner{span.at + begin, line.size() - 1 - begin};
    if (!read_json_within(text, inner, *(*kind)->payload, payload.get()).has_value()) {
        return std::nullopt;  // The reader of any line says what is wrong.
    }
    return EventLine{.kind = *kind, .payload = std::string(text.substr(inner.at, inner.size))};
}

void add(EventLines& lines, std::string_view line, std::int64_t number) {
    auto read = read_line(line);
    if (read.has_value()) {
        lines.events.push_back(*std::move(read));
        return;
    }
    if (++lines.rejected <= static_cast<std::int64_t>(kLineProblemsMax)) {
        lines.problems.push_back(
            {.line = number, .pointer = read.error().place, .detail = read.error().message});
    }
}

bool is_blank(std::string_view line) {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

Result<EventLines> read_event_lines(std::string_view text) {
    const std::string_view all = text;
    EventLines lines;
    const auto count = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    lines.events.reserve(std::min(count, kEventLinesMax));
    std::size_t found = 0;
    for (std::int64_t number = 1; !text.empty(); ++number) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (is_blank(line)) {
            continue;
        }
        if (++found > kEventLinesMax) {
            return fail(ErrorCode::too_large, format("line {}", number),
                        format("more than {} events at once", kEventLinesMax));
        }
        const JsonSpan span{static_cast<std::size_t>(line.data() - all.data()), line.size()};
        if (auto plain = read_plain_line(all, span)) {
            lines.events.push_back(*std::move(plain));
        } else {
            add(lines, line, number);
        }
    }
    return lines;
}

EventLines read_one_event(std::string_view text) {
    EventLines lines;
    add(lines, text, 1);
    return lines;
}

}  // namespace atlas::contracts
