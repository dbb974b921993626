// SPDX-License-Identifier: Apache-2.0
#include "roles/ml/categorise_data.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>

#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/resources/categorise.hpp"
#include "roles/ml/categorise_input.hpp"

namespace atlas::roles::ml {
namespace {

using learning::categorise::LabelledRow;

/// One record of a CSV (RFC 4180); moves `text` past it.
std::vector<std::string> take_record(std::string_view& text) {
    std::vector<std::string> fields(1);
    bool is_quoted = false;
    std::size_t i = 0;
    for (; i < text.size(); ++i) {
        const char c = text[i];
        if (is_quoted) {
            if (c != '"') {
                fields.back() += c;
            } else if (i + 1 < text.size() && text[i + 1] == '"') {
                fields.back() += '"';
                ++i;
            } else {
                is_quoted = false;
            }
        } else if (c == '"') {
            is_quoted = true;
        } else if (c == ',') {
            fields.emplace_back();
        } else if (c == '\n') {
            ++i;
            break;
        } else if (c != '\r') {
            fields.back() += c;
        }
    }
    text.remove_prefix(i);
    return fields;
}

/// The place of a column, or past the end.
struct Header {
    std::vector<std::string> names;
    std::string_view of(const std::vector<std::string>& record, std::string_view name) const {
        const auto at = std::ranges::find(names, name);
        const auto index = static_cast<std::size_t>(at - names.begin());
        return index < record.size() ? std::string_view(record[index]) : std::string_view();
    }
};

LabelledRow row_of(const Header& header, const std::vector<std::string>& record) {
    LabelledRow row;
    row.description = std::string(header.of(record, "description"));
    row.currency = std::string(header.of(record, "currency"));
    row.label = std::string(header.of(record, "label"));
    if (row.label.empty()) {
        row.label = std::string(header.of(record, "atlas"));
    }
    if (auto date = Date::parse(header.of(record, "date").substr(0, 10)); date.has_value()) {
        row.date = *date;
    }
    row.amount_minor = read_amount_loosely(header.of(record, "amount"), row.currency);
    const std::string_view direction = header.of(record, "direction");
    if (row.amount_minor.has_value() && !direction.empty()) {
        const std::int64_t size = std::abs(*row.amount_minor);
        row.amount_minor = direction == "credit" ? size : -size;
    }
    row.mcc = read_merchant_code(header.of(record, "mcc"));
    return row;
}

Result<std::vector<LabelledRow>> read_csv(std::string_view text) {
    const Header header{take_record(text)};
    if (std::ranges::find(header.names, "description") == header.names.end()) {
        return invalid_argument("line 1", "the header has no column description");
    }
    std::vector<LabelledRow> rows;
    while (!text.empty()) {
        const auto record = take_record(text);
        if (record.size() > 1) {
            rows.push_back(row_of(header, record));
        }
    }
    return rows;
}

Result<std::vector<LabelledRow>> read_ndjson(std::string_view text) {
    std::vector<LabelledRow> rows;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.find_first_not_of(" \r\t") == std::string_view::npos) {
            continue;
        }
        auto value = contracts::decode<contracts::CategoriseLine>(line);
        if (!value.has_value()) {
            return invalid_argument(format("line {}", number), to_string(value.error()));
        }
        const learning::categorise::CategoriseInput input = to_input(*value);
        rows.push_back({.description = value->description,
                        .amount_minor = input.amount_minor,
                        .currency = value->currency.value_or(""),
                        .date = input.date,
                        .mcc = input.mcc,
                        .account = input.account,
                        .label = value->label.value_or(""),
                        .bank_category = std::string(input.bank_category)});
    }
    return rows;
}

}  // namespace

Result<std::vector<LabelledRow>> read_labelled_rows(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \r\n\t");
    const bool is_json = first != std::string_view::npos && text[first] == '{';
    ATLAS_TRY_ASSIGN(auto rows, is_json ? read_ndjson(text) : read_csv(text));
    const bool falls = !rows.empty() && rows.front().date.has_value() &&
                       rows.back().date.has_value() && *rows.front().date > *rows.back().date;
    if (falls) {
        std::ranges::reverse(rows);
    }
    std::ranges::stable_sort(rows, {}, [](const LabelledRow& row) {
        return row.date.has_value() ? row.date->days_since_epoch() : 0;
    });
    return rows;
}

}  // namespace atlas::roles::ml
