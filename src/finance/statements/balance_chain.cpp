// SPDX-License-Identifier: Apache-2.0
#include "finance/statements/balance_chain.hpp"

#include "base/format.hpp"

namespace atlas::finance::statements {

void BalanceChain::add(money::Money amount, std::optional<money::Money> balance,
                       SourcePosition place) {
    const auto sum = [&](money::Money a, money::Money b) {
        const auto added = money::checked_add(a, b);
        is_in_range_ = is_in_range_ && added.has_value();
        return added.has_value() ? *added : a;
    };
    if (balance_.has_value() && balance.has_value()) {
        ++links_;
        link(on_, *balance_, *balance, sum(*moved_, amount), place);
        // The row before is the newer one: its own amount and those between led to its balance.
        link(back_, *balance, *balance_, sum(*moved_, *amount_), place_);
    }
    if (balance.has_value()) {
        balance_ = balance;
        moved_ = money::Money::zero(amount.currency());
        amount_ = amount;
        place_ = place;
    } else if (moved_.has_value()) {
        moved_ = sum(*moved_, amount);
    }
}

void BalanceChain::link(Direction& direction, money::Money before, money::Money after,
                        money::Money moved, SourcePosition place) {
    const auto expected = money::checked_add(before, moved);
    const auto missing = expected.has_value() ? money::checked_add(after, -*expected) : expected;
    const auto total = missing.has_value() && direction.total.has_value()
                           ? money::checked_add(*direction.total, *missing)
                           : missing;
    if (!total.has_value()) {
        is_in_range_ = false;
        return;
    }
    direction.total = *total;
    if (!missing->is_zero()) {
        ++direction.broken;
        if (direction.first.size() < kBalanceGapsMax) {
            direction.first.push_back({place, before, after, *missing});
        }
    }
}

std::vector<Rejected> BalanceChain::gaps(bool back) const {
    const Direction& direction = back ? back_ : on_;
    std::vector<Rejected> out;
    if (!is_in_range_ || direction.broken * 3 > links_ || !direction.total.has_value() ||
        direction.total->is_zero()) {
        return out;
    }
    for (const Gap& gap : direction.first) {
        out.push_back({gap.place, format("the balance goes from {} to {}, and {} of it is in no "
                                         "row that was read: rows are missing",
                                         to_string(gap.before), to_string(gap.after),
                                         to_string(gap.missing))});
    }
    return out;
}

}  // namespace atlas::finance::statements
