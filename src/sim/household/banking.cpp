// SPDX-License-Identifier: Apache-2.0
// Money between the household's own accounts and what banks add: card cycles, mortgage, savings,
// cash, interest, fees.
#include <algorithm>

#include "base/format.hpp"
#include "sim/household/draw.hpp"
#include "sim/household/economy.hpp"
#include "sim/household/life.hpp"

namespace atlas::sim::household {
namespace {

using money::Money;

constexpr int kGraceDays = 25;

std::string tail(const Life& life, std::size_t account) {
    const std::string& number = life.book.accounts()[account].number;
    return number.substr(number.size() - 4);
}

void add_bank_row(Life& life, TruthRow row, std::string text, std::string_view category) {
    row.bank_description = std::move(text);
    row.category = category;
    life.book.add(std::move(row));
}

void pay_card(Life& life, CardCycle& card) {
    const std::int64_t owed = std::min(card.statement, -life.book.expected(card.account));
    card.statement = 0;
    if (owed <= 0) {
        card.is_carried = false;
        return;
    }
    // While a pay is missing, people keep what is left in savings and let the card wait.
    const bool is_worried = life.is_in_gap() || life.tightness < 0.9;
    const auto kept = is_worried ? static_cast<std::int64_t>(life.net_monthly * 120.0) : 0;
    const std::int64_t usable =
        std::max<std::int64_t>(life.book.expected(life.savings()) - kept, 0) +
        life.book.spendable(life.checking());
    if (usable > 0) {
        ensure_checking(life, std::min(owed, usable));
    }
    const std::int64_t spare = life.book.spendable(life.checking()) - 150'00;
    const std::int64_t minimum = std::min(owed, std::max<std::int64_t>(35'00, owed / 40));
    if (spare < minimum) {
        ensure_checking(life, minimum);
    }
    std::int64_t paid = std::clamp(spare, minimum, owed);
    if (life.profile.is_revolver || (life.is_in_gap() && life.bank_draws.chance(0.6))) {
        const std::int64_t share = life.bank_draws.between(12, life.profile.is_revolver ? 70 : 85);
        paid = std::clamp(owed * share / 100 / 5'00 * 5'00, minimum, paid);
    }
    card.is_carried = paid < owed;
    TruthRow from = row_on(life, life.checking(), -paid);
    from.posted = business_day_from(life.today);
    from.bank_description =
        format("{} AUTOPAY {}", bank_capitals(life.book.accounts()[card.account].institution),
               tail(life, card.account));
    from.memo = "ACH DEBIT WEB ID";
    from.category = "transfer.card_payment";
    from.is_recurring = true;
    TruthRow to = row_on(life, card.account, paid);
    to.posted = business_day_from(
        from.posted.plus_days(static_cast<std::int32_t>(life.text_draws.between(0, 2))));
    to.bank_description = "AUTOMATIC PAYMENT - THANK YOU";
    to.category = "transfer.card_payment";
    to.is_recurring = true;
    life.book.add_transfer(std::move(from), std::move(to));
}

void close_cycle(Life& life, CardCycle& card) {
    if (card.is_carried && card.daily_sum < 0) {
        // Average daily balance: the sum of the days' balances × APR / 365.
        const std::int64_t interest =
            (-card.daily_sum * card.apr_basis_points + 1'825'000) / 3'650'000;
        if (interest > 0) {
            add_bank_row(life, row_on(life, card.account, -interest),
                         "INTEREST CHARGE ON PURCHASES", "bank.interest");
        }
    }
    card.daily_sum = 0;
    card.statement = std::max<std::int64_t>(-life.book.booked(card.account), 0);
    card.due = life.today.plus_days(kGraceDays);
    if (life.today.parts().month == 12 && card.account == life.cards.front().account) {
        const std::int64_t cash_back = life.bank_draws.between(20, 140) * 100;
        if (card.statement > cash_back) {
            add_bank_row(life, row_on(life, card.account, cash_back), "CASHBACK REWARD CREDIT",
                         "income.refund");
        }
    }
}

void run_cards(Life& life) {
    for (CardCycle& card : life.cards) {
        card.daily_sum += life.book.booked(card.account);
        if (life.today.parts().day == card.closing_day) {
            close_cycle(life, card);
        }
        if (life.today == card.due) {
            pay_card(life, card);
        }
    }
}

void pay_mortgage(Life& life) {
    const std::optional<std::size_t> loan = life.book.find("mortgage");
    if (!loan) {
        return;
    }
    const std::int64_t payment = to_cents(life.profile.mortgage_payment);
    const std::int64_t owed = -life.book.expected(*loan);
    if (owed <= payment) {
        return;
    }
    ensure_checking(life, payment);
    const std::int64_t interest =
        to_cents(static_cast<double>(owed) / 100.0 * (life.profile.mortgage_rate / 12.0));
    TruthRow from = row_on(life, life.checking(), -payment);
    from.posted = business_day_from(life.today);
    from.bank_description = "HOMESTEAD MORTGAGE LOAN PMT";
    from.memo = "ACH DEBIT PPD ID";
    from.merchant = "Homestead Mortgage Servicing";
    from.category = "debt.mortgage";
    from.is_recurring = true;
    TruthRow to = row_on(life, *loan, payment);
    to.posted = business_day_from(
        from.posted.plus_days(static_cast<std::int32_t>(life.text_draws.between(0, 2))));
    to.bank_description = "PAYMENT RECEIVED - THANK YOU";
    to.category = "debt.mortgage";
    to.is_recurring = true;
    TruthRow charge = row_on(life, *loan, -interest);
    charge.posted = to.posted;
    charge.is_recurring = true;
    life.book.add_transfer(std::move(from), std::move(to));
    add_bank_row(life, std::move(charge), "INTEREST CHARGE", "debt.mortgage");
}

void withdraw_cash(Life& life) {
    Random& random = life.bank_draws;
    if (life.book.expected(life.wallet()) > 25'00 || !random.chance(0.16)) {
        return;
    }
    const std::int64_t dollars = random.between(2, 4 + life.profile.tier) * 20;
    if (life.book.spendable(life.checking()) < dollars * 100 + 100'00) {
        return;
    }
    TruthRow from = row_on(life, life.checking(), -dollars * 100);
    from.posted = business_day_from(life.today);
    from.bank_description = format("ATM WITHDRAWAL {:06} {} {}", random.below(1'000'000),
                                   life.profile.place.city, life.profile.place.state)
                                .substr(0, 32);
    from.category = "transfer.cash";
    TruthRow to = row_on(life, life.wallet(), dollars * 100);
    to.bank_description = "Cash";
    to.category = "transfer.cash";
    const Date posted = from.posted;
    life.book.add_transfer(std::move(from), std::move(to));
    if (random.chance(0.15)) {
        TruthRow fee = row_on(life, life.checking(), -3'00);
        fee.posted = posted;
        add_bank_row(life, std::move(fee), "NON-NETWORK ATM FEE", "bank.fees");
    }
}

void invest(Life& life, std::int64_t cents) {
    TruthRow row = row_on(life, life.checking(), -cents);
    row.posted = business_day_from(life.today);
    row.memo = "ACH DEBIT PPD ID";
    row.merchant = "Vanguard";
    add_bank_row(life, std::move(row), "VANGUARD BUY INVESTMENT", "transfer.investment");
}

/// Standing order early in the month, and what is left over at its end.
void save(Life& life) {
    const auto net = static_cast<std::int64_t>(life.net_monthly * 100.0);
    const int day = life.today.parts().day;
    if (day == 4 && !life.is_in_gap() && life.tightness >= 0.9) {
        const auto wanted =
            static_cast<std::int64_t>(static_cast<double>(net) * life.profile.saving_share * 0.55) /
            25'00 * 25'00;
        if (wanted > 0 && life.book.spendable(life.checking()) > wanted + net / 3) {
            move_money(life, life.checking(), life.savings(), wanted);
        }
    }
    if (day != 27 || life.is_in_gap()) {
        return;
    }
    std::int64_t owed = 0;
    for (const CardCycle& card : life.cards) {
        owed -= life.book.expected(card.account);
    }
    const std::int64_t spare = (life.book.spendable(life.checking()) - owed - net) / 50'00 * 50'00;
    if (spare < net / 8) {
        return;
    }
    const std::int64_t cushion = net * (3 + life.profile.tier);
    if (life.profile.invests && life.book.expected(life.savings()) > cushion) {
        invest(life, spare);
    } else {
        move_money(life, life.checking(), life.savings(), spare);
    }
}

void add_interest_and_fees(Life& life) {
    if (life.today != life.today.last_of_month()) {
        return;
    }
    const double yearly = std::max(0.05, short_rate_percent(life.today) * 0.7) / 100.0;
    const std::int64_t interest =
        to_cents(static_cast<double>(life.book.booked(life.savings())) / 100.0 * yearly / 12.0);
    if (interest > 0) {
        TruthRow row = row_on(life, life.savings(), interest);
        row.is_recurring = true;
        add_bank_row(life, std::move(row), "INTEREST PAYMENT", "income.interest_dividends");
    }
    if (life.profile.tier == 0 && life.book.booked(life.checking()) < 500'00) {
        add_bank_row(life, row_on(life, life.checking(), -9'95), "MONTHLY SERVICE FEE",
                     "bank.fees");
    }
}

void charge_overdraft(Life& life) {
    if (life.book.booked(life.checking()) < -5'00 && is_business_day(life.today)) {
        add_bank_row(life, row_on(life, life.checking(), -34'00), "OVERDRAFT ITEM FEE",
                     "bank.fees");
        ensure_checking(life, 0);
    }
}

}  // namespace

void move_money(Life& life, std::size_t from, std::size_t to, std::int64_t cents) {
    TruthRow out = row_on(life, from, -cents);
    out.category = "transfer.internal";
    TruthRow in = row_on(life, to, cents);
    in.category = "transfer.internal";
    const bool saves = to == life.savings();
    out.bank_description =
        format("ONLINE TRANSFER TO {} ...{}", saves ? "SAV" : "CHK", tail(life, to));
    in.bank_description =
        format("ONLINE TRANSFER FROM {} ...{}", saves ? "CHK" : "SAV", tail(life, from));
    life.book.add_transfer(std::move(out), std::move(in));
}

void ensure_checking(Life& life, std::int64_t cents) {
    const std::int64_t wanted = cents + 150'00;
    std::int64_t missing = wanted - life.book.spendable(life.checking());
    if (missing <= 0) {
        return;
    }
    // Same-bank transfers book at once; round hundreds, as people do.
    const std::int64_t round = (missing + 150'00) / 100'00 * 100'00;
    const std::int64_t there = std::max<std::int64_t>(life.book.booked(life.savings()), 0);
    const std::int64_t moved = std::min(round, there);
    if (moved >= 10'00) {
        move_money(life, life.savings(), life.checking(), moved);
        missing -= moved;
    }
    if (missing > 150'00) {
        TruthRow help = row_on(life, life.checking(), (missing + 99'99) / 100'00 * 100'00);
        const std::string person = draw_person(life.text_draws);
        help.merchant = person;
        add_bank_row(life, std::move(help), format("ZELLE FROM {}", bank_capitals(person)),
                     "income.other");
    }
}

void run_bank(Life& life) {
    run_cards(life);
    if (life.today.parts().day == 3) {
        pay_mortgage(life);
    }
    withdraw_cash(life);
    save(life);
    add_interest_and_fees(life);
    charge_overdraft(life);
}

}  // namespace atlas::sim::household
