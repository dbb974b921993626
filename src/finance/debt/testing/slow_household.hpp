// SPDX-License-Identifier: Apache-2.0
// The slow oracle: a household as accounts with postings, every balance the sum of its postings,
// every rate looked up by date, every rounding a quotient of whole numbers. It shares the request
// type with the planner and nothing else: no table by month, no fixed point, no policies.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "finance/debt/debt.hpp"
#include "finance/interest/amortise.hpp"
#include "money/exact.hpp"

namespace atlas::finance::debt::testing {

struct Posting {
    enum class Kind : std::uint8_t { opening, interest, fee, payment };
    int month;
    Kind kind;
    std::int64_t amount;  ///< Payments are negative.
};

class SlowHousehold {
public:
    explicit SlowHousehold(const PlanRequest& request) : request_(request) {
        for (const Debt& debt : request.debts) {
            accounts_.push_back({{0, Posting::Kind::opening, debt.balance.minor()}});
        }
        held_.resize(request.debts.size());
    }

    /// Months until nothing is owed, or nothing where the planner must refuse.
    std::optional<int> run() {
        for (int month = 1; month <= kPlanMonthsMax; ++month) {
            std::int64_t left = budget(month);
            std::vector<std::int64_t> minimums(accounts_.size());
            for (std::size_t i = 0; i < accounts_.size(); ++i) {
                if (owed(i) > 0) {
                    minimums[i] = charge(i, month);
                    left -= minimums[i];
                    if (owed(i) > kOwedMinorMax ||
                        total(i, Posting::Kind::interest) > kOwedMinorMax) {
                        return std::nullopt;
                    }
                }
            }
            if (left < 0) {
                return std::nullopt;
            }
            for (std::size_t i = 0; i < accounts_.size(); ++i) {
                post(i, month, Posting::Kind::payment, -minimums[i]);
            }
            if (request_.strategy != Strategy::minimum) {
                for (const std::size_t i : order(month)) {
                    left -= prepay(i, month, left);
                }
            }
            bool is_open = false;
            for (std::size_t i = 0; i < accounts_.size(); ++i) {
                if (owed(i) > 0 && misses(i, month)) {
                    post(i, month, Posting::Kind::fee, minor(request_.debts[i].late_fee));
                }
                is_open = is_open || owed(i) > 0;
            }
            if (!is_open) {
                return month;
            }
        }
        return std::nullopt;
    }

    std::int64_t total(std::size_t i, Posting::Kind kind) const {
        std::int64_t sum = 0;
        for (const Posting& posting : accounts_[i]) {
            sum += posting.kind == kind ? posting.amount : 0;
        }
        return sum;
    }
    std::int64_t total(Posting::Kind kind) const {
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < accounts_.size(); ++i) {
            sum += total(i, kind);
        }
        return sum;
    }
    /// Owed at the end of a month.
    std::int64_t balance(std::size_t i, int month) const {
        std::int64_t sum = 0;
        for (const Posting& posting : accounts_[i]) {
            sum += posting.month <= month ? posting.amount : 0;
        }
        return sum;
    }

private:
    static std::int64_t minor(const std::optional<money::Money>& amount) {
        return amount.has_value() ? amount->minor() : 0;
    }
    std::int64_t owed(std::size_t i) const { return balance(i, kPlanMonthsMax); }
    void post(std::size_t i, int month, Posting::Kind kind, std::int64_t amount) {
        if (amount != 0) {
            accounts_[i].push_back({month, kind, amount});
        }
    }
    Date first_day(int month) const { return request_.start.plus_months(month - 1); }
    Date last_day(int month) const { return request_.start.plus_months(month); }
    bool misses(std::size_t i, int month) const {
        return std::ranges::count(request_.debts[i].missed_months, month) > 0;
    }
    bool is_promotional(std::size_t i, int month) const {
        const auto& promo = request_.debts[i].promo;
        return promo.has_value() && last_day(month) <= promo->until;
    }
    money::AnnualRate regular_rate(std::size_t i, int month) const {
        money::AnnualRate rate = request_.debts[i].apr;
        for (const RateChange& change : request_.debts[i].rate_path) {
            rate = change.from <= first_day(month) ? change.apr : rate;
        }
        return rate;
    }
    money::AnnualRate rate(std::size_t i, int month) const {
        return is_promotional(i, month) ? request_.debts[i].promo->apr : regular_rate(i, month);
    }

    std::int64_t budget(int month) const {
        std::int64_t amount = request_.monthly_budget.minor();
        for (const BudgetChange& change : request_.budget_path) {
            amount = change.from <= first_day(month) ? change.amount.minor() : amount;
        }
        for (const ExtraPayment& extra : request_.extra) {
            const bool is_first = month == 1 && extra.date == request_.start;
            const bool is_inside = extra.date > first_day(month) && extra.date <= last_day(month);
            amount += is_first || is_inside ? extra.amount.minor() : 0;
        }
        return amount;
    }

