// SPDX-License-Identifier: Apache-2.0
// Reads what is sent to POST /api/v1/events: one event a line, or one event. A line that is wrong
// is told by number and JSON pointer; the others stand.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "contracts/events_catalogue.hpp"
#include "contracts/resources/events.hpp"

namespace atlas::contracts {

inline constexpr std::size_t kEventLineBytesMax = std::size_t{1} << 20U;

/// A good line: its kind, and its payload as it came.
struct EventLine {
    const EventKind* kind = nullptr;
    std::string payload;
};

struct EventLines {
    std::vector<EventLine> events;      ///< In the order of the lines.
    std::int64_t rejected = 0;          ///< Lines that are not among them.
    std::vector<LineProblem> problems;  ///< Of the first kLineProblemsMax of those.
};

/// Reads NDJSON. Blank lines do not count. Errors: too_large (over kEventLinesMax lines).
Result<EventLines> read_event_lines(std::string_view text);
/// Reads one event, laid out over as many lines as it likes; a problem is at line 1.
EventLines read_one_event(std::string_view text);

}  // namespace atlas::contracts
