// SPDX-License-Identifier: Apache-2.0
#include "finance/lots/lots.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_set>
#include <utility>

#include "base/format.hpp"
#include "finance/lots/holding.hpp"
#include "finance/lots/shares.hpp"

namespace atlas::finance::lots {
namespace {

using money::Money;
using money::Quantity;

/// Errors of a part of a movement, placed under it.
Unexpected under(const Movement& movement, Error error) {
    error.place = movement.place + error.place;
    return Unexpected(std::move(error));
}

Unexpected refuse(const Movement& movement, std::string_view field, std::string message) {
    return invalid_argument(movement.place + std::string(field), std::move(message));
}

std::string where(const Movement& movement) {
    const std::string asset = movement.asset.empty() ? "" : format(" of {}", movement.asset);
    return movement.account.has_value() ? format("{} in {}", asset, *movement.account) : asset;
}

Result<void> add_to(Money& sum, Money part, const Movement& movement) {
    auto total = checked_add(sum, part);
    if (!total.has_value()) {
        return refuse(movement, "", "with it a total is beyond the largest amount");
    }
    sum = *total;
    return {};
}

Result<Quantity> positive_quantity(const Movement& movement) {
    if (!movement.quantity.has_value()) {
        return refuse(movement, "/quantity", "a quantity is needed");
    }
    if (movement.quantity->billionths() <= 0) {
        return refuse(movement, "/quantity",
                      format("{} is not above 0", to_decimal(*movement.quantity)));
    }
    return *movement.quantity;
}

/// Price times quantity, or the amount: what it came to before the fee.
Result<Money> gross_of(const Movement& movement, Quantity quantity, money::Rounding rounding) {
    if (movement.price.has_value() == movement.amount.has_value()) {
        return refuse(movement, "/price",
                      movement.price.has_value() ? "either a price or an amount, not both"
                                                 : "a price or an amount is needed");
    }
    if (movement.amount.has_value()) {
        return movement.amount->is_negative()
                   ? Result<Money>(refuse(movement, "/amount",
                                          format("{} is below 0", to_string(*movement.amount))))
                   : Result<Money>(*movement.amount);
    }
    if (movement.price->billionths() < 0) {
        return refuse(movement, "/price", format("{} is below 0", to_decimal(*movement.price)));
    }
    auto gross = money::value_of(quantity, *movement.price, rounding);
    if (!gross.has_value()) {
        return refuse(movement, "/price", gross.error().message);
    }
    return gross;
}

Result<Money> fee_of(const Movement& movement, money::Currency currency) {
    const Money fee = movement.fee.value_or(Money::zero(currency));
    if (fee.is_negative()) {
        return refuse(movement, "/fee", format("{} is below 0", to_string(fee)));
    }
    return fee;
}

/// Leaves room for the end of any holding period in the calendar.
Date last_day() {
    return Date::create(9000, 12, 31).value();
}

class Books {
public:
    explicit Books(const LotsRequest& request)
        : request_(request),
          zero_(Money::zero(request.currency)),
          book_{.left = {},
                .sales = {},
                .departures = {},
                .totals = {zero_, zero_, zero_, zero_, zero_, zero_, zero_, zero_}} {}

    Result<LotBook> run() {
        for (index_ = 0; index_ < request_.movements.size(); ++index_) {
            const Movement& movement = request_.movements[index_];
            if (movement.date > last_day()) {
                return refuse(
                    movement, "/date",
                    format("{} is after {}", to_string(movement.date), to_string(last_day())));
            }
            if (index_ > 0 && movement.date < request_.movements[index_ - 1].date) {
                return refuse(movement, "/date",
                              format("{} is before {}, the date above it: put them in order",
                                     to_string(movement.date),
                                     to_string(request_.movements[index_ - 1].date)));
            }
            ATLAS_TRY(apply(movement));
        }
        return finish();
    }

private:
    Result<void> apply(const Movement& movement) {
        switch (movement.kind) {
            case MovementKind::buy:
            case MovementKind::transfer_in: return acquire(movement);
            case MovementKind::sell: return sell(movement);
            case MovementKind::split: return split(movement);
            case MovementKind::transfer:
            case MovementKind::transfer_out: return transfer(movement);
        }
        return {};
    }

    Holding& holding_of(const Movement& movement) {
        return holdings_[{movement.asset, movement.account.value_or("")}];
    }

