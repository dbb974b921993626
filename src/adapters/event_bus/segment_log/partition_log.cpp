// SPDX-License-Identifier: Apache-2.0
#include "adapters/event_bus/segment_log/partition_log.hpp"

#include <algorithm>
#include <map>

#include "base/crc32c.hpp"
#include "base/format.hpp"

namespace atlas::adapters::event_bus::segment_log {
namespace {

constexpr std::string_view kSuffix = ".seg";
constexpr std::string_view kUnfinished = ".new";
constexpr std::uint64_t kFirstAllocationBytes = 256U << 10U;

std::uint32_t checksum_of(std::string_view text) {
    return crc32c(std::as_bytes(std::span(text)));
}

}  // namespace

std::string PartitionLog::path_of(ports::Offset base) const {
    return format("{}/{:020}{}", place_.folder, base, kSuffix);
}

std::string PartitionLog::context_of(HouseholdId household) const {
    return format("event log {} {} {}", place_.topic, place_.partition, to_string(household));
}

Result<std::unique_ptr<PartitionLog>> PartitionLog::open(Place place) {
    auto log = std::make_unique<PartitionLog>(std::move(place));
    ATLAS_TRY(log->recover());
    return log;
}

PartitionLog::~PartitionLog() {
    if (pieces_.empty() || has_failed_) {
        return;
    }
    if (const auto synced = pieces_.back().segment->file->sync_data(); !synced.has_value()) {
        return;  // The watermark says less than is true, which recovery can live with.
    }
}

Result<void> PartitionLog::recover() {
    ATLAS_TRY_ASSIGN(const std::vector<std::string> names, place_.disk.list(place_.folder));
    std::vector<OpenedSegment> opened;
    for (const std::string& name : names) {
        const std::string path = place_.folder + "/" + name;
        if (name.ends_with(kUnfinished)) {
            ATLAS_TRY(place_.disk.remove(path));
        } else if (name.ends_with(kSuffix)) {
            ATLAS_TRY_ASSIGN(OpenedSegment next, open_segment(place_.disk, path));
            opened.push_back(std::move(next));
        }
    }
    if (!opened.empty() && !opened.back().has_header) {
        // The power went while it was made; nothing was ever written into it. Or it is damaged.
        SegmentFile& last = *opened.back().segment;
        ATLAS_TRY_ASSIGN(const bool is_damaged, has_commits(last));
        if (is_damaged) {
            return fail(ErrorCode::data_loss, last.place(0),
                        "the header of a segment of the event log is damaged");
        }
        ATLAS_TRY(place_.disk.remove(last.path));
        ATLAS_TRY(place_.disk.sync_directory(place_.folder));
        opened.pop_back();
    }
    for (OpenedSegment& next : opened) {
        if (!next.has_header) {
            return fail(ErrorCode::data_loss, next.segment->place(0),
                        "the header of a segment of the event log is damaged");
        }
        pieces_.push_back({.segment = std::move(next.segment), .index = std::nullopt});
    }
    if (pieces_.empty()) {
        return {};
    }
    ATLAS_TRY(check_order(place_.policy.keeps_all()));
    Piece& last = pieces_.back();
    ATLAS_TRY_ASSIGN(last.index, recover_tail(*last.segment));
    ATLAS_TRY_ASSIGN(allocated_, last.segment->file->size());
    // Its name, too, may be known to the cache alone.
    ATLAS_TRY(place_.disk.sync_directory(place_.folder));
    end_offset_.store(last.index->next, std::memory_order_release);
    return {};
}

/// Each segment is where its name and its neighbours say.
Result<void> PartitionLog::check_order(bool is_first_known) const {
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
        const SegmentFile& segment = *pieces_[i].segment;
        const SegmentHeader& header = segment.header;
        if (segment.path != path_of(header.base) || header.partition != place_.partition ||
            header.topic != checksum_of(place_.topic)) {
            return fail(ErrorCode::data_loss, segment.place(0),
                        "this segment belongs to another place of the event log");
        }
        const ports::Offset expected = i == 0 ? -1 : pieces_[i - 1].segment->header.base;
        if (header.previous_base != expected && (i > 0 || is_first_known)) {
            return fail(ErrorCode::data_loss, segment.place(0),
                        format("the segment in front, from offset {} on, is missing",
                               header.previous_base));
        }
    }
    return {};
}

