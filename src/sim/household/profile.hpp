// SPDX-License-Identifier: Apache-2.0
// Who the household is, drawn from the seed before the first day is told: people, place, income,
// home, debts, habits, and the budget all of it adds up to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/random.hpp"
#include "sim/household/bills.hpp"
#include "sim/household/household.hpp"
#include "sim/household/lines.hpp"
#include "sim/household/merchants.hpp"

namespace atlas::sim::household {

enum class PayCycle : std::uint8_t { biweekly, semi_monthly, monthly };

struct Earner {
    Person person;
    std::string employer;
    PayCycle cycle = PayCycle::biweekly;
    double yearly_net = 0.0;  ///< Dollars of the day, after tax and deductions.
    bool is_hourly = false;
    int raise_month = 1;
    int anchor = 1;     ///< Biweekly: day of the fortnight, 1 or 8 (a Friday).
    std::string trace;  ///< What the employer's bank prints behind the name.
};

struct JobGap {
    std::size_t earner = 0;
    Date first;
    Date last;  ///< The last day without work.
};

/// A spending line of this household with its usual places.
struct Habit {
    const Line* line = nullptr;
    double yearly_2017 = 0.0;
    std::vector<Merchant> haunts;
    std::vector<int> weights;
};

struct Profile {
    Place place;
    int tier = 0;  ///< 0 to 3: second to fifth fifth of incomes.
    double gross_2017 = 0.0;
    double net_monthly_2017 = 0.0;
    std::vector<Earner> earners;
    std::optional<JobGap> gap;
    bool is_owner = false;
    std::vector<Date> births;  ///< Of the children.
    bool has_pet = false;
    bool has_second_card = false;
    bool has_euro = false;
    bool invests = false;
    bool is_revolver = false;   ///< Owes the card more than a month's purchases, all the time.
    double card_share = 0.7;    ///< Of purchases that go on a card.
    double saving_share = 0.1;  ///< Of net income, meant to be saved.
    double trip_budget_2017 = 0.0;
    double mortgage_payment = 0.0;  ///< Dollars of the day.
    std::int64_t mortgage_balance_cents = 0;
    double mortgage_rate = 0.0;  ///< Fraction a year.
    std::vector<Bill> bills;
    std::vector<Habit> habits;
};

/// Draws the household. `first` and `last` bound the telling.
Profile draw_profile(Random& random, Date first, Date last);

/// The bank's and cards' accounts with opening balances.
std::vector<AccountTruth> draw_accounts(Random& random, const Profile& profile, Date first);

/// Bills of the household; called by draw_profile after income and home are known.
void draw_bills(Random& random, Profile& profile, Date first, Date last);

}  // namespace atlas::sim::household