    Result<void> acquire(const Movement& movement) {
        ATLAS_TRY_ASSIGN(const Quantity quantity, positive_quantity(movement));
        ATLAS_TRY_ASSIGN(const Money gross, gross_of(movement, quantity, request_.rounding));
        ATLAS_TRY_ASSIGN(const Money fee, fee_of(movement, request_.currency));
        const auto basis = checked_add(gross, fee);
        if (!basis.has_value()) {
            return refuse(movement, "/fee", basis.error().message);
        }
        const Date acquired = movement.acquired.value_or(movement.date);
        if (acquired > movement.date) {
            return refuse(
                movement, "/acquired",
                format("{} is after its date {}", to_string(acquired), to_string(movement.date)));
        }
        if (!lot_ids_.insert(movement.id).second) {
            return refuse(movement, "/id", format("\"{}\" is a lot already", movement.id));
        }
        auto added = holding_of(movement).add({.id = movement.id,
                                               .asset = movement.asset,
                                               .account = movement.account.value_or(""),
                                               .acquired = acquired,
                                               .order = index_,
                                               .quantity = quantity,
                                               .basis = *basis});
        if (!added.has_value()) {
            return under(movement, std::move(added).error());
        }
        return add_to(book_.totals.acquired, *basis, movement);
    }

    /// Method of a movement that takes: named lots mean specific unless it says otherwise itself.
    Result<Method> method_of(const Movement& movement) const {
        const bool named = !movement.chosen.empty();
        const Method method = movement.method.value_or(named ? Method::specific : request_.method);
        if (named && method != Method::specific) {
            return refuse(movement, "/lots",
                          format("lots are named, and the method is {}", name_of(method)));
        }
        if (!named && method == Method::specific) {
            return refuse(movement, "/lots", "the method is specific: name the lots");
        }
        return method;
    }

    Result<std::vector<TakenLot>> take(const Movement& movement, Method method) {
        ATLAS_TRY_ASSIGN(const Quantity quantity, positive_quantity(movement));
        Holding& holding = holding_of(movement);
        if (quantity.billionths() > holding.billionths()) {
            const Quantity held = Quantity::from_billionths(holding.billionths());
            return refuse(movement, "/quantity",
                          format("{}{} is more than the {} held", to_decimal(quantity),
                                 where(movement), to_decimal(held)));
        }
        if (method != Method::specific) {
            return holding.take(holding.choose(method, quantity), method, request_.rounding);
        }
        auto takes = holding.choose(movement.chosen, quantity);
        if (!takes.has_value()) {
            return under(movement, std::move(takes).error());
        }
        return holding.take(*takes, method, request_.rounding);
    }

    Result<void> sell(const Movement& movement) {
        ATLAS_TRY_ASSIGN(const Quantity quantity, positive_quantity(movement));
        ATLAS_TRY_ASSIGN(const Money gross, gross_of(movement, quantity, request_.rounding));
        ATLAS_TRY_ASSIGN(const Money fee, fee_of(movement, request_.currency));
        ATLAS_TRY_ASSIGN(const Method method, method_of(movement));
        ATLAS_TRY_ASSIGN(auto lots, take(movement, method));
        // Neither is negative, so the difference cannot overflow; a fee above it is a loss.
        Sale sale{.movement = index_,
                  .method = method,
                  .proceeds = gross - fee,
                  .basis = zero_,
                  .gain = zero_,
                  .short_term = zero_,
                  .long_term = zero_,
                  .lots = std::move(lots)};
        Shares shares(sale.proceeds.minor(), quantity.billionths(), request_.rounding);
        for (TakenLot& lot : sale.lots) {
            lot.proceeds =
                Money::from_minor(shares.next(lot.quantity.billionths()), request_.currency);
            lot.term = term_of(lot.acquired, movement.date, request_.long_term_months);
            lot.gain = lot.proceeds;
            ATLAS_TRY(add_to(lot.gain, -lot.basis, movement));
            ATLAS_TRY(add_to(sale.basis, lot.basis, movement));
            ATLAS_TRY(add_to(sale.gain, lot.gain, movement));
            ATLAS_TRY(add_to(lot.term == Term::long_term ? sale.long_term : sale.short_term,
                             lot.gain, movement));
        }
        LotTotals& totals = book_.totals;
        ATLAS_TRY(add_to(totals.proceeds, sale.proceeds, movement));
        ATLAS_TRY(add_to(totals.sold, sale.basis, movement));
        ATLAS_TRY(add_to(totals.gain, sale.gain, movement));
        ATLAS_TRY(add_to(totals.short_term, sale.short_term, movement));
        ATLAS_TRY(add_to(totals.long_term, sale.long_term, movement));
        book_.sales.push_back(std::move(sale));
        return {};
    }