    static std::int64_t part(std::int64_t amount, std::int64_t above, std::int64_t below) {
        if (amount == 0 || above == 0) {
            return 0;
        }
        const std::array<std::uint64_t, 2> top{money::magnitude(amount), money::magnitude(above)};
        const std::array<std::uint64_t, 1> bottom{money::magnitude(below)};
        return *money::round_ratio(money::Sign::plus, top, bottom, money::Rounding::half_to_even);
    }

    std::int64_t interest(std::size_t i, int month, money::AnnualRate apr,
                          std::int64_t amount) const {
        if (request_.debts[i].compounding == Compounding::monthly) {
            return part(amount, apr.billionths(), 12'000'000'000);
        }
        if (apr.billionths() == 0 || amount == 0) {
            return 0;
        }
        const int days = last_day(month) - first_day(month);
        constexpr std::uint64_t kYear = 365'000'000'000;
        const money::Natural below = money::Natural::power(kYear, days);
        money::Natural above =
            money::Natural::power(kYear + static_cast<std::uint64_t>(apr.billionths()), days);
        above -= below;
        above *= static_cast<std::uint64_t>(amount);
        return *money::round_quotient(money::Sign::plus, above, below,
                                      money::Rounding::half_to_even);
    }

    /// Charges the month; returns the minimum.
    std::int64_t charge(std::size_t i, int month) {
        const Debt& debt = request_.debts[i];
        const bool is_deferred = debt.promo.has_value() && debt.promo->kind == PromoKind::deferred;
        if (is_deferred && !is_promotional(i, month) && held_[i] > 0) {
            post(i, month, Posting::Kind::interest, held_[i]);
            held_[i] = 0;
        }
        const std::int64_t before = owed(i);
        const std::int64_t charged = interest(i, month, rate(i, month), before);
        if (is_deferred && is_promotional(i, month)) {
            const auto regular = interest(i, month, regular_rate(i, month), before + held_[i]);
            held_[i] += std::max<std::int64_t>(0, regular - charged);
            held_[i] = std::min(held_[i], kOwedMinorMax);
        }
        post(i, month, Posting::Kind::interest, charged);
        post(i, month, Posting::Kind::fee, minor(debt.fee_monthly));
        if (misses(i, month)) {
            return 0;
        }
        std::int64_t least = debt.minimum.fixed.minor();
        if (debt.minimum.term_months.has_value()) {
            const auto level = interest::level_payment(debt.balance, regular_rate(i, 1),
                                                       *debt.minimum.term_months);
            least = std::max(least, level->minor());
        }
        std::int64_t share = part(owed(i), debt.minimum.percent.billionths(), 1'000'000'000);
        share += debt.minimum.interest == MinimumInterest::on_top ? charged : 0;
        return std::min(owed(i), std::max(least, share));
    }

    std::int64_t prepay(std::size_t i, int month, std::int64_t left) {
        if (misses(i, month)) {
            return 0;
        }
        const std::int64_t share = request_.debts[i].prepayment_penalty.billionths();
        // The largest amount that fits with its penalty, by bisection.
        std::int64_t low = 0;
        std::int64_t high = std::min(left, owed(i));
        while (low < high) {
            const std::int64_t middle = low + (high - low + 1) / 2;
            if (middle + part(middle, share, 1'000'000'000) <= left) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        const std::int64_t penalty = part(low, share, 1'000'000'000);
        post(i, month, Posting::Kind::fee, penalty);
        post(i, month, Posting::Kind::payment, -low - penalty);
        return low + penalty;
    }

    /// Selection by repeated search for the best debt not yet taken.
    std::vector<std::size_t> order(int month) const {
        const auto comes_before = [&](std::size_t a, std::size_t b) {
            const auto rates = rate(b, month) <=> rate(a, month);
            const auto sizes =
                request_.debts[a].balance.minor() <=> request_.debts[b].balance.minor();
            const auto first = request_.strategy == Strategy::snowball ? sizes : rates;
            const auto second = request_.strategy == Strategy::snowball ? rates : sizes;
            return first != 0 ? first < 0 : second != 0 ? second < 0 : a < b;
        };
        std::vector<std::size_t> taken;
        std::vector<bool> is_taken(accounts_.size());
        while (taken.size() < accounts_.size()) {
            std::size_t best = accounts_.size();
            for (std::size_t i = 0; i < accounts_.size(); ++i) {
                if (!is_taken[i] && (best == accounts_.size() || comes_before(i, best))) {
                    best = i;
                }
            }
            is_taken[best] = true;
            taken.push_back(best);
        }
        return taken;
    }

    const PlanRequest& request_;
    std::vector<std::vector<Posting>> accounts_;
    std::vector<std::int64_t> held_;
};

}  // namespace atlas::finance::debt::testing
