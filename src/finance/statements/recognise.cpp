// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/recognise.hpp"

#include <array>

#include "base/format.hpp"
#include "finance/statements/camt.hpp"
#include "finance/statements/csv.hpp"
#include "finance/statements/mt940.hpp"
#include "finance/statements/ofx.hpp"
#include "finance/statements/qif.hpp"
#include "finance/statements/source_text.hpp"

namespace atlas::finance::statements {
namespace {

/// What is looked at to tell a format.
constexpr std::size_t kHeadBytes = 8192;

struct Reader {
    Format format;
    bool (*looks_like)(std::string_view head);
    Result<StatementFile> (*read)(SourceText& source, const ReadOptions& options);
};

// In the order asked: the surest marks first, CSV last. A new format is one line here.
constexpr auto kReaders = std::to_array<Reader>({
    {Format::camt, looks_like_camt, read_camt},
    {Format::ofx, looks_like_ofx, read_ofx},
    {Format::mt940, looks_like_mt940, read_mt940},
    {Format::qif, looks_like_qif, read_qif},
    {Format::csv, looks_like_csv, read_csv},
});

struct Foreign {
    std::string_view mark;
    std::string_view what;
};
constexpr auto kForeign = std::to_array<Foreign>({
    {"%PDF-", "a PDF document; download the statement as OFX or CSV"},
    {"PK\x03\x04", "a ZIP archive or a spreadsheet; unpack it, or save the sheet as CSV"},
    {"\xD0\xCF\x11\xE0", "an old spreadsheet; save it as CSV"},
    {"\x1F\x8B", "compressed; unpack it first"},
    {"<!DOCTYPE html", "a web page; the download has probably failed"},
    {"<html", "a web page; the download has probably failed"},
});

Result<const Reader*> reader_for(std::string_view text, std::string_view file_name) {
    const auto refuse = [&](std::string_view why) {
        return invalid_argument(std::string(file_name), format("the file is {}", why));
    };
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        return refuse("empty");
    }
    for (const Foreign& foreign : kForeign) {
        if (text.starts_with(foreign.mark)) {
            return refuse(foreign.what);
        }
    }
    for (const Reader& reader : kReaders) {
        if (reader.looks_like(text.substr(0, kHeadBytes))) {
            return &reader;
        }
    }
    return refuse("no statement this program knows: OFX, QFX, CAMT, MT940, QIF or CSV");
}

}  // namespace

std::string_view name_of(Format format) {
    constexpr auto kNames = std::to_array<std::string_view>({"ofx", "csv", "qif", "mt940", "camt"});
    return kNames[static_cast<std::size_t>(format)];
}

Result<Format> recognise(std::string_view bytes, std::string_view file_name) {
    const SourceText head(bytes.substr(0, kHeadBytes * 2));
    ATLAS_TRY_ASSIGN(const Reader* const reader, reader_for(head.text(), file_name));
    return reader->format;
}

Result<StatementFile> read_statements(std::string_view bytes, std::string_view file_name,
                                      const ReadOptions& options) {
    if (bytes.size() > kInputBytesMax && !options.converted_from.has_value()) {
        return fail(
            ErrorCode::too_large, std::string(file_name),
            format("the file has {} bytes; at most {} are accepted", bytes.size(), kInputBytesMax));
    }
    SourceText source(bytes, options.passed, options.converted_from);
    ATLAS_TRY_ASSIGN(const Reader* const reader, reader_for(source.text(), file_name));
    auto file = reader->read(source, options);
    if (!file.has_value() && file.error().place.empty()) {
        return fail(file.error().code, std::string(file_name), file.error().message);
    }
    return file;
}

}  // namespace atlas::finance::statements
