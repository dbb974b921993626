// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/import_reading.hpp"

#include <optional>

#include "contracts/codec/json.hpp"
#include "finance/statements/recognise.hpp"
#include "roles/finance_engine/csv_mapping_value.hpp"
#include "roles/finance_engine/import_text.hpp"

namespace atlas::roles::finance_engine {
namespace {

namespace statements = finance::statements;

/// What a person has answered for an earlier file of the account counts for the next one of the
/// same shape: the last mapping given with a committed import, if its columns and the lines above
/// them are those found here.
Result<std::optional<statements::CsvMapping>> kept_mapping(const ReadingQuestion& reading,
                                                           const statements::CsvMapping& inferred) {
    ATLAS_TRY_ASSIGN(const auto records, reading.store.imports(reading.household));
    for (const ports::ImportRecord& record : records) {
        if (record.state != ports::ImportState::committed ||
            record.account != reading.question.account) {
            continue;
        }
        const auto request = contracts::decode<contracts::CreateImport>(record.mapping);
        if (!request.has_value() || request->mapping.value_or("").empty()) {
            continue;
        }
        const auto value = contracts::decode<contracts::CsvMappingValue>(*request->mapping);
        const auto mapping = value.has_value()
                                 ? read_mapping(*value)
                                 : Result<statements::CsvMapping>(Unexpected(value.error()));
        if (mapping.has_value() && mapping->delimiter == inferred.delimiter &&
            mapping->skip_records == inferred.skip_records &&
            mapping->columns.size() == inferred.columns.size()) {
            return std::optional(*mapping);
        }
    }
    return std::optional<statements::CsvMapping>();
}

Result<statements::ReadOptions> read_options(const ReadingQuestion& reading) {
    statements::ReadOptions options;
    options.currency = reading.question.base_currency;
    if (reading.question.currency.has_value()) {
        ATLAS_TRY_ASSIGN(options.currency,
                         contracts::read_currency(*reading.question.currency, "/currency"));
    }
    for (const ports::AccountBalance& row : reading.accounts) {
        if (!reading.question.currency.has_value() &&
            row.account.name == reading.question.account) {
            options.currency = row.account.currency;
        }
    }
    if (reading.question.mapping.has_value()) {
        ATLAS_TRY_ASSIGN(options.mapping, read_mapping(*reading.question.mapping));
    }
    return options;
}

}  // namespace

Result<statements::StatementFile> read_import(const ReadingQuestion& reading, EntrySpool& spool) {
    const ImportQuestion& question = reading.question;
    ATLAS_TRY_ASSIGN(statements::ReadOptions options, read_options(reading));
    ATLAS_TRY_ASSIGN(const ImportText text, import_text(question));
    options.passed = text.passed;
    options.converted_from = text.converted_from;
    options.sink = &spool;
    ATLAS_TRY_ASSIGN(statements::StatementFile file,
                     statements::read_statements(text.bytes, question.file_name, options));
    const bool is_open = file.csv.has_value() && !file.csv->ambiguities.empty();
    if (!is_open || options.mapping.has_value()) {
        return file;
    }
    ATLAS_TRY_ASSIGN(options.mapping, kept_mapping(reading, file.csv->mapping));
    if (!options.mapping.has_value()) {
        return file;
    }
    spool.clear();
    return statements::read_statements(text.bytes, question.file_name, options);
}

}  // namespace atlas::roles::finance_engine
