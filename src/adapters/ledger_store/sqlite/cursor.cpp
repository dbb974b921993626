// SPDX-License-Identifier: Apache-2.0
#include "adapters/ledger_store/sqlite/cursor.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "base/format.hpp"
#include "base/sha256.hpp"

namespace atlas::adapters::ledger_store::sqlite {
namespace {

constexpr std::size_t kDateBytes = 4;
constexpr std::size_t kIdBytes = 16;
constexpr std::size_t kBindingBytes = 16;
constexpr std::size_t kMagnitudeBytes = 8;
constexpr std::size_t kPlaceBytes = kDateBytes + kIdBytes + kMagnitudeBytes;
constexpr std::size_t kCursorBytes = kPlaceBytes + kBindingBytes;

using CursorBytes = std::array<std::byte, kCursorBytes>;

// Lengths stand before the texts, so that no two sets of conditions give the same bytes.
void add_condition(std::string& out, const std::optional<std::string>& text) {
    out += text ? format("{}:{};", text->size(), *text) : std::string("-;");
}

Sha256 binding_of(HouseholdId household, const ports::TransactionQuery& query,
                  std::span<const std::byte> place) {
    std::string text = "atlas transactions cursor 2;" + to_string(household) + ";";
    text += query.account_id ? to_string(*query.account_id) + ";" : "-;";
    text += query.from ? to_string(*query.from) + ";" : "-;";
    text += query.to ? to_string(*query.to) + ";" : "-;";
    add_condition(text, query.category);
    add_condition(text, query.text);
    text += query.import_id ? to_string(*query.import_id) + ";" : "-;";
    add_condition(text, query.tag);
    const auto add_number = [&](const auto& number) {
        text += number ? format("{};", static_cast<std::int64_t>(*number)) : std::string("-;");
    };
    add_number(query.amount_min);
    add_number(query.amount_max);
    add_number(query.flow);
    add_number(query.status);
    add_number(query.filed_by);
    add_number(query.reviewed);
    add_number(query.tagged);
    text += format("{};", static_cast<int>(query.order));
    text += to_hex(place);
    return sha256(text);
}

std::optional<unsigned> digit_of(char c) {
    if (c >= '0' && c <= '9') {
        return static_cast<unsigned>(c - '0');
    }
    if (c >= 'a' && c <= 'f') {
        return static_cast<unsigned>(c - 'a') + 10;
    }
    return std::nullopt;
}

std::optional<CursorBytes> from_hex(std::string_view text) {
    if (text.size() != 2 * kCursorBytes) {
        return std::nullopt;
    }
    CursorBytes bytes{};
    for (std::size_t i = 0; i < kCursorBytes; ++i) {
        const auto high = digit_of(text[2 * i]);
        const auto low = digit_of(text[2 * i + 1]);
        if (!high || !low) {
            return std::nullopt;
        }
        bytes[i] = static_cast<std::byte>(*high * 16 + *low);
    }
    return bytes;
}

Unexpected not_ours() {
    return invalid_argument("/cursor",
                            "this cursor does not belong to this question; start without one");
}

}  // namespace

std::string encode_cursor(HouseholdId household, const ports::TransactionQuery& query,
                          const CursorPlace& place) {
    CursorBytes bytes{};
    const auto days = static_cast<std::uint32_t>(place.date.days_since_epoch());
    for (std::size_t i = 0; i < kDateBytes; ++i) {
        bytes[i] = static_cast<std::byte>((days >> (8 * i)) & 0xFFU);
    }
    std::ranges::copy(place.id.uuid.bytes, bytes.begin() + kDateBytes);
    const auto magnitude = static_cast<std::uint64_t>(place.magnitude);
    for (std::size_t i = 0; i < kMagnitudeBytes; ++i) {
        bytes[kDateBytes + kIdBytes + i] = static_cast<std::byte>((magnitude >> (8 * i)) & 0xFFU);
    }
    const Sha256 binding = binding_of(household, query, std::span(bytes).first(kPlaceBytes));
    std::copy_n(binding.begin(), kBindingBytes, bytes.begin() + kPlaceBytes);
    return to_hex(bytes);
}

Result<CursorPlace> decode_cursor(HouseholdId household, const ports::TransactionQuery& query) {
    const std::optional<CursorBytes> bytes = from_hex(query.cursor);
    if (!bytes) {
        return not_ours();
    }
    const auto place_bytes = std::span(*bytes).first(kPlaceBytes);
    const Sha256 binding = binding_of(household, query, place_bytes);
    if (!std::equal(bytes->begin() + kPlaceBytes, bytes->end(), binding.begin())) {
        return not_ours();
    }
    std::uint32_t days = 0;
    for (std::size_t i = 0; i < kDateBytes; ++i) {
        days |= std::to_integer<std::uint32_t>((*bytes)[i]) << (8 * i);
    }
    std::uint64_t magnitude = 0;
    for (std::size_t i = 0; i < kMagnitudeBytes; ++i) {
        magnitude |= std::to_integer<std::uint64_t>((*bytes)[kDateBytes + kIdBytes + i]) << (8 * i);
    }
    CursorPlace place{};
    place.magnitude = static_cast<std::int64_t>(magnitude);
    // The range was checked when the date was made: the binding vouches for the bytes.
    constexpr std::int32_t kDaysMin = -719162;  // 0001-01-01
    constexpr std::int32_t kDaysMax = 2932896;  // 9999-12-31
    const auto signed_days = static_cast<std::int32_t>(days);
    if (signed_days < kDaysMin || signed_days > kDaysMax) {
        return not_ours();
    }
    place.date = Date::from_days(signed_days);
    std::copy_n(bytes->begin() + kDateBytes, kIdBytes, place.id.uuid.bytes.begin());
    return place;
}

}  // namespace atlas::adapters::ledger_store::sqlite
