// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/lots_calculator.hpp"

#include <algorithm>
#include <array>

#include "base/format.hpp"
#include "contracts/money_value.hpp"
#include "finance/lots/lots.hpp"

namespace atlas::roles::finance_engine {
namespace {

namespace lots = finance::lots;

using contracts::DecimalText;
using contracts::LotMovementValue;
using money::Currency;
using money::Money;
using money::Quantity;
using money::UnitPrice;

/// A movement as sent, and where it stood.
struct Placed {
    const LotMovementValue* value;
    std::string place;
    lots::MovementKind kind;
};

std::string_view name_of(lots::MovementKind kind) {
    return contracts::Description<lots::MovementKind>::words[static_cast<std::size_t>(kind)];
}

Result<std::vector<Placed>> place_list(const std::vector<LotMovementValue>& list,
                                       std::string_view name, lots::MovementKind kind) {
    std::vector<Placed> placed;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string place = format("/{}/{}", name, i);
        if (list[i].kind.value_or(kind) != kind) {
            return invalid_argument(place + "/kind",
                                    format("{} in a list of {}", name_of(*list[i].kind), name));
        }
        if (i > 0 && list[i].date < list[i - 1].date) {
            return invalid_argument(place + "/date",
                                    format("{} is before {}, the date above it: "
                                           "put them in order",
                                           to_string(list[i].date), to_string(list[i - 1].date)));
        }
        placed.push_back({&list[i], place, kind});
    }
    return placed;
}

/// Both shapes of the request as one list in order of date.
Result<std::vector<Placed>> place_movements(const contracts::LotsValue& value) {
    if (value.transactions.has_value()) {
        if (value.buys.has_value() || value.sells.has_value()) {
            return invalid_argument("/transactions", "either transactions, or buys and sells");
        }
        std::vector<Placed> placed;
        for (std::size_t i = 0; i < value.transactions->size(); ++i) {
            const LotMovementValue& movement = (*value.transactions)[i];
            const std::string place = format("/transactions/{}", i);
            if (!movement.kind.has_value()) {
                return invalid_argument(place + "/kind", "a kind is needed");
            }
            placed.push_back({&movement, place, *movement.kind});
        }
        return placed;
    }
    if (!value.buys.has_value()) {
        return invalid_argument("/transactions", "transactions are needed, or buys and sells");
    }
    ATLAS_TRY_ASSIGN(auto placed, place_list(*value.buys, "buys", lots::MovementKind::buy));
    if (value.sells.has_value()) {
        ATLAS_TRY_ASSIGN(const auto sells,
                         place_list(*value.sells, "sells", lots::MovementKind::sell));
        placed.insert(placed.end(), sells.begin(), sells.end());
        std::ranges::stable_sort(placed, {}, [](const Placed& each) { return each.value->date; });
    }
    return placed;
}

template <class T>
Result<std::optional<T>> at(std::string_view pointer, Result<T> read) {
    if (!read.has_value()) {
        return invalid_argument(std::string(pointer), std::move(read).error().message);
    }
    return std::optional<T>(*std::move(read));
}

Result<std::optional<Money>> read_amount(const std::optional<DecimalText>& text, Currency currency,
                                         const std::string& pointer) {
    return text.has_value() ? at(pointer, Money::parse(text->text, currency))
                            : Result<std::optional<Money>>(std::nullopt);
}

Result<std::optional<Quantity>> read_quantity(const std::optional<DecimalText>& text,
                                              const std::string& pointer) {
    return text.has_value() ? at(pointer, Quantity::parse(text->text))
                            : Result<std::optional<Quantity>>(std::nullopt);
}

/// A field that this kind of movement has no use for is a mistake, not a decoration.
Result<void> refuse_strays(const Placed& placed) {
    using Kind = lots::MovementKind;
    const LotMovementValue& value = *placed.value;
    const Kind kind = placed.kind;
    const bool acquires = kind == Kind::buy || kind == Kind::transfer_in;
    const bool trades = acquires || kind == Kind::sell;
    const bool takes = !acquires && kind != Kind::split;
    struct Rule {
        std::string_view field;
        bool is_there;
        bool may;
    };
    const std::array rules = {
        Rule{"to_account", value.to_account.has_value(), takes && kind != Kind::sell},
        Rule{"quantity", value.quantity.has_value(), kind != Kind::split},
        Rule{"price", value.price.has_value(), trades},
        Rule{"amount", value.amount.has_value(), trades},
        Rule{"fee", value.fee.has_value(), trades},
        Rule{"acquired", value.acquired.has_value(), kind == Kind::transfer_in},
        Rule{"ratio", value.ratio.has_value(), kind == Kind::split},
        Rule{"method", value.method.has_value(), takes},
        Rule{"lots", !value.lots.empty(), takes},
    };
    for (const Rule& rule : rules) {
        if (rule.is_there && !rule.may) {
            return invalid_argument(format("{}/{}", placed.place, rule.field),
                                    format("a {} has no {}", name_of(kind), rule.field));
        }
    }
    return {};
}

Result<lots::Movement> read_movement(const Placed& placed, Currency currency) {
    const LotMovementValue& value = *placed.value;
    ATLAS_TRY(refuse_strays(placed));
    if (value.currency.has_value() && *value.currency != currency.code()) {
        return invalid_argument(placed.place + "/currency",
                                format("{} in a calculation in {}: one currency each",
                                       *value.currency, currency.code()));
    }
    const std::size_t slash = placed.place.rfind('/');
    lots::Movement read{.place = placed.place,
                        .id = {},
                        .date = value.date,
                        .kind = placed.kind,
                        .asset = value.asset,
                        .account = value.account,
                        .to_account = value.to_account,
                        .acquired = value.acquired,
                        .method = value.method};
    read.id = value.id.has_value() ? *value.id
                                   : format("{}-{}", name_of(placed.kind),
                                            std::stoul(placed.place.substr(slash + 1)) + 1);
    ATLAS_TRY_ASSIGN(read.quantity, read_quantity(value.quantity, placed.place + "/quantity"));
    if (value.price.has_value()) {
        ATLAS_TRY_ASSIGN(
            read.price, at(placed.place + "/price", UnitPrice::parse(value.price->text, currency)));
    }
    ATLAS_TRY_ASSIGN(read.amount, read_amount(value.amount, currency, placed.place + "/amount"));
    ATLAS_TRY_ASSIGN(read.fee, read_amount(value.fee, currency, placed.place + "/fee"));
    if (placed.kind == lots::MovementKind::split) {
        if (!value.ratio.has_value()) {
            return invalid_argument(placed.place + "/ratio", "a split needs its ratio");
        }
        read.new_units = value.ratio->new_units;
        read.old_units = value.ratio->old_units;
    }
    for (std::size_t i = 0; i < value.lots.size(); ++i) {
        ATLAS_TRY_ASSIGN(
            const auto quantity,
            read_quantity(value.lots[i].quantity, format("{}/lots/{}/quantity", placed.place, i)));
        read.chosen.push_back({value.lots[i].id, quantity});
    }
    return read;
}

DecimalText text_of(Money amount) {
    return {to_decimal(amount)};
}

Result<contracts::LotValue> write_lot(const lots::Lot& lot, money::Rounding rounding) {
    contracts::LotValue written{.id = lot.id,
                                .asset = lot.asset,
                                .account = {},
                                .acquired = lot.acquired,
                                .quantity = {to_decimal(lot.quantity)},
                                .basis = text_of(lot.basis),
                                .unit_cost = {}};
    if (!lot.account.empty()) {
        written.account = lot.account;
    }
    ATLAS_TRY_ASSIGN(const UnitPrice unit_cost,
                     money::price_of_one(lot.basis, lot.quantity, rounding));
    written.unit_cost = {to_decimal(unit_cost)};
    return written;
}

std::vector<contracts::TakenLotValue> write_taken(const std::vector<lots::TakenLot>& taken,
                                                  bool is_sale) {
    std::vector<contracts::TakenLotValue> written;
    for (const lots::TakenLot& lot : taken) {
        written.push_back({.id = lot.lot,
                           .acquired = lot.acquired,
                           .quantity = {to_decimal(lot.quantity)},
                           .basis = text_of(lot.basis),
                           .proceeds = {},
                           .gain = {},
                           .term = {}});
        if (is_sale) {
            written.back().proceeds = text_of(lot.proceeds);
            written.back().gain = text_of(lot.gain);
            written.back().term = lot.term;
        }
    }
    return written;
}

void write_book(const lots::LotsRequest& request, const lots::LotBook& book,
                contracts::LotsAnswer& answer) {
    for (const lots::Sale& sale : book.sales) {
        const lots::Movement& movement = request.movements[sale.movement];
        answer.gains.push_back({.id = movement.id,
                                .date = movement.date,
                                .asset = movement.asset,
                                .account = movement.account,
                                .method = sale.method,
                                .quantity = {to_decimal(*movement.quantity)},
                                .proceeds = text_of(sale.proceeds),
                                .basis = text_of(sale.basis),
                                .gain = text_of(sale.gain),
                                .short_term = text_of(sale.short_term),
                                .long_term = text_of(sale.long_term),
                                .lots = write_taken(sale.lots, true)});
    }
    for (const lots::Departure& departure : book.departures) {
        const lots::Movement& movement = request.movements[departure.movement];
        answer.transfers.push_back({.id = movement.id,
                                    .date = movement.date,
                                    .asset = movement.asset,
                                    .account = movement.account,
                                    .to_account = movement.to_account,
                                    .basis = text_of(departure.basis),
                                    .lots = write_taken(departure.lots, false)});
    }
    const lots::LotTotals& totals = book.totals;
    answer.totals = {.acquired = text_of(totals.acquired),
                     .sold = text_of(totals.sold),
                     .left = text_of(totals.left),
                     .transferred_out = text_of(totals.transferred_out),
                     .proceeds = text_of(totals.proceeds),
                     .gain = text_of(totals.gain),
                     .short_term = text_of(totals.short_term),
                     .long_term = text_of(totals.long_term)};
}

}  // namespace

