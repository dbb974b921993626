// SPDX-License-Identifier: Apache-2.0
// The calculator `lots`: buys, sells, splits and transfers in; lots left and gains per sale out.
// Amounts are decimals of the request's one currency, quantities and prices have nine decimals.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contracts/codec/type_info.hpp"
#include "contracts/route.hpp"
#include "finance/lots/lots.hpp"
#include "money/rounding.hpp"

namespace atlas::contracts {

using LotMethod = finance::lots::Method;
template <>
struct Description<LotMethod> {
    static constexpr std::string_view name = "LotMethod";
    static constexpr auto words =
        std::to_array<std::string_view>({"fifo", "lifo", "hifo", "average", "specific"});
};

using LotMovementKind = finance::lots::MovementKind;
template <>
struct Description<LotMovementKind> {
    static constexpr std::string_view name = "LotMovementKind";
    static constexpr auto words = std::to_array<std::string_view>(
        {"buy", "sell", "split", "transfer_in", "transfer_out", "transfer"});
};

using LotTerm = finance::lots::Term;
template <>
struct Description<LotTerm> {
    static constexpr std::string_view name = "LotTerm";
    static constexpr auto words = std::to_array<std::string_view>({"short", "long"});
};

using LotRounding = money::Rounding;
template <>
struct Description<LotRounding> {
    static constexpr std::string_view name = "LotRounding";
    static constexpr auto words = std::to_array<std::string_view>(
        {"half_to_even", "half_up", "toward_zero", "floor", "ceiling"});
};

struct LotChoiceValue {
    std::string id;
    std::optional<DecimalText> quantity;
};
template <>
struct Description<LotChoiceValue> {
    static constexpr std::string_view name = "LotChoice";
    static constexpr std::string_view doc = "A lot to take from.";
    static constexpr auto fields = std::array{
        field<&LotChoiceValue::id>("id", "Of the lot: the id of its buy.").at_most(200),
        field<&LotChoiceValue::quantity>("quantity", "Absent: as much as is still needed."),
    };
};

struct SplitRatioValue {
    std::int64_t new_units = 0;
    std::int64_t old_units = 0;
};
template <>
struct Description<SplitRatioValue> {
    static constexpr std::string_view name = "SplitRatio";
    static constexpr std::string_view doc = "New units for old ones; 3 for 2 is new 3, old 2.";
    static constexpr auto fields = std::array{
        field<&SplitRatioValue::new_units>("new", "Units after.").range(1, 1'000'000),
        field<&SplitRatioValue::old_units>("old", "Units before.").range(1, 1'000'000),
    };
};

struct LotMovementValue {
    std::optional<std::string> id;
    Date date;
    std::optional<LotMovementKind> kind;
    std::string asset;
    std::optional<std::string> account;
    std::optional<std::string> to_account;
    std::optional<DecimalText> quantity;
    std::optional<DecimalText> price;
    std::optional<DecimalText> amount;
    std::optional<DecimalText> fee;
    std::optional<std::string> currency;
    std::optional<Date> acquired;
    std::optional<SplitRatioValue> ratio;
    std::optional<LotMethod> method;
    std::vector<LotChoiceValue> lots;
};
template <>
struct Description<LotMovementValue> {
    using T = LotMovementValue;
    static constexpr std::string_view name = "LotMovement";
    static constexpr std::string_view doc = "One thing that happened to lots.";
    static constexpr auto fields = std::array{
        field<&T::id>("id", "Of a buy: of its lot. Absent: kind and place, buy-1.").at_most(200),
        field<&T::date>("date", "Not before the one above it."),
        field<&T::kind>("kind", "What happened; known by the list in buys and sells."),
        field<&T::asset>("asset", "Ticker or name.").at_most(200).or_default(),
        field<&T::account>("account", "Where; lots of one account serve its sales alone.")
            .at_most(200),
        field<&T::to_account>("to_account", "Of a transfer.").at_most(200),
        field<&T::quantity>("quantity", "Units, above 0."),
        field<&T::price>("price", "Of one unit; this or amount."),
        field<&T::amount>("amount", "Of all of it, before the fee."),
        field<&T::fee>("fee", "Adds to the cost of a buy, lessens the proceeds of a sale."),
        field<&T::currency>("currency", "If given, the request's.").at_most(3),
        field<&T::acquired>("acquired", "Of a transfer_in; absent: its date."),
        field<&T::ratio>("ratio", "Of a split."),
        field<&T::method>("method", "Of this one; absent: the request's."),
        field<&T::lots>("lots", "Which lots, for the method specific.").at_most(1000).or_default(),
    };
};

struct LotsValue {
    std::string currency = "USD";
    LotMethod method = LotMethod::fifo;
    LotRounding rounding = LotRounding::half_to_even;
    std::int64_t long_term_months = 12;
    std::optional<std::vector<LotMovementValue>> transactions;
    std::optional<std::vector<LotMovementValue>> buys;
    std::optional<std::vector<LotMovementValue>> sells;
};
template <>
struct Description<LotsValue> {
    using T = LotsValue;
    static constexpr std::string_view name = "Lots";
    static constexpr std::string_view doc =
        "Transactions in order of date, or buys and sells in two lists (of one day, buys come "
        "first).";
    static constexpr auto fields = std::array{
        field<&T::currency>("currency", "ISO 4217 code.").at_most(3).or_default(),
        field<&T::method>("method", "Which lots a sale takes.").or_default(),
        field<&T::rounding>("rounding", "Of prices times quantities and of parts of lots.")
            .or_default(),
        field<&T::long_term_months>("long_term_months", "Held longer than this is long-term.")
            .unit("months")
            .range(0, 1200)
            .or_default(),
        field<&T::transactions>("transactions", "In order of date.")
            .at_most(finance::lots::kMovementsMax),
        field<&T::buys>("buys", "Instead of transactions.").at_most(finance::lots::kMovementsMax),
        field<&T::sells>("sells", "Instead of transactions.").at_most(finance::lots::kMovementsMax),
    };
};

struct LotValue {
    std::string id;
    std::string asset;
    std::optional<std::string> account;
    Date acquired;
    DecimalText quantity;
    DecimalText basis;
    DecimalText unit_cost;
};
template <>
struct Description<LotValue> {
    using T = LotValue;
    static constexpr std::string_view name = "Lot";
    static constexpr std::string_view doc = "A lot that is still held.";
    static constexpr auto fields = std::array{
        field<&T::id>("id", "Of its buy."),
        field<&T::asset>("asset", "Ticker or name."),
        field<&T::account>("account", "Where it is held."),
        field<&T::acquired>("acquired", "First day."),
        field<&T::quantity>("quantity", "After all splits."),
        field<&T::basis>("basis", "What it cost, fees included."),
        field<&T::unit_cost>("unit_cost", "Basis of one unit, to nine decimals."),
    };
};

struct TakenLotValue {
    std::string id;
    Date acquired;
    DecimalText quantity;
    DecimalText basis;
    std::optional<DecimalText> proceeds;
    std::optional<DecimalText> gain;
    std::optional<LotTerm> term;
};
template <>
struct Description<TakenLotValue> {
    using T = TakenLotValue;
    static constexpr std::string_view name = "TakenLot";
    static constexpr std::string_view doc = "What a sale or a transfer took of a lot.";
    static constexpr auto fields = std::array{
        field<&T::id>("id", "Of the lot."),
        field<&T::acquired>("acquired", "First day."),
        field<&T::quantity>("quantity", "In units of that day."),
        field<&T::basis>("basis", "Its cost."),
        field<&T::proceeds>("proceeds", "Its share, after the fee."),
        field<&T::gain>("gain", "Proceeds less basis."),
        field<&T::term>("term", "Short or long."),
    };
};

struct LotGainValue {
    std::string id;
    Date date;
    std::string asset;
    std::optional<std::string> account;
    LotMethod method = LotMethod::fifo;
    DecimalText quantity;
    DecimalText proceeds;
    DecimalText basis;
    DecimalText gain;
    DecimalText short_term;
    DecimalText long_term;
    std::vector<TakenLotValue> lots;
};
template <>
struct Description<LotGainValue> {
    using T = LotGainValue;
    static constexpr std::string_view name = "LotGain";
    static constexpr std::string_view doc = "What a sale gained, by lot.";
    static constexpr auto fields = std::array{
        field<&T::id>("id", "Of the sale."),
        field<&T::date>("date", "Of the sale."),
        field<&T::asset>("asset", "Ticker or name."),
        field<&T::account>("account", "Where."),
        field<&T::method>("method", "That chose the lots."),
        field<&T::quantity>("quantity", "Units sold."),
        field<&T::proceeds>("proceeds", "After the fee."),
        field<&T::basis>("basis", "Cost of what was sold."),
        field<&T::gain>("gain", "Proceeds less basis."),
        field<&T::short_term>("short_term", "Part of the gain."),
        field<&T::long_term>("long_term", "Part of the gain."),
        field<&T::lots>("lots", "In the order taken.").at_most(finance::lots::kMovementsMax),
    };
};

struct LotTransferValue {
    std::string id;
    Date date;
    std::string asset;
    std::optional<std::string> account;
    std::optional<std::string> to_account;
    DecimalText basis;
    std::vector<TakenLotValue> lots;
};
template <>
struct Description<LotTransferValue> {
    using T = LotTransferValue;
    static constexpr std::string_view name = "LotTransfer";
    static constexpr std::string_view doc = "Lots that moved, with their cost.";
    static constexpr auto fields = std::array{
        field<&T::id>("id", "Of the transfer."),
        field<&T::date>("date", "Of the transfer."),
        field<&T::asset>("asset", "Ticker or name."),
        field<&T::account>("account", "From."),
        field<&T::to_account>("to_account", "Absent: out of all accounts."),
        field<&T::basis>("basis", "Cost of what moved."),
        field<&T::lots>("lots", "In the order taken.").at_most(finance::lots::kMovementsMax),
    };
};

struct LotTotalsValue {
    DecimalText acquired;
    DecimalText sold;
    DecimalText left;
    DecimalText transferred_out;
    DecimalText proceeds;
    DecimalText gain;
    DecimalText short_term;
    DecimalText long_term;
};
template <>
struct Description<LotTotalsValue> {
    using T = LotTotalsValue;
    static constexpr std::string_view name = "LotTotals";
    static constexpr std::string_view doc =
        "acquired = sold + left + transferred_out; gain = proceeds - sold = short_term + "
        "long_term, to the minor unit.";
    static constexpr auto fields = std::array{
        field<&T::acquired>("acquired", "Cost of all buys and transfers in."),
        field<&T::sold>("sold", "Cost of what was sold."),
        field<&T::left>("left", "Cost of the lots left."),
        field<&T::transferred_out>("transferred_out", "Cost of what left all accounts."),
        field<&T::proceeds>("proceeds", "Of all sales, after fees."),
        field<&T::gain>("gain", "Proceeds less sold."),
        field<&T::short_term>("short_term", "Part of the gain."),
        field<&T::long_term>("long_term", "Part of the gain."),
    };
};

struct LotsAnswer {
    std::string currency;
    LotMethod method = LotMethod::fifo;
    std::vector<LotValue> lots;
    std::vector<LotGainValue> gains;
    std::vector<LotTransferValue> transfers;
    LotTotalsValue totals;
};
template <>
struct Description<LotsAnswer> {
    using T = LotsAnswer;
    static constexpr std::string_view name = "LotsAnswer";
    static constexpr std::string_view doc = "Lots left, gains per sale.";
    static constexpr auto fields = std::array{
        field<&T::currency>("currency", "Of all amounts."),
        field<&T::method>("method", "Where a sale said nothing else."),
        field<&T::lots>("lots", "Left, by asset, account and date.")
            .at_most(finance::lots::kMovementsMax),
        field<&T::gains>("gains", "One a sale, in their order.")
            .at_most(finance::lots::kMovementsMax),
        field<&T::transfers>("transfers", "One a transfer, in their order.")
            .at_most(finance::lots::kMovementsMax),
        field<&T::totals>("totals", "Of everything."),
    };
};

inline constexpr Route<LotsValue, LotsAnswer> calculate_lots{
    {.method = Method::post,
     .path = "/api/v1/calc/lots",
     .operation = "calculate_lots",
     .summary = "Lots left and gains per sale, first in first out or as chosen.",
     .execution = Execution::compute,
     .body_bytes_max = std::size_t{16} << 20,
     .cost = 5}};

}  // namespace atlas::contracts
