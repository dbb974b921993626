// SPDX-License-Identifier: Apache-2.0
// Finds the end of a request's head while it arrives, and refuses at the first byte what two
// servers could read differently: bare CR or LF, obs-fold, control characters, an empty first
// line. Only bytes that pass reach the parser.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "serving/http/refusal.hpp"
#include "serving/server.hpp"

namespace atlas::serving::http {

class HeadScanner {
public:
    /// Looks at what is new in `received`, which starts with the request line and only grows.
    /// A refusal is final; nothing and `head_bytes() == 0` means that more is needed.
    std::optional<Refusal> scan(std::string_view received, const Limits& limits);
    /// Size of the head with its empty line, 0 until it is complete.
    std::size_t head_bytes() const { return head_bytes_; }
    void reset() { *this = {}; }

private:
    std::optional<Refusal> end_line(std::size_t end, const Limits& limits);

    std::size_t position_ = 0;
    std::size_t line_start_ = 0;
    std::size_t first_line_end_ = 0;
    std::size_t line_count_ = 0;
    std::size_t head_bytes_ = 0;
    bool after_return_ = false;
};

}  // namespace atlas::serving::http
