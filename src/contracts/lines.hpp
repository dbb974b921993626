// SPDX-License-Identifier: Apache-2.0
// The answer of a route whose bodies are NDJSON: one JSON value a line, in the order of the lines
// that came. What a line may hold is the resource's own affair.
#pragma once

#include <array>
#include <cstddef>
#include <string>

#include "contracts/codec/type_info.hpp"

namespace atlas::contracts {

/// A response of BodyFormat::ndjson: `text` is the whole body.
struct Lines {
    std::string text;
};
template <>
struct Description<Lines> {
    static constexpr std::string_view name = "Lines";
    static constexpr std::string_view doc = "One JSON value a line.";
    static constexpr auto fields = std::array{
        field<&Lines::text>("text", "The lines.").at_most(std::size_t{1} << 32),
    };
};

}  // namespace atlas::contracts
