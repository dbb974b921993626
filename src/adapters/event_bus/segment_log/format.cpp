// SPDX-License-Identifier: Apache-2.0
#include "adapters/event_bus/segment_log/format.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/check.hpp"
#include "base/crc32c.hpp"
#include "base/varint.hpp"

namespace atlas::adapters::event_bus::segment_log {
namespace {

static_assert(std::endian::native == std::endian::little, "the files are little-endian");

constexpr std::uint64_t kSegmentMagic = 0x31474F4C534C5441U;  // "ATLSLOG1"
constexpr std::uint32_t kWatermarkMagic = 0x4B52414DU;        // "MARK"
constexpr std::uint32_t kBatchMagic = 0x48435442U;            // "BTCH"

template <class T>
void put(std::span<std::byte> bytes, std::size_t at, const T& value) {
    std::memcpy(bytes.subspan(at, sizeof(T)).data(), &value, sizeof(T));
}
template <class T>
T get(ByteView bytes, std::size_t at) {
    T value;
    std::memcpy(&value, bytes.subspan(at, sizeof(T)).data(), sizeof(T));
    return value;
}

std::size_t padded(std::size_t size) {
    return (size + kAlignment - 1) / kAlignment * kAlignment;
}

void put_text(std::string& out, std::string_view text) {
    put_varint(out, text.size());
    out.append(text);
}

/// Reads what put_varint and put_text wrote; after the first failure everything is empty.
class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}
    std::uint64_t number() {
        const auto value = take_varint(rest_);
        has_failed_ = has_failed_ || !value.has_value();
        return value.value_or(0);
    }
    std::string_view text() { return bytes(number()); }
    std::string_view bytes(std::uint64_t size) {
        if (has_failed_ || size > rest_.size()) {
            has_failed_ = true;
            return {};
        }
        const std::string_view found = rest_.substr(0, static_cast<std::size_t>(size));
        rest_.remove_prefix(found.size());
        return found;
    }
    bool has_failed() const { return has_failed_; }
    bool is_at_end() const { return rest_.empty(); }

private:
    std::string_view rest_;
    bool has_failed_ = false;
};

Unexpected damaged(std::string message) {
    return fail(ErrorCode::data_loss, {}, std::move(message));
}

}  // namespace

HeadBytes encode(const SegmentHeader& header) {
    HeadBytes bytes{};
    put(bytes, 0, kSegmentMagic);
    put(bytes, 8, header.partition);
    put(bytes, 12, header.topic);
    put(bytes, 16, header.base);
    put(bytes, 24, header.previous_base);
    put(bytes, 32, header.previous_end);
    put(bytes, 40, header.compacted_end);
    put(bytes, 48, header.created_bytes);
    put(bytes, 56, header.previous_chain);
    put(bytes, 60, crc32c(ByteView(bytes).first(60)));
    return bytes;
}

std::uint32_t chain_of(const HeadBytes& head) {
    return get<std::uint32_t>(head, 60);
}

std::optional<SegmentHeader> decode_segment_header(ByteView bytes) {
    if (bytes.size() < kHeadBytes || get<std::uint64_t>(bytes, 0) != kSegmentMagic ||
        get<std::uint32_t>(bytes, 60) != crc32c(bytes.first(60))) {
        return std::nullopt;
    }
    return SegmentHeader{.partition = get<ports::Partition>(bytes, 8),
                         .topic = get<std::uint32_t>(bytes, 12),
                         .base = get<ports::Offset>(bytes, 16),
                         .previous_base = get<ports::Offset>(bytes, 24),
                         .previous_end = get<std::uint64_t>(bytes, 32),
                         .previous_chain = get<std::uint32_t>(bytes, 56),
                         .compacted_end = get<std::uint64_t>(bytes, 40),
                         .created_bytes = get<std::uint64_t>(bytes, 48)};
}

