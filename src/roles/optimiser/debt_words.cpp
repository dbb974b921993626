// SPDX-License-Identifier: Apache-2.0
#include "roles/optimiser/debt_words.hpp"

#include <algorithm>

#include "base/format.hpp"

namespace atlas::roles::optimiser {
namespace {

namespace debt = finance::debt;

money::AnnualRate rate_now(const debt::Debt& debt, Date start) {
    const bool is_promotional = debt.promo.has_value() && start.plus_months(1) <= debt.promo->until;
    return is_promotional ? debt.promo->apr : debt.apr;
}

}  // namespace

std::string to_percent(money::AnnualRate rate) {
    // Hundredths of a percent, as contracts print them; more digits stay where they are.
    const std::int64_t points = rate.billionths() / 100'000;
    return format("{}.{:02} %", points / 100, points % 100);
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
                          to_string(own.promo->until), to_percent(own.apr));
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
