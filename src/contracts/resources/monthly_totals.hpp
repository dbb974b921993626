// SPDX-License-Identifier: Apache-2.0
// What came in and went out per month and category: the ledger's first projection.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contracts/money_value.hpp"
#include "contracts/route.hpp"

namespace atlas::contracts {

struct GetMonthlyTotals {
    std::optional<Date> from;
    std::optional<Date> to;
};
template <>
struct Description<GetMonthlyTotals> {
    static constexpr std::string_view name = "GetMonthlyTotals";
    static constexpr std::string_view doc = "Which months.";
    static constexpr auto fields = std::array{
        field<&GetMonthlyTotals::from>("from", "A day of the first month; absent: the earliest."),
        field<&GetMonthlyTotals::to>("to", "A day of the last month; absent: the latest."),
    };
};

struct MonthlyTotalValue {
    std::string month;
    std::string category;
    MoneyValue amount;
    std::int64_t count = 0;
};
template <>
struct Description<MonthlyTotalValue> {
    static constexpr std::string_view name = "MonthlyTotal";
    static constexpr std::string_view doc = "Money moved in a month under a category.";
    static constexpr auto fields = std::array{
        field<&MonthlyTotalValue::month>("month", "YYYY-MM."),
        field<&MonthlyTotalValue::category>("category", "Category id."),
        field<&MonthlyTotalValue::amount>("amount", "Signed: spending is negative."),
        field<&MonthlyTotalValue::count>("count", "How many splits."),
    };
};

struct MonthlyTotalList {
    std::vector<MonthlyTotalValue> items;
    std::int64_t as_of_sequence = 0;
    bool up_to_date = true;
};
template <>
struct Description<MonthlyTotalList> {
    static constexpr std::string_view name = "MonthlyTotalList";
    static constexpr std::string_view doc = "By month, category and currency.";
    static constexpr auto fields = std::array{
        field<&MonthlyTotalList::items>("items", "The totals."),
        field<&MonthlyTotalList::as_of_sequence>("as_of_sequence", "Ledger sequence included."),
        field<&MonthlyTotalList::up_to_date>("up_to_date",
                                             "False when the ledger has moved on already."),
    };
};

inline constexpr Route<GetMonthlyTotals, MonthlyTotalList> get_monthly_totals{
    {.method = Method::get,
     .path = "/api/v1/monthly-totals",
     .operation = "get_monthly_totals",
     .summary = "Money in and out per month and category."}};

}  // namespace atlas::contracts
