// SPDX-License-Identifier: Apache-2.0
// Reading a partition: by offset, by time, and the erased households in between.
#include <algorithm>

#include "adapters/event_bus/segment_log/partition_log.hpp"
#include "base/format.hpp"

namespace atlas::adapters::event_bus::segment_log {

/// Where a sealed piece ends, by the header behind it or by its own. Under the lock.
std::optional<SealedEnd> PartitionLog::sealed_end(std::size_t piece) const {
    if (piece + 1 >= pieces_.size()) {
        return std::nullopt;
    }
    const SegmentHeader& own = pieces_[piece].segment->header;
    const SegmentHeader& behind = pieces_[piece + 1].segment->header;
    const bool is_compacted = own.compacted_end != 0;
    return SealedEnd{.end = is_compacted ? own.compacted_end : behind.previous_end,
                     .next = behind.base,
                     .chain = behind.previous_chain};
}

std::optional<PartitionLog::Spot> PartitionLog::locate(ports::Offset from) const {
    const std::lock_guard lock(mutex_);
    if (pieces_.empty() || from >= end()) {
        return std::nullopt;
    }
    const auto behind = std::upper_bound(
        pieces_.begin(), pieces_.end(), from,
        [](ports::Offset at, const Piece& piece) { return at < piece.segment->header.base; });
    const auto piece = behind == pieces_.begin() ? behind : behind - 1;
    const auto number = static_cast<std::size_t>(piece - pieces_.begin());
    Spot spot{.segment = piece->segment};
    if (!piece->index) {
        spot.unindexed = sealed_end(number);
        return spot;
    }
    const SegmentIndex& index = *piece->index;
    spot.end = index.end;
    spot.next = index.next;
    const auto entry = std::upper_bound(
        index.entries.begin(), index.entries.end(), from,
        [](ports::Offset at, const IndexEntry& candidate) { return at < candidate.base; });
    spot.position = entry == index.entries.begin() ? kDataStart : (entry - 1)->position;
    return spot;
}

/// Reads all of a sealed segment once, outside the lock, and keeps what was learnt.
Result<void> PartitionLog::keep_index(const Spot& spot) {
    ATLAS_TRY_ASSIGN(SegmentIndex index, index_sealed(*spot.segment, *spot.unindexed));
    const std::lock_guard lock(mutex_);
    for (Piece& piece : pieces_) {
        if (piece.segment == spot.segment && !piece.index) {
            piece.index = std::move(index);
            break;
        }
    }
    return {};
}

Result<std::vector<ports::StoredEvent>> PartitionLog::read(ports::Offset from, std::size_t limit) {
    limit = std::min(limit, ports::kEventBatchMax);
    std::vector<ports::StoredEvent> events;
    while (events.size() < limit) {
        const std::optional<Spot> spot = locate(from);
        if (!spot) {
            break;
        }
        if (spot->unindexed) {
            ATLAS_TRY(keep_index(*spot));
            continue;
        }
        const std::size_t before = events.size();
        ATLAS_TRY(read_from(*spot, from, limit, events));
        if (events.size() > before && events.back().offset + 1 < spot->next) {
            break;  // Full, in the middle of a segment.
        }
        from = std::max(spot->next, from + 1);
    }
    return events;
}

Result<void> PartitionLog::read_from(const Spot& spot, ports::Offset from, std::size_t limit,
                                     std::vector<ports::StoredEvent>& events) {
    BatchWalk walk(*spot.segment, {.position = spot.position, .chain = {}, .base = {}}, spot.end);
    std::size_t bytes = 0;
    while (events.size() < limit && bytes < kReadBytesMax) {
        ATLAS_TRY_ASSIGN(const auto step, walk.next());
        if (!step) {
            return {};
        }
        if (step->header.next <= from) {
            continue;
        }
        auto records = records_of(step->header, step->batch);
        if (!records.has_value()) {
            return fail(ErrorCode::data_loss, spot.segment->place(step->position),
                        format("the event log is damaged at offset {}: {}", step->header.base,
                               records.error().message));
        }
        for (const RecordView& record : *records) {
            if (events.size() >= limit) {
                break;
            }
            ATLAS_TRY(open_record(record, step->header, from, events));
            bytes += record.sealed.size();
        }
        if (events.size() > limit) {
            events.resize(limit);
        }
    }
    return {};
}

/// Appends the record's events from `from` on; of an erased household, what is left of them.
Result<void> PartitionLog::open_record(const RecordView& record, const BatchHeader& batch,
                                       ports::Offset from,
                                       std::vector<ports::StoredEvent>& events) const {
    const auto plain = place_.secrets.open(
        record.household, {.context = context_of(record.household), .bytes = record.sealed});
    if (!plain.has_value() && plain.error().code == ErrorCode::not_found) {
        for (std::uint32_t i = 0; i < record.count; ++i) {
            if (record.base + i >= from) {
                events.push_back({.offset = record.base + i,
                                  .event = {.household = record.household,
                                            .sequence = 0,
                                            .recorded_at = batch.time_min,
                                            .type = std::string(ports::kErasedEvent),
                                            .payload = {}}});
            }
        }
        return {};
    }
    ATLAS_TRY(plain);
    ATLAS_TRY_ASSIGN(std::vector<ports::StoredEvent> found, decode_events(record, *plain));
    for (ports::StoredEvent& stored : found) {
        if (stored.offset >= from) {
            events.push_back(std::move(stored));
        }
    }
    return {};
}

Result<ports::Offset> PartitionLog::offset_at(Timestamp at) {
    ports::Offset from = range().begin;
    while (const std::optional<Spot> spot = locate(from)) {
        if (spot->unindexed) {
            ATLAS_TRY(keep_index(*spot));
            continue;
        }
        // The index says from where on it may be; the batches say exactly.
        std::uint64_t position = spot->end;
        {
            const std::lock_guard lock(mutex_);
            for (const Piece& piece : pieces_) {
                if (piece.segment == spot->segment && piece.index) {
                    const auto entry = std::ranges::find_if(
                        piece.index->entries,
                        [&](const IndexEntry& candidate) { return candidate.time_max >= at; });
                    position = entry == piece.index->entries.end() ? spot->end : entry->position;
                }
            }
        }
        BatchWalk walk(*spot->segment, {.position = position, .chain = {}, .base = {}}, spot->end);
        for (;;) {
            ATLAS_TRY_ASSIGN(const auto step, walk.next());
            if (!step) {
                break;
            }
            if (step->header.time_max < at) {
                continue;
            }
            ATLAS_TRY_ASSIGN(const auto events,
                             read(step->header.base,
                                  static_cast<std::size_t>(step->header.next - step->header.base)));
            for (const ports::StoredEvent& stored : events) {
                if (stored.event.recorded_at >= at) {
                    return stored.offset;
                }
            }
        }
        from = spot->next;
    }
    return end();
}

}  // namespace atlas::adapters::event_bus::segment_log
