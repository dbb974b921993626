// SPDX-License-Identifier: Apache-2.0
// Bills on their day: what is due, at which price, from which account; and what is cancelled while
// a pay is missing.
#include <algorithm>

#include "base/format.hpp"
#include "sim/household/draw.hpp"
#include "sim/household/economy.hpp"
#include "sim/household/life.hpp"

namespace atlas::sim::household {
namespace {

bool is_due(const Bill& bill, Date today) {
    const Date::Parts parts = today.parts();
    return parts.day == bill.day && today >= bill.first && today <= bill.last &&
           (parts.month - bill.month + 12) % bill.every_months == 0;
}

std::int64_t price_of(Life& life, const Bill& bill) {
    switch (bill.pricing) {
        case Pricing::fixed: return to_cents(bill.amount);
        case Pricing::price_list: return list_price(bill.list, life.today);
        case Pricing::renewed: {
            // The price of the last renewal month, so it steps once a year.
            const Date::Parts parts = life.today.parts();
            const int since = (parts.month - bill.month + 12) % 12;
            const Date renewal = life.today.first_of_month().plus_months(-since);
            const std::int64_t cents = to_cents(bill.amount * price_level(renewal));
            return bill.category == "housing.rent" ? cents / 5'00 * 5'00 : cents;
        }
        case Pricing::metered:
            return to_cents(bill.amount * life.level *
                            usage_factor(bill.usage, life.today.parts().month) *
                            draw_factor(life.bill_draws, 0.09));
    }
    return 0;
}

/// In the job gap some of what is not needed is cancelled, and taken up again afterwards.
bool is_paused(Life& life, Bill& bill) {
    if (bill.need == Need::essential) {
        return false;
    }
    if (life.is_in_gap()) {
        bill.is_price_paused = bill.is_price_paused || life.bill_draws.chance(0.3);
    } else {
        bill.is_price_paused = false;
    }
    return bill.is_price_paused;
}

std::size_t account_for(Life& life, const Bill& bill, std::int64_t cents) {
    const std::size_t card = life.cards[bill.day % 3 == 0 ? life.cards.size() - 1 : 0].account;
    const std::int64_t limit = life.book.accounts()[card].credit_limit->minor();
    const bool has_room = -life.book.spendable(card) + cents <= limit * 92 / 100;
    if (bill.on_card && has_room) {
        return card;
    }
    ensure_checking(life, cents);
    return life.checking();
}

void notice_rise(Life& life, Bill& bill, std::int64_t cents) {
    const bool is_listed = bill.pricing == Pricing::price_list || bill.pricing == Pricing::renewed;
    if (is_listed && bill.last_cents > 0 && cents > bill.last_cents) {
        life.out.events.push_back(
            {life.today, EventKind::price_rise,
             format("{}: {} to {} cents", bill.merchant, bill.last_cents, cents)});
    }
    bill.last_cents = cents;
}

void pay_bill(Life& life, Bill& bill) {
    const std::int64_t cents = price_of(life, bill);
    if (cents <= 0 || is_paused(life, bill)) {
        return;
    }
    notice_rise(life, bill, cents);
    const std::size_t account = account_for(life, bill, cents);
    TruthRow row = row_on(life, account, -cents);
    const bool is_card = account != life.checking();
    row.posted = business_day_from(life.today.plus_days(
        static_cast<std::int32_t>(life.text_draws.between(0, is_card ? 2 : 1))));
    row.bank_description = fill_form(life.text_draws, bill.text).substr(0, 32);
    if (!is_card) {
        row.memo = "ACH DEBIT PPD ID";
    }
    row.merchant = bill.merchant;
    row.category = bill.category;
    row.is_recurring = true;
    life.book.add(std::move(row));
    const Date next = life.today.plus_months(bill.every_months);
    if (next > bill.last && bill.last < life.book.last()) {
        const bool is_loan = bill.category == "debt.auto" || bill.category == "debt.student";
        if (is_loan || bill.category == "family.childcare") {
            life.out.events.push_back({life.today,
                                       is_loan ? EventKind::loan_ended : EventKind::childcare_ended,
                                       bill.merchant});
        }
    }
}

}  // namespace

void pay_bills(Life& life) {
    for (Bill& bill : life.profile.bills) {
        if (is_due(bill, life.today)) {
            pay_bill(life, bill);
        }
    }
}

}  // namespace atlas::sim::household