std::array<std::byte, kWatermarkBytes> encode(const Watermark& mark) {
    std::array<std::byte, kWatermarkBytes> bytes{};
    put(bytes, 0, kWatermarkMagic);
    put(bytes, 8, mark.base);
    put(bytes, 16, mark.committed_end);
    put(bytes, 4, crc32c(ByteView(bytes).subspan(8)));
    return bytes;
}

std::optional<Watermark> decode_watermark(ByteView bytes) {
    if (bytes.size() < kWatermarkBytes || get<std::uint32_t>(bytes, 0) != kWatermarkMagic ||
        get<std::uint32_t>(bytes, 4) != crc32c(bytes.subspan(8, kWatermarkBytes - 8))) {
        return std::nullopt;
    }
    return Watermark{.base = get<ports::Offset>(bytes, 8),
                     .committed_end = get<std::uint64_t>(bytes, 16)};
}

// The chain is the batch's own header checksum, at 60 as in a segment header; the header's
// checksum covers the body's, so the chain covers everything in front.
HeadBytes encode(const BatchHeader& header) {
    HeadBytes bytes{};
    put(bytes, 0, kBatchMagic);
    put(bytes, 4, header.length);
    put(bytes, 8, header.base);
    put(bytes, 16, header.next);
    put(bytes, 24, header.committed_end);
    put(bytes, 32, header.previous_chain);
    put(bytes, 36, header.body_checksum);
    put(bytes, 40, header.time_min);
    put(bytes, 48, header.time_max);
    put(bytes, 56, header.records);
    put(bytes, 60, crc32c(ByteView(bytes).first(60)));
    return bytes;
}

std::optional<BatchHeader> decode_batch_header(ByteView bytes) {
    if (bytes.size() < kHeadBytes || get<std::uint32_t>(bytes, 0) != kBatchMagic ||
        get<std::uint32_t>(bytes, 60) != crc32c(bytes.first(60))) {
        return std::nullopt;
    }
    return BatchHeader{.length = get<std::uint32_t>(bytes, 4),
                       .records = get<std::uint32_t>(bytes, 56),
                       .base = get<ports::Offset>(bytes, 8),
                       .next = get<ports::Offset>(bytes, 16),
                       .committed_end = get<std::uint64_t>(bytes, 24),
                       .previous_chain = get<std::uint32_t>(bytes, 32),
                       .body_checksum = get<std::uint32_t>(bytes, 36),
                       .time_min = get<Timestamp>(bytes, 40),
                       .time_max = get<Timestamp>(bytes, 48)};
}

std::uint32_t append_batch_at(std::span<const Record* const> records,
                              std::span<const ports::Offset> bases, BatchHeader header,
                              std::vector<std::byte>& out) {
    const std::size_t start = out.size();
    out.resize(start + kHeadBytes);
    header.records = static_cast<std::uint32_t>(records.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
        const Record& record = *records[i];
        header.time_min = i == 0 ? record.time_min : std::min(header.time_min, record.time_min);
        header.time_max = i == 0 ? record.time_max : std::max(header.time_max, record.time_max);
        std::array<std::byte, kRecordHeadBytes> head{};
        put(head, 4, static_cast<std::uint32_t>(record.sealed.size()));
        put(head, 8, static_cast<std::uint32_t>(bases[i] - header.base));
        put(head, 12, record.count);
        put(head, 16, record.household);
        const ByteView sealed = std::as_bytes(std::span(record.sealed));
        put(head, 0, crc32c(sealed, crc32c(ByteView(head).subspan(4))));
        out.insert(out.end(), head.begin(), head.end());
        out.insert(out.end(), sealed.begin(), sealed.end());
        out.resize(start + padded(out.size() - start));
    }
    header.length = static_cast<std::uint32_t>(out.size() - start);
    header.body_checksum = crc32c(ByteView(out).subspan(start + kHeadBytes));
    const HeadBytes head = encode(header);
    std::ranges::copy(head, out.begin() + static_cast<std::ptrdiff_t>(start));
    return chain_of(head);
}

