// SPDX-License-Identifier: Apache-2.0
// How good the detector of recurring payments is on households whose truth is known, and what a
// rule of thumb gets on the same rows: equal text, equal amount, even gaps.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "finance/recurring/recurring.hpp"
#include "sim/household/household.hpp"

namespace atlas::sim::filing {

namespace recurring = finance::recurring;

struct Score {
    std::int64_t true_series = 0;
    std::int64_t found_series = 0;
    std::int64_t matched = 0;
    std::int64_t nexts = 0;  ///< Next dates that could be checked.
    std::int64_t exact = 0;
    std::int64_t days_off = 0;
    std::int64_t inside = 0;      ///< In the interval.
    std::int64_t width_days = 0;  ///< Of the intervals.

    double precision() const {
        return static_cast<double>(matched) / static_cast<double>(found_series);
    }
    double recall() const {
        return static_cast<double>(matched) / static_cast<double>(true_series);
    }
    void add(const Score& other) {
        true_series += other.true_series;
        found_series += other.found_series;
        matched += other.matched;
        nexts += other.nexts;
        exact += other.exact;
        days_off += other.days_off;
        inside += other.inside;
        width_days += other.width_days;
    }
};

inline constexpr std::int64_t kNone = -1;
/// Comes by the calendar in the generator, but is not flagged there as recurring: finding it is
/// neither right nor wrong.
inline constexpr std::int64_t kNeutral = -2;
inline bool is_neutral(const household::TruthRow& row) {
    return row.category == "transfer.internal" || row.category == "bank.interest" ||
           row.merchant == "Internal Revenue Service" || row.merchant == "Vanguard" ||
           row.bank_description.starts_with("CASHBACK") || row.category == "bank.fees" ||
           row.bank_description.ends_with("BONUS DD");
}

/// A household's rows as an import has them, and which true series each belongs to.
struct Rows {
    std::vector<recurring::Movement> movements;
    std::vector<std::int64_t> series;  ///< kNone, kNeutral or a number.
    std::map<std::int64_t, std::vector<std::size_t>> members;
    Date as_of;
};

/// Rows posted up to `as_of`; a true series is what the generator calls recurring, by payee,
/// category, direction and (for moves between own accounts) account, seen often enough to be one.
inline Rows take_rows(const household::Household& house, Date as_of) {
    Rows rows;
    rows.as_of = as_of;
    using Key = std::tuple<std::string, std::string, bool, std::size_t>;
    std::map<Key, std::int64_t> keys;
    for (const household::TruthRow& row : house.rows) {
        if (!house.accounts[row.account].is_exported || row.posted > as_of) {
            continue;
        }
        std::int64_t series = is_neutral(row) ? kNeutral : kNone;
        if (row.is_recurring) {
            const bool is_move = row.merchant.empty();
            const Key key{is_move ? row.bank_description.substr(0, 12) : row.merchant,
                          std::string(row.category), row.amount.is_negative(),
                          is_move ? row.account : 0};
            series = keys.emplace(key, static_cast<std::int64_t>(keys.size())).first->second;
            rows.members[series].push_back(rows.movements.size());
        }
        rows.series.push_back(series);
        rows.movements.push_back({.date = row.posted,
                                  .amount = row.amount,
                                  .description = row.bank_description,
                                  .account = static_cast<std::uint32_t>(row.account),
                                  .category = {}});
    }
    std::erase_if(rows.members, [&](const auto& entry) {
        const auto& list = entry.second;
        const int life = rows.movements[list.back()].date - rows.movements[list.front()].date;
        // Two a year apart are a yearly bill; of all else three are needed, four of fortnights.
        const double gap = list.size() < 2 ? 0.0 : life / static_cast<double>(list.size() - 1);
        return gap > 300.0 ? list.size() < 2 : (gap > 20.0 ? list.size() < 3 : list.size() < 5);
    });
    return rows;
}

struct Found {
    std::vector<std::size_t> members;
    Date next;
    Date earliest;
    Date latest;
    bool has_next = false;
};

inline std::vector<Found> run_detector(const Rows& rows) {
    std::vector<Found> found;
    for (const recurring::Series& series : recurring::detect(rows.movements, {rows.as_of})) {
        Found one{.members = series.members, .next = {}, .earliest = {}, .latest = {}};
        if (series.next.has_value()) {
            one.next = series.next->date;
            one.earliest = series.next->earliest;
            one.latest = series.next->latest;
            one.has_next = true;
        }
        found.push_back(std::move(one));
    }
    return found;
}

/// The rule of thumb: same first twelve letters, same amount, at least three, gaps alike.
inline std::vector<Found> run_baseline(const Rows& rows) {
    std::map<std::tuple<std::string, std::int64_t>, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < rows.movements.size(); ++i) {
        std::string letters;
        for (const char c : rows.movements[i].description) {
            if (std::isalpha(static_cast<unsigned char>(c)) != 0 && letters.size() < 12) {
                letters.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
            }
        }
        groups[{letters, rows.movements[i].amount.minor()}].push_back(i);
    }
    std::vector<Found> found;
    for (auto& [key, list] : groups) {
        std::stable_sort(list.begin(), list.end(), [&](std::size_t a, std::size_t b) {
            return rows.movements[a].date < rows.movements[b].date;
        });
        if (list.size() < 3) {
            continue;
        }
        std::vector<int> gaps;
        for (std::size_t i = 1; i < list.size(); ++i) {
            gaps.push_back(rows.movements[list[i]].date - rows.movements[list[i - 1]].date);
        }
        std::vector<int> sorted = gaps;
        std::sort(sorted.begin(), sorted.end());
        const int median = sorted[sorted.size() / 2];
        const auto alike = std::count_if(gaps.begin(), gaps.end(), [&](int gap) {
            return std::abs(gap - median) <= std::max(3, median / 10);
        });
        if (median < 5 || static_cast<double>(alike) < 0.7 * static_cast<double>(gaps.size())) {
            continue;
        }
        const Date next = rows.movements[list.back()].date.plus_days(median);
        found.push_back({list, next, next.plus_days(-2), next.plus_days(2), true});
    }
    return found;
}

