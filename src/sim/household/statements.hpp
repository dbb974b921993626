// SPDX-License-Identifier: Apache-2.0
// What the household's banks would send: statement files in the dialects people really download.
// Checking and the first card are OFX 1 (SGML), savings OFX 2 (XML), the others CSV, each its own.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "sim/household/household.hpp"

namespace atlas::sim::household {

enum class StatementSpan : std::uint8_t { month, quarter, year, whole };

inline constexpr int kOverlapDaysMax = 60;

struct StatementOptions {
    StatementSpan span = StatementSpan::year;
    /// Each export but an account's first begins this many days early, so rows come twice, as when
    /// people download "the last 90 days" again. 0 to kOverlapDaysMax.
    int overlap_days = 0;
};

struct StatementFile {
    std::string name;  ///< "checking-2024.ofx"; unique within the household.
    std::string bytes;
    std::size_t account = 0;  ///< Index into Household::accounts.
    Date first;               ///< First and last day it covers, by booking date.
    Date last;
    std::vector<std::size_t> rows;  ///< Indices into Household::rows, in the file's order.
    std::size_t repeated = 0;       ///< How many of them an earlier file has told already.
};

/// All files, by account, then time. An account that is not exported has none; a span without rows
/// still gives a file for OFX (with its balance) and none for CSV.
/// Errors: invalid_argument when overlap_days is out of range.
Result<std::vector<StatementFile>> write_statements(const Household& household,
                                                    const StatementOptions& options);

}  // namespace atlas::sim::household
