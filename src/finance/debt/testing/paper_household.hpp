// SPDX-License-Identifier: Apache-2.0
// Seeded households after Rios-Solis, Saucedo-Espinosa and Caballero-Robledo, "Repayment policy for
// multiple loans", PLoS ONE 12(4), e0175782, 2017. Theirs are: the sizes (4, 8 and 12 loans within
// 120, 240 and 300 months), the kinds (houses, cars, bank loans, credit cards, each with a level
// installment), a charge on what is paid beyond the installment, and incomes drawn anew each month,
// around the sum of the installments. Ours are: the intervals of amounts and rates, as those of
// their table 1 are printed as a picture; and incomes of 100 % to 150 % of the installments where
// theirs are 50 % to 150 %, as a plan here pays every minimum, while theirs gains most by choosing
// what to default on.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "base/format.hpp"
#include "base/random.hpp"
#include "finance/debt/debt.hpp"
#include "finance/debt/testing/random_household.hpp"

namespace atlas::finance::debt::testing {

struct PaperSize {
    int debts = 4;
    int months = 120;  ///< Longest term.
};

class PaperGenerator {
public:
    explicit PaperGenerator(std::uint64_t seed) : random_(seed) {}

    PlanRequest make(PaperSize size) {
        PlanRequest request{.start = Date::create(2026, 12, 1).value(),
                            .monthly_budget = cents(0),
                            .debts = {},
                            .strategy = Strategy::optimal};
        std::int64_t installments = 0;
        for (int i = 0; i < size.debts; ++i) {
            Debt debt = draw(size.months);
            debt.id = format("d{}", i);
            installments += installment_of(debt);
            request.debts.push_back(std::move(debt));
        }
        request.monthly_budget = income(installments);
        for (int month = 1; month < size.months; ++month) {
            request.budget_path.push_back({request.start.plus_months(month), income(installments)});
        }
        return request;
    }

private:
    struct Range {
        std::int64_t low;
        std::int64_t high;
    };

    std::int64_t within(Range range) { return random_.between(range.low, range.high); }

    money::Money income(std::int64_t installments) {
        return cents(installments + installments * random_.between(0, 500) / 1'000);
    }

    /// Rounded up, so that level payments rounded to cents fit.
    static std::int64_t installment_of(const Debt& debt) {
        const double monthly = debt.apr.as_double() / 12;
        const double term = *debt.minimum.term_months;
        const double share = monthly > 0 ? monthly / (1 - std::pow(1 + monthly, -term)) : 1 / term;
        return static_cast<std::int64_t>(static_cast<double>(debt.balance.minor()) * share) + 2;
    }

    Debt draw(int months_max) {
        switch (random_.below(4)) {
            case 0: return loan({5'000'000, 30'000'000}, {300, 1'100}, months_max);  // House.
            case 1: return loan({500'000, 4'000'000}, {600, 1'600}, std::min(72, months_max));
            case 2: return loan({100'000, 2'000'000}, {1'000, 3'500}, std::min(60, months_max));
            default: return loan({20'000, 1'000'000}, {2'000, 6'000}, std::min(48, months_max));
        }
    }

    Debt loan(Range balance, Range rate, int term_max) {
        return {.id = {},
                .balance = cents(within(balance)),
                .apr = basis_points(within(rate)),
                .minimum = {.fixed = cents(0),
                            .term_months = static_cast<int>(
                                random_.between(std::min(12, term_max), term_max))},
                .prepayment_penalty =
                    random_.chance(0.5) ? basis_points(random_.between(50, 300)) : Share{}};
    }

    Random random_;
};

}  // namespace atlas::finance::debt::testing
