// SPDX-License-Identifier: Apache-2.0
#include "finance/lots/holding.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>
#include <tuple>

#include "base/check.hpp"
#include "base/format.hpp"
#include "finance/lots/shares.hpp"

namespace atlas::finance::lots {
namespace {

using money::Int128;
using money::Money;
using money::Quantity;

bool is_before(const Lot& left, const Lot& right) {
    return std::tie(left.acquired, left.order) < std::tie(right.acquired, right.order);
}

/// basis / quantity compared without dividing: both products fit 126 bits.
bool costs_more(const Lot& left, const Lot& right) {
    return Int128{left.basis.minor()} * right.quantity.billionths() >
           Int128{right.basis.minor()} * left.quantity.billionths();
}

}  // namespace

Result<void> Holding::add(Lot lot) {
    std::int64_t billionths = 0;
    std::int64_t basis = 0;
    if (__builtin_add_overflow(billionths_, lot.quantity.billionths(), &billionths)) {
        return invalid_argument("/quantity", "with it more is held than can be counted");
    }
    if (__builtin_add_overflow(basis_minor_, lot.basis.minor(), &basis)) {
        return invalid_argument("/quantity", "with it the holding cost more than can be counted");
    }
    billionths_ = billionths;
    basis_minor_ = basis;
    const auto at = std::ranges::lower_bound(lots_, lot, is_before);
    if (at != lots_.end() && at->order == lot.order && at->acquired == lot.acquired) {
        at->quantity += lot.quantity;
        at->basis += lot.basis;
    } else {
        lots_.insert(at, std::move(lot));
    }
    return {};
}

std::vector<Take> Holding::dearest_first(std::int64_t needed) const {
    std::vector<std::size_t> heap(lots_.size());
    std::iota(heap.begin(), heap.end(), std::size_t{0});
    const auto later = [&](std::size_t left, std::size_t right) {
        if (costs_more(lots_[left], lots_[right])) {
            return false;
        }
        return costs_more(lots_[right], lots_[left]) || right < left;
    };
    std::make_heap(heap.begin(), heap.end(), later);
    std::vector<Take> takes;
    for (auto end = heap.end(); needed > 0; --end) {
        ATLAS_CHECK(end != heap.begin());
        const std::size_t index = heap.front();
        std::pop_heap(heap.begin(), end, later);
        const std::int64_t part = std::min(needed, lots_[index].quantity.billionths());
        takes.push_back({index, part});
        needed -= part;
    }
    return takes;
}

std::vector<Take> Holding::choose(Method method, Quantity quantity) const {
    ATLAS_CHECK(quantity.billionths() <= billionths_);
    ATLAS_CHECK(method != Method::specific);
    if (method == Method::hifo) {
        return dearest_first(quantity.billionths());
    }
    std::vector<Take> takes;
    std::int64_t needed = quantity.billionths();
    for (std::size_t n = 0; needed > 0; ++n) {
        const std::size_t index = method == Method::lifo ? lots_.size() - 1 - n : n;
        const std::int64_t part = std::min(needed, lots_[index].quantity.billionths());
        takes.push_back({index, part});
        needed -= part;
    }
    return takes;
}

Result<std::vector<Take>> Holding::choose(std::span<const LotChoice> chosen,
                                          Quantity quantity) const {
    std::vector<Take> takes;
    std::set<std::size_t> named;
    std::int64_t needed = quantity.billionths();
    for (std::size_t c = 0; c < chosen.size(); ++c) {
        const auto found = std::ranges::find(lots_, chosen[c].lot, &Lot::id);
        if (found == lots_.end()) {
            return invalid_argument(format("/lots/{}/id", c),
                                    format("no lot \"{}\" is held here then", chosen[c].lot));
        }
        const auto index = static_cast<std::size_t>(found - lots_.begin());
        if (!named.insert(index).second) {
            return invalid_argument(format("/lots/{}/id", c),
                                    format("lot \"{}\" is named twice", chosen[c].lot));
        }
        const Quantity held = lots_[index].quantity;
        const Quantity part =
            chosen[c].quantity.value_or(std::min(held, Quantity::from_billionths(needed)));
        if (chosen[c].quantity.has_value() && (part.billionths() <= 0 || part > held)) {
            return invalid_argument(format("/lots/{}/quantity", c),
                                    format("{} of lot \"{}\", which holds {}", to_decimal(part),
                                           chosen[c].lot, to_decimal(held)));
        }
        if (part.billionths() > needed) {
            return invalid_argument(
                format("/lots/{}/quantity", c),
                format("the lots named hold more than the {} taken", to_decimal(quantity)));
        }
        needed -= part.billionths();
        if (!part.is_zero()) {
            takes.push_back({index, part.billionths()});
        }
    }
    if (needed > 0) {
        return invalid_argument(
            "/lots", format("the lots named leave {} of {} open",
                            to_decimal(Quantity::from_billionths(needed)), to_decimal(quantity)));
    }
    return takes;
}

std::vector<TakenLot> Holding::take(std::span<const Take> takes, Method method,
                                    money::Rounding rounding) {
    std::vector<TakenLot> taken;
    if (takes.empty()) {
        return taken;
    }
    Shares average(basis_minor_, billionths_, rounding);
    for (const Take& take : takes) {
        Lot& lot = lots_[take.index];
        const money::Currency currency = lot.basis.currency();
        const std::int64_t cost =
            method == Method::average
                ? average.next(take.billionths)
                : Shares(lot.basis.minor(), lot.quantity.billionths(), rounding)
                      .next(take.billionths);
        taken.push_back({.lot = lot.id,
                         .acquired = lot.acquired,
                         .quantity = Quantity::from_billionths(take.billionths),
                         .basis = Money::from_minor(cost, currency),
                         .proceeds = Money::zero(currency),
                         .gain = Money::zero(currency),
                         .term = Term::short_term});
        lot.quantity -= Quantity::from_billionths(take.billionths);
        lot.basis -= Money::from_minor(method == Method::average ? 0 : cost, currency);
        billionths_ -= take.billionths;
        basis_minor_ -= cost;
    }
    const auto is_empty = [](const Lot& lot) { return lot.quantity.is_zero(); };
    if (std::ranges::any_of(takes, [&](const Take& take) { return is_empty(lots_[take.index]); })) {
        std::erase_if(lots_, is_empty);
    }
    if (method == Method::average) {
        spread_evenly(rounding);
    }
    return taken;
}

void Holding::spread_evenly(money::Rounding rounding) {
    if (lots_.empty()) {
        return;
    }
    Shares shares(basis_minor_, billionths_, rounding);
    for (Lot& lot : lots_) {
        lot.basis = Money::from_minor(shares.next(lot.quantity.billionths()), lot.basis.currency());
    }
}

Result<void> Holding::split(std::int64_t new_units, std::int64_t old_units,
                            money::Rounding rounding) {
    std::vector<Lot> after = lots_;
    Int128 before_sum = 0;
    Int128 after_sum = 0;
    for (Lot& lot : after) {
        before_sum += lot.quantity.billionths();
        const Int128 until = money::divide(before_sum * new_units, old_units, rounding);
        if (until > std::numeric_limits<std::int64_t>::max()) {
            return invalid_argument("/ratio", "after it more is held than can be counted");
        }
        if (until == after_sum) {
            return invalid_argument("/ratio",
                                    format("lot \"{}\" of {} would vanish: sell the fraction "
                                           "first",
                                           lot.id, to_decimal(lot.quantity)));
        }
        lot.quantity = Quantity::from_billionths(static_cast<std::int64_t>(until - after_sum));
        after_sum = until;
    }
    lots_ = std::move(after);
    billionths_ = static_cast<std::int64_t>(after_sum);
    return {};
}

}  // namespace atlas::finance::lots
