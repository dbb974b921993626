// SPDX-License-Identifier: Apache-2.0
#include "adapters/event_bus/segment_log/segment.hpp"

#include <algorithm>
#include <array>

#include "base/crc32c.hpp"
#include "base/format.hpp"

namespace atlas::adapters::event_bus::segment_log {
namespace {

Result<std::vector<std::byte>> read_bytes(SegmentFile& segment, std::uint64_t position,
                                          std::uint64_t size) {
    std::vector<std::byte> bytes(static_cast<std::size_t>(size));
    ATLAS_TRY_ASSIGN(const std::size_t count, segment.file->read_at(position, bytes));
    bytes.resize(count);
    return bytes;
}

/// The furthest end that one of the two watermarks promises; 0 where neither is whole.
std::uint64_t watermark_of(ByteView bytes, std::optional<ports::Offset> base) {
    std::uint64_t end = 0;
    for (const std::uint64_t at : {kSectorBytes, 2 * kSectorBytes}) {
        if (bytes.size() < at + kWatermarkBytes) {
            break;
        }
        const auto mark = decode_watermark(bytes.subspan(static_cast<std::size_t>(at)));
        if (mark && (!base || mark->base == *base)) {
            end = std::max(end, mark->committed_end);
        }
    }
    return end;
}

/// The furthest end that a batch header behind `from` promises.
std::uint64_t promise_behind(ByteView bytes, std::uint64_t from) {
    std::uint64_t end = 0;
    for (auto at = static_cast<std::size_t>(from); at + kHeadBytes <= bytes.size();
         at += kAlignment) {
        if (const auto header = decode_batch_header(bytes.subspan(at))) {
            end = std::max(end, header->committed_end);
        }
    }
    return end;
}

Unexpected damaged_at(const SegmentFile& segment, std::uint64_t position, ports::Offset offset,
                      std::string_view why) {
    return fail(ErrorCode::data_loss, segment.place(position),
                format("the event log is damaged at offset {}: {}", offset, why));
}

}  // namespace

void SegmentIndex::add(const BatchHeader& batch, std::uint32_t batch_chain) {
    if (entries.empty() || end - entries.back().position >= kIndexStrideBytes) {
        entries.push_back({.position = end, .base = batch.base, .time_max = batch.time_max});
    }
    entries.back().time_max = std::max(entries.back().time_max, batch.time_max);
    time_max = std::max(time_max, batch.time_max);
    end += batch.length;
    next = batch.next;
    chain = batch_chain;
}

std::string SegmentFile::place(std::uint64_t position) const {
    return format("{}:{}", path, position);
}

Unexpected BatchWalk::damaged(std::string_view why) const {
    return damaged_at(segment_, position_, base_.value_or(segment_.header.base), why);
}

/// Has `size` bytes from the current position in the window; false where the walk's end is nearer.
Result<bool> BatchWalk::load(std::uint64_t size) {
    if (size > end_ - position_) {
        return false;
    }
    if (position_ >= window_start_ && position_ + size <= window_start_ + window_.size()) {
        return true;
    }
    const std::uint64_t wanted = std::min(end_ - position_, std::max(size, kIndexStrideBytes));
    ATLAS_TRY_ASSIGN(window_, read_bytes(segment_, position_, wanted));
    window_start_ = position_;
    return window_.size() >= size;
}

Result<std::optional<BatchWalk::Step>> BatchWalk::next() {
    if (position_ >= end_) {
        return std::optional<Step>();
    }
    ATLAS_TRY_ASSIGN(const bool has_head, load(kHeadBytes));
    if (!has_head) {
        return damaged("the file ends inside a batch");
    }
    const auto view = [&] {
        return ByteView(window_).subspan(static_cast<std::size_t>(position_ - window_start_));
    };
    const auto header = decode_batch_header(view());
    if (!header) {
        return damaged("the checksum of a batch header is wrong");
    }
    const bool is_compacted = segment_.header.compacted_end != 0;
    const bool follows = !base_ || (is_compacted ? header->base >= *base_ : header->base == *base_);
    if ((chain_ && header->previous_chain != *chain_) || !follows) {
        return damaged("a batch is not the one that was written there");
    }
    if (header->length < kHeadBytes || header->length % kAlignment != 0 ||
        header->next < header->base) {
        return damaged("the length of a batch is wrong");
    }
    ATLAS_TRY_ASSIGN(const bool is_whole, load(header->length));
    if (!is_whole) {
        return damaged("the file ends inside a batch");
    }
    const ByteView batch = view().first(header->length);
    if (crc32c(batch.subspan(kHeadBytes)) != header->body_checksum) {
        return damaged("the checksum of a batch is wrong");
    }
    HeadBytes head;
    std::ranges::copy(batch.first(kHeadBytes), head.begin());
    const Step step{*header, batch, position_, chain_of(head)};
    position_ += header->length;
    chain_ = step.chain;
    base_ = header->next;
    return std::optional<Step>(step);
}

namespace {

/// Walks as far as batches are whole; the error is what stopped it, if not the end.
struct Walked {
    SegmentIndex index;
    std::uint64_t last = 0;  ///< Where the last whole batch begins; 0 where there is none.
    std::optional<Error> stopped;
};

Walked walk(SegmentFile& segment, std::uint64_t end) {
    Walked walked;
    walked.index.next = segment.header.base;
    walked.index.chain = chain_of(encode(segment.header));
    BatchWalk batches(segment, {kDataStart, walked.index.chain, segment.header.base}, end);
    for (;;) {
        auto step = batches.next();
        if (!step.has_value()) {
            walked.stopped = std::move(step).error();
            return walked;
        }
        if (!step->has_value()) {
            return walked;
        }
        walked.last = (*step)->position;
        walked.index.add((*step)->header, (*step)->chain);
    }
}

/// Makes the bytes dirty again. After a sync that failed, or a process that died before one, the
/// cache may show what the drive does not have, and call it clean: a new sync would say yes and
/// store nothing.
Result<void> write_again(SegmentFile& segment, std::uint64_t from, std::uint64_t to) {
    ATLAS_TRY_ASSIGN(const std::vector<std::byte> bytes, read_bytes(segment, from, to - from));
    return segment.file->write_at(from, bytes);
}

}  // namespace

Result<SegmentIndex> index_sealed(SegmentFile& segment, const SealedEnd& end) {
    Walked walked = walk(segment, end.end);
    if (walked.stopped) {
        return Unexpected(*walked.stopped);
    }
    const bool is_compacted = segment.header.compacted_end != 0;
    if (walked.index.end != end.end ||
        (!is_compacted && (walked.index.next != end.next || walked.index.chain != end.chain))) {
        return damaged_at(segment, walked.index.end, walked.index.next,
                          "it does not end as the next segment says");
    }
    walked.index.next = end.next;
    return std::move(walked.index);
}

Result<SegmentIndex> recover_tail(SegmentFile& segment) {
    ATLAS_TRY_ASSIGN(const std::uint64_t size, segment.file->size());
    if (size < segment.header.created_bytes) {
        return fail(ErrorCode::data_loss, segment.place(size),
                    format("a segment of the event log was cut short: it was made with {} bytes",
                           segment.header.created_bytes));
    }
    Walked walked = walk(segment, size);
    if (walked.stopped && walked.stopped->code != ErrorCode::data_loss) {
        return Unexpected(*walked.stopped);
    }
    const SegmentIndex& index = walked.index;
    if (walked.stopped) {
        ATLAS_TRY_ASSIGN(const std::vector<std::byte> bytes, read_bytes(segment, 0, size));
        const std::uint64_t promised = std::max(watermark_of(bytes, segment.header.base),
                                                promise_behind(bytes, index.end + kAlignment));
        if (promised > index.end) {
            return Unexpected(*walked.stopped);
        }
        // Overwritten, not cut off: a file that has become smaller is damage (created_bytes).
        const auto rest = ByteView(bytes).subspan(static_cast<std::size_t>(index.end));
        const auto last =
            std::find_if(rest.rbegin(), rest.rend(), [](std::byte b) { return b != std::byte{0}; });
        const std::vector<std::byte> zeros(static_cast<std::size_t>(rest.rend() - last));
        if (!zeros.empty()) {
            ATLAS_TRY(segment.file->write_at(index.end, zeros));
        }
    }
    ATLAS_TRY_ASSIGN(const std::vector<std::byte> head,
                     read_bytes(segment, 0, std::min(size, kDataStart)));
    const std::uint64_t marked = watermark_of(head, segment.header.base);
    if (marked > index.end) {
        return damaged_at(segment, index.end, index.next, "the file was cut short");
    }
    if (marked < index.end || walked.last == 0) {
        // Whole, but perhaps only in the page cache: whoever reads it now must still find it after
        // a power cut. What is in front of the last batch was on stable storage before it came.
        ATLAS_TRY(write_again(segment, walked.last, index.end));
    }
    ATLAS_TRY(segment.file->sync_data());
    return std::move(walked.index);
}

Result<bool> has_commits(SegmentFile& segment) {
    ATLAS_TRY_ASSIGN(const std::uint64_t size, segment.file->size());
    ATLAS_TRY_ASSIGN(const std::vector<std::byte> bytes, read_bytes(segment, 0, size));
    // Its size comes first, all at once: something between is what is left of a whole one.
    const bool is_cut = size > 0 && size < kDataStart;
    return is_cut || watermark_of(bytes, std::nullopt) > 0 || promise_behind(bytes, 0) > 0;
}

Result<OpenedSegment> open_segment(ports::Disk& disk, const std::string& path) {
    OpenedSegment opened{.segment = std::make_shared<SegmentFile>()};
    opened.segment->path = path;
    ATLAS_TRY_ASSIGN(opened.segment->file, disk.open(path, ports::FileMode::read_write));
    ATLAS_TRY_ASSIGN(const std::vector<std::byte> bytes,
                     read_bytes(*opened.segment, 0, kHeadBytes));
    if (const auto header = decode_segment_header(bytes)) {
        opened.segment->header = *header;
        opened.has_header = true;
    }
    return opened;
}

Result<std::shared_ptr<SegmentFile>> create_segment(ports::Disk& disk, const std::string& path,
                                                    const SegmentHeader& header) {
    auto segment = std::make_shared<SegmentFile>();
    segment->path = path;
    segment->header = header;
    ATLAS_TRY_ASSIGN(segment->file, disk.open(path, ports::FileMode::create));
    // What an attempt that failed before may have left.
    ATLAS_TRY(segment->file->truncate(0));
    ATLAS_TRY(segment->file->preallocate(header.created_bytes));
    ATLAS_TRY(segment->file->sync_data());
    ATLAS_TRY(segment->file->write_at(0, encode(header)));
    ATLAS_TRY(segment->file->sync_data());
    ATLAS_TRY(disk.sync_directory(ports::parent_of(path)));
    return segment;
}

}  // namespace atlas::adapters::event_bus::segment_log
