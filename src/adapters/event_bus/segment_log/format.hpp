// SPDX-License-Identifier: Apache-2.0
// The bytes of a segment file. Little-endian; every structure carries its CRC-32C.
//
//     0     segment header   who comes before: base and end of the segment in front, its chain
//     512   watermark A      how far the segment is committed; A and B are written in turns, so
//     1024  watermark B      that a torn write of one leaves the other
//     2048  batch, batch, …  each the work of one write and one fdatasync, all or nothing:
//           batch header     offsets, times, the committed end when it was made, and the checksum
//                            of the batch in front (the chain): nothing stale can pass for next
//           record, record … one a household: the events of one append, sealed with its key; the
//                            checksum is over the sealed bytes
//     then zeros to the end of what is preallocated
//
// Positions are bytes of the file, offsets are numbers of events in the partition.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ports/event_bus.hpp"

namespace atlas::adapters::event_bus::segment_log {

using ByteView = std::span<const std::byte>;

inline constexpr std::uint64_t kSectorBytes = 512;
inline constexpr std::uint64_t kDataStart = 4 * kSectorBytes;
inline constexpr std::size_t kHeadBytes = 64;        ///< Of a segment header, of a batch header.
inline constexpr std::size_t kRecordHeadBytes = 32;  ///< Of a record.
inline constexpr std::size_t kAlignment = 8;
/// A record is cut here, a batch closed here; one event more than fits is let in.
inline constexpr std::size_t kRecordBytesMax = 1U << 20;
inline constexpr std::size_t kBatchBytesMax = 8U << 20;

struct SegmentHeader {
    ports::Partition partition = 0;
    std::uint32_t topic = 0;  ///< CRC-32C of its name.
    ports::Offset base = 0;   ///< Of the first event.
    ports::Offset previous_base = -1;
    std::uint64_t previous_end = 0;    ///< Position after the last batch of the one in front.
    std::uint32_t previous_chain = 0;  ///< Its chain there.
    /// Of a compacted segment: its own end, known when it was written; else 0.
    std::uint64_t compacted_end = 0;
    /// What the file was made with, on stable storage before this header: it is never smaller.
    std::uint64_t created_bytes = 0;
};
using HeadBytes = std::array<std::byte, kHeadBytes>;
HeadBytes encode(const SegmentHeader& header);
std::optional<SegmentHeader> decode_segment_header(ByteView bytes);
/// The chain's start: the checksum in the header.
std::uint32_t chain_of(const HeadBytes& head);

struct Watermark {
    ports::Offset base = 0;  ///< Of the segment it belongs to.
    std::uint64_t committed_end = 0;
};
inline constexpr std::size_t kWatermarkBytes = 24;
std::array<std::byte, kWatermarkBytes> encode(const Watermark& mark);
std::optional<Watermark> decode_watermark(ByteView bytes);

struct BatchHeader {
    std::uint32_t length = 0;  ///< With this header and padding.
    std::uint32_t records = 0;
    ports::Offset base = 0;
    ports::Offset next = 0;  ///< One past the last; a compacted batch has holes between.
    std::uint64_t committed_end = 0;
    std::uint32_t previous_chain = 0;
    std::uint32_t body_checksum = 0;
    Timestamp time_min{};
    Timestamp time_max{};
};
HeadBytes encode(const BatchHeader& header);
std::optional<BatchHeader> decode_batch_header(ByteView bytes);

/// Events of one household in one append, sealed. Its offsets are set when it is written.
struct Record {
    HouseholdId household;
    std::uint32_t count = 0;  ///< Events.
    std::string sealed;
    Timestamp time_min;
    Timestamp time_max;

    std::size_t bytes() const { return kRecordHeadBytes + sealed.size() + kAlignment; }
};

/// A record as it lies in a batch.
struct RecordView {
    HouseholdId household;
    ports::Offset base = 0;
    std::uint32_t count = 0;
    std::string_view sealed;
};

/// One batch of records with offsets from `header.base` on; length, records, next, body_checksum
/// and times are filled in. Appended to `out`; returns the batch's chain.
std::uint32_t append_batch(std::span<const Record* const> records, BatchHeader header,
                           std::vector<std::byte>& out);
/// The same for a compacted batch, whose records say where they begin.
std::uint32_t append_batch_at(std::span<const Record* const> records,
                              std::span<const ports::Offset> bases, BatchHeader header,
                              std::vector<std::byte>& out);

/// The records of a batch (all of its bytes). Errors: data_loss (a checksum, a length).
Result<std::vector<RecordView>> records_of(const BatchHeader& header, ByteView batch);

/// Plain bytes of a record's events, and back. `offsets` are from the record's base on.
std::string encode_events(std::span<const ports::Event* const> events,
                          std::span<const std::uint32_t> deltas = {});
Result<std::vector<ports::StoredEvent>> decode_events(const RecordView& record,
                                                      std::string_view plain);

}  // namespace atlas::adapters::event_bus::segment_log
