// SPDX-License-Identifier: Apache-2.0
#include "app/time_zones.hpp"

#include <date/tz.h>

#include <exception>

#include "base/format.hpp"

namespace atlas::app {
namespace {

/// What the database says from a moment on; it throws where files are missing.
std::vector<TimeZone::Change> changes_of(const date::time_zone& zone, date::sys_seconds from) {
    const date::sys_seconds last = date::sys_days(date::year(2038) / 1 / 1);
    std::vector<TimeZone::Change> changes;
    for (date::sys_info info = zone.get_info(from); info.end < last;) {
        info = zone.get_info(info.end);
        const auto offset = static_cast<std::int32_t>(info.offset.count());
        changes.push_back({{info.begin.time_since_epoch().count() * 1'000'000}, offset});
    }
    return changes;
}

}  // namespace

Result<TimeZone> read_time_zone(std::string_view name) {
    if (name == "UTC") {
        return TimeZone();  // Also where there is no database.
    }
    try {
        const date::time_zone& zone = *date::locate_zone(std::string(name));
        const date::sys_seconds from = date::sys_days(date::year(1900) / 1 / 1);
        const auto first = static_cast<std::int32_t>(zone.get_info(from).offset.count());
        return TimeZone::create(std::string(name), first, changes_of(zone, from));
    } catch (const std::exception&) {
        return invalid_argument("/time_zone",
                                format("this machine knows no time zone \"{}\"; the zones are the "
                                       "package tzdata's",
                                       name));
    }
}

std::string machine_time_zone() {
    try {
        const std::string& name = date::current_zone()->name();
        return name == "Etc/UTC" ? "UTC" : name;
    } catch (const std::exception&) {
        return "UTC";
    }
}

}  // namespace atlas::app