Result<std::vector<Record>> PartitionLog::seal(std::span<const ports::Event* const> events) const {
    std::map<HouseholdId, std::vector<const ports::Event*>> own;
    for (const ports::Event* event : events) {
        own[event->household].push_back(event);
    }
    std::vector<Record> records;
    const auto close = [&](HouseholdId household,
                           std::span<const ports::Event* const> some) -> Result<void> {
        Record record{.household = household,
                      .count = static_cast<std::uint32_t>(some.size()),
                      .sealed = {},
                      .time_min = some.front()->recorded_at,
                      .time_max = some.front()->recorded_at};
        for (const ports::Event* event : some) {
            record.time_min = std::min(record.time_min, event->recorded_at);
            record.time_max = std::max(record.time_max, event->recorded_at);
        }
        const std::string plain = encode_events(some);
        ATLAS_TRY_ASSIGN(
            record.sealed,
            place_.secrets.seal(household, {.context = context_of(household), .bytes = plain}));
        records.push_back(std::move(record));
        return {};
    };
    for (const auto& [household, list] : own) {
        std::size_t first = 0;
        std::size_t bytes = 0;
        for (std::size_t i = 0; i < list.size(); ++i) {
            bytes += list[i]->payload.size() + list[i]->key.size() + list[i]->type.size();
            if (bytes >= kRecordBytesMax || i + 1 == list.size()) {
                ATLAS_TRY(close(household, std::span(list).subspan(first, i + 1 - first)));
                first = i + 1;
                bytes = 0;
            }
        }
    }
    return records;
}

Result<void> PartitionLog::append(std::span<const Record> records, Deadline deadline) {
    while (!records.empty()) {
        Pending own;
        std::size_t count = 0;
        while (count < records.size() && (count == 0 || own.bytes < kBatchBytesMax)) {
            own.bytes += records[count++].bytes();
        }
        own.records = records.first(count);
        ATLAS_TRY(submit(own, deadline));
        records = records.subspan(count);
    }
    return {};
}

Result<void> PartitionLog::submit(Pending& own, Deadline deadline) {
    std::unique_lock lock(mutex_);
    if (queued_bytes_ > 0 && queued_bytes_ + own.bytes > kQueuedBytesMax) {
        return fail(ErrorCode::exhausted, place_.folder,
                    format("{} bytes wait to be written to the event log", queued_bytes_));
    }
    queue_.push_back(&own);
    queued_bytes_ += own.bytes;
    while (!own.is_done) {
        if (!has_leader_) {
            has_leader_ = true;
            std::vector<Pending*> group;
            std::size_t bytes = 0;
            while (!queue_.empty() && (group.empty() || bytes < kBatchBytesMax)) {
                group.push_back(queue_.front());
                bytes += queue_.front()->bytes;
                queue_.front()->is_taken = true;
                queue_.pop_front();
            }
            lock.unlock();
            const Result<void> result = write_group(group);
            lock.lock();
            for (Pending* pending : group) {
                pending->result = result;
                pending->is_done = true;
            }
            queued_bytes_ -= bytes;
            has_leader_ = false;
            done_.notify_all();
        } else if (deadline.at == Deadline{}.at || own.is_taken) {
            done_.wait(lock);
        } else if (done_.wait_until(lock, deadline.at) == std::cv_status::timeout &&
                   !own.is_taken && !own.is_done) {
            std::erase(queue_, &own);
            queued_bytes_ -= own.bytes;
            return fail(ErrorCode::deadline_exceeded, place_.folder,
                        "the event log was busy until the deadline");
        }
    }
    return own.result;
}

