// SPDX-License-Identifier: Apache-2.0
#include "roles/optimiser/debt_words.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/format.hpp"

namespace atlas::roles::optimiser {
namespace {

namespace debt = finance::debt;

money::AnnualRate rate_now(const debt::Debt& debt, Date start) {
    const bool is_promotional = debt.promo.has_value() && start.plus_months(1) <= debt.promo->until;
    return is_promotional ? debt.promo->apr : debt.apr;
}

constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};

/// As the pages write them (CLDR, en-US); any other currency is named by its code.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kSigns{{{"AUD", "A$"},
                                                                                {"BRL", "R$"},
                                                                                {"CAD", "CA$"},
                                                                                {"CNY", "CN¥"},
                                                                                {"EUR", "€"},
                                                                                {"GBP", "£"},
                                                                                {"INR", "₹"},
                                                                                {"JPY", "¥"},
                                                                                {"MXN", "MX$"},
                                                                                {"NZD", "NZ$"},
                                                                                {"USD", "$"}}};

std::string sign_of(money::Currency currency) {
    const auto* const found = std::ranges::find(
        kSigns, currency.code(), &std::pair<std::string_view, std::string_view>::first);
    return found == kSigns.end() ? format("{} ", currency.code()) : std::string(found->second);
}

}  // namespace

std::string to_percent(money::AnnualRate rate) {
    // Hundredths of a percent, as contracts print them; more digits stay where they are.
    const std::int64_t points = rate.billionths() / 100'000;
    return format("{}.{:02} %", points / 100, points % 100);
}

std::string say(money::Money amount) {
    std::string digits = to_decimal(amount);
    if (amount.is_negative()) {
        digits.erase(0, 1);
    }
    // Groups of three before the point.
    for (std::size_t at = std::min(digits.find('.'), digits.size()); at > 3;) {
        at -= 3;
        digits.insert(at, 1, ',');
    }
    return (amount.is_negative() ? "−" : "") + sign_of(amount.currency()) + digits;
}

std::string say(Date date) {
    return format("{} {}", date.parts().day, say_month(date));
}

std::string say_month(Date date) {
    const Date::Parts parts = date.parts();
    return format("{} {}", kMonths[static_cast<std::size_t>(parts.month - 1)], parts.year);
}

std::string say_months(int months) {
    return format("{} {}", months, months == 1 ? "month" : "months");
}

std::string explain_payment(const std::vector<KnownDebt>& debts, const FirstPayment& payment,
                            const std::vector<FirstPayment>& all, const debt::PayoffPlan& plan) {
    const Date start = debts.empty() ? plan.debt_free_date : plan.schedule.front().date;
    const debt::Debt& own = debts[payment.debt].debt;
    const money::AnnualRate rate = rate_now(own, start.plus_months(-1));
    const bool closes_now = std::ranges::any_of(plan.payoff, [&](const debt::Payoff& payoff) {
        return payoff.debt == payment.debt && payoff.month == 1;
    });
    if (payment.pay > payment.minimum || closes_now) {
        if (own.promo.has_value() && own.promo->kind == debt::PromoKind::deferred) {
            return format("Clear it by {}: if a cent is left then, {} interest is charged back.",
                          say(own.promo->until), to_percent(own.apr));
        }
        if (closes_now) {
            return "This closes it: from next month on its payment goes to the next debt.";
        }
        const bool is_highest = std::ranges::all_of(all, [&](const FirstPayment& other) {
            return rate_now(debts[other.debt].debt, start.plus_months(-1)) <= rate;
        });
        if (is_highest) {
            return format(
                "At {} it is the dearest debt: what you pay above the minimums saves "
                "most here.",
                to_percent(rate));
        }
        const auto closed = std::ranges::find(plan.payoff, 1, &debt::Payoff::month);
        return closed == plan.payoff.end()
                   ? format("Its rate is {}. In this plan it comes first.", to_percent(rate))
                   : format("What is left once {} is closed goes here, at {}.",
                            debts[closed->debt].value.name, to_percent(rate));
    }
    const auto first = std::ranges::find_if(
        all, [](const FirstPayment& other) { return other.pay > other.minimum; });
    return first == all.end() || first->debt == payment.debt
               ? format("The minimum, at {}.", to_percent(rate))
               : format("The minimum, at {}: anything more does more good on {}.", to_percent(rate),
                        debts[first->debt].value.name);
}

}  // namespace atlas::roles::optimiser
