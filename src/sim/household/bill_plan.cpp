// SPDX-License-Identifier: Apache-2.0
// Which bills this household has.
#include <algorithm>
#include <array>

#include "base/format.hpp"
#include "sim/household/draw.hpp"
#include "sim/household/economy.hpp"
#include "sim/household/profile.hpp"

namespace atlas::sim::household {
namespace {

/// Always written in braces: their order of evaluation is fixed, that of arguments is not, and both
/// the name and the amount may be drawn.
struct Offer {
    std::string_view category;
    std::string merchant;
    double amount;
};

class Planner {
public:
    Planner(Random& random, Profile& profile, Date first, Date last)
        : random_(random),
          profile_(profile),
          first_(first),
          last_(last) {}

    /// A bill of `amount` (see Bill::amount) at a merchant, on a day of its own.
    Bill& add(Offer offer) {
        Bill bill;
        bill.category = offer.category;
        bill.text = bank_capitals(offer.merchant);
        bill.merchant = std::move(offer.merchant);
        bill.amount = offer.amount;
        bill.month = static_cast<int>(random_.between(1, 12));
        bill.day = static_cast<int>(random_.between(1, 28));
        bill.first = first_;
        bill.last = last_;
        profile_.bills.push_back(std::move(bill));
        return profile_.bills.back();
    }

    /// Dollars of 2017 a month by income, with a factor of the household's own.
    double monthly(const std::array<int, 5>& yearly, double sigma) {
        return budget_at_income(yearly, profile_.gross_2017) / 12.0 * draw_factor(random_, sigma);
    }

    /// "PORTLAND WATER UTILITY" as a person writes it.
    std::string named(std::string_view kind) {
        std::string name = format("{} {}", profile_.place.city, kind);
        for (std::size_t i = 1; i < name.size(); ++i) {
            if (name[i - 1] != ' ' && name[i] >= 'A' && name[i] <= 'Z') {
                name[i] = static_cast<char>(name[i] - 'A' + 'a');
            }
        }
        return name;
    }

