// SPDX-License-Identifier: Apache-2.0
// What a topic that does not keep all gives up: its oldest segments by size and age, and the older
// events of a key. Sealed segments alone; the last one is never touched.
#include <algorithm>
#include <map>

#include "adapters/event_bus/segment_log/partition_log.hpp"
#include "base/format.hpp"

namespace atlas::adapters::event_bus::segment_log {
namespace {

std::uint32_t append_kept(std::span<const Record> records, std::span<const ports::Offset> bases,
                          const BatchHeader& header, std::vector<std::byte>& out) {
    std::vector<const Record*> pointers;
    for (const Record& record : records) {
        pointers.push_back(&record);
    }
    return append_batch_at(pointers, bases, header, out);
}

}  // namespace

Result<void> PartitionLog::maintain(Timestamp now) {
    if (place_.policy.keeps_all()) {
        return {};
    }
    ATLAS_TRY(retain(now));
    return place_.policy.is_compacted ? compact() : Result<void>();
}

// One at a time, oldest first, each removal durable before the next: a crash leaves no hole.
Result<void> PartitionLog::retain(Timestamp now) {
    for (std::size_t removed = 0; removed < kRemovedAtOnceMax;) {
        std::optional<Spot> unread;
        std::string path;
        bool is_old = false;
        {
            const std::lock_guard lock(mutex_);
            if (pieces_.size() < 2) {
                return {};
            }
            std::uint64_t bytes = 0;
            for (std::size_t i = 0; i + 1 < pieces_.size(); ++i) {
                bytes += sealed_end(i)->end;
            }
            const Piece& first = pieces_.front();
            path = first.segment->path;
            if (!first.index) {
                unread = Spot{.segment = first.segment, .unindexed = sealed_end(0)};
            } else {
                const std::int64_t newest = first.index->time_max.micros;
                is_old = newest < now.micros - std::min(now.micros, place_.policy.age_micros_max);
            }
            is_old = is_old || bytes > place_.policy.bytes_max;
        }
        if (unread && !is_old) {
            ATLAS_TRY(keep_index(*unread));
            continue;
        }
        if (!is_old) {
            return {};
        }
        as_leader([&] { pieces_.erase(pieces_.begin()); });
        ATLAS_TRY(place_.disk.remove(path));
        ATLAS_TRY(place_.disk.sync_directory(place_.folder));
        ++removed;
    }
    return {};
}

// Written beside, synced, renamed over: a reader or a crash sees the one or the other, whole.
Result<void> PartitionLog::compact() {
    LastOffsets last;
    for (ports::Offset from = range().begin; from < end();) {
        ATLAS_TRY_ASSIGN(const auto events, read(from, ports::kEventBatchMax));
        if (events.empty()) {
            break;
        }
        for (const ports::StoredEvent& stored : events) {
            last[{stored.event.household, stored.event.key}] = stored.offset;
        }
        from = events.back().offset + 1;
    }
    for (std::size_t i = 0; i + 1 < segments(); ++i) {
        std::optional<Spot> spot;
        {
            const std::lock_guard lock(mutex_);
            const SealedEnd end = *sealed_end(i);
            spot = Spot{.segment = pieces_[i].segment, .end = end.end, .next = end.next};
        }
        ATLAS_TRY(compact_segment(i, *spot, last));
    }
    return {};
}

/// The record with the events that stay; none when all go. Raw where all stay, or all are erased.
Result<std::optional<Record>> PartitionLog::compacted(const RecordView& view,
                                                      const BatchHeader& batch,
                                                      const LastOffsets& last,
                                                      ports::Offset& base) const {
    std::vector<ports::StoredEvent> events;
    ATLAS_TRY(open_record(view, batch, 0, events));
    std::vector<const ports::Event*> kept;
    std::vector<std::uint32_t> deltas;
    for (const ports::StoredEvent& stored : events) {
        const bool is_last = stored.event.key.empty() ||
                             last.at({view.household, stored.event.key}) == stored.offset;
        if (is_last) {
            base = kept.empty() ? stored.offset : base;
            kept.push_back(&stored.event);
            deltas.push_back(static_cast<std::uint32_t>(stored.offset - base));
        }
    }
    if (kept.empty()) {
        return std::optional<Record>();
    }
    Record record{.household = view.household,
                  .count = static_cast<std::uint32_t>(kept.size()),
                  .sealed = std::string(view.sealed),
                  .time_min = batch.time_min,
                  .time_max = batch.time_max};
    if (kept.size() != events.size()) {
        const std::string plain = encode_events(kept, deltas);
        ATLAS_TRY_ASSIGN(record.sealed,
                         place_.secrets.seal(view.household, {.context = context_of(view.household),
                                                              .bytes = plain}));
    } else {
        base = view.base;
    }
    return std::optional<Record>(std::move(record));
}

Result<void> PartitionLog::compact_segment(std::size_t number, const Spot& spot,
                                           const LastOffsets& last) {
    SegmentHeader header = spot.segment->header;
    std::vector<std::byte> bytes(kDataStart);
    // The header's checksum starts the chain, and needs the end: two passes over what is kept.
    std::vector<std::vector<Record>> batches;
    std::vector<std::vector<ports::Offset>> bases;
    std::vector<BatchHeader> headers;
    BatchWalk walk(*spot.segment, {.position = kDataStart, .chain = {}, .base = {}}, spot.end);
    std::uint64_t end = kDataStart;
    for (;;) {
        ATLAS_TRY_ASSIGN(const auto step, walk.next());
        if (!step) {
            break;
        }
        ATLAS_TRY_ASSIGN(const auto records, records_of(step->header, step->batch));
        std::vector<Record> kept;
        std::vector<ports::Offset> starts;
        for (const RecordView& view : records) {
            ports::Offset base = view.base;
            ATLAS_TRY_ASSIGN(auto record, compacted(view, step->header, last, base));
            if (record) {
                kept.push_back(std::move(*record));
                starts.push_back(base);
            }
        }
        if (!kept.empty()) {
            headers.push_back({.base = starts.front(), .next = step->header.next});
            batches.push_back(std::move(kept));
            bases.push_back(std::move(starts));
        }
    }
    std::vector<std::byte> sizing;
    for (std::size_t i = 0; i < batches.size(); ++i) {
        append_kept(batches[i], bases[i], headers[i], sizing);
    }
    end += sizing.size();
    if (end >= spot.end) {
        return {};  // Nothing to gain.
    }
    header.compacted_end = end;
    const HeadBytes head = encode(header);
    std::ranges::copy(head, bytes.begin());
    std::uint32_t chain = chain_of(head);
    for (std::size_t i = 0; i < batches.size(); ++i) {
        headers[i].committed_end = bytes.size();
        headers[i].previous_chain = chain;
        chain = append_kept(batches[i], bases[i], headers[i], bytes);
    }
    return replace(number, header, bytes);
}

Result<void> PartitionLog::replace(std::size_t number, const SegmentHeader& header,
                                   ByteView bytes) {
    const std::string path = path_of(header.base);
    const std::string beside = path + ".new";
    {
        ATLAS_TRY_ASSIGN(const auto file, place_.disk.open(beside, ports::FileMode::create));
        ATLAS_TRY(file->truncate(0));
        ATLAS_TRY(file->write_at(0, bytes));
        ATLAS_TRY(file->sync_data());
    }
    ATLAS_TRY(place_.disk.rename({.from = beside, .to = path}));
    ATLAS_TRY(place_.disk.sync_directory(place_.folder));
    ATLAS_TRY_ASSIGN(OpenedSegment opened, open_segment(place_.disk, path));
    ATLAS_CHECK(opened.has_header);
    as_leader([&] {
        pieces_[number] = Piece{.segment = std::move(opened.segment), .index = std::nullopt};
    });
    return {};
}

}  // namespace atlas::adapters::event_bus::segment_log
