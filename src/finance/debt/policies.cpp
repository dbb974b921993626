// SPDX-License-Identifier: Apache-2.0
#include "finance/debt/policies.hpp"

#include <algorithm>
#include <compare>

#include "base/check.hpp"

namespace atlas::finance::debt {
namespace {

using money::Int128;

std::int64_t rate_of(const MonthView& view, std::uint16_t loan) {
    return view.problem.loans[loan].charge(view.month).apr_billionths;
}

std::int64_t balance_of(const MonthView& view, std::uint16_t loan) {
    return view.problem.loans[loan].balance;
}

bool higher_rate(const MonthView& view, std::uint16_t a, std::uint16_t b) {
    if (rate_of(view, a) != rate_of(view, b)) {
        return rate_of(view, a) > rate_of(view, b);
    }
    if (balance_of(view, a) != balance_of(view, b)) {
        return balance_of(view, a) < balance_of(view, b);
    }
    return a < b;
}

bool smaller_balance(const MonthView& view, std::uint16_t a, std::uint16_t b) {
    if (balance_of(view, a) != balance_of(view, b)) {
        return balance_of(view, a) < balance_of(view, b);
    }
    return higher_rate(view, a, b);
}

template <class Before>
void rank(std::vector<Turn>& turns, Before before) {
    const auto in_order = [&](const Turn& a, const Turn& b) { return before(a.loan, b.loan); };
    if (!std::ranges::is_sorted(turns, in_order)) {  // Last month's order is nearly always right.
        std::ranges::sort(turns, in_order);
    }
}

/// a0 / a1 compared with b0 / b1 for whole numbers >= 0; a denominator of 0 is the largest.
std::strong_ordering compare_ratios(std::int64_t a0, std::int64_t a1, std::int64_t b0,
                                    std::int64_t b1) {
    if (a1 == 0 || b1 == 0) {
        return (a1 == 0 ? 1 : 0) <=> (b1 == 0 ? 1 : 0);
    }
    const Int128 left = static_cast<Int128>(a0) * b1;
    const Int128 right = static_cast<Int128>(b0) * a1;
    return left < right   ? std::strong_ordering::less
           : left > right ? std::strong_ordering::greater
                          : std::strong_ordering::equal;
}

}  // namespace

Policy avalanche() {
    return [](const MonthView& view, std::vector<Turn>& turns) {
        rank(turns, [&](auto a, auto b) { return higher_rate(view, a, b); });
    };
}

Policy snowball() {
    return [](const MonthView& view, std::vector<Turn>& turns) {
        rank(turns, [&](auto a, auto b) { return smaller_balance(view, a, b); });
    };
}

Policy hybrid(std::int64_t weight_billionths) {
    ATLAS_CHECK(weight_billionths >= 0);
    ATLAS_CHECK(weight_billionths <= kWeightUnit);
    return [weight = weight_billionths](const MonthView& view, std::vector<Turn>& turns) {
        std::int64_t rate_max = 0;
        std::int64_t balance_max = 0;
        for (const Turn& turn : turns) {
            rate_max = std::max(rate_max, rate_of(view, turn.loan));
            balance_max = std::max(balance_max, balance_of(view, turn.loan));
        }
        // At most 10^9 × 10^10 × 10^15, twice: far inside 128 bits.
        const auto score = [&](std::uint16_t i) {
            return static_cast<Int128>(weight) * rate_of(view, i) * balance_max +
                   static_cast<Int128>(kWeightUnit - weight) * rate_max *
                       (balance_max - balance_of(view, i));
        };
        rank(turns, [&](auto a, auto b) {
            const Int128 left = score(a);
            const Int128 right = score(b);
            if (left != right) {
                return left > right;
            }
            return weight == 0 ? smaller_balance(view, a, b) : higher_rate(view, a, b);
        });
    };
}

Policy cash_flow_index() {
    return [](const MonthView& view, std::vector<Turn>& turns) {
        if (view.month > 1) {
            return;
        }
        rank(turns, [&](auto a, auto b) {
            const auto order =
                compare_ratios(balance_of(view, a), view.problem.loans[a].first_minimum(),
                               balance_of(view, b), view.problem.loans[b].first_minimum());
            return order != 0 ? order < 0 : higher_rate(view, a, b);
        });
    };
}

Policy utilisation_first() {
    return [](const MonthView& view, std::vector<Turn>& turns) {
        const auto limit = [&](std::uint16_t i) { return view.problem.loans[i].credit_limit; };
        rank(turns, [&](auto a, auto b) {
            if ((limit(a) == 0) != (limit(b) == 0)) {
                return limit(b) == 0;
            }
            if (limit(a) == 0) {
                return higher_rate(view, a, b);
            }
            const auto order = compare_ratios(view.owed[a], limit(a), view.owed[b], limit(b));
            return order != 0 ? order > 0 : higher_rate(view, a, b);
        });
    };
}

Policy fixed_order(std::vector<std::uint16_t> order) {
    return [order = std::move(order)](const MonthView& view, std::vector<Turn>& turns) {
        if (view.month > 1) {
            return;
        }
        ATLAS_CHECK(order.size() == turns.size());
        for (std::size_t i = 0; i < order.size(); ++i) {
            turns[i] = {order[i]};
        }
    };
}

}  // namespace atlas::finance::debt