    Result<void> split(const Movement& movement) {
        for (const std::int64_t units : {movement.new_units, movement.old_units}) {
            if (units < 1 || units > kSplitUnitsMax) {
                return refuse(movement, "/ratio",
                              format("{} is not 1 to {}", units, kSplitUnitsMax));
            }
        }
        for (auto& [key, holding] : holdings_) {
            const auto& [asset, account] = key;
            if (asset != movement.asset || account != movement.account.value_or(account)) {
                continue;
            }
            auto done = holding.split(movement.new_units, movement.old_units, request_.rounding);
            if (!done.has_value()) {
                return under(movement, std::move(done).error());
            }
        }
        return {};
    }

    Result<void> transfer(const Movement& movement) {
        const bool stays = movement.kind == MovementKind::transfer;
        if (stays != movement.to_account.has_value()) {
            return refuse(movement, "/to_account",
                          stays ? "an account to transfer to is needed"
                                : "a transfer_out leaves the accounts; to another one of them it "
                                  "is a transfer");
        }
        if (stays && *movement.to_account == movement.account.value_or("")) {
            return refuse(movement, "/to_account", "it is the account it comes from");
        }
        ATLAS_TRY_ASSIGN(const Method method, method_of(movement));
        // The order of a lot decides ties and marks its parts, wherever they go.
        const std::vector<Lot> before = holding_of(movement).lots();
        ATLAS_TRY_ASSIGN(auto lots, take(movement, method));
        Departure departure{.movement = index_, .basis = zero_, .lots = std::move(lots)};
        for (const TakenLot& lot : departure.lots) {
            ATLAS_TRY(add_to(departure.basis, lot.basis, movement));
            if (!stays) {
                continue;
            }
            const auto origin = std::ranges::find(before, lot.lot, &Lot::id);
            auto added = holdings_[{movement.asset, *movement.to_account}].add(
                {.id = lot.lot,
                 .asset = movement.asset,
                 .account = *movement.to_account,
                 .acquired = lot.acquired,
                 .order = origin->order,
                 .quantity = lot.quantity,
                 .basis = lot.basis});
            if (!added.has_value()) {
                return under(movement, std::move(added).error());
            }
        }
        if (!stays) {
            ATLAS_TRY(add_to(book_.totals.transferred_out, departure.basis, movement));
        }
        book_.departures.push_back(std::move(departure));
        return {};
    }

    LotBook finish() {
        for (const auto& [key, holding] : holdings_) {
            for (const Lot& lot : holding.lots()) {
                book_.left.push_back(lot);
                // Part of `acquired`, which did not overflow.
                book_.totals.left += lot.basis;
            }
        }
        return std::move(book_);
    }

    const LotsRequest& request_;
    Money zero_;
    LotBook book_;
    std::map<std::pair<std::string, std::string>, Holding> holdings_;  ///< By asset, account.
    std::unordered_set<std::string> lot_ids_;
    std::size_t index_ = 0;
};

}  // namespace

std::string_view name_of(Method method) {
    static constexpr std::array<std::string_view, 5> kNames = {"fifo", "lifo", "hifo", "average",
                                                               "specific"};
    return kNames[static_cast<std::size_t>(method)];
}

Result<LotBook> calculate_lots(const LotsRequest& request) {
    if (request.movements.size() > kMovementsMax) {
        return fail(ErrorCode::too_large, {},
                    format("{} transactions; at most {} accepted", request.movements.size(),
                           kMovementsMax));
    }
    return Books(request).run();
}

Term term_of(Date acquired, Date sold, int months) {
    // The last day of a month has no day after it in that month: of 28 February both readings of
    // "a year later" count, and the later one decides (Rev. Rul. 66-7).
    const Date anniversary = acquired.plus_months(months).plus_days(1);
    const Date from_next_day = acquired.plus_days(1).plus_months(months);
    return sold >= std::max(anniversary, from_next_day) ? Term::long_term : Term::short_term;
}

}  // namespace atlas::finance::lots
