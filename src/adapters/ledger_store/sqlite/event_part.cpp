// SPDX-License-Identifier: Apache-2.0
#include "adapters/ledger_store/sqlite/event_part.hpp"

#include <zlib.h>

#include <algorithm>

#include "base/check.hpp"
#include "base/little_endian.hpp"

namespace atlas::adapters::ledger_store::sqlite {
namespace {

/// One event may be larger than a part should be; beyond this the bytes lie about their size.
constexpr std::uint64_t kUnpackedBytesMax = std::uint64_t{1} << 30;

Unexpected damaged() {
    return fail(ErrorCode::data_loss, "ledger store", "a part of the outbox cannot be read");
}

}  // namespace

std::size_t part_length(std::span<const ports::OutboxEvent> events) {
    std::size_t count = 0;
    std::size_t bytes = 0;
    while (count < std::min(events.size(), kPartEventsMax) && bytes < kPartBytesMax) {
        bytes += events[count].type.size() + events[count].payload.size();
        ++count;
    }
    return count;
}

std::string pack_events(std::span<const ports::OutboxEvent> events) {
    ByteWriter plain;
    for (const ports::OutboxEvent& event : events) {
        plain.text(event.type);
        plain.text(event.payload);
    }
    const std::string bytes = plain.take();
    ByteWriter head;
    head.number(static_cast<std::uint64_t>(bytes.size()));
    std::string packed = head.take();
    const std::size_t head_size = packed.size();
    uLongf size = compressBound(static_cast<uLong>(bytes.size()));
    packed.resize(head_size + size);
    const int result = compress2(reinterpret_cast<Bytef*>(packed.data() + head_size), &size,
                                 reinterpret_cast<const Bytef*>(bytes.data()),
                                 static_cast<uLong>(bytes.size()), Z_BEST_SPEED);
    // The room is what zlib asked for; only a lack of memory is left.
    ATLAS_CHECK(result == Z_OK);
    packed.resize(head_size + size);
    return packed;
}

Result<std::vector<ports::OutboxEvent>> unpack_events(std::string_view bytes, std::int64_t count) {
    ByteReader head(bytes);
    const auto plain_size = head.number<std::uint64_t>();
    if (head.is_broken() || plain_size > kUnpackedBytesMax || count < 1 ||
        count > static_cast<std::int64_t>(kPartEventsMax)) {
        return damaged();
    }
    bytes.remove_prefix(sizeof(plain_size));
    std::string plain(plain_size, '\0');
    uLongf size = static_cast<uLongf>(plain_size);
    const int result =
        uncompress(reinterpret_cast<Bytef*>(plain.data()), &size,
                   reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uLong>(bytes.size()));
    if (result != Z_OK || size != plain_size) {
        return damaged();
    }
    ByteReader in(plain);
    std::vector<ports::OutboxEvent> events;
    for (std::int64_t i = 0; i < count; ++i) {
        const std::string_view type = in.text();
        events.push_back({.type = std::string(type), .payload = std::string(in.text())});
    }
    if (!in.finish().has_value()) {
        return damaged();
    }
    return events;
}

}  // namespace atlas::adapters::ledger_store::sqlite
