// SPDX-License-Identifier: Apache-2.0
// Amounts as people and banks write them, read only where they can mean one thing: "1.234,56",
// "1 234,56", "1'234.56", "(12.30)", "12.30-", "€ 5". Nothing is rounded, nothing guessed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "finance/statements/csv_mapping.hpp"
#include "money/money.hpp"

namespace atlas::finance::statements {

enum class AmountWords : std::uint8_t {
    refused,  ///< Digits, separators and signs alone (OFX).
    allowed,  ///< Also currency signs and codes, and CR, DR, D, C, S, H after the number (CSV).
};

struct AmountStyle {
    DecimalMark mark = DecimalMark::unknown;
    AmountWords words = AmountWords::refused;
};

/// Reads an amount. With an unknown mark, text that could be a group or a decimals ("1,234") is
/// refused. Errors: invalid_argument, with a reason for a person: no number, ambiguous, more
/// decimals than the currency has, out of range.
Result<money::Money> read_amount(std::string_view utf8, AmountStyle style,
                                 money::Currency currency);

/// An amount whatever its currency, in ten-thousandths: for columns whose sums are compared before
/// anything is known of them. Words allowed. Nothing where read_amount refuses.
std::optional<std::int64_t> read_figure(std::string_view utf8, DecimalMark mark);

/// The decimal mark this text proves by itself: comma for "1,5" and "1.234.567"; unknown where it
/// proves none.
DecimalMark proven_mark(std::string_view utf8, AmountWords words);

/// True where the text is a group or a decimals, and only the other amounts can tell: "1,234".
bool is_ambiguous_amount(std::string_view utf8, AmountWords words);

/// True where the text is an amount under some decimal mark.
bool looks_like_amount(std::string_view utf8);

/// The currency an amount carries in its own text ("12.30 EUR", "£5"), as an ISO code; empty for
/// none, and for signs that several countries share ("$" gives "$").
std::string_view currency_in(std::string_view utf8);

}  // namespace atlas::finance::statements
