// SPDX-License-Identifier: Apache-2.0
// What ingest itself writes into the log, so that a key sent twice has one effect on any engine
// and after any crash: a head in front of each batch that came with an Idempotency-Key, and marks
// that spare a start from reading the whole topic again.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "contracts/codec/type_info.hpp"

namespace atlas::contracts {

/// Topic of what people, markets and other programs send.
inline constexpr std::string_view kEventsTopic = "events";
/// Topic of the marks.
inline constexpr std::string_view kEventMarksTopic = "events.marks";

/// In front of a keyed batch, in kEventsTopic. The next `accepted - done` sequence numbers of the
/// household are its events.
inline constexpr std::string_view kIngestBatch = "IngestBatch";
inline constexpr std::string_view kIngestMark = "IngestMark";

struct IngestBatchEvent {
    std::int64_t version = 1;
    std::string key;
    std::string body;
    std::int64_t accepted = 0;
    std::int64_t rejected = 0;
    std::int64_t done = 0;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<IngestBatchEvent> {
    using T = IngestBatchEvent;
    static constexpr std::string_view name = "IngestBatch";
    static constexpr std::string_view doc = "The head of a batch sent with an Idempotency-Key.";
    static constexpr auto fields = std::array{
        field<&T::version>("version", "Of this payload."),
        field<&T::key>("key", "First half of the key's SHA-256, in hexadecimal."),
        field<&T::body>("body", "First half of the body's SHA-256, in hexadecimal."),
        field<&T::accepted>("accepted", "Events of the batch."),
        field<&T::rejected>("rejected", "Lines of it that were refused."),
        field<&T::done>("done", "Events of it that an earlier, interrupted write stored."),
    };
};

struct IngestMarkKey {
    std::string key;
    std::string body;
    std::int64_t accepted = 0;
    std::int64_t rejected = 0;
    Timestamp recorded_at;
    friend bool operator==(const IngestMarkKey&, const IngestMarkKey&) = default;
};
template <>
struct Description<IngestMarkKey> {
    using T = IngestMarkKey;
    static constexpr std::string_view name = "IngestMarkKey";
    static constexpr std::string_view doc = "A batch that is stored whole.";
    static constexpr auto fields = std::array{
        field<&T::key>("key", "As in IngestBatch."),
        field<&T::body>("body", "As in IngestBatch."),
        field<&T::accepted>("accepted", "Events."),
        field<&T::rejected>("rejected", "Lines refused."),
        field<&T::recorded_at>("recorded_at", "When it was stored."),
    };
};

/// Of one household and partition. Marks of all households that changed are appended together; an
/// engine may store a part of that, so only the last of them, which closes, says that all up to
/// `next_offset` is told.
struct IngestMarkEvent {
    std::int64_t version = 1;
    std::int64_t next_offset = 0;
    std::int64_t last_sequence = 0;
    bool closes = false;
    std::vector<IngestMarkKey> keys;
    JsonMap<RawJson> unknown_fields;
};
template <>
struct Description<IngestMarkEvent> {
    using T = IngestMarkEvent;
    static constexpr std::string_view name = "IngestMark";
    static constexpr std::string_view doc = "How far ingest remembers without reading the log.";
    static constexpr auto fields = std::array{
        field<&T::version>("version", "Of this payload."),
        field<&T::next_offset>("next_offset", "Where a start reads on."),
        field<&T::last_sequence>("last_sequence", "Of the household, in this topic."),
        field<&T::closes>("closes", "The last of those appended together."),
        field<&T::keys>("keys", "Batches stored since the mark before.").at_most(100'000),
    };
};

}  // namespace atlas::contracts
