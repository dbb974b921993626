// SPDX-License-Identifier: Apache-2.0
// Goal: a zone says which day its calendars show, and when that day ends. Method: printed moments
// of known changes (New York's summer time, the day Samoa left out), and for zones made at random
// the end of each day against a walk minute by minute.
#include "base/time_zone.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "base/timestamp.hpp"

namespace atlas {
namespace {

Timestamp at(const char* text) {
    return parse_timestamp(text).value();
}
Date day(const char* text) {
    return Date::parse(text).value();
}

const TimeZone& new_york() {
    static const TimeZone kZone = TimeZone::create("America/New_York", -5 * 3600,
                                                   {{at("2026-03-08T07:00:00Z"), -4 * 3600},
                                                    {at("2026-11-01T06:00:00Z"), -5 * 3600}})
                                      .value();
    return kZone;
}

TEST(TimeZone, UtcIsTheDefault) {
    EXPECT_EQ(TimeZone().name(), "UTC");
    EXPECT_EQ(TimeZone().date_at(at("2026-11-22T23:59:59.999999Z")), day("2026-11-22"));
    EXPECT_EQ(TimeZone().date_at(at("1969-12-31T23:59:59.999999Z")), day("1969-12-31"));
    EXPECT_EQ(TimeZone().end_of(day("2026-11-22")), at("2026-11-22T23:59:59.999999Z"));
}

TEST(TimeZone, SaysTheDayOfThePlaceAroundMidnight) {
    EXPECT_EQ(new_york().date_at(at("2026-11-23T04:59:59.999999Z")), day("2026-11-22"));
    EXPECT_EQ(new_york().date_at(at("2026-11-23T05:00:00Z")), day("2026-11-23"));
    EXPECT_EQ(new_york().date_at(at("2026-07-01T03:59:59Z")), day("2026-06-30"));  // Summer.
    EXPECT_EQ(new_york().date_at(at("2026-07-01T04:00:00Z")), day("2026-07-01"));
}

TEST(TimeZone, EndsADayAtItsLastMicrosecond) {
    EXPECT_EQ(new_york().end_of(day("2026-11-22")), at("2026-11-23T04:59:59.999999Z"));
    EXPECT_EQ(new_york().end_of(day("2026-03-08")), at("2026-03-09T03:59:59.999999Z"));
    EXPECT_EQ(new_york().end_of(day("2026-11-01")), at("2026-11-02T04:59:59.999999Z"));
}

TEST(TimeZone, ADayThatWasLeftOutEndsWithTheDayBefore) {
    const TimeZone samoa =
        TimeZone::create("Pacific/Apia", -10 * 3600, {{at("2011-12-30T10:00:00Z"), 14 * 3600}})
            .value();
    EXPECT_EQ(samoa.date_at(at("2011-12-30T09:59:59Z")), day("2011-12-29"));
    EXPECT_EQ(samoa.date_at(at("2011-12-30T10:00:00Z")), day("2011-12-31"));
    EXPECT_EQ(samoa.end_of(day("2011-12-29")), at("2011-12-30T09:59:59.999999Z"));
    EXPECT_EQ(samoa.end_of(day("2011-12-30")), samoa.end_of(day("2011-12-29")));
    EXPECT_EQ(samoa.end_of(day("2011-12-31")), at("2011-12-31T09:59:59.999999Z"));
}

TEST(TimeZone, EveryDayEndsWhereAWalkSaysSo) {
    constexpr std::int64_t kMinute = 60'000'000;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Random random(seed);
        std::vector<TimeZone::Change> changes;
        Timestamp from = at("2020-01-01T00:00:00Z");
        const Timestamp start = from;
        for (int i = 0; i < 6; ++i) {
            from.micros += static_cast<std::int64_t>(random.below(4 * 1440) + 1) * kMinute;
            const auto offset = static_cast<std::int32_t>(random.below(27 * 4)) * 900 - 12 * 3600;
            changes.push_back({from, offset});
        }
        const auto zone = TimeZone::create("Test", 0, changes).value();
        for (Date d = day("2020-01-02"); d < day("2020-01-20"); d = d.plus_days(1)) {
            Timestamp last{};
            for (std::int64_t t = start.micros; t < start.micros + 24 * 1440 * kMinute;
                 t += kMinute) {
                last = zone.date_at({t}) <= d ? Timestamp{t} : last;
            }
            ASSERT_EQ(zone.end_of(d).micros, last.micros + kMinute - 1)
                << "seed " << seed << ", " << to_string(d);
        }
    }
}

TEST(TimeZone, RefusesChangesInNoOrderAndOffsetsBeyondADay) {
    const Timestamp first = at("2026-01-01T00:00:00Z");
    EXPECT_EQ(TimeZone::create("X", 0, {{first, 0}, {first, 60}}).error().code,
              ErrorCode::invalid_argument);
    EXPECT_EQ(TimeZone::create("X", 86'400, {}).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(TimeZone::create("X", 0, {{first, -86'400}}).error().code,
              ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace atlas