    void home();
    void utilities();
    void insurances();
    void loans();
    void children();
    void extras();

private:
    Random& random_;
    Profile& profile_;
    Date first_;
    Date last_;
};

void Planner::home() {
    if (!profile_.is_owner) {
        Bill& rent =
            add({"housing.rent",
                 std::string(draw_one(random_,
                                      std::array<std::string_view, 4>{
                                          "Maplewood Apartments", "Parkside Residences",
                                          "Union Square Lofts", "Greystone Property Mgmt"})),
                 std::max(560.0, profile_.net_monthly_2017 * draw_between(random_, 0.23, 0.31))});
        rent.text += " WEB PMTS";
        rent.day = static_cast<int>(random_.between(1, 4));
        return;
    }
    Bill& tax = add({"government.taxes", named("COUNTY TREASURER"),
                     monthly({1150, 1750, 2100, 2700, 4600}, 0.35) * 6.0});
    tax.text += " PROP TAX";
    tax.every_months = 6;
    Bill& insurance = add({"insurance.home_other",
                           draw_merchant(random_, "insurance.auto", profile_.place, 0).name,
                           monthly({420, 560, 700, 850, 1400}, 0.25) * 12.0});
    insurance.text += " HOMEOWNERS";
    insurance.every_months = 12;
    if (random_.chance(0.18)) {
        add({"housing.services", "Heritage Homeowners Assn", draw_between(random_, 35, 160)});
    }
}

void Planner::utilities() {
    const bool is_cold = profile_.place.region == "NE" || profile_.place.region == "MW";
    const double size = profile_.is_owner ? 1.12 : 0.75;
    Bill& power = add({"utilities.energy", named("POWER & LIGHT"),
                       monthly({1002, 1314, 1412, 1534, 1837}, 0.2) * size});
    power.pricing = Pricing::metered;
    power.usage = profile_.place.region == "S" ? Usage::cooling : Usage::both;
    power.text += " BILL PAY";
    if (is_cold || random_.chance(0.45)) {
        Bill& gas = add(
            {"utilities.energy", named("GAS CO"), monthly({330, 430, 500, 600, 800}, 0.25) * size});
        gas.pricing = Pricing::metered;
        gas.usage = Usage::heating;
        gas.text += " UTIL PAYMT";
    }
    if (profile_.is_owner || random_.chance(0.3)) {
        Bill& water = add({"utilities.water_waste", named("WATER UTILITY"),
                           monthly({330, 472, 556, 676, 880}, 0.2) * 3.0});
        water.pricing = Pricing::metered;
        water.every_months = 3;
    }
    static constexpr std::array<std::string_view, 5> kInternet = {
        "Comcast Xfinity", "Spectrum", "AT&T Fiber", "Verizon Fios", "CenturyLink"};
    Bill& internet = add({"utilities.internet_tv", std::string(draw_one(random_, kInternet)),
                          draw_between(random_, 49, profile_.tier >= 2 ? 120 : 80)});
    internet.on_card = random_.chance(0.5);
    static constexpr std::array<std::string_view, 4> kMobile = {"Verizon Wireless", "T-Mobile",
                                                                "AT&T Mobility", "Mint Mobile"};
    Bill& mobile = add({"utilities.mobile", std::string(draw_one(random_, kMobile)),
                        monthly({503, 816, 1089, 1425, 1755}, 0.25)});
    mobile.text += " AUTOPAY";
    mobile.on_card = random_.chance(0.4);
}

void Planner::insurances() {
    if (random_.chance(profile_.tier == 0 ? 0.75 : 0.95)) {
        Bill& car =
            add({"insurance.auto", draw_merchant(random_, "insurance.auto", profile_.place, 0).name,
                 monthly({560, 900, 1080, 1260, 1420}, 0.25) * 6.0});
        car.every_months = 6;
        car.text += " AUTO INS PREM";
        car.on_card = random_.chance(0.3);
        Bill& plates = add({"government.fees_fines", "Department of Motor Vehicles",
                            draw_between(random_, 45, 220)});
        plates.text = format("{} DMV VEHICLE REG", profile_.place.state);
        plates.every_months = 12;
        plates.on_card = true;
    }
    if (!profile_.is_owner && random_.chance(0.5)) {
        add({"insurance.home_other", "Lemonade Renters", draw_between(random_, 9, 19)}).on_card =
            true;
    }
    if (random_.chance(0.25 + 0.15 * profile_.tier)) {
        Bill& life = add({"insurance.health_life",
                          draw_merchant(random_, "insurance.health_life", profile_.place, 0).name,
                          draw_between(random_, 18, 30 + 22 * profile_.tier)});
        life.text += " INS PREM";
    }
}

void Planner::loans() {
    const double level = price_level(first_);
    if (random_.chance(0.45)) {
        Bill& car = add(
            {"debt.auto",
             std::string(
                 draw_one(random_, std::array<std::string_view, 3>{"Toyota Financial", "Ally Auto",
                                                                   "Ford Motor Credit"})),
             std::min(profile_.net_monthly_2017 * 0.1, draw_between(random_, 230, 520)) * level});
        car.pricing = Pricing::fixed;
        car.text += " AUTO PYMT";
        car.last = first_.plus_months(static_cast<int>(random_.between(8, 68)));
    }
    if (random_.chance(0.32)) {
        Bill& study = add(
            {"debt.student",
             std::string(
                 draw_one(random_, std::array<std::string_view, 3>{"Nelnet", "Navient", "MOHELA"})),
             std::min(profile_.net_monthly_2017 * 0.08, draw_between(random_, 110, 420)) * level});
        study.pricing = Pricing::fixed;
        study.text += " STUDENT LN";
        study.last = first_.plus_months(static_cast<int>(random_.between(14, 140)));
    }
}

void Planner::children() {
    const double share = std::min(profile_.net_monthly_2017 * 0.13, 950.0);
    for (std::size_t i = 0; i < profile_.births.size(); ++i) {
        const Date school = profile_.births[i].plus_months(5 * 12 + 4);
        if (school > first_.plus_months(2) && random_.chance(0.7)) {
            const Merchant nursery = draw_merchant(random_, "family.childcare", profile_.place, 45);
            Bill& care = add({"family.childcare", nursery.name,
                              share * draw_between(random_, 0.7, 1.15) / (i == 0 ? 1.0 : 2.0)});
            care.text += " TUITION";
            care.last = std::min(school, last_);
        }
        if (random_.chance(0.55)) {
            Bill& club = add({"family.childcare",
                              draw_merchant(random_, "education.courses", profile_.place, 80).name,
                              draw_between(random_, 25, 40 + 30 * profile_.tier)});
            club.first = std::max(first_, school);
            club.need = Need::flexible;
            club.on_card = true;
        }
    }
}

void Planner::extras() {
    if (random_.chance(0.2 + 0.1 * profile_.tier)) {
        Bill& gym = add({"personal.fitness",
                         draw_merchant(random_, "personal.fitness", profile_.place, 25).name,
                         draw_between(random_, 10, 25 + 25 * profile_.tier)});
        gym.on_card = random_.chance(0.6);
        gym.need = Need::luxury;
    }
    if (random_.chance(0.35)) {
        Bill& gift = add({"giving.charity",
                          std::string(draw_one(
                              random_,
                              std::array<std::string_view, 3>{
                                  "St Mark Parish", "Doctors Without Borders", "City Food Bank"})),
                          static_cast<double>(random_.between(2, 6 + 6 * profile_.tier)) * 5.0});
        gift.pricing = Pricing::fixed;
        gift.need = Need::luxury;
    }
    for (std::size_t i = 0; i < subscriptions().size(); ++i) {
        const Subscription& offer = subscriptions()[i];
        if (!random_.chance(offer.share_percent * (0.55 + 0.22 * profile_.tier) / 100.0)) {
            continue;
        }
        Bill& bill = add({offer.category, std::string(offer.name), 0.0});
        bill.text = std::string(offer.text);
        bill.pricing = Pricing::price_list;
        bill.list = i;
        bill.every_months = offer.every_months;
        bill.need = Need::luxury;
        bill.on_card = true;
        if (random_.chance(0.35)) {
            bill.first = first_.plus_days(static_cast<std::int32_t>(
                random_.below(static_cast<std::uint64_t>(last_ - first_ + 1))));
        } else if (random_.chance(0.2)) {
            bill.last = first_.plus_days(static_cast<std::int32_t>(
                random_.below(static_cast<std::uint64_t>(last_ - first_ + 1))));
        }
    }
}

}  // namespace

void draw_bills(Random& random, Profile& profile, Date first, Date last) {
    Planner planner(random, profile, first, last);
    planner.home();
    planner.utilities();
    planner.insurances();
    planner.loans();
    planner.children();
    planner.extras();
}

}  // namespace atlas::sim::household