// The leader is alone here: it alone changes the last piece and the list's end.
Result<void> PartitionLog::write_group(std::span<Pending* const> group) {
    if (has_failed_) {
        return fail(ErrorCode::unavailable, place_.folder,
                    "an earlier sync of the event log failed; nothing more is acknowledged until "
                    "Atlas is started again");
    }
    std::vector<const Record*> records;
    std::uint64_t bytes = kHeadBytes;
    for (const Pending* pending : group) {
        for (const Record& record : pending->records) {
            records.push_back(&record);
            bytes += record.bytes();
        }
    }
    const bool is_full = !pieces_.empty() && pieces_.back().index->end > kDataStart &&
                         pieces_.back().index->end + bytes > place_.segment_bytes;
    if (pieces_.empty() || is_full || is_roll_begun_) {
        ATLAS_TRY(roll());
    }
    Piece& last = pieces_.back();
    const SegmentIndex& at = *last.index;
    buffer_.clear();
    const std::uint32_t chain = append_batch(
        records, {.base = at.next, .committed_end = at.end, .previous_chain = at.chain}, buffer_);
    ATLAS_TRY(make_room(at.end + buffer_.size()));
    ATLAS_TRY(last.segment->file->write_at(at.end, buffer_));
    const Result<void> synced = last.segment->file->sync_data();
    {
        const std::lock_guard lock(mutex_);
        has_failed_ = !synced.has_value();
        if (synced.has_value()) {
            last.index->add(*decode_batch_header(buffer_), chain);
            end_offset_.store(last.index->next, std::memory_order_release);
        }
    }
    ATLAS_TRY(synced);
    write_watermark();
    return {};
}

/// Space first, so that a full disk is found before anything is written.
Result<void> PartitionLog::make_room(std::uint64_t end) {
    if (end <= allocated_) {
        return {};
    }
    const std::uint64_t wanted = std::max(
        end, std::min(place_.segment_bytes, std::max(2 * allocated_, kFirstAllocationBytes)));
    ports::DiskFile& file = *pieces_.back().segment->file;
    Result<void> made = file.preallocate(wanted);
    std::uint64_t size = wanted;
    if (!made.has_value() && made.error().code == ErrorCode::no_space) {
        size = end;
        made = file.preallocate(end);  // Not as much as we like, but all this batch needs.
    }
    ATLAS_TRY(made);
    allocated_ = size;
    return {};
}

// After the acknowledgement, without a sync of its own: it becomes durable with the next batch, or
// at the end. Until then the next batch's committed_end, or nothing, says the same.
void PartitionLog::write_watermark() {
    const Piece& last = pieces_.back();
    const auto bytes =
        encode(Watermark{.base = last.segment->header.base, .committed_end = last.index->end});
    const std::uint64_t slot = (1 + (marks_++ & 1U)) * kSectorBytes;
    if (const auto written = last.segment->file->write_at(slot, bytes); !written.has_value()) {
        return;  // It says less than is true, as after a crash.
    }
}

Result<void> PartitionLog::roll() {
    SegmentHeader header{.partition = place_.partition, .topic = checksum_of(place_.topic)};
    if (!pieces_.empty()) {
        const Piece& last = pieces_.back();
        header.base = last.index->next;
        header.previous_base = last.segment->header.base;
        header.previous_end = last.index->end;
        header.previous_chain = last.index->chain;
    }
    // From here on nothing more is written behind the end that the new header names, even if
    // making the file fails this time.
    is_roll_begun_ = true;
    header.created_bytes = std::min(place_.segment_bytes, kFirstAllocationBytes);
    auto made = create_segment(place_.disk, path_of(header.base), header);
    if (!made.has_value() && made.error().code == ErrorCode::unavailable) {
        const std::lock_guard lock(mutex_);
        has_failed_ = true;  // Perhaps a sync: what a second one says is not to be believed.
    }
    ATLAS_TRY_ASSIGN(auto segment, std::move(made));
    is_roll_begun_ = false;
    SegmentIndex index;
    index.next = header.base;
    index.chain = chain_of(encode(header));
    allocated_ = header.created_bytes;
    marks_ = 0;
    const std::lock_guard lock(mutex_);
    pieces_.push_back({.segment = std::move(segment), .index = std::move(index)});
    return {};
}

void PartitionLog::as_leader(const std::function<void()>& change) {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [&] { return !has_leader_; });
    change();
    done_.notify_all();
}

ports::OffsetRange PartitionLog::range() const {
    const std::lock_guard lock(mutex_);
    return {pieces_.empty() ? 0 : pieces_.front().segment->header.base, end()};
}

std::size_t PartitionLog::segments() const {
    const std::lock_guard lock(mutex_);
    return pieces_.size();
}

}  // namespace atlas::adapters::event_bus::segment_log
