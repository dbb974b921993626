// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "base/check.hpp"
#include "finance/debt/debt.hpp"
#include "learning/consolidation/consolidation.hpp"

namespace atlas::learning::consolidation {
namespace {

namespace debt = finance::debt;

constexpr double kMonthsMax = 600;
constexpr double kPercentMax = 1000;

double tenths(double value) {
    return std::round(std::clamp(value, -kPercentMax, kPercentMax) * 10) / 10;
}

/// Whole months from the start to the end of a promotion; none when it is over.
int months_of(const std::optional<debt::Promo>& promo, Date start) {
    int months = 0;
    while (promo.has_value() && months < debt::kPlanMonthsMax &&
           start.plus_months(months + 1) <= promo->until) {
        ++months;
    }
    return months;
}

/// Average rate over `months`, percent.
double mean_rate(money::AnnualRate apr, const std::optional<debt::Promo>& promo, Date start,
                 double months) {
    const double share = std::min(1.0, months_of(promo, start) / months);
    const double promotional = promo.has_value() ? promo->apr.as_double() : 0.0;
    return 100 * (share * promotional + (1 - share) * apr.as_double());
}

/// Minimums of the first month on debts that stay.
std::int64_t minimums_elsewhere(const debt::RefinanceAdvice& advice,
                                const std::vector<std::size_t>& moved) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < advice.first_minimums.size(); ++i) {
        const bool stays = std::find(moved.begin(), moved.end(), i) == moved.end();
        sum += stays ? advice.first_minimums[i].minor() : 0;
    }
    return sum;
}

}  // namespace

Facts facts_of(const debt::RefinanceRequest& request, const debt::RefinanceAdvice& advice,
               std::size_t index) {
    ATLAS_CHECK(advice.keep.has_value());
    const debt::Offer& offer = request.offers[index];
    const debt::OfferVerdict& verdict = advice.verdicts[index];
    const debt::Way& keep = *advice.keep;
    const auto moved = static_cast<double>(verdict.moved_amount.minor());
    const std::int64_t paid =
        keep.first_payment.minor() - minimums_elsewhere(advice, verdict.moved);
    const double months = std::clamp(
        std::round(moved / static_cast<double>(std::max<std::int64_t>(1, paid))), 1.0, kMonthsMax);
    double old_rate = 0;
    double whole = 0;
    for (const std::size_t i : verdict.moved) {
        const debt::Debt& each = request.debts[i];
        const auto balance = static_cast<double>(each.balance.minor());
        old_rate += balance * mean_rate(each.apr, each.promo, request.start, months);
        whole += balance;
    }
    const double gap = old_rate / whole - mean_rate(offer.apr, offer.promo, request.start, months);
    const double added = static_cast<double>((verdict.new_balance - verdict.moved_amount).minor());
    const double fee = 100 * (static_cast<double>(verdict.due_at_once.minor()) + added) / moved;
    double change = 0;
    if (verdict.way.has_value() && keep.first_payment.is_positive()) {
        change = 100 * (static_cast<double>(verdict.way->first_payment.minor()) /
                            static_cast<double>(keep.first_payment.minor()) -
                        1);
    }
    return {tenths(gap),
            tenths(fee),
            months,
            tenths(gap * months / 24 - fee),
            static_cast<double>(months_of(offer.promo, request.start)),
            static_cast<double>(offer.term_months),
            std::round(std::clamp(change, -kPercentMax, kPercentMax))};
}

}  // namespace atlas::learning::consolidation