std::uint32_t append_batch(std::span<const Record* const> records, BatchHeader header,
                           std::vector<std::byte>& out) {
    std::vector<ports::Offset> bases;
    bases.reserve(records.size());
    header.next = header.base;
    for (const Record* record : records) {
        bases.push_back(header.next);
        header.next += record->count;
    }
    return append_batch_at(records, bases, header, out);
}

Result<std::vector<RecordView>> records_of(const BatchHeader& header, ByteView batch) {
    ATLAS_CHECK(batch.size() == header.length);
    if (crc32c(batch.subspan(kHeadBytes)) != header.body_checksum) {
        return damaged("the checksum of the batch is wrong");
    }
    std::vector<RecordView> records;
    std::size_t at = kHeadBytes;
    for (std::uint32_t i = 0; i < header.records; ++i) {
        if (batch.size() - at < kRecordHeadBytes) {
            return damaged("a record leaves its batch");
        }
        const ByteView head = batch.subspan(at, kRecordHeadBytes);
        const auto size = get<std::uint32_t>(head, 4);
        if (size > batch.size() - at - kRecordHeadBytes) {
            return damaged("a record leaves its batch");
        }
        const ByteView sealed = batch.subspan(at + kRecordHeadBytes, size);
        if (crc32c(sealed, crc32c(head.subspan(4))) != get<std::uint32_t>(head, 0)) {
            return damaged("the checksum of a record is wrong");
        }
        records.push_back({.household = get<HouseholdId>(head, 16),
                           .base = header.base + get<std::uint32_t>(head, 8),
                           .count = get<std::uint32_t>(head, 12),
                           .sealed = {reinterpret_cast<const char*>(sealed.data()), size}});
        at = std::min(batch.size(), padded(at + kRecordHeadBytes + size));
    }
    return records;
}

std::string encode_events(std::span<const ports::Event* const> events,
                          std::span<const std::uint32_t> deltas) {
    std::string out;
    std::size_t bytes = 0;
    for (const ports::Event* event : events) {
        bytes += 32 + event->type.size() + event->key.size() + event->payload.size();
    }
    out.reserve(bytes);
    std::int64_t time = 0;
    std::string_view type;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const ports::Event& event = *events[i];
        put_varint(out, deltas.empty() ? i : deltas[i]);
        put_varint(out, zigzag(event.sequence));
        // Wraps around at the ends of time, and back when it is read.
        put_varint(
            out,
            zigzag(static_cast<std::int64_t>(static_cast<std::uint64_t>(event.recorded_at.micros) -
                                             static_cast<std::uint64_t>(time))));
        time = event.recorded_at.micros;
        if (i > 0 && type == event.type) {
            put_varint(out, 0);  // As the one before.
        } else {
            put_varint(out, event.type.size() + 1);
            out.append(event.type);
        }
        type = event.type;
        put_text(out, event.key);
        put_text(out, event.payload);
    }
    return out;
}

Result<std::vector<ports::StoredEvent>> decode_events(const RecordView& record,
                                                      std::string_view plain) {
    std::vector<ports::StoredEvent> events;
    Reader reader(plain);
    std::uint64_t time = 0;
    std::string type;
    for (std::uint32_t i = 0; i < record.count && !reader.has_failed(); ++i) {
        ports::StoredEvent stored;
        stored.offset = record.base + static_cast<ports::Offset>(reader.number());
        stored.event.household = record.household;
        stored.event.sequence = unzigzag(reader.number());
        time += static_cast<std::uint64_t>(unzigzag(reader.number()));
        stored.event.recorded_at.micros = static_cast<std::int64_t>(time);
        const std::uint64_t type_size = reader.number();
        if (type_size > 0) {
            type = reader.bytes(type_size - 1);
        }
        stored.event.type = type;
        stored.event.key = reader.text();
        stored.event.payload = reader.text();
        events.push_back(std::move(stored));
    }
    if (reader.has_failed() || !reader.is_at_end()) {
        return damaged("the events of a record are not what was written");
    }
    return events;
}

}  // namespace atlas::adapters::event_bus::segment_log
