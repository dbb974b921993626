// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/csv_mapping.hpp"

#include <algorithm>
#include <array>

#include "base/format.hpp"

namespace atlas::finance::statements {
namespace {

constexpr auto kRoles = std::to_array<std::string_view>(
    {"ignored",     "date",     "value_date", "initiated_date",  "amount",
     "debit",       "credit",   "fee",        "direction",       "currency",
     "description", "payee",    "memo",       "bank_id",         "check_number",
     "kind",        "status",   "balance",    "original_amount", "original_currency",
     "account",     "category", "tags",       "bank_category"});
static_assert(kRoles.size() == static_cast<std::size_t>(ColumnRole::bank_category) + 1);
constexpr auto kMarks = std::to_array<std::string_view>({"unknown", "point", "comma"});
constexpr auto kOrders = std::to_array<std::string_view>(
    {"unknown", "year_month_day", "day_month_year", "month_day_year", "excel_day_number"});
constexpr auto kSigns = std::to_array<std::string_view>({"positive_is_in", "positive_is_out"});

template <class Enum, std::size_t N>
Result<Enum> parse_name(const std::array<std::string_view, N>& names, std::string_view name) {
    for (std::size_t i = 0; i < N; ++i) {
        if (names[i] == name) {
            return static_cast<Enum>(i);
        }
    }
    std::string accepted;
    for (const std::string_view each : names) {
        accepted += accepted.empty() ? "" : ", ";
        accepted += each;
    }
    return invalid_argument({}, format("\"{}\" is none of {}", name.substr(0, 32), accepted));
}

}  // namespace

std::string_view name_of(ColumnRole role) {
    return kRoles[static_cast<std::size_t>(role)];
}
Result<ColumnRole> parse_column_role(std::string_view name) {
    return parse_name<ColumnRole>(kRoles, name);
}
std::string_view name_of(DecimalMark mark) {
    return kMarks[static_cast<std::size_t>(mark)];
}
Result<DecimalMark> parse_decimal_mark(std::string_view name) {
    return parse_name<DecimalMark>(kMarks, name);
}
std::string_view name_of(DateOrder order) {
    return kOrders[static_cast<std::size_t>(order)];
}
Result<DateOrder> parse_date_order(std::string_view name) {
    return parse_name<DateOrder>(kOrders, name);
}
std::string_view name_of(AmountSign sign) {
    return kSigns[static_cast<std::size_t>(sign)];
}
Result<AmountSign> parse_amount_sign(std::string_view name) {
    return parse_name<AmountSign>(kSigns, name);
}

Result<void> check_mapping(const CsvMapping& mapping) {
    const auto count = [&](ColumnRole role) { return std::ranges::count(mapping.columns, role); };
    if (count(ColumnRole::date) == 0) {
        return invalid_argument({}, "the mapping names no column as date");
    }
    if (count(ColumnRole::amount) + count(ColumnRole::debit) + count(ColumnRole::credit) == 0) {
        return invalid_argument({}, "the mapping names no column as amount, debit or credit");
    }
    if (mapping.date_order == DateOrder::unknown) {
        return invalid_argument({}, "the mapping does not say in which order dates are");
    }
    for (std::size_t r = 1; r < kRoles.size(); ++r) {
        const auto role = static_cast<ColumnRole>(r);
        const bool many = role == ColumnRole::description || role == ColumnRole::memo;
        if (!many && count(role) > 1) {
            return invalid_argument({},
                                    format("the mapping names two columns as {}", name_of(role)));
        }
    }
    return {};
}

}  // namespace atlas::finance::statements
