// SPDX-License-Identifier: Apache-2.0
// Goal: the day of a place is the one the machine's own C library says. Method: localtime_r with
// the zone in TZ, at every hour around each change of fifty years and at moments drawn at random.
#include "app/time_zones.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

#include "base/random.hpp"

namespace atlas::app {
namespace {

constexpr std::int64_t kHour = 3600;

/// Sets TZ for the test alone.
class InZone {
public:
    explicit InZone(const char* name) {
        ::setenv("TZ", name, 1);
        ::tzset();
    }
    InZone(const InZone&) = delete;
    InZone& operator=(const InZone&) = delete;
    ~InZone() {
        ::unsetenv("TZ");
        ::tzset();
    }
    static Date date_at(std::int64_t seconds) {
        const std::time_t time = seconds;
        std::tm local{};
        ::localtime_r(&time, &local);
        return Date::create(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday).value();
    }
};

TEST(TimeZones, AgreeWithTheCLibrary) {
    for (const char* name :
         {"UTC", "America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe",
          "America/Sao_Paulo", "Pacific/Apia", "Africa/Casablanca", "America/Havana"}) {
        const auto zone = read_time_zone(name);
        ASSERT_TRUE(zone.has_value()) << name << ": the machine's zone database is missing";
        const InZone set(name);
        Random random(7);
        for (std::int64_t hour = 0; hour < 60 * 366 * 24;
             hour += 1 + static_cast<std::int64_t>(random.below(13))) {
            const std::int64_t seconds =
                hour * kHour + static_cast<std::int64_t>(random.below(kHour));
            ASSERT_EQ(zone->date_at({seconds * 1'000'000}), InZone::date_at(seconds))
                << name << ", " << seconds;
        }
        for (Date d = Date::create(2005, 1, 1).value(); d < Date::create(2030, 1, 1).value();
             d = d.plus_days(1)) {
            const std::int64_t end = zone->end_of(d).micros;
            EXPECT_EQ((end + 1) % 1'000'000, 0) << name;
            ASSERT_LE(InZone::date_at(end / 1'000'000), d) << name;
            ASSERT_GT(InZone::date_at((end + 1) / 1'000'000), d) << name;
        }
    }
}

TEST(TimeZones, RefuseAnUnknownName) {
    for (const char* name : {"", "Europe/Atlantis", "../../etc/passwd", "utc "}) {
        const auto zone = read_time_zone(name);
        ASSERT_FALSE(zone.has_value()) << name;
        EXPECT_EQ(zone.error().code, ErrorCode::invalid_argument);
    }
}

TEST(TimeZones, TheMachinesOwnIsOneItKnows) {
    EXPECT_TRUE(read_time_zone(machine_time_zone()).has_value());
}

}  // namespace
}  // namespace atlas::app
