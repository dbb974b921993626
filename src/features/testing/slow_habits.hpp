// SPDX-License-Identifier: Apache-2.0
// The oracle's second half: merchants, weekdays, saving, quality, debt, plans, holdings.
#pragma once

#include "features/testing/slow_vector.hpp"

namespace atlas::features::testing {

inline void SlowVector::merchants() {
    for (const int n : {30, 90, 365}) {
        const std::string window = "." + std::to_string(n) + "d";
        std::map<std::string, Wide> out;
        for (const SlowRow& row : rows_) {
            if (row.day > day_ - n && row.is_purchase() && !row.merchant.empty()) {
                out[row.merchant] -= row.amount;
            }
        }
        Wide all = 0;
        Wide top = 0;
        Wide fresh_out = 0;
        int fresh = 0;
        for (const auto& [merchant, sum] : out) {
            all += sum;
            top = std::max(top, sum);
            const bool is_old = std::ranges::any_of(rows_, [&](const SlowRow& row) {
                return row.merchant == merchant && row.day <= day_ - n;
            });
            fresh += is_old ? 0 : 1;
            fresh_out += is_old ? 0 : sum;
        }
        long double index = 0;
        for (const auto& [merchant, sum] : out) {
            const long double part = static_cast<long double>(sum) / static_cast<long double>(all);
            index += part * part;
        }
        say("merchant.distinct" + window, static_cast<double>(out.size()), n);
        if (n < 365) {
            say("merchant.new_count" + window, fresh, 180);
            say("merchant.new_share" + window, over(fresh_out, all), 180);
        }
        if (n > 30) {
            say("merchant.concentration" + window, static_cast<double>(index), n);
            say("merchant.top_share" + window, over(top, all), n);
        }
    }
    int purchases = 0;
    int repeated = 0;
    for (const SlowRow& row : rows_) {
        if (row.day <= day_ - 90 || !row.is_purchase() || row.merchant.empty()) {
            continue;
        }
        ++purchases;
        const auto times = std::ranges::count_if(rows_, [&](const SlowRow& other) {
            return other.merchant == row.merchant && other.is_purchase() && other.day > day_ - 365;
        });
        repeated += times >= 3 ? 1 : 0;
    }
    say("merchant.repeat_share.90d", over(repeated, purchases), 90);
}

inline void SlowVector::weekdays() {
    const std::vector<std::string> names{"monday", "tuesday",  "wednesday", "thursday",
                                         "friday", "saturday", "sunday"};
    const auto out = [&](int n, const Rows& match) {
        return -total(0, n, [&](const SlowRow& r) { return r.is_purchase() && match(r); });
    };
    const Rows any = [](const SlowRow&) { return true; };
    const auto weekday = [](const SlowRow& r) { return Date::from_days(r.day).weekday(); };
    for (int d = 0; d < 7; ++d) {
        const Rows on = [&](const SlowRow& r) { return weekday(r) == d; };
        say("weekday." + names[static_cast<std::size_t>(d)] + ".365d",
            over(out(365, on), out(365, any)), 365);
    }
    for (const int n : {30, 90, 365}) {
        const Rows on = [&](const SlowRow& r) { return weekday(r) > 4; };
        say("weekday.weekend." + std::to_string(n) + "d", over(out(n, on), out(n, any)), n);
    }
    const Wide timed = out(90, [](const SlowRow& r) { return r.minute.has_value(); });
    if (timed > 0) {
        const Rows night = [](const SlowRow& r) {
            return r.minute.has_value() && (*r.minute / 60 >= 22 || *r.minute / 60 < 6);
        };
        const Rows daytime = [](const SlowRow& r) {
            return r.minute.has_value() && *r.minute / 60 >= 9 && *r.minute / 60 < 17;
        };
        say("weekday.night_share.90d", over(out(90, night), timed), 90);
        say("weekday.daytime_share.90d", over(out(90, daytime), timed), 90);
    }
}

inline void SlowVector::saving() {
    for (const int n : {30, 90, 365}) {
        const Wide income = earned(0, n);
        say("saving.rate." + std::to_string(n) + "d", over(income - spent(0, n), income), n);
        const Wide moved = total(
            0, n, [](const SlowRow& r) { return r.kind == "move" && r.account_type == "savings"; });
        const Wide invested =
            total(0, n, [](const SlowRow& r) { return r.kind == "invest" && r.flows(); });
        say("saving.set_aside." + std::to_string(n) + "d", units(moved - invested), n);
    }
    int positive = 0;
    int streak = 0;
    bool unbroken = true;
    std::vector<double> rates;
    std::vector<long double> nets;
    Wide spending = 0;
    for (int m = 1; m <= 12; ++m) {
        const Wide net = month_earned(m) - month_spent(m);
        spending += month_spent(m);
        positive += net > 0 ? 1 : 0;
        unbroken = unbroken && net > 0;
        streak += unbroken ? 1 : 0;
        if (month_earned(m) > 0) {
            rates.push_back(over(net, month_earned(m)));
        }
        nets.push_back(static_cast<long double>(units(net)));
    }
    say("saving.positive_months.12m", positive / 12.0, 365);
    say("saving.streak", streak, 365);
    say("saving.monthly_rate_mean.12m",
        rates.empty()
            ? 0
            : std::accumulate(rates.begin(), rates.end(), 0.0) / static_cast<double>(rates.size()),
        365);
    say("saving.monthly_rate_deviation.12m", deviation(rates), 365);
    long double mean_x = 0;
    long double mean_y = 0;
    for (std::size_t i = 0; i < 11; ++i) {
        mean_x += nets[i] / 11;
        mean_y += nets[i + 1] / 11;
    }
    long double xy = 0;
    long double xx = 0;
    long double yy = 0;
    for (std::size_t i = 0; i < 11; ++i) {
        xy += (nets[i] - mean_x) * (nets[i + 1] - mean_y);
        xx += (nets[i] - mean_x) * (nets[i] - mean_x);
        yy += (nets[i + 1] - mean_y) * (nets[i + 1] - mean_y);
    }
    const long double below = std::sqrt(xx) * std::sqrt(yy);
    say("saving.persistence.12m", below == 0 ? 0 : static_cast<double>(xy / below), 365);
    say("saving.reserve_months",
        over_real(units(balance(day_, [](const SlowRow& r) { return r.is_liquid(); })),
                  units(spending) / 12),
        365);
}

inline void SlowVector::quality() {
    std::set<TransactionId> month;
    std::set<TransactionId> year;
    std::set<TransactionId> pending;
    std::set<AccountId> accounts;
    std::set<std::string> groups;
    int spends = 0;
    int unfiled = 0;
    std::int32_t last = INT32_MIN;
    for (const SlowRow& row : rows_) {
        accounts.insert(row.account);
        last = std::max(last, row.day);
        if (row.day > day_ - 30) {
            month.insert(row.id);
            if (row.pending) {
                pending.insert(row.id);
            }
        }
        if (row.day > day_ - 365) {
            year.insert(row.id);
            spends += row.is_spend() ? 1 : 0;
            unfiled += row.is_spend() && row.kind == "spend:unknown" ? 1 : 0;
        }
        if (row.day > day_ - 90 && row.is_purchase()) {
            groups.insert(row.kind);
        }
    }
    say("quality.history_days", history_ - 1);
    say("quality.transactions.30d", static_cast<double>(month.size()), 30);
    say("quality.transactions.365d", static_cast<double>(year.size()), 365);
    say("quality.accounts", static_cast<double>(accounts.size()));
    say("quality.unfiled_share.365d", over(unfiled, spends), 30);
    say("quality.pending_share.30d",
        over(static_cast<Wide>(pending.size()), static_cast<Wide>(month.size())), 30);
    say("quality.days_since_transaction", day_ - last);
    say("quality.groups.90d", static_cast<double>(groups.size()), 90);
}

inline void SlowVector::debt() {
    const auto owed = [&](const AccountId& id) {
        return -balance(day_, [&](const SlowRow& r) { return r.account == id; });
    };
    const Rows card = [](const SlowRow& r) { return r.account_type == "credit_card"; };
    const Rows loan = [](const SlowRow& r) { return r.account_type == "loan"; };
    if (history_ > 0) {
        const Rows repayment = [](const SlowRow& r) {
            return r.is_spend() && r.kind == "spend:debt";
        };
        const Rows charge = [](const SlowRow& r) {
            return r.is_spend() && (r.category == "bank.fees" || r.category == "bank.interest");
        };
        for (const int n : {90, 365}) {
            const std::string window = "." + std::to_string(n) + "d";
            say("debt.service_ratio" + window, over(-total(0, n, repayment), earned(0, n)), n);
            say("debt.charges" + window, units(-total(0, n, charge)), n);
        }
        for (const int n : {30, 90}) {
            say("debt.card_change." + std::to_string(n) + "d", units(-total(0, n, card)), n);
        }
        const Wide cards = -balance(day_, card);
        const Wide loans = -balance(day_, loan);
        say("debt.cards_to_income", over_real(units(cards), mean_income()), 365);
        say("debt.loans_to_income", over_real(units(cards + loans), units(earned(0, 365))), 365);
        Wide limits = 0;
        Wide used = 0;
        for (const auto& [id, account] : accounts_) {
            if (account.type == finance::ledger::AccountType::credit_card &&
                account.credit_limit_minor.value_or(0) > 0) {
                limits += *account.credit_limit_minor;
                used += std::max<Wide>(0, owed(id));
            }
        }
        if (limits > 0) {
            say("debt.utilisation", over(used, limits));
        }
    }
    if (debts_.empty()) {
        return;
    }
    int open = 0;
    Wide sum = 0;
    Wide minimums = 0;
    std::optional<std::int64_t> smallest;
    double highest = 0;
    double weighted = 0;
    for (const auto& [key, debt] : debts_) {
        if (debt.balance_minor > 0) {
            ++open;
            sum += debt.balance_minor;
            minimums += debt.minimum_minor;
            smallest = std::min(smallest.value_or(INT64_MAX), debt.balance_minor);
            highest = std::max(highest, debt.annual_rate);
            weighted += debt.annual_rate * units(debt.balance_minor);
        }
    }
    say("debt.open_count", open);
    say("debt.total", units(sum));
    say("debt.weighted_rate", over_real(weighted, units(sum)));
    say("debt.highest_rate", highest);
    say("debt.smallest", units(smallest.value_or(0)));
    if (history_ > 0) {
        say("debt.minimum_load", over_real(units(minimums), mean_income()), 365);
    }
}

inline void SlowVector::plans() {
    goals();
    charges();
    rates();
}

inline void SlowVector::goals() {
    if (!goals_.empty()) {
        int open = 0;
        int behind = 0;
        Wide missing = 0;
        Wide saved = 0;
        Wide target = 0;
        double least = 1;
        double needed = 0;
        std::optional<int> nearest;
        for (const auto& [key, goal] : goals_) {
            saved += goal.saved_minor;
            target += goal.target_minor;
            if (goal.target_minor <= 0 || goal.saved_minor >= goal.target_minor) {
                continue;
            }
            ++open;
            const Wide rest = Wide{goal.target_minor} - goal.saved_minor;
            missing += rest;
            least = std::min(least, over(goal.saved_minor, goal.target_minor));
            if (!goal.deadline) {
                continue;
            }
            const int left = *goal.deadline - today_;
            needed += units(rest) / (left > 30 ? left / 30.0 : 1.0);
            if (left >= 0) {
                nearest = std::min(nearest.value_or(left), left);
            }
            const int whole = *goal.deadline - goal.started;
            if (whole > 0) {
                const int gone = std::min(whole, std::max(0, today_ - goal.started));
                behind += Wide{goal.saved_minor} * whole < Wide{goal.target_minor} * gone ? 1 : 0;
            }
        }
        say("goal.count", open);
        say("goal.missing_amount", units(missing));
        say("goal.progress", over(saved, target));
        say("goal.progress_min", least);
        say("goal.behind_share", over(behind, open));
        say("goal.nearest_deadline", nearest.value_or(0));
        say("goal.needed_monthly", needed);
        if (history_ > 0) {
            Wide surplus = 0;
            for (int m = 1; m <= 12; ++m) {
                surplus += month_earned(m) - month_spent(m);
            }
            say("goal.needed_to_surplus", surplus == 0 ? 0 : needed / (units(surplus) / 12), 365);
        }
    }
}

inline void SlowVector::charges() {
    if (!charges_.empty()) {
        double monthly = 0;
        double subscribed = 0;
        int subscriptions = 0;
        Wide soon = 0;
        std::optional<int> next;
        for (const auto& [key, charge] : charges_) {
            const double month = units(charge.amount_minor) * 30 / charge.period_days;
            monthly += month;
            subscribed += charge.is_subscription ? month : 0;
            subscriptions += charge.is_subscription ? 1 : 0;
            bool found = false;
            for (int ahead = 1; !found || ahead <= 30; ++ahead) {
                const int since = today_ - charge.next + ahead;
                if (since >= 0 && since % charge.period_days == 0) {
                    soon += ahead <= 30 ? charge.amount_minor : 0;
                    next = found ? next : std::min(next.value_or(ahead), ahead);
                    found = true;
                }
            }
        }
        say("recurring.count", static_cast<double>(charges_.size()));
        say("recurring.monthly", monthly);
        say("recurring.next_30_days", units(soon));
        say("recurring.days_to_next", next.value_or(0));
        say("recurring.subscriptions", subscriptions);
        say("recurring.subscriptions_monthly", subscribed);
        if (history_ > 0) {
            say("recurring.share_of_income", over_real(monthly, units(earned(0, 30))), 30);
        }
    }
}

inline void SlowVector::rates() {
    const std::vector<std::string> names{"policy", "mortgage", "savings", "inflation"};
    for (const auto& [kind, values] : rates_) {
        std::optional<double> now;
        std::optional<double> before;
        for (const auto& [date, value] : values) {
            now = date <= today_ ? value : now;
            before = today_ - date >= 90 ? value : before;
        }
        if (now.has_value()) {
            say("rate." + names[kind], *now);
        }
        if (now.has_value() && before.has_value()) {
            say("rate." + names[kind] + "_change.90d", *now - *before);
        }
    }
}

inline std::optional<double> SlowVector::price_on(const std::string& key, int back) const {
    std::optional<double> price;
    if (const auto found = prices_.find(key); found != prices_.end()) {
        for (const auto& [date, value] : found->second) {
            price = today_ - date >= back ? value : price;
        }
    }
    return price;
}

/// Worth of today's holdings so many days back; before its first price one stands at it.
inline double SlowVector::worth(int back) const {
    double sum = 0;
    for (const auto& [key, holding] : holdings_) {
        if (const auto found = prices_.find(key); found != prices_.end()) {
            sum += holding.quantity * price_on(key, back).value_or(found->second.begin()->second);
        }
    }
    return sum;
}

inline double SlowVector::volatility() const {
    std::vector<double> returns;
    double before = 0;
    for (int back = 89; back >= 0; --back) {
        const bool traded = std::ranges::any_of(holdings_, [&](const auto& held) {
            const auto found = prices_.find(held.first);
            return found != prices_.end() && std::ranges::any_of(found->second, [&](const auto& p) {
                       return today_ - p.first == back;
                   });
        });
        if (traded) {
            const double value = worth(back);
            if (before > 0 && value > 0) {
                returns.push_back(std::log(value / before));
            }
            before = value;
        }
    }
    return deviation(returns) * std::sqrt(252.0);
}

inline void SlowVector::holdings() {
    double sum = 0;
    int count = 0;
    int oldest = 0;
    for (const auto& [key, holding] : holdings_) {
        if (const auto price = price_on(key, 0)) {
            sum += holding.quantity * *price;
            ++count;
            int age = INT32_MAX;
            for (const auto& [date, value] : prices_.at(key)) {
                age = date <= today_ ? today_ - date : age;
            }
            oldest = std::max(oldest, age);
        }
    }
    if (count == 0) {
        return;
    }
    double top = 0;
    double squares = 0;
    double drift = 0;
    for (const auto& [key, holding] : holdings_) {
        if (const auto price = price_on(key, 0)) {
            const double weight = over_real(holding.quantity * *price, sum);
            top = std::max(top, weight);
            squares += weight * weight;
            drift += holding.target_weight ? std::abs(weight - *holding.target_weight) / 2 : 0;
        }
    }
    say("holding.value", sum);
    say("holding.count", count);
    say("holding.top_weight", top);
    say("holding.concentration", squares);
    say("holding.drift", drift);
    say("holding.price_age", oldest);
    say("holding.volatility.90d", volatility());
    say("holding.return.30d", over_real(sum, worth(30)) - (worth(30) == 0 ? 0 : 1));
    say("holding.return.365d", over_real(sum, worth(365)) - (worth(365) == 0 ? 0 : 1));
    const double wealth =
        sum + units(balance(day_, [](const SlowRow& r) { return r.is_liquid(); }));
    say("holding.share_of_wealth", over_real(sum, wealth));
}

inline Figures slow_vector(std::span<const Change> changes, const Moment& moment, int decimals) {
    return SlowVector(changes, moment, decimals).run();
}

}  // namespace atlas::features::testing
