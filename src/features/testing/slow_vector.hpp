// SPDX-License-Identifier: Apache-2.0
// The oracle: every feature from its sentence in the catalogue, by name, from raw changes, one
// full scan a figure. It shares no line with the engine and knows no tile, window index or age.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "features/facts.hpp"
#include "features/history.hpp"

namespace atlas::features::testing {

__extension__ using Wide = __int128;
using Figures = std::map<std::string, double>;  ///< Missing ones are left out.

/// The kind of a category: "spend:groceries", "income:wages", "invest", "move" or "equity".
inline std::string slow_kind(const std::string& category, std::int64_t amount) {
    const std::string parent = category.substr(0, category.find('.'));
    static const std::map<std::string, std::string> kLeaves{
        {"income.wages", "income:wages"},
        {"income.self_employed", "income:self"},
        {"income.benefits_pension", "income:benefits"},
        {"transfer.investment", "invest"},
        {"food.groceries", "spend:groceries"}};
    static const std::map<std::string, std::string> kParents{{"income", "income:other"},
                                                             {"transfer", "move"},
                                                             {"equity", "equity"},
                                                             {"housing", "spend:housing"},
                                                             {"utilities", "spend:utilities"},
                                                             {"food", "spend:eating_out"},
                                                             {"transport", "spend:transport"},
                                                             {"travel", "spend:travel"},
                                                             {"shopping", "spend:shopping"},
                                                             {"digital", "spend:leisure"},
                                                             {"entertainment", "spend:leisure"},
                                                             {"health", "spend:wellbeing"},
                                                             {"personal", "spend:wellbeing"},
                                                             {"family", "spend:family"},
                                                             {"education", "spend:family"},
                                                             {"insurance", "spend:insurance"},
                                                             {"bank", "spend:charges"},
                                                             {"government", "spend:charges"},
                                                             {"giving", "spend:giving"},
                                                             {"services", "spend:giving"},
                                                             {"debt", "spend:debt"}};
    if (const auto leaf = kLeaves.find(category); leaf != kLeaves.end()) {
        return leaf->second;
    }
    if (const auto found = kParents.find(parent); found != kParents.end()) {
        return found->second;
    }
    return amount > 0 ? "income:other" : "spend:unknown";
}

/// One part of a living transaction.
struct SlowRow {
    std::int32_t day;
    std::int64_t amount;
    std::string kind;
    std::string category;
    std::string merchant;
    std::string account_type;
    AccountId account;
    TransactionId id;
    std::optional<int> minute;
    bool pending;
    bool first;
    bool flows() const { return account_type != "loan" && account_type != "investment"; }
    bool is_spend() const { return flows() && kind.starts_with("spend:"); }
    bool is_income() const { return flows() && kind.starts_with("income:"); }
    bool is_purchase() const { return is_spend() && amount < 0; }
    bool is_liquid() const { return flows() && account_type != "credit_card"; }
};

class SlowVector {
public:
    SlowVector(std::span<const Change> changes, const Moment& moment, int decimals)
        : today_(moment.day),
          day_(moment.day.days_since_epoch()),
          scale_(std::pow(10.0, decimals)) {
        Timestamp latest{INT64_MIN};
        for (const Change& change : changes) {
            latest = std::max(latest, change.recorded_at);
            if (latest <= moment.known_at) {
                learn(change.body);
            }
        }
        for (const auto& [id, fact] : transactions_) {
            bool first = true;
            for (const SplitFact& split : fact.splits) {
                const auto account = accounts_.find(fact.account);
                SlowRow row{.day = fact.date.days_since_epoch(),
                            .amount = split.amount_minor,
                            .kind = slow_kind(split.category, split.amount_minor),
                            .category = split.category,
                            .merchant = fact.merchant,
                            .account_type =
                                account == accounts_.end()
                                    ? "checking"
                                    : std::string(finance::ledger::name_of(account->second.type)),
                            .account = fact.account,
                            .id = id,
                            .minute = fact.minute_of_day,
                            .pending = fact.is_pending,
                            .first = first};
                first = false;
                if (row.day <= day_) {
                    rows_.push_back(row);
                }
            }
        }
        history_ = 0;
        for (const SlowRow& row : rows_) {
            history_ = std::max(history_, day_ - row.day + 1);
        }
    }

