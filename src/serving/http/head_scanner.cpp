// SPDX-License-Identifier: Apache-2.0
#include "serving/http/head_scanner.hpp"

namespace atlas::serving::http {
namespace {

constexpr Refusal kBareReturn{400, "bare_carriage_return", "A carriage return stands alone."};
constexpr Refusal kBareFeed{400, "bare_line_feed", "A line feed stands without carriage return."};
constexpr Refusal kControl{400, "control_character", "The head has a control character."};
constexpr Refusal kFold{400, "obs_fold", "A header line starts with white space."};
constexpr Refusal kEmptyFirst{400, "empty_request_line", "The request line is empty."};
constexpr Refusal kLineTooLong{414, "request_line_bytes_max", "The request line is too long."};
constexpr Refusal kHeadersTooLarge{431, "header_bytes_max", "The headers are too large."};
constexpr Refusal kTooManyHeaders{431, "header_count_max", "There are too many headers."};

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
}

}  // namespace

std::optional<Refusal> HeadScanner::scan(std::string_view received, const Limits& limits) {
    for (; position_ < received.size() && head_bytes_ == 0; ++position_) {
        const char c = received[position_];
        if (after_return_) {
            if (c != '\n') {
                return kBareReturn;
            }
            after_return_ = false;
            if (const auto refusal = end_line(position_ + 1, limits)) {
                return refusal;
            }
            continue;
        }
        if (c == '\r') {
            after_return_ = true;
        } else if (c == '\n') {
            return kBareFeed;
        } else if (is_control(c)) {
            return kControl;
        } else if (position_ == line_start_ && line_count_ > 0 && (c == ' ' || c == '\t')) {
            return kFold;
        }
        if (line_count_ == 0 && position_ >= limits.request_line_bytes_max && c != '\r') {
            return kLineTooLong;
        }
        if (line_count_ > 0 && position_ - first_line_end_ >= limits.header_bytes_max + 2) {
            return kHeadersTooLarge;
        }
    }
    return std::nullopt;
}

std::optional<Refusal> HeadScanner::end_line(std::size_t end, const Limits& limits) {
    const bool is_empty = end - line_start_ == 2;
    line_start_ = end;
    if (line_count_ == 0) {
        first_line_end_ = end;
        line_count_ = 1;
        return is_empty ? std::optional(kEmptyFirst) : std::nullopt;
    }
    if (is_empty) {
        head_bytes_ = end;
        return std::nullopt;
    }
    if (end - first_line_end_ > limits.header_bytes_max) {
        return kHeadersTooLarge;
    }
    ++line_count_;
    return line_count_ - 1 > limits.header_count_max ? std::optional(kTooManyHeaders)
                                                     : std::nullopt;
}

}  // namespace atlas::serving::http
