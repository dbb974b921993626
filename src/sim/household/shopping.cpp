// SPDX-License-Identifier: Apache-2.0
// Day-to-day purchases: what is bought where, how it is paid, how the bank prints it, and what is
// brought back.
#include <algorithm>
#include <array>
#include <cmath>

#include "base/format.hpp"
#include "sim/household/draw.hpp"
#include "sim/household/economy.hpp"
#include "sim/household/life.hpp"

namespace atlas::sim::household {
namespace {

using money::Money;

constexpr double kVisitsADayMax = 2.2;
constexpr std::int64_t kCheckingFloor = 120'00;  ///< Nobody shops below this.

bool has_card_room(const Life& life, std::size_t card, std::int64_t cents) {
    const std::int64_t limit = life.book.accounts()[card].credit_limit->minor();
    return -life.book.spendable(card) + cents <= limit * 85 / 100;
}

std::size_t pick_card(Life& life) {
    const bool second = life.cards.size() > 1 && life.shop_draws.chance(0.3);
    return life.cards[second ? 1 : 0].account;
}

/// Banks book purchases one to three business days later; a debit card is a bit quicker.
Date booking_day(Life& life, std::size_t account) {
    const bool is_card = account != life.checking();
    const std::int64_t days = life.text_draws.between(is_card ? 1 : 0, is_card ? 3 : 2);
    return business_day_from(life.today.plus_days(static_cast<std::int32_t>(days)));
}

double need_factor(const Life& life, Need need) {
    const double gap = life.is_in_gap() ? 1.0 : 0.0;
    switch (need) {
        case Need::essential: return 1.0 - 0.06 * gap - (life.tightness < 0.7 ? 0.12 : 0.0);
        case Need::flexible: return (1.0 - 0.22 * gap) * life.tightness;
        case Need::luxury: return (1.0 - 0.42 * gap) * life.tightness * life.tightness;
    }
    return 1.0;
}

void return_some(Life& life, std::size_t purchase, int refund_percent) {
    if (static_cast<int>(life.shop_draws.below(100)) >= refund_percent) {
        return;
    }
    const TruthRow& bought = life.book.rows()[purchase];
    if (bought.account == life.wallet()) {
        return;
    }
    TruthRow back = row_on(life, bought.account, -bought.amount.minor());
    if (life.shop_draws.chance(0.4)) {  // Part of the basket only.
        const std::int64_t part = life.shop_draws.between(25, 80);
        back.amount =
            Money::from_minor(-bought.amount.minor() * part / 100, bought.amount.currency());
    }
    back.date = bought.posted.plus_days(static_cast<std::int32_t>(life.shop_draws.between(3, 21)));
    back.posted = business_day_from(back.date.plus_days(1));
    back.bank_description = bought.bank_description;
    back.merchant = bought.merchant;
    back.category = "income.refund";
    back.refund_of = purchase;
    life.book.add(std::move(back));
}

void visit(Life& life, const Habit& habit, double ticket) {
    const Line& line = *habit.line;
    Random& random = life.shop_draws;
    Merchant other;
    const Merchant* merchant = nullptr;
    if (habit.haunts.empty() || random.chance(0.10)) {
        other = draw_merchant(random, line.category, life.profile.place, line.local_percent);
        merchant = &other;
    } else {
        merchant = &habit.haunts[draw_weighted(random, habit.weights)];
    }
    const double level = line.category == "transport.fuel" ? life.fuel_level : life.level;
    const double dollars =
        ticket * merchant->price_percent / 100.0 * draw_factor(random, line.spread) * level;
    std::int64_t cents = std::max<std::int64_t>(to_cents(dollars), 1'25);
    if (line.category == "giving.charity") {
        cents = std::max<std::int64_t>((cents + 2'50) / 5'00 * 5'00, 5'00);
    }
    buy(life, {.merchant = merchant,
               .category = line.category,
               .cents = cents,
               .need = line.need,
               .cash_percent = line.cash_percent,
               .refund_percent = line.refund_percent});
}

/// What a purchase of this household usually costs: the well-off buy more at once.
double usual_ticket(const Life& life, const Habit& habit) {
    static constexpr double kTierTickets[] = {0.86, 0.99, 1.24, 1.95};
    const double ticket = habit.line->ticket_2017;
    const double factor = kTierTickets[life.profile.tier];
    return ticket * (ticket < 20.0 ? 0.6 + 0.4 * factor : factor);
}

double mean_price(const Habit& habit) {
    double sum = 0.0;
    double weight = 0.0;
    for (std::size_t i = 0; i < habit.haunts.size(); ++i) {
        sum += habit.weights[i] * habit.haunts[i].price_percent / 100.0;
        weight += habit.weights[i];
    }
    return weight > 0.0 ? sum / weight : 1.0;
}

/// Friends, sitters and shared dinners.
void pay_people(Life& life) {
    Random& random = life.shop_draws;
    const bool out = random.chance(0.055 * need_factor(life, Need::flexible));
    const bool in = random.chance(0.02);
    if (!out && !in) {
        return;
    }
    std::int64_t cents = random.between(2, 26) * 5'00;
    cents += random.chance(0.2) ? 2'50 : 0;
    if (out && life.book.spendable(life.checking()) - cents < kCheckingFloor) {
        return;
    }
    TruthRow row = row_on(life, life.checking(), out ? -cents : cents);
    const std::string person = draw_person(life.text_draws);
    const bool zelle = life.text_draws.chance(0.55);
    row.bank_description = format("{} {} {}", zelle ? "ZELLE" : "VENMO",
                                  out ? (zelle ? "TO" : "PAYMENT") : (zelle ? "FROM" : "CASHOUT"),
                                  bank_capitals(person))
                               .substr(0, 32);
    row.merchant = person;
    row.category = "transfer.p2p";
    life.book.add(std::move(row));
}

}  // namespace

TruthRow row_on(const Life& life, std::size_t account, std::int64_t minor) {
    return {.account = account,
            .date = life.today,
            .posted = life.today,
            .amount = Money::from_minor(minor, life.book.currency(account)),
            .bank_description = {},
            .memo = {},
            .merchant = {},
            .category = {},
            .bank_id = {},
            .transfer_partner = std::nullopt,
            .refund_of = std::nullopt,
            .is_recurring = false};
}

std::string describe_purchase(Life& life, std::size_t account, const Merchant& merchant) {
    const std::string form = fill_form(life.text_draws, merchant.form);
    if (account == life.wallet()) {
        return merchant.name;
    }
    if (life.book.accounts()[account].key == "euro") {
        return format("{} {} Kartenzahlung", form, merchant.place);
    }
    std::string text;
    std::size_t width = 40;
    if (account == life.checking()) {
        text = life.debit_prefix;
        if (life.debit_prefix == "CHECKCARD ") {
            const Date::Parts parts = life.today.parts();
            text += format("{:02}{:02} ", parts.month, parts.day);
        }
        width = static_cast<std::size_t>(life.debit_width);
    } else if (life.book.accounts()[account].key == "card_1") {
        width = 32;
    }
    // Networks give the name 22 to 25 characters, then the place; whatever is too long is cut.
    text += form.substr(0, text.empty() ? 25 : 22);
    if (!merchant.place.empty()) {
        text += " " + merchant.place;
    } else {
        static constexpr std::array<std::string_view, 5> kOnline = {"", "", " CA", " WA", " NY"};
        text += draw_one(life.text_draws, kOnline);
    }
    return text.substr(0, width);
}

std::optional<std::size_t> buy(Life& life, const Purchase& purchase) {
    Random& random = life.shop_draws;
    const bool can_cash = !purchase.merchant->is_online && purchase.cents < 80'00 &&
                          life.book.expected(life.wallet()) >= purchase.cents;
    std::size_t account = life.checking();
    const bool wants_cash = static_cast<int>(random.below(100)) < purchase.cash_percent * 3;
    const bool wants_card = random.chance(life.profile.card_share);
    const std::size_t card = pick_card(life);
    if (can_cash && wants_cash) {
        account = life.wallet();
    } else if (wants_card && has_card_room(life, card, purchase.cents)) {
        account = card;
    } else if (life.book.spendable(life.checking()) - purchase.cents < kCheckingFloor) {
        if (purchase.need == Need::luxury || !has_card_room(life, card, purchase.cents)) {
            return std::nullopt;
        }
        account = card;
    }
    TruthRow row = row_on(life, account, -purchase.cents);
    row.posted = account == life.wallet() ? life.today : booking_day(life, account);
    row.bank_description = describe_purchase(life, account, *purchase.merchant);
    row.merchant = purchase.merchant->name;
    row.category = purchase.category;
    const std::size_t index = life.book.add(std::move(row));
    return_some(life, index, purchase.refund_percent);
    return index;
}

void start_month(Life& life) {
    life.level = price_level(life.today);
    life.fuel_level = petrol_level(life.today);
    life.net_monthly = 0.0;
    for (const Earner& earner : life.profile.earners) {
        life.net_monthly += earner.yearly_net / 12.0;
    }
    double liquid = static_cast<double>(life.book.expected(life.checking()) +
                                        life.book.expected(life.savings()));
    for (const CardCycle& card : life.cards) {
        liquid += static_cast<double>(life.book.expected(card.account));
    }
    const double months = liquid / 100.0 / life.net_monthly;
    life.tightness = months < 0.0   ? 0.50
                     : months < 0.5 ? 0.72
                     : months < 1.0 ? 0.90
                     : months > 8.0 ? 1.12
                     : months > 5.0 ? 1.06
                                    : 1.0;
    const int month = life.today.parts().month;
    // Who earns more than at the start, in real terms, lives accordingly, for the most part.
    const double real_pay = life.net_monthly / life.level / life.profile.net_monthly_2017;
    const double affluence = 1.0 + 0.8 * (real_pay - 1.0);
    life.daily_rates.clear();
    for (const Habit& habit : life.profile.habits) {
        const double yearly = habit.yearly_2017 / (usual_ticket(life, habit) * mean_price(habit));
        life.daily_rates.push_back(yearly / 365.0 * season_factor(habit.line->season, month) *
                                   need_factor(life, habit.line->need) * affluence);
    }
    // Nobody has the time to shop more than so often: the rich buy more at once.
    double daily = 0.0;
    for (const double rate : life.daily_rates) {
        daily += rate;
    }
    life.ticket_scale = std::max(1.0, daily / kVisitsADayMax);
    for (double& rate : life.daily_rates) {
        rate /= life.ticket_scale;
    }
}

void shop(Life& life) {
    const double home = life.current_trip() != nullptr ? 0.12 : 1.0;
    const int weekday = life.today.weekday();
    for (std::size_t i = 0; i < life.profile.habits.size(); ++i) {
        const Habit& habit = life.profile.habits[i];
        const double rate = life.daily_rates[i] * week_factor(habit.line->week, weekday) * home;
        const double count = std::floor(rate + life.shop_draws.uniform());
        for (int visits = 0; visits < static_cast<int>(count); ++visits) {
            visit(life, habit, usual_ticket(life, habit) * life.ticket_scale);
        }
    }
    pay_people(life);
}

}  // namespace atlas::sim::household
