// SPDX-License-Identifier: Apache-2.0
// Many events as one compressed part. The events of an import differ in little: packed by the
// hundred they take a ninth of the room, which is half of what an import writes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "ports/ledger_store.hpp"

namespace atlas::adapters::ledger_store::sqlite {

/// Events in one part at most: whoever wants one of them unpacks them all.
inline constexpr std::size_t kPartEventsMax = 256;
/// Bytes of types and payloads after which a part is closed.
inline constexpr std::size_t kPartBytesMax = std::size_t{1} << 20;

/// How many of the first events make the next part: 1 to kPartEventsMax. `events` is not empty.
std::size_t part_length(std::span<const ports::OutboxEvent> events);

/// Cost: 2 µs an event.
std::string pack_events(std::span<const ports::OutboxEvent> events);

/// Errors: data_loss when the bytes are not a part of `count` events.
/// Cost: 1 µs an event.
Result<std::vector<ports::OutboxEvent>> unpack_events(std::string_view bytes, std::int64_t count);

}  // namespace atlas::adapters::ledger_store::sqlite
