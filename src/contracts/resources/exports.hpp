// SPDX-License-Identifier: Apache-2.0
// The whole ledger in a format of somebody else's, or in our own. In pieces for whoever writes it
// on (memory stays bounded whatever the ledger's size), or as one file to keep.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "contracts/codec/type_info.hpp"
#include "contracts/file_text.hpp"
#include "contracts/route.hpp"

namespace atlas::contracts {

enum class ExportFormat : std::uint8_t { hledger, beancount, csv, ofx, json };
template <>
struct Description<ExportFormat> {
    static constexpr std::string_view name = "ExportFormat";
    static constexpr auto words =
        std::to_array<std::string_view>({"hledger", "beancount", "csv", "ofx", "json"});
};

struct GetExportPiece {
    ExportFormat format = ExportFormat::hledger;
    std::optional<std::string> cursor;
};
template <>
struct Description<GetExportPiece> {
    static constexpr std::string_view name = "GetExportPiece";
    static constexpr std::string_view doc = "Which format, and where to go on.";
    static constexpr auto fields = std::array{
        field<&GetExportPiece::format>("format", "Of the text."),
        field<&GetExportPiece::cursor>("cursor", "next_cursor of the piece before."),
    };
};

struct ExportPiece {
    std::string text;
    std::optional<std::string> next_cursor;
    std::int64_t as_of_sequence = 0;
};
template <>
struct Description<ExportPiece> {
    static constexpr std::string_view name = "ExportPiece";
    static constexpr std::string_view doc = "A piece of an export; all of them in a row are it.";
    static constexpr auto fields = std::array{
        field<&ExportPiece::text>("text", "This piece.").at_most(std::size_t{1} << 30),
        field<&ExportPiece::next_cursor>("next_cursor", "Absent at the end."),
        field<&ExportPiece::as_of_sequence>("as_of_sequence", "Ledger sequence it stands at."),
    };
};

struct GetExport {
    ExportFormat format = ExportFormat::hledger;
};
template <>
struct Description<GetExport> {
    static constexpr std::string_view name = "GetExport";
    static constexpr std::string_view doc = "Which format.";
    static constexpr auto fields = std::array{field<&GetExport::format>("format", "Of the file.")};
};

/// The largest file given out at once; larger ledgers go by pieces.
inline constexpr std::size_t kExportFileBytesMax = std::size_t{256} << 20;

inline constexpr Route<GetExportPiece, ExportPiece> get_export_piece{
    {.method = Method::get,
     .path = "/api/v1/exports/{format}/pieces",
     .operation = "get_export_piece",
     .summary = "A piece of the whole ledger as text; conflict when it changed between pieces.",
     .deadline_ms = 60'000}};

inline constexpr Route<GetExport, FileText> get_export{{.method = Method::get,
                                                        .path = "/api/v1/exports/{format}",
                                                        .operation = "get_export",
                                                        .summary = "The whole ledger as a file.",
                                                        .response_format = BodyFormat::bytes,
                                                        .deadline_ms = 60'000,
                                                        .cost = 20}};

}  // namespace atlas::contracts
