// SPDX-License-Identifier: Apache-2.0
// How a CSV file is to be read: one role a column, and the conventions of its dates and amounts.
// Inferred from the file, shown in the preview, changed by a person, kept for the next file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "finance/statements/charset.hpp"
#include "money/currency.hpp"

namespace atlas::finance::statements {

/// What a column holds. Each but `ignored`, `description` and `memo` at most once.
enum class ColumnRole : std::uint8_t {
    ignored,
    date,               ///< Booking date.
    value_date,         ///< Settlement date.
    initiated_date,     ///< Day of the purchase, beside a booking date.
    amount,             ///< Signed.
    debit,              ///< Money out, whatever its sign.
    credit,             ///< Money in.
    fee,                ///< Charged on top of the amount.
    direction,          ///< Which way an unsigned amount goes: "D", "Soll", "Af", "DBIT", …
    currency,           ///< ISO code, row by row.
    description,        ///< Several are joined in column order.
    payee,              ///< The other party.
    memo,               ///< Several are joined in column order.
    bank_id,            ///< The bank's own reference.
    check_number,       //
    kind,               ///< Type of movement, kept as text.
    status,             ///< "Pending", "vorgemerkt": such a row is not booked yet.
    balance,            ///< After the movement.
    original_amount,    ///< In the currency of the purchase.
    original_currency,  //
    account,            ///< Number or name of the account, for files that hold several.
    category,           ///< The file's own filing, kept as a hint.
    tags,               ///< Separated by commas.
    bank_category,      ///< The bank's code of the trade: a merchant category code.
};
std::string_view name_of(ColumnRole role);
/// Errors: invalid_argument.
Result<ColumnRole> parse_column_role(std::string_view name);

enum class DecimalMark : std::uint8_t { unknown, point, comma };
std::string_view name_of(DecimalMark mark);
Result<DecimalMark> parse_decimal_mark(std::string_view name);

enum class DateOrder : std::uint8_t {
    unknown,
    year_month_day,
    day_month_year,
    month_day_year,
    excel_day_number,  ///< Days since 1899-12-30, as a sheet saves dates it was not told to be
                       ///< dates.
};
std::string_view name_of(DateOrder order);
Result<DateOrder> parse_date_order(std::string_view name);

/// Whether a positive amount is money in, or (many card exports) money out.
enum class AmountSign : std::uint8_t { positive_is_in, positive_is_out };
std::string_view name_of(AmountSign sign);
Result<AmountSign> parse_amount_sign(std::string_view name);

struct CsvMapping {
    char delimiter = ',';
    std::optional<Encoding> encoding;  ///< Empty: by the bytes.
    /// Records before the first data record: preamble and header.
    std::int64_t skip_records = 0;
    std::vector<ColumnRole> columns;
    DateOrder date_order = DateOrder::unknown;
    DecimalMark decimal_mark = DecimalMark::unknown;
    AmountSign sign = AmountSign::positive_is_in;
    std::optional<money::Currency> currency;  ///< Of rows that name none.

    friend bool operator==(const CsvMapping&, const CsvMapping&) = default;
};

/// Errors: invalid_argument where a person's mapping names no date, no amount, no order of dates,
/// or a role twice that a file has once.
Result<void> check_mapping(const CsvMapping& mapping);

/// A question the file leaves open. Until a person answers, nothing of it should be committed.
struct CsvAmbiguity {
    std::string
        field;  ///< "date_order", "decimal_mark", "sign", "currency", "columns", "encoding".
    std::vector<std::string> choices;
    std::string reason;

    friend bool operator==(const CsvAmbiguity&, const CsvAmbiguity&) = default;
};

/// How a file was understood. An explicit mapping has confidence 1 and no ambiguities.
struct CsvReading {
    CsvMapping mapping;
    std::vector<std::string> header;  ///< Column names as printed; empty without a header.
    double confidence = 0.0;          ///< 0 to 1: share of the decisions the file proves.
    std::vector<CsvAmbiguity> ambiguities;

    friend bool operator==(const CsvReading&, const CsvReading&) = default;
};

}  // namespace atlas::finance::statements
