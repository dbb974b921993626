// SPDX-License-Identifier: Apache-2.0
#include "sim/household/statements.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/format.hpp"
#include "sim/household/statement_text.hpp"

namespace atlas::sim::household {
namespace {

int months_of(StatementSpan span) {
    switch (span) {
        case StatementSpan::month: return 1;
        case StatementSpan::quarter: return 3;
        case StatementSpan::year: return 12;
        case StatementSpan::whole: return 12 * 1000;
    }
    return 12;
}

/// The first day of the span after the one that `day` is in: calendar months, quarters, years.
Date next_span(Date day, StatementSpan span) {
    const int months = months_of(span);
    if (span == StatementSpan::whole) {
        return Date::from_days(2'000'000);
    }
    const Date::Parts parts = day.parts();
    return day.first_of_month().plus_months(months - (parts.month - 1) % months);
}

std::string span_name(Date first, StatementSpan span) {
    const Date::Parts parts = first.parts();
    switch (span) {
        case StatementSpan::month: return format("-{:04}-{:02}", parts.year, parts.month);
        case StatementSpan::quarter: return format("-{:04}-q{}", parts.year, (parts.month + 2) / 3);
        case StatementSpan::year: return format("-{:04}", parts.year);
        case StatementSpan::whole: return "";
    }
    return "";
}

void write_account(const Household& household, std::size_t account, const StatementOptions& options,
                   std::vector<StatementFile>& files) {
    std::vector<std::size_t> rows;
    std::vector<money::Money> balances;  // After each of the rows.
    money::Money balance = household.accounts[account].opening;
    for (std::size_t i = 0; i < household.rows.size(); ++i) {
        if (household.rows[i].account == account) {
            balance += household.rows[i].amount;
            rows.push_back(i);
            balances.push_back(balance);
        }
    }
    const auto posted_before = [&](Date day) {
        const auto found = std::ranges::lower_bound(
            rows, day, {}, [&](std::size_t i) { return household.rows[i].posted; });
        return static_cast<std::size_t>(found - rows.begin());
    };
    const std::string& key = household.accounts[account].key;
    const StatementDialect dialect = dialect_of(household.accounts[account]);
    for (Date start = household.first_day; start <= household.last_day;
         start = next_span(start, options.span)) {
        StatementFile file;
        file.account = account;
        file.first = std::max(start.plus_days(-options.overlap_days), household.first_day);
        file.last = std::min(next_span(start, options.span).plus_days(-1), household.last_day);
        const std::size_t from = posted_before(file.first);
        const std::size_t to = posted_before(file.last.plus_days(1));
        file.rows.assign(rows.begin() + static_cast<std::ptrdiff_t>(from),
                         rows.begin() + static_cast<std::ptrdiff_t>(to));
        file.repeated = posted_before(start) - from;
        if (file.rows.empty() && !is_ofx(dialect)) {
            continue;
        }
        file.name = key + span_name(start, options.span) + (is_ofx(dialect) ? ".ofx" : ".csv");
        file.bytes = statement_text(
            household, file,
            {.opening = from == 0 ? household.accounts[account].opening : balances[from - 1],
             .closing = to == 0 ? household.accounts[account].opening : balances[to - 1]});
        files.push_back(std::move(file));
    }
}

}  // namespace

Result<std::vector<StatementFile>> write_statements(const Household& household,
                                                    const StatementOptions& options) {
    if (options.overlap_days < 0 || options.overlap_days > kOverlapDaysMax) {
        return invalid_argument("overlap_days", format("{} days of overlap; accepted are 0 to {}",
                                                       options.overlap_days, kOverlapDaysMax));
    }
    std::vector<StatementFile> files;
    for (std::size_t account = 0; account < household.accounts.size(); ++account) {
        if (household.accounts[account].is_exported) {
            write_account(household, account, options, files);
        }
    }
    return files;
}

}  // namespace atlas::sim::household
