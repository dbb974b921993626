// SPDX-License-Identifier: Apache-2.0
// The answer of a route that gives out a file: a response of BodyFormat::bytes.
#pragma once

#include <array>
#include <cstddef>
#include <string>

#include "contracts/codec/type_info.hpp"

namespace atlas::contracts {

/// `text` is the whole body; the browser is told to keep it under `file_name`.
struct FileText {
    std::string text;
    std::string content_type;
    std::string file_name;  ///< Plain ASCII without quotes.
};
template <>
struct Description<FileText> {
    static constexpr std::string_view name = "FileText";
    static constexpr std::string_view doc = "A file.";
    static constexpr auto fields = std::array{
        field<&FileText::text>("text", "Its content.").at_most(std::size_t{1} << 32),
        field<&FileText::content_type>("content_type", "Its media type."),
        field<&FileText::file_name>("file_name", "What to call it."),
    };
};

}  // namespace atlas::contracts
