// SPDX-License-Identifier: Apache-2.0
// Whatever bytes are sent: no crash; no more lines than there are; each accepted payload is JSON
// that its own table reads again, and each line alone is judged as among the others.
#include <simdjson.h>

#include <algorithm>
#include <cstdint>

#include "base/check.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/events_lines.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace atlas::contracts;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto lines = read_event_lines(text);
    if (lines.has_value()) {
        const auto count = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
        ATLAS_CHECK(lines->events.size() + static_cast<std::size_t>(lines->rejected) <= count);
        simdjson::dom::parser parser;
        for (const EventLine& event : lines->events) {
            simdjson::dom::element element;
            ATLAS_CHECK(parser.parse(event.payload).get(element) == simdjson::SUCCESS);
            const auto value = event.kind->payload->create();
            ATLAS_CHECK(read_json(event.payload, *event.kind->payload, value.get()).has_value());
        }
    }
    const EventLines one = read_one_event(text);
    ATLAS_CHECK(one.events.size() + static_cast<std::size_t>(one.rejected) == 1);
    return 0;
}
