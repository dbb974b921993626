// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/format.hpp"
#include "learning/credit/score_model.hpp"

namespace atlas::learning::credit {
namespace {

constexpr double kDaysAMonth = 365.25 / 12;

/// A column of the table, and what it means to us.
struct Column {
    std::string_view name;
    void (*take)(Example&, double);
};
constexpr std::array<Column, 10> kColumns{{
    {"log.annual.inc", [](Example& e, double x) { e.household[0] = std::exp(x); }},
    {"dti", [](Example& e, double x) { e.household[1] = x / 100; }},
    {"days.with.cr.line", [](Example& e, double x) { e.household[2] = x / kDaysAMonth; }},
    {"revol.bal", [](Example& e, double x) { e.household[3] = x; }},
    {"revol.util", [](Example& e, double x) { e.household[4] = x / 100; }},
    {"inq.last.6mths", [](Example& e, double x) { e.household[5] = x; }},
    {"delinq.2yrs", [](Example& e, double x) { e.household[6] = x; }},
    {"pub.rec", [](Example& e, double x) { e.household[7] = x; }},
    {"fico", [](Example& e, double x) { e.score = x; }},
    {"not.fully.paid", [](Example& e, double x) { e.has_defaulted = x > 0.5; }},
}};

std::vector<std::string_view> cells_of(std::string_view line) {
    std::vector<std::string_view> cells;
    for (;;) {
        const std::size_t comma = line.find(',');
        std::string_view cell = line.substr(0, comma);
        if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') {
            cell = cell.substr(1, cell.size() - 2);
        }
        cells.push_back(cell);
        if (comma == std::string_view::npos) {
            return cells;
        }
        line.remove_prefix(comma + 1);
    }
}

std::string_view take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

}  // namespace

Result<std::vector<Example>> read_lendingclub(std::string_view csv) {
    const auto header = cells_of(take_line(csv));
    std::array<std::size_t, kColumns.size()> places{};
    for (std::size_t c = 0; c < kColumns.size(); ++c) {
        const auto found = std::find(header.begin(), header.end(), kColumns[c].name);
        if (found == header.end()) {
            return invalid_argument("line 1", format("no column {}", kColumns[c].name));
        }
        places[c] = static_cast<std::size_t>(found - header.begin());
    }
    std::vector<Example> examples;
    for (std::size_t number = 2; !csv.empty(); ++number) {
        const std::string_view line = take_line(csv);
        if (line.empty()) {
            continue;
        }
        const auto cells = cells_of(line);
        Example example;
        for (std::size_t c = 0; c < kColumns.size(); ++c) {
            const std::string_view cell = places[c] < cells.size() ? cells[places[c]] : "";
            double value = 0;
            const auto [end, error] =
                std::from_chars(cell.data(), cell.data() + cell.size(), value);
            if (error != std::errc{} || end != cell.data() + cell.size()) {
                return invalid_argument(
                    format("line {}", number),
                    format("\"{}\" is no number for {}", cell, kColumns[c].name));
            }
            kColumns[c].take(example, value);
        }
        examples.push_back(example);
    }
    return examples;
}

}  // namespace atlas::learning::credit
