// SPDX-License-Identifier: Apache-2.0
// Columns of money that no name tells apart, told by their figures: a balance is the one before it
// and what moved.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace atlas::finance::statements {

/// Either an amount and its balance, or money out, money in and the balance.
struct MoneyColumns {
    std::optional<std::size_t> amount{};
    std::optional<std::size_t> debit{};
    std::optional<std::size_t> credit{};
    std::size_t balance = 0;
};

/// The one way in which the candidates (columns that hold amounts) are movements and their running
/// balance, in rows that run on or back in time. Nothing where none fits four of five steps, of at
/// least two, or more than one does. Rows: those with data, in the order of the file.
/// Cost: O(rows × candidates³); at most kMoneyCandidatesMax candidates.
std::optional<MoneyColumns> columns_by_balance(std::span<const std::vector<std::string>> rows,
                                               std::span<const std::size_t> candidates);

inline constexpr std::size_t kMoneyCandidatesMax = 8;

}  // namespace atlas::finance::statements
