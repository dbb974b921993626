// SPDX-License-Identifier: Apache-2.0
// Reading a household's own events out of a partition that it shares with others.
#pragma once

#include <string_view>
#include <vector>

#include "contracts/resources/events.hpp"
#include "ports/event_bus.hpp"

namespace atlas::roles {

std::string_view topic_of(contracts::EventTopic topic);

struct EventSliceFrom {
    std::string_view topic;
    HouseholdId household;
    ports::Offset from = 0;
    std::size_t limit = 0;
    std::string_view type{};  ///< Empty: all.
};

struct EventSlice {
    std::vector<contracts::EventValue> items;
    ports::Offset next = 0;  ///< Where to go on.
    bool is_at_end = false;
};

/// The household's events from an offset on, in order; erased ones and ingest's own left out. Fewer
/// than `limit` where the end, or what one call looks through, was reached.
/// Errors: those of EventBus::read.
Result<EventSlice> read_event_slice(ports::EventBus& bus, const EventSliceFrom& wanted);

}  // namespace atlas::roles
