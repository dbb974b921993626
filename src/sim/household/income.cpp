// SPDX-License-Identifier: Apache-2.0
// Pay and what replaces it: wages, raises, bonus, severance, unemployment benefit, tax refund.
#include <algorithm>
#include <cmath>

#include "base/format.hpp"
#include "sim/household/draw.hpp"
#include "sim/household/economy.hpp"
#include "sim/household/life.hpp"

namespace atlas::sim::household {
namespace {

bool is_nominal_payday(const Earner& earner, Date day) {
    const Date::Parts parts = day.parts();
    switch (earner.cycle) {
        case PayCycle::biweekly: return day.days_since_epoch() % 14 == earner.anchor;
        case PayCycle::semi_monthly: return parts.day == 15 || day == day.last_of_month();
        case PayCycle::monthly: return day == day.last_of_month();
    }
    return false;
}

/// Pay that falls on a day off comes on the business day before.
bool is_payday(const Earner& earner, Date today) {
    if (!is_business_day(today)) {
        return false;
    }
    for (Date day = today; business_day_until(day) == today; day = day.plus_days(1)) {
        if (is_nominal_payday(earner, day)) {
            return true;
        }
    }
    return false;
}

double pays_a_year(PayCycle cycle) {
    return cycle == PayCycle::biweekly ? 26.0 : (cycle == PayCycle::semi_monthly ? 24.0 : 12.0);
}

void receive(Life& life, TruthRow row, std::string_view category) {
    row.category = category;
    life.book.add(std::move(row));
}

void receive_pay(Life& life, Earner& earner) {
    double dollars = earner.yearly_net / pays_a_year(earner.cycle);
    if (earner.is_hourly) {
        dollars *= 1.0 + 0.035 * draw_bell(life.pay_draws);
    }
    TruthRow row = row_on(life, life.checking(), to_cents(dollars));
    row.bank_description = format("{} DIRECT DEP", bank_capitals(earner.employer).substr(0, 16));
    row.memo = format("PAYROLL PPD ID: {}", earner.trace);
    row.merchant = earner.employer;
    row.is_recurring = true;
    receive(life, std::move(row), "income.wages");
}

void receive_benefit(Life& life, const Earner& earner) {
    const double dollars = std::min(earner.yearly_net / 26.0 * 0.5, 900.0 * life.level);
    TruthRow row = row_on(life, life.checking(), to_cents(std::floor(dollars)));
    row.bank_description = format("STATE OF {} UI BENEFIT", life.profile.place.state);
    row.memo = "UNEMPLOYMENT INS PPD";
    row.merchant = "State unemployment insurance";
    row.is_recurring = true;
    receive(life, std::move(row), "income.benefits_pension");
}

void lose_job(Life& life, const Earner& earner) {
    life.out.events.push_back({life.today, EventKind::job_lost,
                               format("{} leaves {}", earner.person.name, earner.employer)});
    if (life.pay_draws.chance(0.5)) {
        TruthRow row =
            row_on(life, life.checking(),
                   to_cents(earner.yearly_net * draw_between(life.pay_draws, 0.03, 0.1)));
        row.date = life.today.plus_days(10);
        row.posted = business_day_from(row.date);
        row.bank_description = format("{} SEVERANCE", bank_capitals(earner.employer).substr(0, 16));
        row.merchant = earner.employer;
        receive(life, std::move(row), "income.wages");
    }
}

void find_job(Life& life, Earner& earner) {
    earner.employer = draw_employer(life.pay_draws);
    earner.trace = format("{}", life.pay_draws.between(1'000'000'000, 9'999'999'999));
    earner.yearly_net *= draw_between(life.pay_draws, 0.93, 1.09);
    life.out.events.push_back({life.today, EventKind::job_found,
                               format("{} starts at {}", earner.person.name, earner.employer)});
}

void raise_pay(Life& life, Earner& earner) {
    const double inflation =
        price_level(life.today) / price_level(life.today.plus_months(-12)) - 1.0;
    const double kept_up = inflation * draw_between(life.pay_draws, 0.65, 1.0);
    const double factor = 1.0 + kept_up + draw_between(life.pay_draws, 0.002, 0.02);
    earner.yearly_net *= factor;
    life.out.events.push_back({life.today, EventKind::raise,
                               format("{}: pay up by {} ‰", earner.person.name,
                                      static_cast<int>((factor - 1.0) * 1000.0))});
}

void receive_bonus(Life& life, const Earner& earner) {
    TruthRow row = row_on(life, life.checking(),
                          to_cents(earner.yearly_net * draw_between(life.pay_draws, 0.02, 0.08)));
    row.posted = business_day_from(life.today);
    row.bank_description = format("{} BONUS DD", bank_capitals(earner.employer).substr(0, 16));
    row.memo = format("PAYROLL PPD ID: {}", earner.trace);
    row.merchant = earner.employer;
    life.out.events.push_back({life.today, EventKind::bonus, earner.person.name});
    receive(life, std::move(row), "income.wages");
}

/// In spring the tax return: mostly money back, sometimes money due.
void settle_taxes(Life& life) {
    Random& random = life.pay_draws;
    const bool is_refund = random.chance(0.74);
    const double dollars =
        life.net_monthly * draw_between(random, 0.12, 0.45) * (is_refund ? 1.0 : 0.6);
    TruthRow row = row_on(life, life.checking(), to_cents(dollars) * (is_refund ? 1 : -1));
    row.posted = business_day_from(life.today.plus_days(2));
    row.bank_description = is_refund ? "IRS TREAS 310 TAX REF" : "IRS USATAXPYMT";
    row.merchant = "Internal Revenue Service";
    row.category = is_refund ? "income.refund" : "government.taxes";
    if (!is_refund) {
        ensure_checking(life, -row.amount.minor());
    }
    life.book.add(std::move(row));
    if (random.chance(0.6)) {
        Merchant preparer = draw_merchant(random, "bank.services", life.profile.place, 30);
        buy(life, {.merchant = &preparer,
                   .category = "bank.services",
                   .cents = random.between(49, 220) * 100,
                   .need = Need::flexible});
    }
}

void live_year(Life& life, Earner& earner, bool is_working) {
    const Date::Parts parts = life.today.parts();
    if (parts.day == 1 && parts.month == earner.raise_month && is_working) {
        raise_pay(life, earner);
    }
    const bool gets_bonus = life.profile.tier >= 2 && !earner.is_hourly;
    if (parts.month == 3 && parts.day == 12 && gets_bonus && is_working &&
        life.pay_draws.chance(0.75)) {
        receive_bonus(life, earner);
    }
}

}  // namespace

void receive_income(Life& life) {
    for (std::size_t i = 0; i < life.profile.earners.size(); ++i) {
        Earner& earner = life.profile.earners[i];
        const bool has_gap = life.profile.gap && life.profile.gap->earner == i;
        const bool is_working = !(has_gap && life.is_in_gap());
        if (has_gap && life.today == life.profile.gap->first) {
            lose_job(life, earner);
        }
        if (has_gap && life.today == life.profile.gap->last.plus_days(1)) {
            find_job(life, earner);
        }
        live_year(life, earner, is_working);
        if (is_working && is_payday(earner, life.today)) {
            receive_pay(life, earner);
        }
        // The first fortnight or so goes by before the state pays.
        if (!is_working && life.today - life.profile.gap->first >= 21 &&
            life.today.days_since_epoch() % 14 == 6) {
            receive_benefit(life, earner);
        }
    }
    const Date::Parts parts = life.today.parts();
    if (parts.month == 3 && parts.day == 24) {
        settle_taxes(life);
    }
}

}  // namespace atlas::sim::household
