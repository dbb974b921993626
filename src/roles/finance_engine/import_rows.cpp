// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/import_rows.hpp"

#include <algorithm>
#include <tuple>

#include "base/format.hpp"
#include "finance/statements/csv_records.hpp"
#include "finance/statements/recognise.hpp"
#include "finance/statements/source_text.hpp"

namespace atlas::roles::finance_engine {
namespace {

namespace statements = finance::statements;
using contracts::ImportRowDecision;
using contracts::ImportRowFilter;
using contracts::ImportRowValue;

constexpr std::size_t kDelimiterHead = 64U << 10;

ImportRowDecision decision_of(finance::ledger::EntryVerdict verdict) {
    switch (verdict) {
        case finance::ledger::EntryVerdict::added: return ImportRowDecision::added;
        case finance::ledger::EntryVerdict::duplicate: return ImportRowDecision::duplicate;
        case finance::ledger::EntryVerdict::booked: break;
    }
    return ImportRowDecision::booked;
}

bool fits(const ImportRowValue& row, ImportRowFilter show) {
    switch (show) {
        case ImportRowFilter::added: return row.decision == ImportRowDecision::added;
        case ImportRowFilter::duplicate: return row.decision == ImportRowDecision::duplicate;
        case ImportRowFilter::booked: return row.decision == ImportRowDecision::booked;
        case ImportRowFilter::rejected: return row.decision == ImportRowDecision::rejected;
        case ImportRowFilter::paired: return row.pair.has_value();
        case ImportRowFilter::all: break;
    }
    return true;
}

}  // namespace

void ImportRows::add(const statements::StatementEntry& entry,
                     const finance::ledger::EntryDecision& decision, const std::string& account) {
    if (decision.verdict != finance::ledger::EntryVerdict::duplicate) {
        row_of_.emplace(decision.id, rows_.size());
    }
    rows_.push_back({.line = entry.position.line,
                     .column = entry.position.column,
                     .decision = decision_of(decision.verdict),
                     .reason = decision.reason,
                     .account = account,
                     .date = entry.date,
                     .amount = contracts::to_value(entry.amount),
                     .description = entry.description,
                     .pair = std::nullopt});
}

void ImportRows::reject(const statements::Rejected& rejected) {
    rows_.push_back({.line = rejected.position.line,
                     .column = rejected.position.column,
                     .decision = ImportRowDecision::rejected,
                     .reason = rejected.reason,
                     .account = std::nullopt,
                     .date = std::nullopt,
                     .amount = std::nullopt,
                     .description = std::nullopt,
                     .pair = std::nullopt});
}

void ImportRows::pair(TransactionId leg, const contracts::ImportPair& other) {
    if (const auto found = row_of_.find(leg); found != row_of_.end()) {
        rows_[found->second].pair = other;
    }
}

std::vector<ImportRowValue> ImportRows::take() {
    std::ranges::stable_sort(rows_, [](const ImportRowValue& a, const ImportRowValue& b) {
        return std::tie(a.line, a.column) < std::tie(b.line, b.column);
    });
    return std::move(rows_);
}

contracts::ImportRowList select_rows(std::vector<ImportRowValue> rows,
                                     const contracts::ListImportRows& request) {
    std::erase_if(rows, [&](const ImportRowValue& row) { return !fits(row, request.show); });
    contracts::ImportRowList list;
    list.total = static_cast<std::int64_t>(rows.size());
    const auto first = std::min(request.after, list.total);
    const auto last = std::min(first + request.limit, list.total);
    list.items.assign(std::make_move_iterator(rows.begin() + first),
                      std::make_move_iterator(rows.begin() + last));
    return list;
}

Result<contracts::TableValue> read_table_head(const contracts::ReadTable& request) {
    ATLAS_TRY_ASSIGN(const statements::Format format,
                     statements::recognise(request.content, "the file"));
    if (format != statements::Format::csv) {
        return invalid_argument({}, atlas::format("this is {}, which has no columns to assign",
                                                  statements::name_of(format)));
    }
    statements::SourceText source(request.content);
    if (request.encoding.has_value() && !request.encoding->empty()) {
        const auto chosen = statements::encoding_named(*request.encoding);
        if (!chosen.has_value()) {
            return invalid_argument(
                "/encoding",
                atlas::format("\"{}\" is not an encoding known here", *request.encoding));
        }
        source.choose(*chosen);
    }
    const char delimiter = request.delimiter.has_value() && !request.delimiter->empty()
                               ? request.delimiter->front()
                               : statements::guess_delimiter(
                                     source.text().substr(0, kDelimiterHead), source.encoding());
    if (delimiter == '\0') {
        return invalid_argument("/delimiter", "nothing divides the lines into columns");
    }
    contracts::TableValue table{.delimiter = std::string(1, delimiter),
                                .encoding = std::string(statements::name_of(source.encoding())),
                                .records = {}};
    statements::CsvRecords records(source.text(), delimiter, source.encoding());
    statements::LineCounter lines(source.text());
    std::vector<statements::CsvCell> cells;
    while (table.records.size() < contracts::kTableRecordsMax && records.next(cells)) {
        contracts::TableRecord record{.line = lines.at(cells.front().offset).line, .cells = {}};
        for (const statements::CsvCell& cell : cells) {
            record.cells.push_back(statements::limit_text(statements::csv_text(cell, source)));
        }
        table.records.push_back(std::move(record));
    }
    return table;
}

}  // namespace atlas::roles::finance_engine