Result<contracts::LotsAnswer> work_out_lots(const contracts::LotsValue& value) {
    ATLAS_TRY_ASSIGN(const Currency currency,
                     contracts::read_currency(value.currency, "/currency"));
    lots::LotsRequest request{.currency = currency,
                              .method = value.method,
                              .rounding = value.rounding,
                              .long_term_months = static_cast<int>(value.long_term_months),
                              .movements = {}};
    ATLAS_TRY_ASSIGN(const std::vector<Placed> placed, place_movements(value));
    for (const Placed& each : placed) {
        ATLAS_TRY_ASSIGN(lots::Movement movement, read_movement(each, currency));
        request.movements.push_back(std::move(movement));
    }
    ATLAS_TRY_ASSIGN(const lots::LotBook book, lots::calculate_lots(request));
    contracts::LotsAnswer answer{.currency = value.currency,
                                 .method = value.method,
                                 .lots = {},
                                 .gains = {},
                                 .transfers = {},
                                 .totals = {}};
    for (const lots::Lot& lot : book.left) {
        ATLAS_TRY_ASSIGN(contracts::LotValue written, write_lot(lot, request.rounding));
        answer.lots.push_back(std::move(written));
    }
    write_book(request, book, answer);
    return answer;
}

}  // namespace atlas::roles::finance_engine
