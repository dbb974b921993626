// SPDX-License-Identifier: Apache-2.0
// The zones the machine knows, from its own IANA database.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time_zone.hpp"

namespace atlas::app {

/// "Europe/Berlin", with every change the database tells of, to 2037.
/// Errors: invalid_argument (no such zone, or the machine has no database).
Result<TimeZone> read_time_zone(std::string_view name);

/// What this machine is set to; UTC where it does not say.
std::string machine_time_zone();

}  // namespace atlas::app
