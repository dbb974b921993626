// SPDX-License-Identifier: Apache-2.0
// One segment file: walking its batches, finding out after a start how far it is whole, and saying
// which damage is a torn tail that nobody was promised and which is a loss.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/event_bus/segment_log/format.hpp"
#include "ports/disk.hpp"

namespace atlas::adapters::event_bus::segment_log {

/// Every so many bytes of a segment one entry points to a batch; reads walk from there.
inline constexpr std::uint64_t kIndexStrideBytes = 64U << 10U;

struct IndexEntry {
    std::uint64_t position = 0;
    ports::Offset base = 0;
    Timestamp time_max;  ///< Of all events from here to the next entry.
};

/// How far a segment is whole, and where to find what in it.
struct SegmentIndex {
    std::vector<IndexEntry> entries;
    std::uint64_t end = kDataStart;
    ports::Offset next = 0;
    std::uint32_t chain = 0;
    Timestamp time_max{INT64_MIN};

    void add(const BatchHeader& batch, std::uint32_t batch_chain);
};

/// The open file of a segment and where it lies. Readers and the one writer share it.
struct SegmentFile {
    std::string path;
    SegmentHeader header;
    std::unique_ptr<ports::DiskFile> file;

    std::string place(std::uint64_t position) const;
};

/// What a walk knows of the batch in front of it: its chain, or that any will do.
struct WalkFrom {
    std::uint64_t position = kDataStart;
    std::optional<std::uint32_t> chain;
    std::optional<ports::Offset> base;
};

/// Walks the batches between two positions, checking each.
class BatchWalk {
public:
    BatchWalk(SegmentFile& segment, const WalkFrom& from, std::uint64_t end)
        : segment_(segment),
          position_(from.position),
          end_(end),
          chain_(from.chain),
          base_(from.base) {}

    struct Step {
        BatchHeader header;
        ByteView batch;  ///< Valid until the next step.
        std::uint64_t position = 0;
        std::uint32_t chain = 0;
    };
    /// The next batch; none at the end. Errors: data_loss at "path:position" (it is not the batch
    /// that was written there), those of the disk.
    Result<std::optional<Step>> next();

private:
    Result<bool> load(std::uint64_t size);
    Unexpected damaged(std::string_view why) const;

    SegmentFile& segment_;
    std::uint64_t position_;
    const std::uint64_t end_;
    std::optional<std::uint32_t> chain_;
    std::optional<ports::Offset> base_;
    std::vector<std::byte> window_;
    std::uint64_t window_start_ = 0;
};

/// Where a sealed segment has to end: what the header of the one behind it says.
struct SealedEnd {
    std::uint64_t end = 0;
    ports::Offset next = 0;
    std::uint32_t chain = 0;
};

/// Checks all of a sealed segment. Errors: data_loss by file and position.
Result<SegmentIndex> index_sealed(SegmentFile& segment, const SealedEnd& end);

/// Finds the end of the last segment, wipes a torn tail that nobody was promised, and puts all
/// that is left on stable storage before anybody reads it.
/// Errors: data_loss where bytes that were promised are damaged; those of the disk.
Result<SegmentIndex> recover_tail(SegmentFile& segment);

/// True when a file without a whole header shows a trace of anything committed in it.
Result<bool> has_commits(SegmentFile& segment);

/// Opens a file and reads its header; no header: it is not whole.
struct OpenedSegment {
    std::shared_ptr<SegmentFile> segment;
    bool has_header = false;
};
Result<OpenedSegment> open_segment(ports::Disk& disk, const std::string& path);

/// Makes the file of header.created_bytes, durable with its name, holding nothing but its header.
/// The size is durable before the header: a header in a smaller file is what is left of more.
Result<std::shared_ptr<SegmentFile>> create_segment(ports::Disk& disk, const std::string& path,
                                                    const SegmentHeader& header);

}  // namespace atlas::adapters::event_bus::segment_log
