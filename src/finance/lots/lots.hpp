// SPDX-License-Identifier: Apache-2.0
// Which lots a sale takes, what they had cost, and what was gained. Buys make lots; a sale takes
// them first in first out, last in first out, the dearest first, at their average cost, or as
// named. Splits change quantities and never the cost; a transfer carries lots with their dates.
//
//     const auto book = calculate_lots({.currency = usd, .method = Method::fifo, ...});
//     book->sales.front().gain
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "money/money.hpp"
#include "money/quantity.hpp"
#include "money/rounding.hpp"

namespace atlas::finance::lots {

enum class Method : std::uint8_t {
    fifo,      ///< Acquired first; of one day, in the order given.
    lifo,      ///< Acquired last; of one day, the later given.
    hifo,      ///< The highest cost of one unit; equal ones as fifo.
    average,   ///< All of a holding cost the same; dates leave as fifo.
    specific,  ///< As the sale names them.
};
std::string_view name_of(Method method);

enum class MovementKind : std::uint8_t {
    buy,
    sell,
    split,         ///< new_units for old_units; of one account, or of all where none is named.
    transfer_in,   ///< A lot from outside, with its cost and its date.
    transfer_out,  ///< Lots leave without a sale: a gift, another broker that is not followed.
    transfer,      ///< Lots move to to_account; cost and dates go with them.
};

/// A lot that a sale or transfer takes from. Without a quantity: as much of it as is still needed.
struct LotChoice {
    std::string lot;
    std::optional<money::Quantity> quantity{};
};

struct Movement {
    std::string
        place;       ///< Where it stands in the request, "/transactions/3"; errors begin with it.
    std::string id;  ///< Of a buy or transfer_in: the lot's. Unique.
    Date date;
    MovementKind kind = MovementKind::buy;
    std::string asset;
    std::optional<std::string> account{};
    std::optional<std::string> to_account{};
    std::optional<money::Quantity> quantity{};
    std::optional<money::UnitPrice> price{};  ///< Either this or amount: buy, sell, transfer_in.
    std::optional<money::Money> amount{};     ///< Of all of it, before the fee.
    std::optional<money::Money> fee{};        ///< Adds to the cost of a buy, lessens a sale.
    std::optional<Date> acquired{};           ///< Of a transfer_in; the date where absent.
    std::int64_t new_units = 0;
    std::int64_t old_units = 0;
    std::optional<Method> method{};  ///< Overrides the request's.
    std::vector<LotChoice> chosen{};
};

/// Units: dates count from the day after acquisition, so long_term_months = 12 makes a sale on the
/// anniversary short-term.
struct LotsRequest {
    money::Currency currency;
    Method method = Method::fifo;
    money::Rounding rounding = money::Rounding::half_to_even;
    int long_term_months = 12;
    std::vector<Movement> movements;
};

struct Lot {
    std::string id;
    std::string asset;
    std::string account;
    Date acquired;
    std::size_t order = 0;     ///< Of its movement in the request.
    money::Quantity quantity;  ///< In units of today: after all splits.
    money::Money basis;        ///< What it cost, fees included.
};

enum class Term : std::uint8_t { short_term, long_term };

/// A lot, or a part of one, that a sale or a transfer took.
struct TakenLot {
    std::string lot;
    Date acquired;
    money::Quantity quantity;
    money::Money basis;
    money::Money proceeds;  ///< After the fee; zero of a transfer.
    money::Money gain;
    Term term = Term::short_term;
};

struct Sale {
    std::size_t movement = 0;  ///< Index in the request.
    Method method = Method::fifo;
    money::Money proceeds;
    money::Money basis;
    money::Money gain;
    money::Money short_term;
    money::Money long_term;
    std::vector<TakenLot> lots;
};

struct Departure {
    std::size_t movement = 0;
    money::Money basis;
    std::vector<TakenLot> lots;
};

/// acquired = sold + left + transferred_out, and gain = proceeds - sold = short_term + long_term.
struct LotTotals {
    money::Money acquired;  ///< Cost of all buys and transfers in.
    money::Money sold;      ///< Cost of what was sold.
    money::Money left;      ///< Cost of the lots left.
    money::Money transferred_out;
    money::Money proceeds;
    money::Money gain;
    money::Money short_term;
    money::Money long_term;
};

struct LotBook {
    std::vector<Lot> left;  ///< By asset, account, date acquired, then as given.
    std::vector<Sale> sales;
    std::vector<Departure> departures;  ///< Of transfer and transfer_out.
    LotTotals totals;
};

/// More are refused: the slowest request of this size (half buys, half sales at average cost) takes
/// under half a second of one core.
inline constexpr std::size_t kMovementsMax = 20'000;
inline constexpr std::int64_t kSplitUnitsMax = 1'000'000;

/// Every amount is exact: a price times a quantity is rounded once by `rounding`; what a sale
/// brings and what a lot had cost are divided so that the parts add up to the minor unit. Errors:
/// invalid_argument at the movement's field: dates out of order, an id used twice, more
///         sold than held, a lot that is not there or holds less, choices that do not sum,
///         quantities and prices that are missing, given twice or not positive, a split that makes
///         a lot vanish, overflow; too_large beyond kMovementsMax.
/// Cost:   O(n) for each movement, n lots held.
/// Source: 26 U.S.C. 1012 and 26 CFR 1.1012-1 (identification; average basis in (e)); the holding
///         period of 26 U.S.C. 1222 counts from the day after (Rev. Rul. 66-7). Wash sales
///         (section 1091) are not looked at.
Result<LotBook> calculate_lots(const LotsRequest& request);

/// Whether a sale ends a holding longer than `months`.
Term term_of(Date acquired, Date sold, int months);

}  // namespace atlas::finance::lots
