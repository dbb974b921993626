// SPDX-License-Identifier: Apache-2.0
// One row of the feature catalogue. Everything is constexpr: a feature that has no name, unit or
// fold does not compile.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace atlas::features {

/// Text of bounded length, made while compiling.
struct FixedText {
    static constexpr std::size_t kBytesMax = 47;
    std::array<char, kBytesMax + 1> bytes{};
    std::size_t size = 0;

    constexpr FixedText() = default;
    constexpr FixedText(std::string_view text) { append(text); }  // NOLINT: implicit, a literal
    constexpr FixedText(const char* text) { append(text); }       // NOLINT: implicit, a literal
    constexpr FixedText& append(std::string_view text) {
        for (const char c : text) {
            bytes.at(size) = c;  // Beyond the end: a compile error.
            ++size;
        }
        return *this;
    }
    constexpr std::string_view view() const { return {bytes.data(), size}; }
};

enum class Unit : std::uint8_t {
    money,   ///< Major units of the base currency.
    number,  ///< How many.
    days,
    months,
    fraction,  ///< 0 to 1 where nothing is odd; a share or a rate.
    ratio,     ///< Of two amounts, or a coefficient; any sign.
    per_day,   ///< Money a day, a day.
};
std::string_view name_of(Unit unit);

/// Which events move a feature; a set of bits.
enum Source : std::uint16_t {
    kFromTransactions = 1,
    kFromAccounts = 2,
    kFromGoals = 4,
    kFromDebts = 8,
    kFromHoldings = 16,
    kFromPrices = 32,
    kFromRates = 64,
    kFromRecurring = 128,
    kFromCalendar = 256,  ///< The day itself.
};

/// Which models read a feature; a set of bits.
enum User : std::uint16_t {
    kForBudget = 1,
    kForForecast = 2,
    kForAnomalies = 4,
    kForDebt = 8,
    kForCredit = 16,
    kForGoals = 32,
    kForPortfolio = 64,
    kForMonitoring = 128,
};

enum class Family : std::uint8_t {
    spend,
    income,
    cash,
    season,
    merchant,
    weekday,
    debt,
    saving,
    goal,
    holding,
    recurring,
    rate,
    quality,
};

/// How a value is computed: the family's fold, and which of its results.
struct Fold {
    Family family = Family::spend;
    std::uint16_t item = 0;
};

/// How far a value of the engine may be from one computed another way.
enum class Exactness : std::uint8_t {
    exact,    ///< One rounding of an exact integer (or quotient of two): equal bit for bit.
    rounded,  ///< Square roots and chains of divisions: 1e-9 relative, or 1e-9 of the scale.
};

struct FeatureRow {
    FixedText name;
    std::string_view what;  ///< One sentence; {} is the subject of a spending feature.
    Unit unit = Unit::money;
    std::int16_t window_days = 0;   ///< 0: now, or as the sentence says.
    std::int16_t history_days = 0;  ///< Shorter histories give the default, marked missing.
    double fallback = 0.0;
    std::uint16_t sources = kFromTransactions;
    std::uint16_t users = 0;
    Exactness exactness = Exactness::exact;
    Fold fold{};  ///< Given by the row's place in its family's table.
};

}  // namespace atlas::features
