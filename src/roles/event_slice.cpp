// SPDX-License-Identifier: Apache-2.0
#include "roles/event_slice.hpp"

#include "contracts/events_ingest.hpp"

namespace atlas::roles {
namespace {

constexpr std::size_t kLookedThroughMax = 100'000;  // Other households' and other kinds'.
constexpr std::size_t kSliceBytesMax = std::size_t{4} << 20U;
constexpr std::size_t kReadAhead = 1'000;

}  // namespace

std::string_view topic_of(contracts::EventTopic topic) {
    return topic == contracts::EventTopic::ledger ? ports::kLedgerTopic : contracts::kEventsTopic;
}

Result<EventSlice> read_event_slice(ports::EventBus& bus, const EventSliceFrom& wanted) {
    const ports::Partition partition = bus.partition_of(wanted.household);
    EventSlice slice;
    slice.next = wanted.from;
    std::size_t looked = 0;
    std::size_t bytes = 0;
    while (slice.items.size() < wanted.limit && looked < kLookedThroughMax &&
           bytes < kSliceBytesMax) {
        ATLAS_TRY_ASSIGN(auto events, bus.read(wanted.topic, partition, slice.next, kReadAhead));
        if (events.empty()) {
            slice.is_at_end = true;
            break;
        }
        looked += events.size();
        for (ports::StoredEvent& stored : events) {
            ports::Event& event = stored.event;
            if (slice.items.size() == wanted.limit || bytes >= kSliceBytesMax) {
                break;
            }
            slice.next = stored.offset + 1;
            const bool is_shown = event.household == wanted.household &&
                                  event.type != ports::kErasedEvent &&
                                  event.type != contracts::kIngestBatch &&
                                  (wanted.type.empty() || event.type == wanted.type);
            if (is_shown) {
                bytes += event.payload.size();
                slice.items.push_back({.offset = stored.offset,
                                       .sequence = event.sequence,
                                       .type = std::move(event.type),
                                       .recorded_at = event.recorded_at,
                                       .payload = {std::move(event.payload)}});
            }
        }
    }
    return slice;
}

}  // namespace atlas::roles
