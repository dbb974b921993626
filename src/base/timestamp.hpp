// SPDX-License-Identifier: Apache-2.0
// Timestamps as text: RFC 3339 in UTC, "2026-11-22T19:04:05.123456Z".
#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace atlas {

/// Microseconds are written only when they are not zero.
std::string to_string(Timestamp timestamp);

/// Reads YYYY-MM-DDTHH:MM:SS[.f…](Z|±HH:MM), up to nine fraction digits, truncated to
/// microseconds. A leap second counts as the second after it.
/// Errors: invalid_argument for anything else.
Result<Timestamp> parse_timestamp(std::string_view text);

}  // namespace atlas
