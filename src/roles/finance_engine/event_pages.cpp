// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include "roles/event_slice.hpp"
#include "roles/finance_engine/event_ingest.hpp"

namespace atlas::roles::finance_engine {
namespace {

Result<ports::Offset> read_cursor(std::string_view cursor) {
    ports::Offset offset = 0;
    const auto [end, code] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), offset);
    if (code != std::errc{} || end != cursor.data() + cursor.size() || offset < 0) {
        return invalid_argument("/cursor", "this cursor is not one that Atlas gave");
    }
    return offset;
}

}  // namespace

Result<contracts::EventPage> read_event_page(ports::EventBus& bus, HouseholdId household,
                                             const contracts::ListEvents& request) {
    const std::string_view topic = topic_of(request.topic);
    ports::Offset from = request.from.value_or(0);
    if (request.from.has_value() && request.since.has_value()) {
        return invalid_argument("/since", "give an offset or a time, not both");
    }
    if (request.since.has_value()) {
        ATLAS_TRY_ASSIGN(from, bus.offset_at(topic, bus.partition_of(household), *request.since));
    }
    if (request.cursor.has_value()) {
        ATLAS_TRY_ASSIGN(from, read_cursor(*request.cursor));
    }
    ATLAS_TRY_ASSIGN(
        EventSlice slice,
        read_event_slice(bus, {.topic = topic,
                               .household = household,
                               .from = from,
                               .limit = static_cast<std::size_t>(request.limit),
                               .type = request.type.has_value() ? std::string_view(*request.type)
                                                                : std::string_view()}));
    contracts::EventPage page;
    page.next_offset = slice.next;
    ATLAS_TRY_ASSIGN(const ports::OffsetRange range, bus.range(topic, bus.partition_of(household)));
    if (!slice.is_at_end && slice.next < range.end) {
        page.next_cursor = std::to_string(slice.next);
    }
    page.items = std::move(slice.items);
    return page;
}

}  // namespace atlas::roles::finance_engine
