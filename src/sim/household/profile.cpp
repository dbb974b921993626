// SPDX-License-Identifier: Apache-2.0
#include "sim/household/profile.hpp"

#include <algorithm>
#include <array>

#include "base/format.hpp"
#include "sim/household/draw.hpp"
#include "sim/household/economy.hpp"

namespace atlas::sim::household {
namespace {

using money::Currency;
using money::Money;

/// By tier: the second to the highest fifth of incomes.
struct Tier {
    int weight;
    double gross_low;
    double gross_high;
    double couple;
    double owner;
    double saving_low;
    double saving_high;
};
constexpr std::array<Tier, 4> kTiers = {{{18, 28'000, 42'000, 0.25, 0.30, 0.02, 0.06},
                                         {30, 42'000, 68'000, 0.45, 0.52, 0.04, 0.10},
                                         {32, 68'000, 115'000, 0.68, 0.70, 0.07, 0.16},
                                         {20, 115'000, 230'000, 0.82, 0.88, 0.12, 0.24}}};

/// Share of gross pay that never reaches the account: tax, FICA, health plan, pension plan.
double deduction_share(double gross_2017, int tier) {
    const double progressive = std::min(1.0, (gross_2017 - 28'000.0) / 200'000.0);
    return 0.145 + 0.20 * progressive + (tier >= 1 ? 0.03 : 0.0) + (tier >= 2 ? 0.02 : 0.0);
}

void draw_people(Random& random, Profile& profile, Date first) {
    std::array<int, 4> weights{};
    std::ranges::transform(kTiers, weights.begin(), &Tier::weight);
    profile.tier = static_cast<int>(draw_weighted(random, weights));
    const Tier& tier = kTiers[static_cast<std::size_t>(profile.tier)];
    profile.gross_2017 = draw_between(random, tier.gross_low, tier.gross_high);
    profile.net_monthly_2017 =
        profile.gross_2017 * (1.0 - deduction_share(profile.gross_2017, profile.tier)) / 12.0;
    const bool is_couple = random.chance(tier.couple);
    const double first_share = is_couple ? draw_between(random, 0.5, 0.72) : 1.0;
    const std::size_t cycle = static_cast<std::size_t>(random.below(3));
    for (int i = 0; i < (is_couple ? 2 : 1); ++i) {
        Earner earner;
        earner.person.name = draw_person(random);
        earner.employer = draw_employer(random);
        earner.person.employer = earner.employer;
        // Two earners are never paid alike: biweekly and (semi-)monthly.
        earner.cycle = static_cast<PayCycle>(
            is_couple && i == 1 && cycle == 0 ? 1 + random.below(2) : (i == 0 ? cycle : 0));
        const double share = i == 0 ? first_share : 1.0 - first_share;
        earner.yearly_net = profile.net_monthly_2017 * 12.0 * share * price_level(first);
        earner.is_hourly = random.chance(profile.tier <= 1 ? 0.55 : 0.12);
        earner.raise_month = static_cast<int>(random.between(1, 12));
        earner.anchor = random.chance(0.5) ? 1 : 8;
        earner.trace = format("{}", random.between(1'000'000'000, 9'999'999'999));
        profile.earners.push_back(std::move(earner));
    }
    profile.is_owner = random.chance(tier.owner);
    const int children = random.chance(is_couple ? 0.62 : 0.22)
                             ? static_cast<int>(draw_weighted(random, std::array{45, 42, 13})) + 1
                             : 0;
    for (int i = 0; i < children; ++i) {
        profile.births.push_back(
            first.plus_days(static_cast<std::int32_t>(-random.between(200, 15 * 365))));
    }
    profile.has_pet = random.chance(0.55);
}

void draw_habits_of_money(Random& random, Profile& profile, Date first, Date last) {
    const Tier& tier = kTiers[static_cast<std::size_t>(profile.tier)];
    profile.has_second_card = random.chance(profile.tier == 0 ? 0.35 : 0.7);
    profile.has_euro = random.chance(0.22);
    profile.invests = profile.tier >= 2 && random.chance(0.7);
    profile.is_revolver = !profile.invests && random.chance(0.34);
    profile.card_share = draw_between(random, profile.tier == 0 ? 0.1 : 0.4, 0.95);
    profile.saving_share = draw_between(random, tier.saving_low, tier.saving_high);
    const bool travels = random.chance(profile.tier == 0 ? 0.35 : 0.85);
    const double lodging_and_fares =
        budget_at_income({300, 480, 700, 1200, 2900}, profile.gross_2017);
    profile.trip_budget_2017 = travels ? lodging_and_fares * 1.7 : 0.0;
    const std::int32_t days = last - first + 1;
    const int gap_months = static_cast<int>(random.between(2, 5));
    const bool has_gap = random.chance(0.35);
    const std::int64_t latest = days - (gap_months + 7) * 31;
    const std::size_t who = static_cast<std::size_t>(random.below(profile.earners.size()));
    const std::int64_t start = random.between(300, std::max<std::int64_t>(latest, 300));
    if (has_gap && latest > 300) {
        const Date begin = first.plus_days(static_cast<std::int32_t>(start));
        profile.gap =
            JobGap{.earner = who,
                   .first = begin,
                   .last = begin.plus_months(gap_months)
                               .plus_days(static_cast<std::int32_t>(random.between(-9, 9)))};
    }
}

/// Payment of an annuity of 360 months by repeated multiplication, no pow().
double annuity_payment(double principal, double monthly_rate) {
    double growth = 1.0;
    for (int i = 0; i < 360; ++i) {
        growth *= 1.0 + monthly_rate;
    }
    return principal * monthly_rate * growth / (growth - 1.0);
}

void draw_mortgage(Random& random, Profile& profile, Date first) {
    const int age_months = static_cast<int>(random.between(8, 130));
    const Date taken = first.plus_months(-age_months);
    profile.mortgage_rate = (mortgage_rate_percent(taken.parts().year) +
                             static_cast<double>(random.between(-2, 3)) / 8) /
                            100.0;
    const double monthly_rate = profile.mortgage_rate / 12.0;
    const double target =
        profile.net_monthly_2017 * price_level(first) * draw_between(random, 0.15, 0.22);
    const double per_dollar = annuity_payment(1.0, monthly_rate);
    const auto thousands = static_cast<std::int64_t>(target / per_dollar / 1000.0);
    const std::int64_t payment =
        to_cents(annuity_payment(static_cast<double>(thousands) * 1000.0, monthly_rate));
    std::int64_t balance = thousands * 100'000;
    for (int i = 0; i < age_months; ++i) {
        const auto interest = to_cents(static_cast<double>(balance) / 100.0 * monthly_rate);
        balance += interest - payment;
    }
    profile.mortgage_payment = static_cast<double>(payment) / 100.0;
    profile.mortgage_balance_cents = balance;
}

double monthly_bills_2017(const Profile& profile, Date first) {
    double sum = profile.mortgage_payment / price_level(first);
    for (const Bill& bill : profile.bills) {
        if (bill.first > first.plus_months(3)) {
            continue;
        }
        if (bill.pricing == Pricing::price_list) {
            const double price = static_cast<double>(list_price(bill.list, first)) / 100.0;
            sum += price / price_level(first) / bill.every_months;
        } else {
            sum += bill.amount / (bill.pricing == Pricing::fixed ? price_level(first) : 1.0) /
                   bill.every_months;
        }
    }
    return sum;
}

/// Drops the dearest optional bills until there is enough left to live on.
void trim_bills(Profile& profile, Date first) {
    const double most = profile.net_monthly_2017 * 0.60;
    for (const std::string_view category :
         {"personal.fitness", "debt.auto", "family.childcare", "debt.student"}) {
        if (monthly_bills_2017(profile, first) > most) {
            std::erase_if(profile.bills,
                          [&](const Bill& bill) { return bill.category == category; });
        }
    }
}

/// Net pay and what comes on top of it (tax refund, bonus, interest), which is spent like pay.
constexpr double kWithExtras = 1.05;

void draw_habits(Random& random, Profile& profile, Date first) {
    const double months = monthly_bills_2017(profile, first) + profile.trip_budget_2017 / 12.0;
    const double left =
        (profile.net_monthly_2017 * (kWithExtras - profile.saving_share) - months) * 12.0;
    double wanted = 0.0;
    double essential = 0.0;
    for (const Line& line : spending_lines()) {
        double yearly = budget_at_income(line.yearly_2017, profile.gross_2017);
        yearly *= draw_factor(random, line.need == Need::essential ? 0.18 : 0.40);
        if (line.category == "family.pets") {
            yearly = profile.has_pet ? yearly / 0.55 : 0.0;
        } else if (line.category == "housing.improvement") {
            yearly *= profile.is_owner ? 1.35 : 0.15;
        } else if (line.category == "food.groceries") {
            yearly *= 0.78 + 0.12 * static_cast<double>(profile.earners.size()) +
                      0.12 * static_cast<double>(profile.births.size());
        } else if (line.category == "transport.public" || line.category == "transport.taxi") {
            yearly *= random.chance(0.5) ? 0.2 : 1.6;
        } else if (line.need == Need::luxury && random.chance(0.12)) {
            yearly *= 0.1;  // Everybody has things they do not care for.
        }
        wanted += yearly;
        essential += line.need == Need::essential ? yearly : 0.0;
        profile.habits.push_back(
            {.line = &line, .yearly_2017 = yearly, .haunts = {}, .weights = {}});
    }
    // Essentials bend half as far as the rest when the budget is stretched over what is left.
    const double firm = std::clamp(0.5 + 0.5 * left / wanted, 0.70, 1.25);
    const double rest = (left - essential * firm) / (wanted - essential);
    const double bent = std::clamp(rest, 0.30, 1.80);
    for (Habit& habit : profile.habits) {
        habit.yearly_2017 *= habit.line->need == Need::essential ? firm : bent;
        for (int i = 0; i < habit.line->haunts; ++i) {
            habit.haunts.push_back(draw_merchant(random, habit.line->category, profile.place,
                                                 habit.line->local_percent));
            // Usual places follow a Zipf law: the first is visited most.
            habit.weights.push_back(60 / (i + 1));
        }
    }
}

}  // namespace

Profile draw_profile(Random& random, Date first, Date last) {
    Profile profile;
    profile.place = places()[static_cast<std::size_t>(random.below(places().size()))];
    draw_people(random, profile, first);
    draw_habits_of_money(random, profile, first, last);
    if (profile.is_owner) {
        draw_mortgage(random, profile, first);
    }
    draw_bills(random, profile, first, last);
    trim_bills(profile, first);
    draw_habits(random, profile, first);
    return profile;
}

std::vector<AccountTruth> draw_accounts(Random& random, const Profile& profile, Date first) {
    static constexpr std::array<std::string_view, 5> kBanks = {
        "Harbor Point Bank", "First Prairie Bank", "Cedar Valley Credit Union",
        "Lakeshore National", "Granite State Savings"};
    static constexpr std::array<std::string_view, 4> kCards = {"Summit Card", "Northstar Card",
                                                               "Meridian Rewards", "Beacon Card"};
    const Currency dollar = Currency::parse("USD").value();
    const double net = profile.net_monthly_2017 * price_level(first);
    const std::string bank(draw_one(random, kBanks));
    const std::string routing = format("9{:08}", random.below(100'000'000));
    std::vector<AccountTruth> accounts;
    const auto add = [&](std::string_view key, std::string_view name, AccountKind kind,
                         double opening) -> AccountTruth& {
        const Money amount = Money::from_minor(to_cents(opening), dollar);
        accounts.push_back({.key = std::string(key),
                            .name = std::string(name),
                            .kind = kind,
                            .institution = bank,
                            .bank_number = routing,
                            .number = format("{}", random.between(1'000'000'000, 9'999'999'999)),
                            .opening = amount,
                            .closing = amount,
                            .credit_limit = std::nullopt,
                            .is_exported = true});
        return accounts.back();
    };
    add("checking", profile.earners.size() == 2 ? "Joint checking" : "Checking",
        AccountKind::checking, net * draw_between(random, 0.55, 1.1));
    add("savings", "Savings", AccountKind::savings,
        net * draw_between(random, 0.6, 1.4 + 1.3 * profile.tier) *
            (profile.is_revolver ? 0.25 : 1.0));
    const std::size_t first_card = static_cast<std::size_t>(random.below(kCards.size()));
    for (std::size_t i = 0; i < (profile.has_second_card ? 2U : 1U); ++i) {
        AccountTruth& card = add(i == 0 ? "card_1" : "card_2", kCards[(first_card + i) % 4],
                                 AccountKind::credit_card, 0.0);
        card.institution = kCards[(first_card + i) % 4];
        const std::uint64_t issuer = random.below(1000);
        card.number = format("4{:03}00000000{:04}", issuer, random.below(10000));
        const auto hundreds = static_cast<std::int64_t>(
            net * draw_between(random, i == 0 ? 1.1 : 0.6, i == 0 ? 2.2 : 1.2) / 500.0);
        card.credit_limit = Money::from_minor(std::max<std::int64_t>(hundreds, 2) * 50'000, dollar);
        if (profile.is_revolver) {
            card.opening = Money::from_minor(
                -card.credit_limit->minor() * random.between(30, 70) / 100, dollar);
        }
    }
    if (profile.is_owner) {
        AccountTruth& loan = add("mortgage", "Mortgage", AccountKind::mortgage, 0.0);
        loan.institution = "Homestead Mortgage Servicing";
        loan.opening = Money::from_minor(-profile.mortgage_balance_cents, dollar);
    }
    if (profile.has_euro) {
        AccountTruth& euro = add("euro", "Euro account", AccountKind::checking, 0.0);
        euro.institution = "Rheinland Direktbank";
        euro.bank_number = "37099900";
        euro.opening =
            Money::from_minor(random.between(40'000, 250'000), Currency::parse("EUR").value());
    }
    AccountTruth& wallet =
        add("wallet", "Wallet", AccountKind::cash, static_cast<double>(random.between(10, 90)));
    wallet.institution.clear();
    wallet.bank_number.clear();
    wallet.number.clear();
    wallet.is_exported = false;
    return accounts;
}

}  // namespace atlas::sim::household
