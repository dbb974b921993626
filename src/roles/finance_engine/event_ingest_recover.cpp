// SPDX-License-Identifier: Apache-2.0
// What a start has to know: each household's last sequence number and its keys of the last day, by
// the marks and by reading the log from the last of them on.
#include <algorithm>

#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "roles/finance_engine/event_ingest.hpp"

namespace atlas::roles::finance_engine {
namespace {

using ports::Offset;
using ports::Partition;

}  // namespace

Result<void> EventIngest::recover() {
    std::vector<std::unique_ptr<Lane>> lanes;
    for (Partition p = 0; p < parts_.bus.partitions(); ++p) {
        lanes.push_back(std::make_unique<Lane>());
    }
    lanes_ = std::move(lanes);
    for (Partition p = 0; p < parts_.bus.partitions(); ++p) {
        auto from = recover_marks(p);
        const Result<void> read =
            from.has_value() ? recover_tail(p, *from) : Result<void>(Unexpected(from.error()));
        if (!read.has_value()) {
            lanes_.clear();  // Nothing is taken in on half a memory.
            return read;
        }
    }
    return {};
}

/// Returns the offset from which on the log has to be read.
Result<Offset> EventIngest::recover_marks(Partition partition) {
    Lane& lane = lane_of(partition);
    const Timestamp now = parts_.clock.now();
    Offset next = 0;
    for (Offset from = 0;;) {
        ATLAS_TRY_ASSIGN(const auto events, parts_.bus.read(contracts::kEventMarksTopic, partition,
                                                            from, ports::kEventBatchMax));
        if (events.empty()) {
            return next;
        }
        for (const ports::StoredEvent& stored : events) {
            if (stored.event.type != contracts::kIngestMark) {
                continue;  // Of an erased household.
            }
            ATLAS_TRY_ASSIGN(const auto mark,
                             contracts::decode<contracts::IngestMarkEvent>(stored.event.payload));
            next = mark.closes ? std::max(next, mark.next_offset) : next;
            Household& household = lane.households[stored.event.household];
            household.last_sequence = std::max(household.last_sequence, mark.last_sequence);
            for (const contracts::IngestMarkKey& told : mark.keys) {
                const auto age = std::chrono::microseconds(now.micros - told.recorded_at.micros);
                if (age < kIngestKeyAge) {
                    Key key;
                    key.state = KeyState::stored;
                    key.body = told.body;
                    key.accepted = told.accepted;
                    key.rejected = told.rejected;
                    key.recorded_at = told.recorded_at;
                    household.keys[told.key] = std::move(key);
                }
            }
        }
        from = events.back().offset + 1;
    }
}

Result<void> EventIngest::recover_tail(Partition partition, Offset from) {
    Lane& lane = lane_of(partition);
    /// The batch whose events come next.
    struct Open {
        std::string key;
        std::int64_t next = 0;
        std::int64_t last = 0;
    };
    std::map<HouseholdId, Open> open;
    for (;;) {
        ATLAS_TRY_ASSIGN(const auto events, parts_.bus.read(contracts::kEventsTopic, partition,
                                                            from, ports::kEventBatchMax));
        if (events.empty()) {
            break;
        }
        for (const ports::StoredEvent& stored : events) {
            const ports::Event& event = stored.event;
            if (event.type == ports::kErasedEvent) {
                continue;
            }
            Household& household = lane.households[event.household];
            household.last_sequence = std::max(household.last_sequence, event.sequence);
            household.is_marked = false;
            Open& batch = open[event.household];
            if (event.type == contracts::kIngestBatch) {
                ATLAS_TRY_ASSIGN(const auto head,
                                 contracts::decode<contracts::IngestBatchEvent>(event.payload));
                batch = {head.key, event.sequence + 1, event.sequence + head.accepted - head.done};
                const auto known = household.keys.find(head.key);
                const bool goes_on = head.done > 0 && known != household.keys.end();
                Key key;
                key.state = KeyState::unsure;
                key.body = head.body;
                key.accepted = head.accepted;
                key.rejected = head.rejected;
                key.recorded_at = event.recorded_at;
                key.from = goes_on ? known->second.from : stored.offset;
                household.keys[head.key] = std::move(key);
            } else if (!batch.key.empty() && event.sequence == batch.next) {
                ++batch.next;
            }
            if (!batch.key.empty() && batch.next > batch.last) {
                household.keys[batch.key].state = KeyState::stored;
                household.unmarked.push_back(batch.key);
                ++lane.unmarked_keys;
                batch = {};
            }
        }
        lane.unmarked_events += static_cast<std::int64_t>(events.size());
        from = events.back().offset + 1;
    }
    return {};
}

}  // namespace atlas::roles::finance_engine
