// SPDX-License-Identifier: Apache-2.0
// Text as a search compares it: without case and without accents, so that "ahlens malmo" finds
// "ÅHLÉNS Malmö". Everything else (digits, punctuation, other scripts) stays.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"

namespace atlas::adapters::ledger_store::sqlite {

/// fold_case, then Latin and Greek letters without their marks ("ß" is "ss", "æ" is "ae"), "ё" as
/// "е", combining marks gone but the one of "й". Source: canonical decompositions of the Unicode
/// character database. Cost: linear.
std::string fold_search(std::string_view utf8);

/// One word of a search, and what else than text it may mean.
struct SearchWord {
    struct AmountRange {  ///< Absolute, in millionths; both included.
        std::int64_t low = 0;
        std::int64_t high = 0;
        int sign = 0;  ///< -1: money out only, 1: money in only.
    };
    struct DayRange {
        Date first;
        Date last;
    };

    std::string text;  ///< Folded.
    std::optional<AmountRange> amount{};
    std::optional<DayRange> days{};
    bool is_text = true;  ///< ">100" is an amount and nothing else.
};

/// Splits at white space. Amounts: "12", "12.30", "-12,30", ">100", "<=20", "10..50"; days:
/// "2026-06", "2026-06-03", "3.6.2026".
std::vector<SearchWord> read_search(std::string_view text);

/// A plain decimal with at most six decimals after a point or comma, in millionths; no sign.
std::optional<std::int64_t> read_millionths(std::string_view text);

}  // namespace atlas::adapters::ledger_store::sqlite
