// SPDX-License-Identifier: Apache-2.0
// One event as it lies on another program's disk: household and time plain, for partitions and for
// replay from a time; sequence, type, key and payload sealed with the household's key, so that
// erasing the key erases the event there as well.
#pragma once

#include <string>
#include <string_view>

#include "ports/event_bus.hpp"
#include "ports/secrets.hpp"

namespace atlas::adapters::event_bus {

/// What can be told without a key.
struct PlainHead {
    HouseholdId household;
    Timestamp recorded_at;
};

/// Errors: those of Secrets::seal; not_found for an erased household.
Result<std::string> seal_event(ports::Secrets& secrets, std::string_view topic,
                               const ports::Event& event);
/// All, in their order, before any is sent: an erased household's refusal leaves nothing behind.
/// Errors: those of seal_event.
Result<std::vector<std::string>> seal_events(ports::Secrets& secrets, std::string_view topic,
                                             std::span<const ports::Event> events);

/// Of an erased household: type kErasedEvent, sequence 0. Errors: data_loss (changed bytes, another
/// topic's, a newer layout), unavailable.
Result<ports::Event> open_event(ports::Secrets& secrets, std::string_view topic,
                                std::string_view bytes);
/// Errors: data_loss (too short, a newer layout).
Result<PlainHead> read_head(std::string_view bytes);

}  // namespace atlas::adapters::event_bus
