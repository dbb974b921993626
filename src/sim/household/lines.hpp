// SPDX-License-Identifier: Apache-2.0
// What households spend, line by line: yearly budget by income (Consumer Expenditure Survey), usual
// ticket, season and weekday.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace atlas::sim::household {

/// How easily a household does without, when money is short.
enum class Need : std::uint8_t { essential, flexible, luxury };

enum class Season : std::uint8_t { even, december, summer, school, spring, winter };
enum class Week : std::uint8_t { even, weekend, workdays, evenings };

struct Line {
    std::string_view category;
    /// Mean dollars a year of a household in each fifth of incomes, 2017.
    std::array<int, 5> yearly_2017;
    double ticket_2017;  ///< Dollars of a usual purchase.
    double spread;       ///< Sigma of the ticket's logarithm.
    Need need;
    Season season;
    Week week;
    int local_percent;   ///< Share of the household's usual places that no chain owns.
    int refund_percent;  ///< Purchases that come back.
    int cash_percent;    ///< Paid from the wallet when it holds enough.
    int haunts;          ///< How many usual places.
};

std::span<const Line> spending_lines();

/// Straight line between the fifths' means; beyond the ends in proportion to the end's.
/// Units: whole dollars of 2017 a year in and out.
double budget_at_income(const std::array<int, 5>& yearly_2017, double gross_2017);

/// Factor on how often, mean 1 over a year (or a week).
double season_factor(Season season, int month);
double week_factor(Week week, int weekday);

}  // namespace atlas::sim::household
