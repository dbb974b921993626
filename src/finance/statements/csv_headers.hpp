// SPDX-License-Identifier: Apache-2.0
// What banks call their columns, in English, German, French, Spanish, Italian, Dutch and
// Portuguese, the usual ones also in the Nordic languages, Polish, Czech, Hungarian, Romanian,
// Croatian, Greek, Turkish, Russian, Arabic, Hebrew, Japanese, Korean, Chinese, Vietnamese and
// Indonesian; and the words of their direction and status columns.
#pragma once

#include <optional>
#include <string_view>

#include "finance/statements/csv_mapping.hpp"
#include "money/currency.hpp"

namespace atlas::finance::statements {

/// The role a column name (UTF-8, as printed) promises; `ignored` for names that say nothing.
ColumnRole role_named(std::string_view header);

/// True for what a card's statement calls its column of sums spent: a positive one is money out.
bool is_spending_named(std::string_view header);

/// True for a number of a card, which is an account's where no other column names one.
bool is_card_named(std::string_view header);

/// The currency a column's name carries: "Amount (EUR)", "Betrag in CHF", "CAD$", "€".
std::optional<money::Currency> currency_in_header(std::string_view header);

/// A currency's code in capitals or small letters, or its name in Chinese, Japanese or Korean,
/// alone in its cell.
std::optional<money::Currency> currency_cell(std::string_view text);

enum class Direction : std::uint8_t { in, out };
/// "Debit", "D", "Af", "Soll", "DBIT" are out; "Credit", "C", "Bij", "Haben", "CRDT" are in.
std::optional<Direction> direction_named(std::string_view text);

enum class RowStatus : std::uint8_t { booked, pending, void_row };
/// Pending in seven languages; void for declined, reverted and cancelled.
RowStatus status_named(std::string_view text);

/// True for the first words of a totals or balance line.
bool is_total_label(std::string_view text);

/// Words that only the side that is paid writes: "PAYMENT RECEIVED - THANK YOU".
bool is_payment_received(std::string_view text);

/// What a column of kinds calls money spent in a shop: "Purchase", "Sale", "Kartenzahlung".
bool is_purchase_named(std::string_view text);

/// What it calls money received: "Income", "Einnahme".
bool is_income_named(std::string_view text);

/// Words of somebody paying a card off: "PAYMENT THANK YOU", "AUTOPAY".
bool is_card_payment(std::string_view text);

}  // namespace atlas::finance::statements