    Figures run() {
        calendar();
        if (history_ > 0) {
            spending();
            income();
            cash();
            season();
            merchants();
            weekdays();
            saving();
            quality();
        }
        debt();
        plans();
        holdings();
        return figures_;
    }

private:
    using Rows = std::function<bool(const SlowRow&)>;

    void learn(const FactChange& body) {
        if (const auto* put = std::get_if<TransactionFact>(&body)) {
            transactions_.insert_or_assign(put->id, *put);
            known_accounts_.insert(put->account);
        } else if (const auto* gone = std::get_if<TransactionRemoved>(&body)) {
            transactions_.erase(gone->id);
        } else if (const auto* account = std::get_if<AccountFact>(&body)) {
            accounts_.insert_or_assign(account->id, *account);
        } else if (const auto* goal = std::get_if<GoalFact>(&body)) {
            goals_.insert_or_assign(goal->key, *goal);
        } else if (const auto* debt = std::get_if<DebtFact>(&body)) {
            debts_.insert_or_assign(debt->key, *debt);
        } else if (const auto* holding = std::get_if<HoldingFact>(&body)) {
            holdings_.insert_or_assign(holding->key, *holding);
        } else if (const auto* charge = std::get_if<RecurringFact>(&body)) {
            charges_.insert_or_assign(charge->key, *charge);
        } else if (const auto* price = std::get_if<PriceFact>(&body)) {
            prices_[price->instrument][price->date] = price->price;
        } else if (const auto* rate = std::get_if<RateFact>(&body)) {
            rates_[static_cast<std::size_t>(rate->kind)][rate->date] = rate->value;
        } else if (const auto* keyed = std::get_if<KeyedRemoved>(&body)) {
            switch (keyed->kind) {
                case KeyedFact::goal: goals_.erase(keyed->key); break;
                case KeyedFact::debt: debts_.erase(keyed->key); break;
                case KeyedFact::holding: holdings_.erase(keyed->key); break;
                case KeyedFact::recurring: charges_.erase(keyed->key); break;
            }
        }
    }

    void say(const std::string& name, double value, int history = 0) {
        if (history_ >= history) {
            figures_[name] = value;
        }
    }
    double units(Wide minor) const { return static_cast<double>(minor) / scale_; }
    static double over(Wide a, Wide b) {
        return b == 0 ? 0.0 : static_cast<double>(a) / static_cast<double>(b);
    }
    static double over_real(double a, double b) { return b == 0 ? 0.0 : a / b; }
    /// Σ amount of the rows of (day - to, day - from] that match.
    Wide total(int from, int to, const Rows& match) const {
        Wide sum = 0;
        for (const SlowRow& row : rows_) {
            if (row.day > day_ - to && row.day <= day_ - from && match(row)) {
                sum += row.amount;
            }
        }
        return sum;
    }
    Wide spent(int from, int to) const {
        return -total(from, to, [](const SlowRow& r) { return r.is_spend(); });
    }
    Wide earned(int from, int to) const {
        return total(from, to, [](const SlowRow& r) { return r.is_income(); });
    }
    Wide balance(std::int32_t at, const Rows& match) const {
        Wide sum = 0;
        for (const SlowRow& row : rows_) {
            sum += row.day <= at && match(row) ? row.amount : 0;
        }
        return sum;
    }
    /// Σ over the calendar month `back` before today's.
    Wide month_sum(int back, const Rows& match) const {
        const Date::Parts now = today_.parts();
        int month = now.month - back;
        int year = now.year;
        while (month < 1) {
            month += 12;
            --year;
        }
        Wide sum = 0;
        for (const SlowRow& row : rows_) {
            const Date::Parts at = Date::from_days(row.day).parts();
            sum += at.year == year && at.month == month && match(row) ? row.amount : 0;
        }
        return sum;
    }
    Wide month_spent(int back) const {
        return -month_sum(back, [](const SlowRow& r) { return r.is_spend(); });
    }
    Wide month_earned(int back) const {
        return month_sum(back, [](const SlowRow& r) { return r.is_income(); });
    }
    double mean_income() const {
        Wide sum = 0;
        for (int m = 1; m <= 12; ++m) {
            sum += month_earned(m);
        }
        return units(sum) / 12;
    }
    static double deviation(const std::vector<double>& x) {
        if (x.empty()) {
            return 0;
        }
        const long double n = static_cast<long double>(x.size());
        const long double mean = std::accumulate(x.begin(), x.end(), 0.0L) / n;
        long double squares = 0;
        for (const double v : x) {
            squares += (v - mean) * (v - mean);
        }
        return static_cast<double>(std::sqrt(squares / n));
    }

