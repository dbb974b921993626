// SPDX-License-Identifier: Apache-2.0
#include "adapters/event_bus/sealed_event.hpp"

#include <cstring>

#include "base/format.hpp"
#include "base/little_endian.hpp"

namespace atlas::adapters::event_bus {
namespace {

constexpr std::uint8_t kLayout = 1;
constexpr std::size_t kHeadBytes = 1 + 16 + 8;

/// Sealed bytes belong to their topic, household and time: moved elsewhere they do not open.
std::string context_of(std::string_view topic, std::string_view head) {
    return format("event/{}/", topic) + std::string(head);
}

}  // namespace

Result<std::string> seal_event(ports::Secrets& secrets, std::string_view topic,
                               const ports::Event& event) {
    ByteWriter head;
    head.number(kLayout);
    for (const std::byte byte : event.household.uuid.bytes) {
        head.number(std::to_integer<std::uint8_t>(byte));
    }
    head.number(event.recorded_at.micros);
    std::string bytes = head.take();
    ByteWriter body;
    body.number(event.sequence);
    body.text(event.type);
    body.text(event.key);
    body.text(event.payload);
    const std::string plain = body.take();
    const std::string context = context_of(topic, bytes);
    ATLAS_TRY_ASSIGN(const std::string sealed,
                     secrets.seal(event.household, {.context = context, .bytes = plain}));
    bytes += sealed;
    return bytes;
}

Result<std::vector<std::string>> seal_events(ports::Secrets& secrets, std::string_view topic,
                                             std::span<const ports::Event> events) {
    std::vector<std::string> sealed;
    sealed.reserve(events.size());
    for (const ports::Event& event : events) {
        ATLAS_TRY_ASSIGN(std::string bytes, seal_event(secrets, topic, event));
        sealed.push_back(std::move(bytes));
    }
    return sealed;
}

Result<PlainHead> read_head(std::string_view bytes) {
    if (bytes.size() < kHeadBytes || static_cast<std::uint8_t>(bytes.front()) != kLayout) {
        return fail(ErrorCode::data_loss, {}, "this is no event of Atlas, or a newer program's");
    }
    PlainHead head;
    std::memcpy(head.household.uuid.bytes.data(), bytes.data() + 1, 16);
    std::memcpy(&head.recorded_at.micros, bytes.data() + 17, 8);
    return head;
}

Result<ports::Event> open_event(ports::Secrets& secrets, std::string_view topic,
                                std::string_view bytes) {
    ATLAS_TRY_ASSIGN(const PlainHead head, read_head(bytes));
    ports::Event event{.household = head.household,
                       .sequence = 0,
                       .recorded_at = head.recorded_at,
                       .type = std::string(ports::kErasedEvent),
                       .payload = {}};
    const std::string context = context_of(topic, bytes.substr(0, kHeadBytes));
    const auto plain =
        secrets.open(head.household, {.context = context, .bytes = bytes.substr(kHeadBytes)});
    if (!plain.has_value() && plain.error().code == ErrorCode::not_found) {
        return event;
    }
    ATLAS_TRY(plain);
    ByteReader reader(*plain);
    event.sequence = reader.number<std::int64_t>();
    event.type = reader.text();
    event.key = reader.text();
    event.payload = reader.text();
    ATLAS_TRY(reader.finish());
    return event;
}

}  // namespace atlas::adapters::event_bus
