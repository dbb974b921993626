// SPDX-License-Identifier: Apache-2.0
// Events over HTTP: sending what people, markets and other programs have to tell, reading back
// what a household was told and what its ledger did, and following it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contracts/route.hpp"

namespace atlas::contracts {

inline constexpr std::size_t kEventLinesMax = 10'000;
inline constexpr std::size_t kEventBodyBytesMax = std::size_t{8} << 20U;
inline constexpr std::size_t kLineProblemsMax = 100;

struct IngestEvents {
    std::optional<std::string> content_type;
    std::string content;
};
template <>
struct Description<IngestEvents> {
    using T = IngestEvents;
    static constexpr std::string_view name = "IngestEvents";
    static constexpr std::string_view doc =
        "An event a line, {\"type\":\"PriceObserved\",\"payload\":{…}}; one event of any layout as "
        "application/json. What a payload holds: docs/events.md.";
    static constexpr auto fields = std::array{
        field<&T::content_type>("content_type", "application/json: the body is one event.")
            .from_header("Content-Type")
            .at_most(255),
        field<&T::content>("content", "The lines.")
            .from_raw_body()
            .at_most(kEventBodyBytesMax)
            .or_default(),
    };
};

struct LineProblem {
    std::int64_t line = 0;
    std::string pointer;
    std::string detail;
    friend bool operator==(const LineProblem&, const LineProblem&) = default;
};
template <>
struct Description<LineProblem> {
    using T = LineProblem;
    static constexpr std::string_view name = "LineProblem";
    static constexpr std::string_view doc = "What is wrong with a line; nothing of it is stored.";
    static constexpr auto fields = std::array{
        field<&T::line>("line", "From 1."),
        field<&T::pointer>("pointer", "JSON pointer into the line; empty: all of it."),
        field<&T::detail>("detail", "A sentence."),
    };
};

struct EventsAccepted {
    std::int64_t accepted = 0;
    std::int64_t rejected = 0;
    Timestamp recorded_at;
    std::vector<LineProblem> problems;
};
template <>
struct Description<EventsAccepted> {
    using T = EventsAccepted;
    static constexpr std::string_view name = "EventsAccepted";
    static constexpr std::string_view doc = "The good lines are on stable storage.";
    static constexpr auto fields = std::array{
        field<&T::accepted>("accepted", "Events stored."),
        field<&T::rejected>("rejected", "Lines refused."),
        field<&T::recorded_at>("recorded_at", "When they became known, UTC."),
        field<&T::problems>("problems", "Of the first 100 refused lines."),
    };
};

enum class EventTopic : std::uint8_t { events, ledger };
template <>
struct Description<EventTopic> {
    static constexpr std::string_view name = "EventTopic";
    static constexpr auto words = std::to_array<std::string_view>({"events", "ledger"});
};

struct ListEvents {
    EventTopic topic = EventTopic::events;
    std::optional<std::int64_t> from;
    std::optional<Timestamp> since;
    std::optional<std::string> type;
    std::optional<std::string> cursor;
    std::int64_t limit = 100;
};
template <>
struct Description<ListEvents> {
    using T = ListEvents;
    static constexpr std::string_view name = "ListEvents";
    static constexpr std::string_view doc = "Which events, oldest first.";
    static constexpr auto fields = std::array{
        field<&T::topic>("topic", "What was sent in, or what the ledger did.").or_default(),
        field<&T::from>("from", "Offset of the first.").range(0, 9e15),
        field<&T::since>("since", "Those that became known at this time or later."),
        field<&T::type>("type", "Of this kind alone.").at_most(64),
        field<&T::cursor>("cursor", "From the page before.").at_most(64),
        field<&T::limit>("limit", "Events at most.").range(1, 1000).or_default(),
    };
};

struct EventValue {
    std::int64_t offset = 0;
    std::int64_t sequence = 0;
    std::string type;
    Timestamp recorded_at;
    RawJson payload;
    std::optional<std::string> payload_at{};
};
template <>
struct Description<EventValue> {
    using T = EventValue;
    static constexpr std::string_view name = "Event";
    static constexpr std::string_view doc = "A stored event.";
    static constexpr auto fields = std::array{
        field<&T::offset>("offset", "Its place; rises, with gaps."),
        field<&T::sequence>("sequence", "The household's own count; a repeat has the same."),
        field<&T::type>("type", "Its kind; Erased where its household was."),
        field<&T::recorded_at>("recorded_at", "When it became known, UTC."),
        field<&T::payload>("payload", "As it was sent."),
        field<&T::payload_at>(
            "payload_at",
            "On the stream alone: the payload is over 64 KiB, null here, and whole at this path."),
    };
};

struct EventPage {
    std::vector<EventValue> items;
    std::optional<std::string> next_cursor;
    std::int64_t next_offset = 0;
};
template <>
struct Description<EventPage> {
    using T = EventPage;
    static constexpr std::string_view name = "EventPage";
    static constexpr std::string_view doc = "Events, oldest first.";
    static constexpr auto fields = std::array{
        field<&T::items>("items", "The events."),
        field<&T::next_cursor>("next_cursor", "Absent when nothing follows yet."),
        field<&T::next_offset>("next_offset", "Where to go on later."),
    };
};

struct StreamEvents {
    EventTopic topic = EventTopic::events;
    std::optional<std::int64_t> from;
    std::optional<std::string> last_event_id;
};
template <>
struct Description<StreamEvents> {
    using T = StreamEvents;
    static constexpr std::string_view name = "StreamEvents";
    static constexpr std::string_view doc = "What to follow, and from where on.";
    static constexpr auto fields = std::array{
        field<&T::topic>("topic", "What was sent in, or what the ledger did.").or_default(),
        field<&T::from>("from", "Offset of the first; absent: what comes from now on.")
            .range(0, 9e15),
        field<&T::last_event_id>("last_event_id", "The last one seen; goes on behind it.")
            .from_header("Last-Event-ID")
            .at_most(20),
    };
};

inline constexpr Route<IngestEvents, EventsAccepted> ingest_events{
    {.method = Method::post,
     .path = "/api/v1/events",
     .operation = "ingest_events",
     .summary = "Store events; answered once they are on stable storage.",
     .scope = Scope::write,
     .execution = Execution::compute,
     .request_format = BodyFormat::ndjson,
     .body_bytes_max = kEventBodyBytesMax,
     .deadline_ms = 30'000}};

inline constexpr Route<ListEvents, EventPage> list_events{
    {.method = Method::get,
     .path = "/api/v1/events",
     .operation = "list_events",
     .summary = "Events of the household, oldest first, from an offset or a time on."}};

inline constexpr Route<StreamEvents, Empty> stream_events{
    {.method = Method::get,
     .path = "/api/v1/events/stream",
     .operation = "stream_events",
     .summary = "Server-sent events: each event of the household, its offset as the id.",
     .response_format = BodyFormat::event_stream}};

}  // namespace atlas::contracts
