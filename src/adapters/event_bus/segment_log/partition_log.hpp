// SPDX-License-Identifier: Apache-2.0
// One partition of one topic: a folder of segments. Appends of many callers become one write and
// one fdatasync (group commit): whoever comes while another writes waits and is taken along next.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/event_bus/segment_log/segment.hpp"
#include "ports/secrets.hpp"

namespace atlas::adapters::event_bus::segment_log {

/// What a topic keeps. The ledger's topic keeps all.
struct TopicPolicy {
    std::uint64_t bytes_max = UINT64_MAX;  ///< Of sealed segments of a partition.
    std::int64_t age_micros_max = INT64_MAX;
    bool is_compacted = false;  ///< Of events with a key, the last of each household and key stays.

    bool keeps_all() const {
        return bytes_max == UINT64_MAX && age_micros_max == INT64_MAX && !is_compacted;
    }
};

inline constexpr std::size_t kRemovedAtOnceMax = 64;  ///< Segments, by one call of maintain().
inline constexpr std::size_t kQueuedBytesMax = 64U << 20U;
inline constexpr std::size_t kReadBytesMax = 16U << 20U;

class PartitionLog {
public:
    struct Place {
        ports::Disk& disk;
        ports::Secrets& secrets;
        std::string folder;  ///< Exists.
        std::string topic;
        ports::Partition partition = 0;
        std::uint64_t segment_bytes = 0;
        TopicPolicy policy{};
    };

    /// Recovers what is there. Errors: data_loss (by file and position), those of the disk.
    static Result<std::unique_ptr<PartitionLog>> open(Place place);
    explicit PartitionLog(Place place) : place_(std::move(place)) {}
    PartitionLog(const PartitionLog&) = delete;
    PartitionLog& operator=(const PartitionLog&) = delete;
    /// Puts the last watermark on stable storage.
    ~PartitionLog();

    /// Seals events, all of this partition, in order. Errors: those of the secrets.
    Result<std::vector<Record>> seal(std::span<const ports::Event* const> events) const;

    /// Returns once all are on stable storage. Errors: exhausted (kQueuedBytesMax wait already),
    /// deadline_exceeded (still waiting: nothing was written), no_space (nothing was acknowledged,
    /// the next call may succeed), unavailable (after a failed sync: until the log is opened
    /// again).
    Result<void> append(std::span<const Record> records, Deadline deadline);

    Result<std::vector<ports::StoredEvent>> read(ports::Offset from, std::size_t limit);
    ports::OffsetRange range() const;
    ports::Offset end() const { return end_offset_.load(std::memory_order_acquire); }
    Result<ports::Offset> offset_at(Timestamp at);

    /// Removes and compacts sealed segments as the policy says. Not while another call of it runs.
    Result<void> maintain(Timestamp now);
    std::size_t segments() const;

private:
    struct Piece {
        std::shared_ptr<SegmentFile> segment;  // Owners: the list, and readers on their way.
        std::optional<SegmentIndex> index;     ///< None: sealed, and not looked at yet.
    };
    struct Pending {
        std::span<const Record> records;
        std::size_t bytes = 0;
        bool is_taken = false;
        bool is_done = false;
        Result<void> result;
    };
    /// Where a read begins: a piece of the list, unrolled so that no lock is held.
    struct Spot {
        std::shared_ptr<SegmentFile> segment;
        std::uint64_t position = 0;
        std::uint64_t end = 0;
        ports::Offset next = 0;
        std::optional<SealedEnd> unindexed{};
    };

    Result<void> recover();
    Result<void> check_order(bool is_first_known) const;
    Result<void> submit(Pending& own, Deadline deadline);
    Result<void> write_group(std::span<Pending* const> group);
    Result<void> roll();
    Result<void> make_room(std::uint64_t end);
    void write_watermark();
    std::string path_of(ports::Offset base) const;
    std::string context_of(HouseholdId household) const;

    std::optional<Spot> locate(ports::Offset from) const;
    std::optional<SealedEnd> sealed_end(std::size_t piece) const;
    Result<void> keep_index(const Spot& spot);
    Result<void> read_from(const Spot& spot, ports::Offset from, std::size_t limit,
                           std::vector<ports::StoredEvent>& events);
    Result<void> open_record(const RecordView& record, const BatchHeader& batch, ports::Offset from,
                             std::vector<ports::StoredEvent>& events) const;

    /// Changes the list of segments under the lock while nobody writes.
    void as_leader(const std::function<void()>& change);
    Result<void> retain(Timestamp now);
    using LastOffsets = std::map<std::pair<HouseholdId, std::string>, ports::Offset>;
    Result<void> compact();
    Result<void> compact_segment(std::size_t number, const Spot& spot, const LastOffsets& last);
    Result<std::optional<Record>> compacted(const RecordView& view, const BatchHeader& batch,
                                            const LastOffsets& last, ports::Offset& base) const;
    Result<void> replace(std::size_t number, const SegmentHeader& header, ByteView bytes);

    const Place place_;
    mutable std::mutex mutex_;
    std::condition_variable done_;
    std::deque<Pending*> queue_;  ///< Guarded by mutex_, as all below but what the leader owns.
    std::size_t queued_bytes_ = 0;
    bool has_leader_ = false;
    bool has_failed_ = false;
    std::vector<Piece> pieces_;
    std::atomic<ports::Offset> end_offset_{0};

    // The leader's alone.
    std::uint64_t allocated_ = 0;
    bool is_roll_begun_ = false;
    std::uint32_t marks_ = 0;
    std::vector<std::byte> buffer_;
};

}  // namespace atlas::adapters::event_bus::segment_log
