// SPDX-License-Identifier: Apache-2.0
// Holidays, at home and in Europe, and the euro account: flights booked ahead, hotel, meals, fees
// for foreign money, transfers between dollars and euros at the day's rate.
#include <algorithm>
#include <array>
#include <iterator>

#include "base/format.hpp"
#include "sim/household/draw.hpp"
#include "sim/household/economy.hpp"
#include "sim/household/life.hpp"

namespace atlas::sim::household {
namespace {

constexpr Place kAbroad[] = {{"ROMA", "IT", "EU"},     {"BERLIN", "DE", "EU"},
                             {"PARIS", "FR", "EU"},    {"BARCELONA", "ES", "EU"},
                             {"WIEN", "AT", "EU"},     {"LISBOA", "PT", "EU"},
                             {"MUENCHEN", "DE", "EU"}, {"AMSTERDAM", "NL", "EU"}};

/// Dollars' cents at the day's rate, half up.
std::int64_t dollars_of(std::int64_t euro_cents, Date day) {
    return (euro_cents * euro_rate_micro(day) + 500'000) / 1'000'000;
}

void add_trip(Life& life, Date first, int nights, double budget_2017) {
    Random& random = life.trip_draws;
    Trip trip;
    trip.first = first;
    trip.last = first.plus_days(nights);
    trip.booking = first.plus_days(static_cast<std::int32_t>(-random.between(20, 75)));
    trip.is_abroad = nights >= 7 && random.chance(life.profile.has_euro ? 0.75 : 0.22);
    trip.place = trip.is_abroad ? kAbroad[random.below(std::size(kAbroad))]
                                : places()[static_cast<std::size_t>(random.below(places().size()))];
    trip.budget_2017 = budget_2017 * (trip.is_abroad ? 1.25 : 0.9);
    life.trips.push_back(trip);
}

bool clashes_with_gap(const Life& life, const Trip& trip) {
    const std::optional<JobGap>& gap = life.profile.gap;
    return gap && trip.first >= gap->first && trip.booking <= gap->last.plus_days(20);
}

void charge(Life& life, const Trip& trip, std::string_view category, std::int64_t cents) {
    Merchant merchant = draw_merchant(life.trip_draws, category, trip.place, 50);
    const std::optional<std::size_t> euro = life.euro();
    const std::int64_t euro_cents = cents * 1'000'000 / euro_rate_micro(life.today);
    if (trip.is_abroad && euro && life.book.spendable(*euro) > euro_cents + 50'00) {
        TruthRow row = row_on(life, *euro, -euro_cents);
        row.posted = business_day_from(life.today.plus_days(1));
        row.bank_description = describe_purchase(life, *euro, merchant);
        row.merchant = merchant.name;
        row.category = category;
        life.book.add(std::move(row));
        return;
    }
    if (trip.is_abroad) {
        merchant.form = bank_capitals(merchant.form);
        merchant.place = format("{} {}", trip.place.city, trip.place.state);
    }
    const std::optional<std::size_t> index = buy(
        life, {.merchant = &merchant, .category = category, .cents = cents, .need = Need::luxury});
    if (index && trip.is_abroad && life.book.rows()[*index].account != life.wallet()) {
        const TruthRow& bought = life.book.rows()[*index];
        TruthRow fee = row_on(life, bought.account, -std::max<std::int64_t>(cents * 3 / 100, 1));
        fee.posted = bought.posted;
        fee.bank_description = "FOREIGN TRANSACTION FEE";
        fee.category = "bank.fees";
        life.book.add(std::move(fee));
    }
}

void book_trip(Life& life, Trip& trip) {
    if (clashes_with_gap(life, trip) || life.tightness < 0.85) {
        return;
    }
    trip.is_booked = true;
    life.out.events.push_back({trip.first, EventKind::holiday, std::string(trip.place.city)});
    const bool flies = trip.is_abroad || trip.place.region != life.profile.place.region;
    if (!flies) {
        return;
    }
    Merchant airline = draw_merchant(life.trip_draws, "travel.flights", life.profile.place, 0);
    airline.is_online = true;
    const double each = trip.budget_2017 * 0.34 * life.level;
    buy(life, {.merchant = &airline,
               .category = "travel.flights",
               .cents = to_cents(each * draw_factor(life.trip_draws, 0.15)),
               .need = Need::luxury,
               .refund_percent = 2});
}

void arrive(Life& life, const Trip& trip) {
    const double dollars = trip.budget_2017 * 0.36 * life.level;
    charge(life, trip, "travel.lodging", to_cents(dollars * draw_factor(life.trip_draws, 0.2)));
    if (life.trip_draws.chance(0.4)) {
        charge(life, trip, "travel.car_rental", to_cents(dollars * 0.35));
    }
}

void spend_day(Life& life, const Trip& trip) {
    static constexpr std::array<std::string_view, 9> kWants = {
        "food.restaurants", "food.restaurants",     "food.coffee",
        "food.restaurants", "entertainment.events", "transport.taxi",
        "food.groceries",   "transport.public",     "shopping.gifts_flowers"};
    const double nights = static_cast<double>(trip.last - trip.first);
    const double daily = trip.budget_2017 * 0.3 * life.level / nights;
    const std::int64_t count = life.trip_draws.between(1, 3);
    for (std::int64_t i = 0; i < count; ++i) {
        const std::string_view category = draw_one(life.trip_draws, kWants);
        const double share = daily / 2.0 * draw_factor(life.trip_draws, 0.5);
        charge(life, trip, category, std::max<std::int64_t>(to_cents(share), 3'20));
    }
}

/// Dollars into euros: both legs, one to three business days apart, half a per cent for the bank.
void top_up(Life& life, std::size_t euro, std::int64_t euro_cents) {
    const std::int64_t dollars = (dollars_of(euro_cents, life.today) * 1005 + 500) / 1000;
    if (life.book.spendable(life.checking()) < dollars + 300'00) {
        return;
    }
    TruthRow from = row_on(life, life.checking(), -dollars);
    from.posted = business_day_from(life.today);
    from.bank_description = "INTL WIRE FX TRANSFER EUR";
    from.memo =
        format("EUR {} RATE {:.4f}",
               money::to_decimal(money::Money::from_minor(euro_cents, life.book.currency(euro))),
               static_cast<double>(euro_rate_micro(life.today)) / 1e6);
    from.category = "transfer.internal";
    TruthRow to = row_on(life, euro, euro_cents);
    to.posted = business_day_from(
        from.posted.plus_days(static_cast<std::int32_t>(life.text_draws.between(1, 3))));
    to.bank_description =
        format("Gutschrift {} Auslandsueberweisung", life.profile.earners.front().person.name);
    to.category = "transfer.internal";
    life.book.add_transfer(std::move(from), std::move(to));
}

void euro_row(Life& life, std::size_t euro, std::string_view text, std::int64_t cents,
              std::string_view category) {
    TruthRow row = row_on(life, euro, cents);
    row.posted = business_day_from(life.today);
    row.bank_description = std::string(text);
    row.merchant = std::string(text.substr(0, text.find(" - ")));
    row.category = category;
    row.is_recurring = category != "giving.gifts";
    life.book.add(std::move(row));
}

}  // namespace

const Trip* Life::current_trip() const {
    const auto found = std::ranges::find_if(trips, [this](const Trip& trip) {
        return trip.is_booked && trip.first <= today && today <= trip.last;
    });
    return found == trips.end() ? nullptr : &*found;
}

void plan_trips(Life& life) {
    std::erase_if(life.trips, [&](const Trip& trip) { return trip.last < life.today; });
    Random& random = life.trip_draws;
    const double budget = life.profile.trip_budget_2017;
    const int year = life.today.parts().year;
    if (budget <= 0.0) {
        return;
    }
    const auto start = [&](int month) {
        return Date::create(year, month, static_cast<int>(random.between(2, 27))).value();
    };
    if (random.chance(0.85)) {
        const int month = static_cast<int>(random.between(6, 8));
        const Date first = start(month);
        add_trip(life, first, static_cast<int>(random.between(6, 13)), budget * 0.68);
    }
    static constexpr int kOtherMonths[] = {2, 3, 4, 5, 10, 11, 12};
    if (random.chance(0.6)) {
        const int month = kOtherMonths[random.below(std::size(kOtherMonths))];
        const Date first = start(month);
        add_trip(life, first, static_cast<int>(random.between(2, 5)), budget * 0.32);
    }
}

void travel(Life& life) {
    for (Trip& trip : life.trips) {
        if (life.today == trip.booking) {
            book_trip(life, trip);
        }
        if (!trip.is_booked) {
            continue;
        }
        if (life.today == trip.first) {
            arrive(life, trip);
        }
        if (life.today >= trip.first && life.today <= trip.last) {
            spend_day(life, trip);
        }
    }
}

void use_euros(Life& life) {
    const std::optional<std::size_t> euro = life.euro();
    if (!euro) {
        return;
    }
    const Date::Parts parts = life.today.parts();
    const std::int64_t balance = life.book.spendable(*euro);
    if (parts.day == 7 && balance > 60'00) {
        euro_row(life, *euro, "Vodafone GmbH - Mobilfunk Rechnung",
                 parts.year < 2023 ? -14'99 : -16'99, "utilities.mobile");
    }
    if (parts.day == 15 && balance > 60'00) {
        euro_row(life, *euro, "Allianz - Hausratversicherung Beitrag", -8'40,
                 "insurance.home_other");
    }
    if (parts.day == 28 && parts.month % 3 == 0 && balance > 60'00) {
        euro_row(life, *euro, "Rheinland Direktbank - Kontofuehrung Quartal", -9'90, "bank.fees");
    }
    if (balance > 250'00 && life.trip_draws.chance(0.02)) {
        euro_row(life, *euro, "Familie Krause - Geschenk", -life.trip_draws.between(2, 8) * 10'00,
                 "giving.gifts");
    }
    if (parts.day == 21 && life.book.expected(*euro) < 220'00 && !life.is_in_gap()) {
        top_up(life, *euro, life.trip_draws.between(2, 8) * 100'00);
    }
    for (const Trip& trip : life.trips) {
        if (trip.is_booked && trip.is_abroad && life.today == trip.first.plus_days(-9)) {
            top_up(life, *euro,
                   static_cast<std::int64_t>(trip.budget_2017 * 0.45 * life.level) / 50 * 50'00);
        }
    }
}

}  // namespace atlas::sim::household
