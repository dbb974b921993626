// SPDX-License-Identifier: Apache-2.0
#include "base/time_zone.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "base/check.hpp"
#include "base/format.hpp"

namespace atlas {
namespace {

constexpr std::int64_t kMicrosASecond = 1'000'000;
constexpr std::int64_t kMicrosADay = 86'400 * kMicrosASecond;

}  // namespace

Result<TimeZone> TimeZone::create(std::string name, std::int32_t first_offset_seconds,
                                  std::vector<Change> changes) {
    constexpr std::int32_t kOffsetMax = 86'400;
    const auto is_sane = [](std::int32_t offset) { return std::abs(offset) < kOffsetMax; };
    bool is_good = is_sane(first_offset_seconds);
    for (std::size_t i = 0; i < changes.size(); ++i) {
        is_good = is_good && is_sane(changes[i].offset_seconds) &&
                  (i == 0 || changes[i - 1].from < changes[i].from);
    }
    if (!is_good) {
        return invalid_argument("/time_zone", format("the changes of {} are in no order", name));
    }
    TimeZone zone;
    zone.name_ = std::move(name);
    zone.first_offset_seconds_ = first_offset_seconds;
    zone.changes_ = std::move(changes);
    return zone;
}

std::int32_t TimeZone::offset_at(Timestamp moment) const {
    const auto after = std::ranges::upper_bound(changes_, moment, {}, &Change::from);
    return after == changes_.begin() ? first_offset_seconds_ : std::prev(after)->offset_seconds;
}

Date TimeZone::date_at(Timestamp moment) const {
    const std::int64_t local = moment.micros + offset_at(moment) * kMicrosASecond;
    const std::int64_t day = local / kMicrosADay - (local % kMicrosADay < 0 ? 1 : 0);
    return Date::from_days(static_cast<std::int32_t>(day));
}

Timestamp TimeZone::end_of(Date day) const {
    // Midnight by each offset that holds around it, or the change itself where clocks jumped over
    // it. Where they were set back over it the day comes twice: its last moment counts.
    const std::int64_t midnight = (day.days_since_epoch() + std::int64_t{1}) * kMicrosADay;
    std::int64_t first_later = std::numeric_limits<std::int64_t>::min();
    const auto consider = [&](std::int64_t micros) {
        if (date_at({micros}) > day && date_at({micros - 1}) <= day) {
            first_later = std::max(first_later, micros);
        }
    };
    const Timestamp from{midnight - kMicrosADay};
    const Timestamp to{midnight + kMicrosADay};
    consider(midnight - offset_at(from) * kMicrosASecond);
    consider(midnight - offset_at(to) * kMicrosASecond);
    for (auto change = std::ranges::lower_bound(changes_, from, {}, &Change::from);
         change != changes_.end() && change->from <= to; ++change) {
        consider(change->from.micros);
        consider(midnight - change->offset_seconds * kMicrosASecond);
    }
    ATLAS_CHECK(first_later > std::numeric_limits<std::int64_t>::min());
    return {first_later - 1};
}

}  // namespace atlas
