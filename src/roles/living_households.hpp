// SPDX-License-Identifier: Apache-2.0
// Appending to the bus when a household may have been erased while its events still waited.
#pragma once

#include <set>
#include <span>
#include <string_view>

#include "base/id.hpp"
#include "ports/event_bus.hpp"

namespace atlas::roles {

/// As EventBus::append. A household that was erased meanwhile holds nobody up: its events are left
/// out, and the household is returned.
/// Errors: those of EventBus::append but not_found.
Result<std::set<HouseholdId>> append_for_living(ports::EventBus& bus, std::string_view topic,
                                                std::span<const ports::Event> events,
                                                Deadline deadline);

}  // namespace atlas::roles
