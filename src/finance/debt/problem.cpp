// SPDX-License-Identifier: Apache-2.0
#include "finance/debt/problem.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <unordered_set>

#include "base/check.hpp"
#include "base/format.hpp"
#include "finance/interest/amortise.hpp"
#include "money/interest.hpp"
#include "money/rounding.hpp"

namespace atlas::finance::debt {
namespace {

using money::Int128;
using money::Money;
using money::Rounding;

__extension__ using Wide = unsigned __int128;
constexpr std::int64_t kBillion = 1'000'000'000;
constexpr std::int64_t kYearBelow = 12 * kBillion;
constexpr std::int64_t kDayBelow = 365 * kBillion;
constexpr int kFractionBits = 60;
/// Growth beyond this leaves the fixed point; then money::daily_compound_interest does the work.
constexpr Wide kGrowthMax = Wide{4} << kFractionBits;
constexpr int kYearMax = 9900;

/// value / divisor for value >= 0, half to even; the divisor is known, so no division is left.
template <std::int64_t kDivisor>
std::int64_t divide_even(std::int64_t value) {
    const std::int64_t quotient = value / kDivisor;
    const std::int64_t twice = 2 * (value - quotient * kDivisor);
    return quotient + ((twice > kDivisor || (twice == kDivisor && quotient % 2 == 1)) ? 1 : 0);
}

template <std::int64_t kDivisor>
std::int64_t scale_even(std::int64_t amount, std::int64_t factor) {
    std::int64_t product = 0;
    if (!__builtin_mul_overflow(amount, factor, &product)) {
        return divide_even<kDivisor>(product);
    }
    return static_cast<std::int64_t>(
        money::divide(static_cast<Int128>(amount) * factor, kDivisor, Rounding::half_to_even));
}

/// Fixed point as in money/interest.cpp, kept for a month's days so that a simulation multiplies
/// once a month instead of once a day.
void precompute_growth(Charge& charge) {
    const Wide day = (static_cast<Wide>(charge.apr_billionths) << kFractionBits) / Wide{kDayBelow};
    Wide grown = Wide{1} << kFractionBits;
    Wide slack = 0;
    for (int i = 0; i < charge.days; ++i) {
        slack += (slack * day >> kFractionBits) + (grown >> kFractionBits) + 4;
        grown += grown * day >> kFractionBits;
        if (grown + slack >= kGrowthMax) {
            return;
        }
    }
    charge.growth_low = static_cast<std::uint64_t>(grown - (Wide{1} << kFractionBits));
    charge.growth_slack = static_cast<std::uint64_t>(slack);
}

std::uint16_t find_charge(Loan& loan, std::int64_t apr_billionths, int days) {
    for (std::size_t i = loan.charges.size(); i-- > 0;) {
        if (loan.charges[i].apr_billionths == apr_billionths && loan.charges[i].days == days) {
            return static_cast<std::uint16_t>(i);
        }
    }
    Charge charge{.apr_billionths = apr_billionths, .days = days};
    if (days > 0 && apr_billionths > 0) {
        precompute_growth(charge);
    }
    loan.charges.push_back(charge);
    return static_cast<std::uint16_t>(loan.charges.size() - 1);
}

struct Checker {
    money::Currency currency;

