// SPDX-License-Identifier: Apache-2.0
#include "serving/line_calculator.hpp"

#include <algorithm>

#include "base/format.hpp"

namespace atlas::serving {

Result<void> calculate_line(const LineCalculator& calculator, std::string_view line,
                            std::size_t number, std::string& out) {
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) {
        line.remove_suffix(1);
    }
    if (line.size() > kLineBytesMax) {
        return fail(ErrorCode::too_large, format("line {}", number),
                    format("a line of {} bytes; at most {} accepted", line.size(), kLineBytesMax));
    }
    if (line.find_first_not_of(" \t") == std::string_view::npos) {
        return {};
    }
    Result<void> outcome = calculator(line, out);
    if (!outcome.has_value()) {
        Error error = std::move(outcome).error();
        error.place = format("line {}{}{}", number, error.place.empty() ? "" : ", ", error.place);
        return Unexpected(std::move(error));
    }
    return {};
}

Result<std::string> calculate_lines(const LineCalculator& calculator, std::string_view text) {
    std::string out;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        ATLAS_TRY(calculate_line(calculator, line, number, out));
    }
    return out;
}

}  // namespace atlas::serving