/// The day the series' next row is posted after as_of, if it is within 15 months.
inline std::optional<Date> true_next(const household::Household& house, const Rows& rows,
                                     const Rows& later, std::int64_t series) {
    // take_rows numbers series in the order of rows, so that the later view agrees with this one.
    const auto found = later.members.find(series);
    if (found == later.members.end()) {
        return std::nullopt;
    }
    static_cast<void>(house);
    for (const std::size_t index : found->second) {
        if (later.movements[index].date > rows.as_of) {
            return later.movements[index].date;
        }
    }
    return std::nullopt;
}

inline Score score(const household::Household& house, const Rows& rows, const Rows& later,
                   const std::vector<Found>& found, std::vector<std::string>* misses = nullptr) {
    Score out;
    out.true_series = static_cast<std::int64_t>(rows.members.size());
    std::map<std::int64_t, bool> taken;
    for (const Found& one : found) {
        std::map<std::int64_t, std::size_t> votes;
        for (const std::size_t index : one.members) {
            ++votes[rows.series[index]];
        }
        const auto best = std::max_element(votes.begin(), votes.end(),
                                           [](auto& a, auto& b) { return a.second < b.second; });
        if (best->first == kNeutral) {
            continue;
        }
        ++out.found_series;
        const auto truth = rows.members.find(best->first);
        const bool is_pure =
            static_cast<double>(best->second) >= 0.8 * static_cast<double>(one.members.size());
        const bool is_most =
            truth != rows.members.end() &&
            static_cast<double>(best->second) >= 0.6 * static_cast<double>(truth->second.size());
        if (!is_pure || !is_most || taken[best->first]) {
            if (misses != nullptr) {
                const auto& m = rows.movements[one.members.back()];
                misses->push_back(
                    "false: " + std::string(m.description) + " x" +
                    std::to_string(one.members.size()) + " votes " + std::to_string(best->first) +
                    ":" + std::to_string(best->second) + " of " +
                    std::to_string(truth == rows.members.end() ? 0 : truth->second.size()));
            }
            continue;
        }
        taken[best->first] = true;
        ++out.matched;
        const std::optional<Date> next = true_next(house, rows, later, best->first);
        if (!next || !one.has_next) {
            continue;
        }
        ++out.nexts;
        const int off = std::abs(one.next - *next);
        out.exact += off == 0 ? 1 : 0;
        out.days_off += std::min(off, 60);
        out.inside += *next >= one.earliest && *next <= one.latest ? 1 : 0;
        out.width_days += one.latest - one.earliest + 1;
    }
    if (misses != nullptr) {
        for (const auto& [series, list] : rows.members) {
            if (!taken[series]) {
                const auto& m = rows.movements[list.back()];
                misses->push_back("missed: " + std::string(m.description) + " x" +
                                  std::to_string(list.size()) + " last " + to_string(m.date) + " " +
                                  money::to_string(m.amount));
            }
        }
    }
    return out;
}

}  // namespace atlas::sim::filing
