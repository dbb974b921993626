// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/csv_mapping_value.hpp"

#include "base/format.hpp"
#include "contracts/money_value.hpp"
#include "finance/statements/charset.hpp"

namespace atlas::roles::finance_engine {
namespace {

namespace statements = finance::statements;

/// Puts the pointer on what a parser of words refuses.
template <class T>
Result<T> at(std::string pointer, Result<T> parsed) {
    if (!parsed.has_value()) {
        Error error = std::move(parsed).error();
        error.place = std::move(pointer);
        return Unexpected(std::move(error));
    }
    return parsed;
}

}  // namespace

contracts::CsvMappingValue to_value(const statements::CsvMapping& mapping) {
    contracts::CsvMappingValue value;
    value.delimiter = std::string(1, mapping.delimiter);
    if (mapping.encoding.has_value()) {
        value.encoding = std::string(statements::name_of(*mapping.encoding));
    }
    value.skip_records = mapping.skip_records;
    for (const statements::ColumnRole role : mapping.columns) {
        value.columns.emplace_back(statements::name_of(role));
    }
    value.date_order = std::string(statements::name_of(mapping.date_order));
    value.decimal_mark = std::string(statements::name_of(mapping.decimal_mark));
    value.sign = std::string(statements::name_of(mapping.sign));
    if (mapping.currency.has_value()) {
        value.currency = std::string(mapping.currency->code());
    }
    return value;
}

Result<statements::CsvMapping> read_mapping(const contracts::CsvMappingValue& value) {
    statements::CsvMapping mapping;
    if (value.delimiter.size() != 1) {
        return invalid_argument("/mapping/delimiter", "one character is needed");
    }
    mapping.delimiter = value.delimiter.front();
    if (value.encoding.has_value()) {
        mapping.encoding = statements::encoding_named(*value.encoding);
        if (!mapping.encoding.has_value()) {
            return invalid_argument(
                "/mapping/encoding",
                format("\"{}\" is not an encoding known here", *value.encoding));
        }
    }
    mapping.skip_records = value.skip_records;
    for (std::size_t i = 0; i < value.columns.size(); ++i) {
        ATLAS_TRY_ASSIGN(
            const statements::ColumnRole role,
            at(format("/mapping/columns/{}", i), statements::parse_column_role(value.columns[i])));
        mapping.columns.push_back(role);
    }
    ATLAS_TRY_ASSIGN(mapping.date_order,
                     at("/mapping/date_order", statements::parse_date_order(value.date_order)));
    ATLAS_TRY_ASSIGN(mapping.decimal_mark, at("/mapping/decimal_mark",
                                              statements::parse_decimal_mark(value.decimal_mark)));
    ATLAS_TRY_ASSIGN(mapping.sign, at("/mapping/sign", statements::parse_amount_sign(value.sign)));
    if (value.currency.has_value()) {
        ATLAS_TRY_ASSIGN(mapping.currency,
                         contracts::read_currency(*value.currency, "/mapping/currency"));
    }
    return mapping;
}

}  // namespace atlas::roles::finance_engine
