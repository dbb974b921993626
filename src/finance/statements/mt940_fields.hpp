// SPDX-License-Identifier: Apache-2.0
// The fields of a SWIFT MT940 or MT942 text: ":61:…" up to the next tag, with or without the
// blocks {1:…}{4:…-} around a message. Banks break lines, tags and ends in many ways; only what
// stands where a tag can stand is one.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace atlas::finance::statements {

/// The tag of the line that ends a message: "-", "-}".
inline constexpr std::string_view kMt940End = "-";

struct Mt940Field {
    std::string_view tag;    ///< "61", "60F", "NS", or kMt940End.
    std::string_view value;  ///< All its lines, raw, without the last line end.
    std::size_t offset = 0;  ///< Of the tag's first byte.
};

class Mt940Scanner {
public:
    explicit Mt940Scanner(std::string_view text);

    /// The next field; nothing at the end. Cost: linear over all calls.
    std::optional<Mt940Field> next();

private:
    struct Line {
        std::string_view text;  ///< Without its end.
        std::size_t begin = 0;
        std::size_t next = 0;
    };
    struct Start {
        std::string_view tag;
        std::size_t value = 0;  ///< Offset of the value's first byte.
        std::size_t offset = 0;
    };

    Line line_at(std::size_t begin) const;
    std::optional<Start> start_at(const Line& line) const;
    bool is_wrapped_time(std::string_view tag, std::string_view open, std::string_view before,
                         std::string_view line) const;

    std::string_view text_;
    char line_end_;
    std::size_t at_ = 0;
};

/// True where a line of the text begins with a tag these messages have.
bool looks_like_mt940(std::string_view head);

}  // namespace atlas::finance::statements
