// SPDX-License-Identifier: Apache-2.0
// What the cells of one column of a CSV can be, over a sample of its rows.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "finance/statements/csv_mapping.hpp"

namespace atlas::finance::statements {

/// Whether the cell can be a date in some order.
bool is_date(const std::string& cell);

/// True for a record with the names of a date and of an amount, and without a date.
bool is_header(const std::vector<std::string>& row);

struct ColumnFacts {
    std::size_t filled = 0;
    std::size_t dates = 0;
    std::size_t amounts = 0;
    std::size_t negatives = 0;
    std::size_t marked = 0;  ///< Amounts with a point or comma: no mere number.
    std::size_t directions = 0;
    std::size_t currencies = 0;
    std::size_t numbered = 0;  ///< With a digit.
    std::size_t letters = 0;   ///< Total bytes of text that is neither.

    void add(const std::string& cell);

    /// Four of five cells: enough by content alone.
    bool mostly(std::size_t count) const { return count * 5 >= filled * 4; }
    /// Where the name says it too: then the odd cell out is a broken row.
    bool half(std::size_t count) const { return count * 2 >= filled; }
    /// A name is believed unless the cells contradict it.
    bool fits(ColumnRole role) const;
};

/// Whether one of the columns that name a text or a party says something.
bool has_text(const std::vector<ColumnFacts>& facts, const std::vector<ColumnRole>& roles);

/// The column with most text of those that say nothing else; their number where there is none.
std::size_t longest_text(const std::vector<ColumnFacts>& facts,
                         const std::vector<ColumnRole>& roles);

}  // namespace atlas::finance::statements