    Result<std::int64_t> amount(Money value, std::string_view pointer) const {
        return check_amount(value, currency, pointer);
    }
    Result<std::int64_t> amount(const std::optional<Money>& value, std::string_view pointer) const {
        return value.has_value() ? amount(*value, pointer) : Result<std::int64_t>(0);
    }
    Result<std::int64_t> rate(money::AnnualRate value, std::string_view pointer,
                              std::int64_t limit = money::AnnualRate::kBillionthsMax) const {
        if (value.billionths() < 0 || value.billionths() > limit) {
            return invalid_argument(
                std::string(pointer),
                format("{} is not between 0 and {}", to_decimal(value), limit / kBillion));
        }
        return value.billionths();
    }
};

template <class Step>
Result<void> require_ascending(std::span<const Step> steps, std::string_view pointer) {
    if (steps.size() > kStepsMax) {
        return invalid_argument(std::string(pointer),
                                format("{} steps; {} at most", steps.size(), kStepsMax));
    }
    for (std::size_t i = 1; i < steps.size(); ++i) {
        if (steps[i].from <= steps[i - 1].from) {
            return invalid_argument(format("{}/{}/from", pointer, i),
                                    format("{} does not come after {}", to_string(steps[i].from),
                                           to_string(steps[i - 1].from)));
        }
    }
    return {};
}

/// Charges of every month: the rate in force on the month's first day.
Result<void> lay_out_rates(const Debt& debt, const std::string& pointer, std::span<const Date> ends,
                           Loan& loan) {
    const Checker checker{debt.balance.currency()};
    ATLAS_TRY_ASSIGN(std::int64_t rate, checker.rate(debt.apr, pointer + "/apr"));
    ATLAS_TRY(require_ascending(std::span(debt.rate_path), pointer + "/rate_path"));
    for (std::size_t i = 0; i < debt.rate_path.size(); ++i) {
        ATLAS_TRY(checker.rate(debt.rate_path[i].apr, format("{}/rate_path/{}/apr", pointer, i)));
    }
    std::int64_t promo_rate = 0;
    if (debt.promo.has_value()) {
        ATLAS_TRY_ASSIGN(promo_rate, checker.rate(debt.promo->apr, pointer + "/promo/apr"));
    }
    const bool is_daily = debt.compounding == Compounding::daily;
    std::size_t next = 0;
    loan.regular.reserve(kPlanMonthsMax);
    for (std::size_t month = 1; month < ends.size(); ++month) {
        while (next < debt.rate_path.size() && debt.rate_path[next].from <= ends[month - 1]) {
            rate = debt.rate_path[next++].apr.billionths();
        }
        const int days = is_daily ? ends[month] - ends[month - 1] : 0;
        loan.regular.push_back(find_charge(loan, rate, days));
        if (debt.promo.has_value() && ends[month] <= debt.promo->until) {
            loan.promo_charges.push_back(find_charge(loan, promo_rate, days));
        }
    }
    loan.promo_months = static_cast<int>(loan.promo_charges.size());
    loan.is_deferred = loan.promo_months > 0 && debt.promo->kind == PromoKind::deferred;
    return {};
}

Result<void> lay_out_minimum(const Debt& debt, const std::string& pointer, Loan& loan) {
    const Checker checker{debt.balance.currency()};
    const MinimumRule& rule = debt.minimum;
    ATLAS_TRY_ASSIGN(loan.minimum_fixed, checker.amount(rule.fixed, pointer + "/minimum/fixed"));
    ATLAS_TRY_ASSIGN(loan.minimum_percent,
                     checker.rate(rule.percent, pointer + "/minimum/percent", kBillion));
    loan.adds_interest = rule.interest == MinimumInterest::on_top;
    if (rule.term_months.has_value()) {
        if (*rule.term_months < 1 || *rule.term_months > interest::kTermMonthsMax) {
            return invalid_argument(
                pointer + "/minimum/term_months",
                format("{} months; 1 to {} accepted", *rule.term_months, interest::kTermMonthsMax));
        }
        const auto rate =
            money::AnnualRate::from_billionths(loan.regular_charge(1).apr_billionths).value();
        ATLAS_TRY_ASSIGN(const Money level,
                         interest::level_payment(debt.balance, rate, *rule.term_months));
        loan.minimum_fixed = std::max(loan.minimum_fixed, level.minor());
    }
    return {};
}

Result<void> lay_out_terms(const Debt& debt, const std::string& pointer, Loan& loan) {
    const Checker checker{debt.balance.currency()};
    ATLAS_TRY_ASSIGN(loan.credit_limit,
                     checker.amount(debt.credit_limit, pointer + "/credit_limit"));
    ATLAS_TRY_ASSIGN(loan.fee_monthly, checker.amount(debt.fee_monthly, pointer + "/fee_monthly"));
    ATLAS_TRY_ASSIGN(loan.late_fee, checker.amount(debt.late_fee, pointer + "/late_fee"));
    ATLAS_TRY_ASSIGN(loan.penalty, checker.rate(debt.prepayment_penalty,
                                                pointer + "/prepayment_penalty", kBillion));
    if (debt.due_day.has_value()) {
        if (*debt.due_day < 1 || *debt.due_day > 31) {
            return invalid_argument(pointer + "/due_day",
                                    format("{} is no day of a month", *debt.due_day));
        }
        loan.due_day = *debt.due_day;
    }
    for (std::size_t i = 0; i < debt.missed_months.size(); ++i) {
        const int month = debt.missed_months[i];
        if (month < 1 || month > kPlanMonthsMax) {
            return invalid_argument(format("{}/missed_months/{}", pointer, i),
                                    format("{} is not 1 to {}", month, kPlanMonthsMax));
        }
        loan.is_missed.resize(kPlanMonthsMax);
        loan.is_missed[static_cast<std::size_t>(month - 1)] = true;
    }
    return {};
}

Result<Loan> lay_out(const Debt& debt, const std::string& pointer, money::Currency currency,
                     std::span<const Date> ends) {
    Loan loan;
    ATLAS_TRY_ASSIGN(loan.balance, Checker{currency}.amount(debt.balance, pointer + "/balance"));
    if (loan.balance == 0) {
        return invalid_argument(pointer + "/balance", "nothing is owed; leave this debt out");
    }
    ATLAS_TRY(Checker{currency}.amount(debt.minimum.fixed, pointer + "/minimum/fixed"));
    ATLAS_TRY(lay_out_rates(debt, pointer, ends, loan));
    ATLAS_TRY(lay_out_minimum(debt, pointer, loan));
    ATLAS_TRY(lay_out_terms(debt, pointer, loan));
    return loan;
}

Result<void> lay_out_budgets(const PlanRequest& request, Problem& problem) {
    problem.budgets.clear();
    const Checker checker{problem.currency};
    ATLAS_TRY_ASSIGN(std::int64_t budget,
                     checker.amount(request.monthly_budget, "/monthly_budget"));
    ATLAS_TRY(require_ascending(std::span(request.budget_path), "/budget_path"));
    if (request.extra.size() > kStepsMax) {
        return invalid_argument(
            "/extra", format("{} extra payments; {} at most", request.extra.size(), kStepsMax));
    }
    std::size_t next = 0;
    for (std::size_t month = 1; month < problem.ends.size(); ++month) {
        while (next < request.budget_path.size() &&
               request.budget_path[next].from <= problem.ends[month - 1]) {
            ATLAS_TRY_ASSIGN(budget, checker.amount(request.budget_path[next].amount,
                                                    format("/budget_path/{}/amount", next)));
            ++next;
        }
        problem.budgets.push_back(budget);
    }
    for (std::size_t i = 0; i < request.extra.size(); ++i) {
        const ExtraPayment& extra = request.extra[i];
        ATLAS_TRY_ASSIGN(const std::int64_t amount,
                         checker.amount(extra.amount, format("/extra/{}/amount", i)));
        if (extra.date < problem.ends[0]) {
            return invalid_argument(format("/extra/{}/date", i),
                                    format("{} is before the start, {}", to_string(extra.date),
                                           to_string(problem.ends[0])));
        }
        const auto after = std::ranges::lower_bound(problem.ends, extra.date);
        const auto month = std::max<std::ptrdiff_t>(1, after - problem.ends.begin());
        if (after != problem.ends.end()) {
            problem.budgets[static_cast<std::size_t>(month - 1)] += amount;
        }
    }
    return {};
}

}  // namespace

Result<std::int64_t> check_amount(Money value, money::Currency currency, std::string_view pointer) {
    if (value.currency() != currency) {
        return invalid_argument(std::string(pointer),
                                format("{} is not in {}, the currency of the budget",
                                       to_string(value), currency.code()));
    }
    if (value.is_negative()) {
        return invalid_argument(std::string(pointer), format("{} is below zero", to_string(value)));
    }
    if (value.minor() > kAmountMinorMax) {
        return invalid_argument(
            std::string(pointer),
            format("{} is above {}, the largest amount planned", to_string(value),
                   to_string(Money::from_minor(kAmountMinorMax, currency))));
    }
    return value.minor();
}

std::int64_t share_of(std::int64_t amount, std::int64_t billionths) {
    return scale_even<kBillion>(amount, billionths);
}

std::int64_t Charge::interest_on(std::int64_t balance) const {
    if (days == 0) {
        return scale_even<kYearBelow>(balance, apr_billionths);
    }
    if (growth_slack > 0) {
        const Wide amount = static_cast<Wide>(balance);
        constexpr Wide kUnit = Wide{1} << kFractionBits;
        const Wide low = amount * growth_low;
        const Wide high = low + amount * growth_slack;
        const Wide rounded = (low + kUnit / 2) >> kFractionBits;
        // No tie and no other value within the error: half to even is half up.
        if (low + kUnit / 2 > rounded * kUnit && high < rounded * kUnit + kUnit / 2) {
            return static_cast<std::int64_t>(rounded);
        }
    }
    const auto interest = money::daily_compound_interest(
        Money::from_minor(balance, money::Currency::parse("USD").value()),
        money::AnnualRate::from_billionths(apr_billionths).value(), days);
    return interest.value().minor();  // At most e^(10 / 12) − 1 times kOwedMinorMax.
}

double Charge::as_double() const {
    const double rate = static_cast<double>(apr_billionths) * 1e-9;
    if (days == 0) {
        return rate / 12.0;
    }
    double growth = 1.0;
    for (int i = 0; i < days; ++i) {
        growth *= 1.0 + rate / 365.0;
    }
    return growth - 1.0;
}

std::int64_t Loan::minimum(std::int64_t owed, std::int64_t interest) const {
    const std::int64_t share = minimum_percent == 0 ? 0 : share_of(owed, minimum_percent);
    return std::max(minimum_fixed, share + (adds_interest ? interest : 0));
}

std::int64_t Loan::first_minimum() const {
    const std::int64_t interest = charge(1).interest_on(balance);
    const std::int64_t owed = balance + interest + fee_monthly;
    return std::min(owed, minimum(owed, interest));
}

Date Problem::payment_date(int month, int due_day) const {
    const Date end = ends[static_cast<std::size_t>(month)];
    if (due_day == 0) {
        return end;
    }
    const auto in_month_of = [due_day](Date date) {
        return date.first_of_month().plus_days(std::min(due_day, date.last_of_month().parts().day) -
                                               1);
    };
    const Date due = in_month_of(end);
    return due <= end ? due : in_month_of(end.first_of_month().plus_days(-1));
}

Result<Problem> Problem::create(const PlanRequest& request) {
    if (request.debts.empty() || request.debts.size() > kDebtsMax) {
        return invalid_argument(
            "/debts", format("{} debts; 1 to {} accepted", request.debts.size(), kDebtsMax));
    }
    if (request.start.parts().year > kYearMax) {
        return invalid_argument("/start", format("the year is after {}", kYearMax));
    }
    Problem problem{request.monthly_budget.currency(), {}, {}, {}};
    for (int month = 0; month <= kPlanMonthsMax; ++month) {
        problem.ends.push_back(request.start.plus_months(month));
    }
    ATLAS_TRY(lay_out_budgets(request, problem));
    std::unordered_set<std::string_view> ids;
    for (std::size_t i = 0; i < request.debts.size(); ++i) {
        const std::string pointer = format("/debts/{}", i);
        if (!ids.insert(request.debts[i].id).second) {
            return invalid_argument(pointer + "/id",
                                    format("\"{}\" is the id of two debts", request.debts[i].id));
        }
        ATLAS_TRY_ASSIGN(Loan loan,
                         lay_out(request.debts[i], pointer, problem.currency, problem.ends));
        problem.loans.push_back(std::move(loan));
    }
    return problem;
}

Result<void> Problem::change_debt(std::size_t index, const Debt& debt) {
    ATLAS_TRY_ASSIGN(loans[index], lay_out(debt, format("/debts/{}", index), currency, ends));
    return {};
}

Result<void> Problem::change_budgets(const PlanRequest& request) {
    return lay_out_budgets(request, *this);
}

}  // namespace atlas::finance::debt
