// SPDX-License-Identifier: Apache-2.0
// Every kind of event, with the table of its payload: what readers, validation and docs/events.md
// are made from.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "contracts/codec/type_info.hpp"

namespace atlas::contracts {

enum class EventOrigin : std::uint8_t {
    ledger,   ///< By the ledger's outbox alone.
    outside,  ///< Sent to POST /api/v1/events.
    atlas,    ///< By Atlas's models and by ingest itself.
};

struct EventKind {
    std::string_view type;  ///< As ports::Event::type.
    EventOrigin origin = EventOrigin::ledger;
    const TypeInfo* payload = nullptr;
    std::int64_t version = 1;  ///< Written today; all from 1 on are read.
};

/// By origin, then as they came to be.
std::span<const EventKind> event_kinds();
/// Null where there is none.
const EventKind* find_event_kind(std::string_view type);

/// docs/events.md.
std::string write_event_docs();

}  // namespace atlas::contracts