    void calendar();
    void spending();
    void income();
    void cash();
    void season();
    void merchants();
    void weekdays();
    void saving();
    void quality();
    void debt();
    void plans();
    void goals();
    void charges();
    void rates();
    std::optional<double> price_on(const std::string& key, int back) const;
    double worth(int back) const;
    double volatility() const;
    void holdings();

    Date today_;
    std::int32_t day_;
    double scale_;
    std::int32_t history_ = 0;
    Figures figures_;
    std::vector<SlowRow> rows_;
    std::map<TransactionId, TransactionFact> transactions_;
    std::set<AccountId> known_accounts_;
    std::map<AccountId, AccountFact> accounts_;
    std::map<std::string, GoalFact> goals_;
    std::map<std::string, DebtFact> debts_;
    std::map<std::string, HoldingFact> holdings_;
    std::map<std::string, RecurringFact> charges_;
    std::map<std::string, std::map<Date, double>> prices_;
    std::map<std::size_t, std::map<Date, double>> rates_;
};

inline void SlowVector::calendar() {
    const Date::Parts p = today_.parts();
    const int length = is_leap_year(p.year) ? 366 : 365;
    const double part = static_cast<double>(today_ - *Date::create(p.year, 1, 1)) / length;
    say("season.month_sine", std::sin(2 * 3.14159265358979323846 * part));
    say("season.month_cosine", std::cos(2 * 3.14159265358979323846 * part));
    say("season.day_of_month", p.day);
    say("season.days_to_month_end", today_.last_of_month() - today_);
}

inline void SlowVector::spending() {
    const std::vector<std::string> subjects{"all",        "housing",   "utilities", "groceries",
                                            "eating_out", "transport", "travel",    "shopping",
                                            "leisure",    "wellbeing", "family",    "insurance",
                                            "charges",    "giving",    "debt",      "unknown"};
    for (const std::string& subject : subjects) {
        for (const int n : {7, 30, 90, 365}) {
            std::vector<long double> sizes;
            std::map<std::int32_t, Wide> by_day;
            Wide sum = 0;
            int count = 0;
            for (const SlowRow& row : rows_) {
                if (row.day <= day_ - n || !row.is_spend() ||
                    (subject != "all" && row.kind != "spend:" + subject)) {
                    continue;
                }
                ++count;
                sum -= row.amount;
                by_day[row.day] -= row.amount;
                if (row.amount < 0) {
                    sizes.push_back(-static_cast<long double>(row.amount));
                }
            }
            const auto name = [&](const std::string& statistic) {
                return "spend." + subject + "." + statistic + "." + std::to_string(n) + "d";
            };
            const auto count_of = static_cast<long double>(sizes.size());
            Wide sizes_sum = 0;
            long double largest = 0;
            for (const long double s : sizes) {
                sizes_sum += static_cast<Wide>(s);
                largest = std::max(largest, s);
            }
            const long double mean =
                sizes.empty() ? 0 : static_cast<long double>(sizes_sum) / count_of;
            long double squares = 0;
            for (const long double s : sizes) {
                squares += (s - mean) * (s - mean);
            }
            say(name("sum"), units(sum), n);
            say(name("count"), count, n);
            say(name("mean"),
                sizes.empty()
                    ? 0
                    : static_cast<double>(sizes_sum) / static_cast<double>(sizes.size()) / scale_,
                n);
            say(name("deviation"),
                sizes.size() < 2 ? 0 : static_cast<double>(std::sqrt(squares / count_of)) / scale_,
                n);
            say(name("max"), static_cast<double>(largest) / scale_, n);
            say(name("share_of_income"), over(sum, earned(0, n)), n);
            // Least squares over the days of the window, written out.
            long double mean_x = 0;
            for (std::int32_t d = day_ - n + 1; d <= day_; ++d) {
                mean_x += static_cast<long double>(by_day.contains(d) ? by_day.at(d) : Wide{0}) / n;
            }
            long double above = 0;
            long double below = 0;
            for (std::int32_t d = day_ - n + 1; d <= day_; ++d) {
                const long double t = d - (day_ - (n - 1) / 2.0L);
                const auto x =
                    static_cast<long double>(by_day.contains(d) ? by_day.at(d) : Wide{0});
                above += t * (x - mean_x);
                below += t * t;
            }
            say(name("trend"), static_cast<double>(above / below) / scale_, n);
        }
    }
}

inline void SlowVector::income() {
    const auto kind = [](std::string wanted) -> Rows {
        return [wanted](const SlowRow& r) { return r.is_income() && r.kind == wanted; };
    };
    for (const int n : {7, 30, 90, 365}) {
        say("income.sum." + std::to_string(n) + "d", units(earned(0, n)), n);
        if (n == 7) {
            continue;
        }
        int count = 0;
        for (const SlowRow& row : rows_) {
            count += row.day > day_ - n && row.is_income() && row.amount > 0 ? 1 : 0;
        }
        say("income.count." + std::to_string(n) + "d", count, n);
        say("income.wages." + std::to_string(n) + "d", units(total(0, n, kind("income:wages"))), n);
    }
    const Wide all = earned(0, 365);
    say("income.wages_share.365d", over(total(0, 365, kind("income:wages")), all), 365);
    say("income.self_employed_share.365d", over(total(0, 365, kind("income:self")), all), 365);
    say("income.benefits_share.365d", over(total(0, 365, kind("income:benefits")), all), 365);
    std::vector<double> months;
    Wide smallest = month_earned(1);
    for (int m = 1; m <= 12; ++m) {
        months.push_back(units(month_earned(m)));
        smallest = std::min(smallest, month_earned(m));
    }
    const double mean = mean_income();
    const double spread = deviation(months);
    say("income.monthly_mean.12m", mean, 365);
    say("income.monthly_deviation.12m", spread, 365);
    say("income.monthly_min.12m", units(smallest), 365);
    say("income.stability.12m", mean > 0 ? mean / (mean + spread) : 0, 365);
    const auto change = [](Wide now, Wide before) {
        return before == 0 ? 0.0 : static_cast<double>(now) / static_cast<double>(before) - 1;
    };
    say("income.change.90d", change(earned(0, 90), earned(90, 180)), 180);
    say("income.change.365d", change(earned(0, 365), earned(365, 730)), 730);
    std::map<std::int32_t, Wide> pays;
    std::set<std::string> payers;
    for (const SlowRow& row : rows_) {
        if (row.day > day_ - 180 && row.is_income() && row.kind != "income:other" &&
            row.amount > 0) {
            pays[row.day] += row.amount;
        }
        if (row.day > day_ - 365 && row.is_income() && row.amount > 0 && !row.merchant.empty()) {
            payers.insert(row.merchant);
        }
    }
    say("income.sources.365d", static_cast<double>(payers.size()), 365);
    std::vector<int> gaps;
    Wide paid = 0;
    for (auto at = pays.begin(); at != pays.end(); ++at) {
        paid += at->second;
        if (at != pays.begin()) {
            gaps.push_back(at->first - std::prev(at)->first);
        }
    }
    std::ranges::sort(gaps);
    const int median = gaps.empty() ? 0 : gaps[(gaps.size() + 1) / 2 - 1];
    const int since = pays.empty() ? 180 : day_ - pays.rbegin()->first;
    say("income.pay_days.180d", static_cast<double>(pays.size()), 90);
    say("income.pay_gap.180d", median, 90);
    say("income.pay_gap_spread.180d", gaps.empty() ? 0 : gaps.back() - gaps.front(), 90);
    say("income.days_since_pay", since, 30);
    say("income.days_to_pay", since > median ? 0 : median - since, 90);
    say("income.last_pay", pays.empty() ? 0 : units(pays.rbegin()->second), 30);
    say("income.pay_mean.180d", pays.empty() ? 0 : units(paid) / static_cast<double>(pays.size()),
        90);
}

inline void SlowVector::cash() {
    const Rows liquid = [](const SlowRow& r) { return r.is_liquid(); };
    const auto type = [](std::string wanted) -> Rows {
        return [wanted](const SlowRow& r) { return r.account_type == wanted; };
    };
    for (const int n : {7, 30, 90, 365}) {
        say("cash.net." + std::to_string(n) + "d", units(earned(0, n) - spent(0, n)), n);
    }
    const Wide now = balance(day_, liquid);
    say("cash.liquid_balance", units(now));
    say("cash.savings_balance", units(balance(day_, type("savings"))));
    say("cash.card_balance", units(-balance(day_, type("credit_card"))));
    say("cash.loan_balance", units(-balance(day_, type("loan"))));
    say("cash.investment_balance", units(balance(day_, type("investment"))));
    say("cash.net_worth", units(balance(day_, [](const SlowRow&) { return true; })));
    std::map<int, Wide> path;  // By age.
    for (int age = 0; age <= 365; ++age) {
        path[age] = balance(day_ - age, liquid);
    }
    for (const int n : {30, 90, 365}) {
        Wide lowest = path[0];
        int negative = 0;
        for (int age = 0; age < n; ++age) {
            lowest = std::min(lowest, path[age]);
            negative += path[age] < 0 ? 1 : 0;
        }
        say("cash.lowest_balance." + std::to_string(n) + "d", units(lowest), n);
        if (n > 30) {
            say("cash.days_negative." + std::to_string(n) + "d", negative, n);
        }
    }
    say("cash.balance_change.30d", units(path[0] - path[30]), 30);
    say("cash.balance_change.90d", units(path[0] - path[90]), 90);
    int deep = 0;
    for (int start = 31; start <= 365; ++start) {
        Wide lowest = path[start - 1];
        for (int later = start - 30; later < start; ++later) {
            lowest = std::min(lowest, path[later]);
        }
        deep += path[start] - lowest > now ? 1 : 0;
    }
    say("cash.overdraft_risk.30d", deep / 335.0, 365);
    std::vector<double> weeks;
    for (int week = 0; week < 52; ++week) {
        weeks.push_back(units(earned(7 * week, 7 * week + 7) - spent(7 * week, 7 * week + 7)));
    }
    say("cash.weekly_deviation.52w", deviation(weeks), 364);
    weeks.resize(13);
    say("cash.weekly_deviation.13w", deviation(weeks), 91);
    std::vector<double> months;
    Wide sum = 0;
    for (int m = 1; m <= 12; ++m) {
        sum += month_earned(m) - month_spent(m);
        months.push_back(units(month_earned(m) - month_spent(m)));
    }
    say("cash.monthly_mean.12m", units(sum) / 12, 365);
    say("cash.monthly_deviation.12m", deviation(months), 365);
    const double daily = units(spent(0, 90)) / 90;
    say("cash.runway", now <= 0 ? 0 : daily <= 0 ? 3650 : std::min(3650.0, units(now) / daily), 90);
}

inline void SlowVector::season() {
    const auto change = [](Wide now, Wide before) {
        return before == 0 ? 0.0 : static_cast<double>(now) / static_cast<double>(before) - 1;
    };
    say("season.spend_change_year.30d", change(spent(0, 30), spent(365, 395)), 456);
    say("season.spend_change_year.90d", change(spent(0, 90), spent(365, 455)), 456);
    say("season.spend_change_year.365d", change(spent(0, 365), spent(365, 730)), 730);
    Wide sum = 0;
    Wide peak = month_spent(1);
    for (int m = 1; m <= 12; ++m) {
        sum += month_spent(m);
        peak = std::max(peak, month_spent(m));
    }
    say("season.next_month_index", over_real(units(month_spent(11)), units(sum) / 12), 396);
    say("season.peak_month_share.12m", over(peak, sum), 365);
    say("season.month_spend", units(month_spent(0)), 30);
}

}  // namespace atlas::features::testing
