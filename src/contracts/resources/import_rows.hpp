// SPDX-License-Identifier: Apache-2.0
// A file looked at row by row before it is booked: what becomes of each entry and why, and the
// first records of a table as printed, so that a person can say what its columns are.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contracts/money_value.hpp"
#include "contracts/resources/imports.hpp"
#include "contracts/route.hpp"

namespace atlas::contracts {

/// Largest head of a file that is looked at, and records shown of it.
inline constexpr std::size_t kTableBytesMax = 1U << 20;
inline constexpr std::size_t kTableRecordsMax = 60;

enum class ImportRowFilter : std::uint8_t { all, added, duplicate, booked, rejected, paired };
template <>
struct Description<ImportRowFilter> {
    static constexpr std::string_view name = "ImportRowFilter";
    static constexpr auto words = std::to_array<std::string_view>(
        {"all", "added", "duplicate", "booked", "rejected", "paired"});
};

enum class ImportRowDecision : std::uint8_t { added, duplicate, booked, rejected };
template <>
struct Description<ImportRowDecision> {
    static constexpr std::string_view name = "ImportRowDecision";
    static constexpr auto words =
        std::to_array<std::string_view>({"added", "duplicate", "booked", "rejected"});
};

struct ImportPair {
    std::string account;
    Date date;
    MoneyValue amount;
    std::string description;
    double confidence = 0.0;
};
template <>
struct Description<ImportPair> {
    static constexpr std::string_view name = "ImportPair";
    static constexpr std::string_view doc = "The other leg of a transfer between own accounts.";
    static constexpr auto fields = std::array{
        field<&ImportPair::account>("account", "Name of the other account."),
        field<&ImportPair::date>("date", "Booking date there."),
        field<&ImportPair::amount>("amount", "Signed, as booked there."),
        field<&ImportPair::description>("description", "The bank's text there."),
        field<&ImportPair::confidence>("confidence", "How surely they belong together.")
            .range(0, 1),
    };
};

struct ImportRowValue {
    std::int64_t line = 0;
    std::int64_t column = 0;
    ImportRowDecision decision = ImportRowDecision::added;
    std::string reason;
    std::optional<std::string> account;
    std::optional<Date> date;
    std::optional<MoneyValue> amount;
    std::optional<std::string> description;
    std::optional<ImportPair> pair;
};
template <>
struct Description<ImportRowValue> {
    static constexpr std::string_view name = "ImportRow";
    static constexpr std::string_view doc = "One entry of a file, what becomes of it, and why.";
    static constexpr auto fields = std::array{
        field<&ImportRowValue::line>("line", "In the file, from 1."),
        field<&ImportRowValue::column>("column", "From 1, in bytes."),
        field<&ImportRowValue::decision>("decision",
                                         "booked: a pending one of the ledger is now posted."),
        field<&ImportRowValue::reason>("reason", "In plain words."),
        field<&ImportRowValue::account>("account", "Where it goes; absent when rejected."),
        field<&ImportRowValue::date>("date", "Booking date; absent when rejected."),
        field<&ImportRowValue::amount>("amount", "Signed; absent when rejected."),
        field<&ImportRowValue::description>("description", "The bank's text."),
        field<&ImportRowValue::pair>("pair", "The transfer it is one leg of."),
    };
};

struct ListImportRows {
    ImportId id;
    ImportRowFilter show = ImportRowFilter::all;
    std::int64_t after = 0;
    std::int64_t limit = 100;
};
template <>
struct Description<ListImportRows> {
    static constexpr std::string_view name = "ListImportRows";
    static constexpr std::string_view doc = "Which rows.";
    static constexpr auto fields = std::array{
        field<&ListImportRows::id>("id", "Identifier of the import."),
        field<&ListImportRows::show>("show", "Only these.").or_default(),
        field<&ListImportRows::after>("after", "Rows to pass over.")
            .range(0, 1'000'000'000)
            .or_default(),
        field<&ListImportRows::limit>("limit", "At most this many.").range(1, 1000).or_default(),
    };
};

struct ImportRowList {
    std::vector<ImportRowValue> items;
    std::int64_t total = 0;
};
template <>
struct Description<ImportRowList> {
    static constexpr std::string_view name = "ImportRowList";
    static constexpr std::string_view doc = "Rows in the order of the file.";
    static constexpr auto fields = std::array{
        field<&ImportRowList::items>("items", "The rows."),
        field<&ImportRowList::total>("total", "Rows that fit, all pages."),
    };
};

struct ReadTable {
    std::optional<std::string> delimiter;
    std::optional<std::string> encoding;
    std::string content;
};
template <>
struct Description<ReadTable> {
    static constexpr std::string_view name = "ReadTable";
    static constexpr std::string_view doc = "The head of a file of columns.";
    static constexpr auto fields = std::array{
        field<&ReadTable::delimiter>("delimiter", "One character; absent: recognised.")
            .from_query()
            .at_most(1),
        field<&ReadTable::encoding>("encoding", "Absent: by the bytes.").from_query().at_most(40),
        field<&ReadTable::content>("content", "The head of the file.").from_raw_body().or_default(),
    };
};

struct TableRecord {
    std::int64_t line = 0;
    std::vector<std::string> cells;
};
template <>
struct Description<TableRecord> {
    static constexpr std::string_view name = "TableRecord";
    static constexpr std::string_view doc = "One record as printed.";
    static constexpr auto fields = std::array{
        field<&TableRecord::line>("line", "Where it begins, from 1."),
        field<&TableRecord::cells>("cells", "Quotes undone, nothing interpreted."),
    };
};

struct TableValue {
    std::string delimiter;
    std::string encoding;
    std::vector<TableRecord> records;
};
template <>
struct Description<TableValue> {
    static constexpr std::string_view name = "Table";
    static constexpr std::string_view doc = "The first records of a file of columns.";
    static constexpr auto fields = std::array{
        field<&TableValue::delimiter>("delimiter", "The one it was read with."),
        field<&TableValue::encoding>("encoding", "The one it was read with."),
        field<&TableValue::records>("records", "The first 60."),
    };
};

inline constexpr Route<ListImportRows, ImportRowList> list_import_rows{
    {.method = Method::get,
     .path = "/api/v1/imports/{id}/rows",
     .operation = "list_import_rows",
     .summary = "A previewed file row by row: what becomes of each, and why.",
     .deadline_ms = 60'000}};

inline constexpr Route<ReadTable, TableValue> read_table{
    {.method = Method::post,
     .path = "/api/v1/imports/table",
     .operation = "read_table",
     .summary = "The columns of a file as printed; nothing is kept.",
     .request_format = BodyFormat::bytes,
     .body_bytes_max = kTableBytesMax}};

}  // namespace atlas::contracts
