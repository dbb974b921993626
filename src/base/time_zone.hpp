// SPDX-License-Identifier: Apache-2.0
// What the wall clocks of a place say, as a value: its offsets from UTC and when they changed. Only
// "today" needs it; a date that is printed on a statement is never shifted. Who reads the zones of
// a machine is app/time_zones.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/date.hpp"
#include "base/result.hpp"

namespace atlas {

class TimeZone {
public:
    /// From this moment on clocks are so far ahead of UTC.
    struct Change {
        Timestamp from;
        std::int32_t offset_seconds = 0;
        friend bool operator==(const Change&, const Change&) = default;
    };

    /// UTC.
    TimeZone() = default;

    /// `first_offset_seconds` holds before the first change.
    /// Errors: invalid_argument (changes not in order, an offset beyond a day).
    static Result<TimeZone> create(std::string name, std::int32_t first_offset_seconds,
                                   std::vector<Change> changes);

    const std::string& name() const { return name_; }

    /// The day the calendars there show. Cost: a binary search.
    Date date_at(Timestamp moment) const;
    /// The last microsecond of a day there. Of a day that was left out altogether: of the day
    /// before it.
    Timestamp end_of(Date day) const;

    friend bool operator==(const TimeZone&, const TimeZone&) = default;

private:
    std::int32_t offset_at(Timestamp moment) const;

    std::string name_ = "UTC";
    std::int32_t first_offset_seconds_ = 0;
    std::vector<Change> changes_;
};

}  // namespace atlas
