// SPDX-License-Identifier: Apache-2.0
// A calculator that reads and writes NDJSON, one line at a time: `atlas calc` feeds it from
// standard input as it comes, POST /api/v1/calc/NAME from a body. It may remember earlier lines.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace atlas::serving {

/// Appends the answer to one line, its '\n' included, to `out`. An error ends the stream.
using LineCalculator = std::function<Result<void>(std::string_view line, std::string& out)>;

/// Longest line accepted; a longer one is refused by its number.
inline constexpr std::size_t kLineBytesMax = 4U << 20;

/// Feeds every line of `text` that is not blank to `calculator`. `\r\n` ends a line too.
/// Errors: the calculator's first; too_large for a line above kLineBytesMax; both say which line.
Result<std::string> calculate_lines(const LineCalculator& calculator, std::string_view text);

/// One line of a stream: trims the line's end, skips a blank one, names the line in errors.
Result<void> calculate_line(const LineCalculator& calculator, std::string_view line,
                            std::size_t number, std::string& out);

}  // namespace atlas::serving
