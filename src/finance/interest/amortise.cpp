// SPDX-License-Identifier: Apache-2.0
#include "finance/interest/amortise.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "money/exact.hpp"
#include "money/interest.hpp"

namespace atlas::finance::interest {
namespace {

using money::Money;
using money::Natural;

constexpr std::uint64_t kMonthBelow = 12'000'000'000;  // One month's rate is billionths / this.

Result<void> check_loan(Money principal, money::AnnualRate apr, int term_months) {
    if (!principal.is_positive() || principal.minor() > kPrincipalMinorMax) {
        return invalid_argument(
            "/principal",
            format("principal {}; above 0 and at most {} accepted", to_string(principal),
                   to_string(Money::from_minor(kPrincipalMinorMax, principal.currency()))));
    }
    if (apr.billionths() < 0) {
        return invalid_argument("/apr", format("apr {} is negative", to_decimal(apr)));
    }
    if (term_months < 1 || term_months > kTermMonthsMax) {
        return invalid_argument("/term_months",
                                format("{} months; 1 to {} accepted", term_months, kTermMonthsMax));
    }
    return {};
}

Result<void> check_extra(Money extra, Money principal, const std::string& place) {
    if (extra.currency() != principal.currency()) {
        return invalid_argument(place, format("{} among amounts in {}", extra.currency().code(),
                                              principal.currency().code()));
    }
    if (extra.is_negative()) {
        return invalid_argument(place, format("extra payment {} is negative", to_string(extra)));
    }
    return {};
}

/// What is paid on top in each month. Clipped to the principal, so that nothing overflows.
Result<std::vector<Money>> collect_extras(const AmortiseRequest& request) {
    ATLAS_TRY(check_extra(request.extra_monthly, request.principal, "/extra_monthly"));
    const Money monthly = std::min(request.extra_monthly, request.principal);
    std::vector<Money> extras(static_cast<std::size_t>(request.term_months), monthly);
    for (std::size_t i = 0; i < request.extras.size(); ++i) {
        const ExtraPayment& extra = request.extras[i];
        const std::string place = format("/extras/{}", i);
        ATLAS_TRY(check_extra(extra.amount, request.principal, place + "/amount"));
        if (extra.month < 1 || extra.month > request.term_months) {
            return invalid_argument(place + "/month",
                                    format("month {} is outside the term of {} months", extra.month,
                                           request.term_months));
        }
        Money& sum = extras[static_cast<std::size_t>(extra.month - 1)];
        sum = std::min(sum + std::min(extra.amount, request.principal), request.principal);
    }
    return extras;
}

}  // namespace

Result<Money> level_payment(Money principal, money::AnnualRate apr, int term_months) {
    ATLAS_TRY(check_loan(principal, apr, term_months));
    if (apr.billionths() == 0) {
        return principal.scaled(1, term_months, money::Rounding::half_to_even);
    }
    // With r = p / q: principal × p (q + p)^n / (q ((q + p)^n − q^n)).
    const auto p = static_cast<std::uint64_t>(apr.billionths());
    const Natural grown = Natural::power(kMonthBelow + p, term_months);
    Natural above = grown;
    above *= p;
    above *= static_cast<std::uint64_t>(principal.minor());
    Natural below = grown;
    below -= Natural::power(kMonthBelow, term_months);
    below *= kMonthBelow;
    const auto minor =
        round_quotient(money::Sign::plus, above, below, money::Rounding::half_to_even);
    ATLAS_CHECK(minor.has_value());  // At most principal × (1 + 10 / 12), far inside the range.
    return Money::from_minor(*minor, principal.currency());
}

Result<Amortisation> amortise(const AmortiseRequest& request) {
    ATLAS_TRY_ASSIGN(const Money level,
                     level_payment(request.principal, request.apr, request.term_months));
    ATLAS_TRY_ASSIGN(const std::vector<Money> extras, collect_extras(request));
    const Money zero = Money::zero(request.principal.currency());
    Amortisation result{level, {}, zero, zero};
    result.schedule.reserve(extras.size());
    Money balance = request.principal;
    for (int month = 1; month <= request.term_months && !balance.is_zero(); ++month) {
        const Money interest = monthly_interest(balance, request.apr);
        const Money owed = balance + interest;
        const Money payment = month == request.term_months ? owed : std::min(level, owed);
        const Money left = owed - payment;
        const Money extra = std::min(extras[static_cast<std::size_t>(month - 1)], left);
        balance = left - extra;
        result.schedule.push_back({month, payment, interest, payment - interest, extra, balance});
        result.total_interest += interest;
        result.total_paid += payment + extra;
    }
    return result;
}

}  // namespace atlas::finance::interest
