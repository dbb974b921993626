// SPDX-License-Identifier: Apache-2.0
#include "roles/living_households.hpp"

#include <map>
#include <vector>

namespace atlas::roles {

Result<std::set<HouseholdId>> append_for_living(ports::EventBus& bus, std::string_view topic,
                                                std::span<const ports::Event> events,
                                                Deadline deadline) {
    std::set<HouseholdId> erased;
    const Result<void> appended = bus.append(topic, events, deadline);
    if (appended.has_value()) {
        return erased;
    }
    if (appended.error().code != ErrorCode::not_found) {
        return Unexpected(appended.error());
    }
    // Nothing of it is stored. Order counts within a household alone.
    std::map<HouseholdId, std::vector<ports::Event>> own;
    for (const ports::Event& event : events) {
        own[event.household].push_back(event);
    }
    for (const auto& [household, some] : own) {
        const Result<void> again = bus.append(topic, some, deadline);
        if (again.has_value()) {
            continue;
        }
        if (again.error().code != ErrorCode::not_found) {
            return Unexpected(again.error());
        }
        erased.insert(household);
    }
    return erased;
}

}  // namespace atlas::roles
