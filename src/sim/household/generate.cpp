// SPDX-License-Identifier: Apache-2.0
// Tells a household day by day, and what can be asked of one afterwards.
#include <algorithm>
#include <array>

#include "base/format.hpp"
#include "sim/household/draw.hpp"
#include "sim/household/economy.hpp"
#include "sim/household/household.hpp"
#include "sim/household/life.hpp"

namespace atlas::sim::household {
namespace {

Life begin_life(Household& out) {
    Random root(out.seed ^ 0x41746c6173206864ULL);
    Random profile_draws = root.fork();
    Random account_draws = root.fork();
    Profile profile = draw_profile(profile_draws, out.first_day, out.last_day);
    std::vector<AccountTruth> accounts = draw_accounts(account_draws, profile, out.first_day);
    Life life{.profile = std::move(profile),
              .book = Book(out.first_day, out.last_day, std::move(accounts)),
              .out = out,
              .today = out.first_day,
              .cards = {},
              .trips = {},
              .daily_rates = {},
              .debit_prefix = {},
              .pay_draws = root.fork(),
              .bill_draws = root.fork(),
              .shop_draws = root.fork(),
              .trip_draws = root.fork(),
              .bank_draws = root.fork(),
              .text_draws = root.fork()};
    static constexpr std::array<std::string_view, 4> kPrefixes = {"POS DEBIT ", "", "CHECKCARD ",
                                                                  "DBT PURCHASE "};
    life.debit_prefix = draw_one(life.text_draws, kPrefixes);
    life.debit_width = life.text_draws.chance(0.5) ? 32 : 28;
    for (const std::string_view key : {"card_1", "card_2"}) {
        if (const std::optional<std::size_t> account = life.book.find(key)) {
            CardCycle card;
            card.account = *account;
            card.closing_day = static_cast<int>(life.bank_draws.between(1, 28));
            card.apr_basis_points = life.bank_draws.between(1499, 2699);
            card.is_carried = life.profile.is_revolver;
            life.cards.push_back(card);
        }
    }
    return life;
}

void tell(Life& life, Date last) {
    for (Date day = life.today; day <= last; day = day.plus_days(1)) {
        life.today = day;
        life.book.open_day(day);
        const Date::Parts parts = day.parts();
        if (parts.day == 1 || life.daily_rates.empty()) {
            start_month(life);
        }
        if ((parts.day == 1 && parts.month == 1) || day == life.out.first_day) {
            plan_trips(life);
        }
        receive_income(life);
        run_bank(life);
        pay_bills(life);
        travel(life);
        shop(life);
        use_euros(life);
    }
}

void describe(const Life& life, Household& out) {
    out.city = std::string(life.profile.place.city);
    out.state = std::string(life.profile.place.state);
    out.gross_income_2017 = static_cast<std::int64_t>(life.profile.gross_2017);
    out.is_owner = life.profile.is_owner;
    out.children = static_cast<int>(life.profile.births.size());
    for (const Earner& earner : life.profile.earners) {
        out.persons.push_back(earner.person);
    }
}

std::int64_t in_dollars(money::Money amount, Date day) {
    if (amount.currency().code() == "USD") {
        return amount.minor();
    }
    return amount.minor() * euro_rate_micro(day) / 1'000'000;
}

}  // namespace

Result<Household> generate(const HouseholdOptions& options) {
    if (options.months < kMonthsMin || options.months > kMonthsMax) {
        return invalid_argument("months", format("{} months; a household is told for {} to {}",
                                                 options.months, kMonthsMin, kMonthsMax));
    }
    const int year = options.last_day.parts().year;
    if (year < 2018 || year > 2060) {
        return invalid_argument("last_day", format("last day {}; accepted are 2018 to 2060",
                                                   to_string(options.last_day)));
    }
    Household household;
    household.seed = options.seed;
    household.last_day = options.last_day;
    household.first_day = options.last_day.plus_days(1).plus_months(-options.months);
    Life life = begin_life(household);
    describe(life, household);
    tell(life, options.last_day);
    std::move(life.book).finish(household);
    std::ranges::stable_sort(household.events, {}, &LifeEvent::date);
    return household;
}

money::Money balance_on(const Household& household, std::size_t account, Date day) {
    money::Money balance = household.accounts[account].opening;
    for (const TruthRow& row : household.rows) {
        if (row.account == account && row.posted <= day) {
            balance += row.amount;
        }
    }
    return balance;
}

std::vector<MonthSummary> summarise(const Household& household) {
    std::vector<money::Money> balances;
    for (const AccountTruth& account : household.accounts) {
        balances.push_back(account.opening);
    }
    std::vector<MonthSummary> months;
    std::size_t next = 0;
    for (Date month = household.first_day.first_of_month(); month <= household.last_day;
         month = month.plus_months(1)) {
        MonthSummary summary{month, 0, 0, 0};
        const Date end = std::min(month.last_of_month(), household.last_day);
        for (; next < household.rows.size() && household.rows[next].posted <= end; ++next) {
            const TruthRow& row = household.rows[next];
            balances[row.account] += row.amount;
            const std::int64_t dollars = in_dollars(row.amount, row.posted);
            if (row.category.starts_with("income.")) {
                summary.income_minor += dollars;
            } else if (!row.category.starts_with("transfer.")) {
                summary.spending_minor -= dollars;
            }
        }
        for (const money::Money balance : balances) {
            summary.net_worth_minor += in_dollars(balance, end);
        }
        months.push_back(summary);
    }
    return months;
}

}  // namespace atlas::sim::household
