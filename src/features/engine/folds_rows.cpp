// SPDX-License-Identifier: Apache-2.0
// The folds over single movements: spending by group, income, merchants, weekdays.
#include <cmath>

#include "features/engine/compute.hpp"

namespace atlas::features {
namespace {

/// Of one group and one class of age, or of a window.
struct GroupSums {
    Moments purchases;
    Int128 net = 0;      ///< Out less back.
    Int128 age_net = 0;  ///< Σ age in days × net.
    std::int64_t count = 0;

    void merge(const GroupSums& other) {
        purchases.merge(other.purchases);
        net += other.net;
        age_net += other.age_net;
        count += other.count;
    }
};

/// Class 0 is the last 7 days, 1 what the 30 add to them, and so on.
std::size_t age_class(std::int32_t age) {
    return age < 7 ? 0 : age < 30 ? 1 : age < 90 ? 2 : 3;
}

bool is_spend(const TileRow& row) {
    return row.is_flow && row.filing.flow == Flow::spend;
}
/// |amount|, also of the smallest int64.
std::uint64_t size_of(const TileRow& row) {
    return 0 - static_cast<std::uint64_t>(row.amount_minor);
}
bool is_purchase(const TileRow& row) {
    return is_spend(row) && row.amount_minor < 0;
}

/// Slope of the daily sums over a window of n days, by least squares; exact up to its quotient.
/// Σ(t - t̄)(x - x̄) = -(Σ age·x - (n-1)/2 Σx), Σ(t - t̄)² = n(n² - 1)/12.
double slope(const GroupSums& sums, std::int64_t n, double scale) {
    const Int128 above = sums.net * (n - 1) - 2 * sums.age_net;
    const Int128 below = static_cast<Int128>(n) * (n * n - 1);
    return to_double(above) * 6.0 / to_double(below) / scale;
}

}  // namespace

void Computation::fold_rows() {
    const DayRows rows = rows_between(0, 365);
    std::array<std::array<GroupSums, kWindowCount>, kSpendSubjects> sums{};
    Int128 charges_90 = 0;
    Int128 charges_365 = 0;
    for (const TileRow& row : rows) {
        if (!is_spend(row)) {
            continue;
        }
        const std::int32_t age = day_ - row.day;
        GroupSums& sum = sums[1 + static_cast<std::size_t>(row.filing.group)][age_class(age)];
        const Int128 out = -static_cast<Int128>(row.amount_minor);
        if (row.amount_minor < 0) {
            sum.purchases.add(size_of(row));
        }
        sum.net += out;
        sum.age_net += out * age;
        ++sum.count;
        if (row.filing.is_bank_charge) {
            charges_365 += out;
            charges_90 += age < 90 ? out : 0;
        }
    }
    put(DebtItem::charges_90d, major(charges_90));
    put(DebtItem::charges_365d, major(charges_365));

    double groups_90 = 0;
    for (std::size_t subject = 1; subject < kSpendSubjects; ++subject) {
        for (std::size_t window = 0; window < kWindowCount; ++window) {
            sums[0][window].merge(sums[subject][window]);
        }
    }
    for (std::size_t subject = 0; subject < kSpendSubjects; ++subject) {
        for (std::size_t window = 0; window < kWindowCount; ++window) {
            GroupSums& sum = sums[subject][window];
            if (window > 0) {
                sum.merge(sums[subject][window - 1]);
            }
            const auto place = [&](SpendStatistic statistic) {
                return spend_index({subject, window, statistic});
            };
            const bool any = sum.purchases.count() > 0;
            put_at(place(SpendStatistic::sum), major(sum.net));
            put_at(place(SpendStatistic::count), static_cast<double>(sum.count));
            put_at(place(SpendStatistic::mean), any ? sum.purchases.mean() / scale_ : 0.0);
            put_at(place(SpendStatistic::deviation), sum.purchases.deviation() / scale_);
            put_at(place(SpendStatistic::max), static_cast<double>(sum.purchases.max()) / scale_);
            put_at(place(SpendStatistic::trend), slope(sum, kWindows[window], scale_));
            put_at(place(SpendStatistic::share_of_income),
                   quotient(sum.net, common_.income[window]));
        }
        groups_90 += subject > 0 && sums[subject][2].purchases.count() > 0 ? 1 : 0;
    }
    put(QualityItem::groups_90d, groups_90);
    constexpr std::size_t kDebtSubject = 1 + static_cast<std::size_t>(SpendGroup::debt);
    for (std::size_t window = 0; window < kWindowCount; ++window) {
        common_.debt_payments[window] = sums[kDebtSubject][window].net;
    }
    fold_income(rows);
    fold_merchants(rows);
    fold_weekdays();
    fold_times();
    fold_quality(rows);
}

namespace {

bool is_income(const TileRow& row) {
    return row.is_flow && row.filing.flow >= Flow::wages && row.filing.flow <= Flow::other_income;
}
bool is_pay(const TileRow& row) {
    return is_income(row) && row.filing.flow != Flow::other_income && row.amount_minor > 0;
}

struct PayDay {
    std::int32_t day = 0;
    Int128 pay = 0;
};

/// Days within the window on which pay came in, in order.
std::vector<PayDay> pay_days(DayRows rows, std::int32_t after) {
    std::vector<PayDay> days;
    for (const TileRow& row : rows) {
        if (row.day <= after || !is_pay(row)) {
            continue;
        }
        if (days.empty() || days.back().day != row.day) {
            days.push_back({.day = row.day});
        }
        days.back().pay += row.amount_minor;
    }
    return days;
}

}  // namespace

void Computation::fold_income(DayRows rows) {
    std::array<std::int64_t, kWindowCount> counts{};
    std::array<Int128, kWindowCount> wages{};
    Int128 self_employed = 0;
    Int128 benefits = 0;
    std::vector<bool> payers(tiles_.merchants());
    double sources = 0;
    for (const TileRow& row : rows) {
        if (!is_income(row)) {
            continue;
        }
        const std::size_t age = age_class(day_ - row.day);
        counts[age] += row.amount_minor > 0 ? 1 : 0;
        wages[age] += row.filing.flow == Flow::wages ? row.amount_minor : 0;
        self_employed += row.filing.flow == Flow::self_employed ? row.amount_minor : 0;
        benefits += row.filing.flow == Flow::benefits ? row.amount_minor : 0;
        if (row.amount_minor > 0 && row.merchant != kNoMerchant && !payers[row.merchant]) {
            payers[row.merchant] = true;
            ++sources;
        }
    }
    for (std::size_t window = 1; window < kWindowCount; ++window) {
        counts[window] += counts[window - 1];
        wages[window] += wages[window - 1];
        const std::size_t step = window - 1;
        put_at(index_of(IncomeItem::count_30d) + step, static_cast<double>(counts[window]));
        put_at(index_of(IncomeItem::wages_30d) + step, major(wages[window]));
    }
    for (std::size_t window = 0; window < kWindowCount; ++window) {
        put_at(index_of(IncomeItem::sum_7d) + window, major(common_.income[window]));
    }
    const Int128 all = common_.income[3];
    put(IncomeItem::wages_share_365d, quotient(wages[3], all));
    put(IncomeItem::self_employed_share_365d, quotient(self_employed, all));
    put(IncomeItem::benefits_share_365d, quotient(benefits, all));
    put(IncomeItem::sources_365d, sources);

    const std::vector<PayDay> pays = pay_days(rows, day_ - 180);
    Int128 total = 0;
    std::vector<std::int32_t> gaps;
    for (std::size_t i = 0; i < pays.size(); ++i) {
        total += pays[i].pay;
        if (i > 0) {
            gaps.push_back(pays[i].day - pays[i - 1].day);
        }
    }
    std::ranges::sort(gaps);
    const std::int32_t gap = gaps.empty() ? 0 : gaps[(gaps.size() - 1) / 2];
    const std::int32_t since = pays.empty() ? 180 : day_ - pays.back().day;
    put(IncomeItem::pay_days_180d, static_cast<double>(pays.size()));
    put(IncomeItem::pay_gap_180d, gap);
    put(IncomeItem::pay_gap_spread_180d, gaps.empty() ? 0 : gaps.back() - gaps.front());
    put(IncomeItem::days_since_pay, since);
    put(IncomeItem::days_to_pay, std::max(0, gap - since));
    put(IncomeItem::last_pay, pays.empty() ? 0.0 : major(pays.back().pay));
    put(IncomeItem::pay_mean_180d,
        pays.empty() ? 0.0 : major(total) / static_cast<double>(pays.size()));
}

namespace {

/// Of one merchant. Windows 30, 90, 365 are classes 0, 1, 2 and what each adds.
struct MerchantSums {
    std::array<Uint128, 3> out{};
    std::array<std::uint32_t, 3> purchases{};
};

/// Σ part² / (Σ part)², exact but for amounts beyond 2^63 in all, which are scaled down together.
double concentration(std::span<const Uint128> parts, Uint128 total) {
    int shift = 0;
    while (total >> shift > std::numeric_limits<std::int64_t>::max()) {
        ++shift;
    }
    Uint128 squares = 0;
    for (const Uint128 part : parts) {
        squares += (part >> shift) * (part >> shift);
    }
    const Uint128 whole = total >> shift;
    return whole == 0 ? 0.0 : static_cast<double>(squares) / static_cast<double>(whole * whole);
}

std::size_t merchant_class(std::int32_t age) {
    return age < 30 ? 0 : age < 90 ? 1 : 2;
}

}  // namespace

void Computation::fold_merchants(DayRows rows) {
    std::vector<MerchantSums> merchants(tiles_.merchants());
    for (const TileRow& row : rows) {
        if (is_purchase(row) && row.merchant != kNoMerchant) {
            MerchantSums& sums = merchants[row.merchant];
            const std::size_t age = merchant_class(day_ - row.day);
            sums.out[age] += size_of(row);
            ++sums.purchases[age];
        }
    }
    std::array<double, 3> distinct{};
    std::array<double, 2> fresh{};
    std::array<Int128, 2> fresh_out{};
    std::array<Uint128, 3> total{};
    std::array<Uint128, 3> top{};
    std::array<std::vector<Uint128>, 3> parts;
    std::int64_t purchases_90 = 0;
    std::int64_t repeated_90 = 0;
    for (std::size_t merchant = 1; merchant < merchants.size(); ++merchant) {
        MerchantSums& sums = merchants[merchant];
        for (std::size_t window = 0; window < 3; ++window) {
            if (window > 0) {
                sums.out[window] += sums.out[window - 1];
                sums.purchases[window] += sums.purchases[window - 1];
            }
            if (sums.purchases[window] == 0) {
                continue;
            }
            ++distinct[window];
            total[window] += sums.out[window];
            top[window] = std::max(top[window], sums.out[window]);
            parts[window].push_back(sums.out[window]);
            const auto id = static_cast<std::uint32_t>(merchant);
            if (window < 2 && tiles_.first_seen(id) > day_ - (window == 0 ? 30 : 90)) {
                ++fresh[window];
                fresh_out[window] += static_cast<Int128>(sums.out[window]);
            }
        }
        purchases_90 += sums.purchases[1];
        repeated_90 += sums.purchases[2] >= 3 ? sums.purchases[1] : 0;
    }
    for (std::size_t window = 0; window < 3; ++window) {
        put_at(index_of(MerchantItem::distinct_30d) + window, distinct[window]);
    }
    for (std::size_t window = 0; window < 2; ++window) {
        put_at(index_of(MerchantItem::new_count_30d) + window, fresh[window]);
        put_at(index_of(MerchantItem::new_share_30d) + window,
               quotient(fresh_out[window], static_cast<Int128>(total[window])));
        const std::size_t longer = window + 1;
        put_at(index_of(MerchantItem::concentration_90d) + window,
               concentration(parts[longer], total[longer]));
        put_at(index_of(MerchantItem::top_share_90d) + window,
               quotient(static_cast<Int128>(top[longer]), static_cast<Int128>(total[longer])));
    }
    put(MerchantItem::repeat_share_90d, quotient(repeated_90, purchases_90));
}

void Computation::fold_weekdays() {
    std::array<Int128, 7> by_day{};
    std::array<Int128, 3> weekend{};
    std::array<Int128, 3> total{};
    const auto first = std::ranges::upper_bound(days_, day_ - 365, {}, &DayTile::day);
    for (auto tile = first; tile != days_.end(); ++tile) {
        // 1970-01-01 was a Thursday; days before it count backwards.
        const auto weekday = static_cast<std::size_t>(((tile->day + 3) % 7 + 7) % 7);
        const std::size_t age = merchant_class(day_ - tile->day);
        by_day[weekday] += tile->purchases;
        total[age] += tile->purchases;
        weekend[age] += weekday >= 5 ? tile->purchases : 0;
    }
    for (std::size_t window = 0; window < 3; ++window) {
        if (window > 0) {
            total[window] += total[window - 1];
            weekend[window] += weekend[window - 1];
        }
        put_at(index_of(WeekdayItem::weekend_30d) + window,
               quotient(weekend[window], total[window]));
    }
    for (std::size_t day = 0; day < 7; ++day) {
        put_at(index_of(WeekdayItem::monday_365d) + day, quotient(by_day[day], total[2]));
    }
}

void Computation::fold_times() {
    if (tiles_.timed_rows() == 0) {
        return;  // No source of ours tells the time of day, for most households.
    }
    Int128 timed = 0;
    Int128 night = 0;
    Int128 daytime = 0;
    for (const TileRow& row : rows_between(0, 90)) {
        if (is_purchase(row) && row.minute >= 0) {
            const auto out = static_cast<Int128>(size_of(row));
            timed += out;
            night += row.minute >= 22 * 60 || row.minute < 6 * 60 ? out : 0;
            daytime += row.minute >= 9 * 60 && row.minute < 17 * 60 ? out : 0;
        }
    }
    if (timed > 0) {
        put(WeekdayItem::night_share_90d, quotient(night, timed));
        put(WeekdayItem::daytime_share_90d, quotient(daytime, timed));
    }
}

void Computation::fold_quality(DayRows rows) {
    std::int64_t month = 0;
    std::int64_t year = 0;
    std::int64_t pending = 0;
    std::int64_t spends = 0;
    std::int64_t unfiled = 0;
    for (const TileRow& row : rows) {
        const bool in_month = day_ - row.day < 30;
        if (row.is_first) {
            ++year;
            month += in_month ? 1 : 0;
            pending += in_month && row.is_pending ? 1 : 0;
        }
        if (is_spend(row)) {
            ++spends;
            unfiled += row.filing.group == SpendGroup::unknown ? 1 : 0;
        }
    }
    put(QualityItem::history_days, history_ - 1);
    put(QualityItem::transactions_30d, static_cast<double>(month));
    put(QualityItem::transactions_365d, static_cast<double>(year));
    put(QualityItem::unfiled_share_365d, quotient(unfiled, spends));
    put(QualityItem::pending_share_30d, quotient(pending, month));
    put(QualityItem::days_since_transaction, day_ - days_.back().day);
}

}  // namespace atlas::features
