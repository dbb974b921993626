// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/csv_own.hpp"

namespace atlas::finance::statements {

std::string_view own_csv_header() {
    return "Date,Value date,Account,Description,Amount,Currency,Original amount,Original currency,"
           "Payee,Status,Reference,Category,Tags,Person's note,Transfer,Atlas";
}

std::optional<CsvReading> own_csv_reading(std::string_view text) {
    const std::string_view header = own_csv_header();
    if (!text.starts_with(header) || (text.size() > header.size() && text[header.size()] != '\r' &&
                                      text[header.size()] != '\n')) {
        return std::nullopt;
    }
    using Role = ColumnRole;
    CsvReading reading;
    reading.confidence = 1.0;
    reading.mapping.delimiter = ',';
    reading.mapping.encoding = Encoding::utf8;
    reading.mapping.skip_records = 1;
    reading.mapping.columns = {
        Role::date,    Role::value_date, Role::account,         Role::description,
        Role::amount,  Role::currency,   Role::original_amount, Role::original_currency,
        Role::payee,   Role::status,     Role::bank_id,         Role::ignored,
        Role::ignored, Role::ignored,    Role::ignored,         Role::ignored};
    reading.mapping.date_order = DateOrder::year_month_day;
    reading.mapping.decimal_mark = DecimalMark::point;
    for (std::string_view rest = header;;) {
        const std::size_t end = rest.find(',');
        reading.header.emplace_back(rest.substr(0, end));
        if (end == std::string_view::npos) {
            return reading;
        }
        rest.remove_prefix(end + 1);
    }
}

bool would_be_calculated(std::string_view text) {
    const std::size_t first = text.find_first_not_of('\'');
    return first != std::string_view::npos &&
           std::string_view("=+-@\t\r").find(text[first]) != std::string_view::npos;
}

std::string unguarded(std::string text) {
    if (text.starts_with('\'') && would_be_calculated(text)) {
        text.erase(0, 1);
    }
    return text;
}

}  // namespace atlas::finance::statements
