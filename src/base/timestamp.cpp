// SPDX-License-Identifier: Apache-2.0
#include "base/timestamp.hpp"

#include "base/date.hpp"
#include "base/format.hpp"

namespace atlas {
namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kSecondsPerDay = 86'400;

/// Takes `count` digits from the front; -1 when they are not there.
int take_digits(std::string_view& text, std::size_t count) {
    if (text.size() < count) {
        return -1;
    }
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, char expected) {
    if (text.empty() || text.front() != expected) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

/// Fraction digits as microseconds; -1 when malformed.
std::int64_t take_fraction(std::string_view& text) {
    std::int64_t micros = 0;
    int digits = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        if (++digits <= 6) {
            micros = micros * 10 + (text.front() - '0');
        }
        text.remove_prefix(1);
    }
    for (int i = digits; i < 6; ++i) {
        micros *= 10;
    }
    return digits >= 1 && digits <= 9 ? micros : -1;
}

/// Offset from UTC in seconds, or nothing readable: -1 (no offset is that).
std::int64_t take_offset(std::string_view& text) {
    if (take(text, 'Z')) {
        return 0;
    }
    const bool east = take(text, '+');
    if (!east && !take(text, '-')) {
        return -1;
    }
    const int hours = take_digits(text, 2);
    const bool colon = take(text, ':');
    const int minutes = take_digits(text, 2);
    if (hours < 0 || hours > 23 || !colon || minutes < 0 || minutes > 59) {
        return -1;
    }
    const std::int64_t seconds = (hours * 60 + minutes) * 60;
    return east ? seconds : -seconds;
}

}  // namespace

std::string to_string(Timestamp timestamp) {
    std::int64_t seconds = timestamp.micros / kMicrosPerSecond;
    std::int64_t micros = timestamp.micros % kMicrosPerSecond;
    if (micros < 0) {
        micros += kMicrosPerSecond;
        --seconds;
    }
    std::int64_t days = seconds / kSecondsPerDay;
    std::int64_t second = seconds % kSecondsPerDay;
    if (second < 0) {
        second += kSecondsPerDay;
        --days;
    }
    const std::string day = to_string(Date::from_days(static_cast<std::int32_t>(days)));
    const std::string fraction = micros == 0 ? "" : format(".{:06}", micros);
    return format("{}T{:02}:{:02}:{:02}{}Z", day, second / 3600, second / 60 % 60, second % 60,
                  fraction);
}

Result<Timestamp> parse_timestamp(std::string_view text) {
    const auto refuse = [&] {
        return invalid_argument(
            {}, format("\"{}\" is not a time like 2026-11-22T19:04:05Z", text.substr(0, 40)));
    };
    const auto date = Date::parse(text.substr(0, 10));
    if (!date.has_value()) {
        return refuse();
    }
    std::string_view rest = text.substr(10);
    const bool separated = take(rest, 'T') || take(rest, 't') || take(rest, ' ');
    const int hour = take_digits(rest, 2);
    const bool first_colon = take(rest, ':');
    const int minute = take_digits(rest, 2);
    const bool second_colon = take(rest, ':');
    const int second = take_digits(rest, 2);
    if (!separated || !first_colon || !second_colon || hour < 0 || hour > 23 || minute < 0 ||
        minute > 59 || second < 0 || second > 60) {
        return refuse();
    }
    const std::int64_t micros = take(rest, '.') ? take_fraction(rest) : 0;
    const std::int64_t offset = take_offset(rest);
    if (micros < 0 || (offset < 0 && offset % 60 != 0) || !rest.empty()) {
        return refuse();
    }
    const std::int64_t seconds =
        date->days_since_epoch() * kSecondsPerDay + hour * 3600 + minute * 60 + second - offset;
    return Timestamp{seconds * kMicrosPerSecond + micros};
}

}  // namespace atlas
