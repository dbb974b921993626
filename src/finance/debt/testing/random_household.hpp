// SPDX-License-Identifier: Apache-2.0
// Seeded households for tests and benchmarks. `published` is the generator behind the figures of
// docs/proof/debt.md: anyone can make the same instances from the seed. Its ranges are ours, after
// the kinds of debt that Rios-Solis et al., "Repayment policy for multiple loans", PLoS ONE 12(4),
// 2017, describe (mortgage, car, study, cards, shops' promotions); their model also lets minimums
// be missed, which ours does not.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "base/format.hpp"
#include "base/random.hpp"
#include "finance/debt/debt.hpp"

namespace atlas::finance::debt::testing {

enum class Kind : std::uint8_t {
    plain,     ///< Fixed minimums, constant rates: the avalanche is best.
    cards,     ///< Percent minimums, daily compounding, fees.
    features,  ///< Everything the simulator knows.
    hostile,   ///< 0 % and 1000 %, cents and billions, equal debts, tiny budgets.
};

inline money::Money cents(std::int64_t minor) {
    return money::Money::from_minor(minor, money::Currency::parse("USD").value());
}

inline money::Money dollars(std::int64_t amount) {
    return cents(100 * amount);
}

inline money::AnnualRate basis_points(std::int64_t points) {
    return money::AnnualRate::from_billionths(points * 100'000).value();
}

class HouseholdGenerator {
public:
    explicit HouseholdGenerator(std::uint64_t seed) : random_(seed) {}

    PlanRequest make(Kind kind, int debts_max) {
        PlanRequest request{.start = start(), .monthly_budget = cents(0), .debts = {}};
        const auto count = random_.between(1, debts_max);
        std::int64_t minimums = 0;
        for (std::int64_t i = 0; i < count; ++i) {
            Debt debt = kind == Kind::hostile ? hostile() : ordinary(kind);
            if (kind == Kind::hostile && i > 0 && random_.chance(0.2)) {
                debt = request.debts[0];  // Equal debts.
            }
            debt.id = format("d{}", i);
            minimums += minimum_of(debt);
            request.debts.push_back(std::move(debt));
        }
        const std::int64_t spare = random_.between(0, minimums + 20'000);
        request.monthly_budget =
            cents(std::min(minimums + (random_.chance(0.05) ? -1 : spare), kAmountMinorMax));
        if (request.monthly_budget.is_negative()) {
            request.monthly_budget = cents(0);
        }
        if (kind == Kind::features || kind == Kind::hostile) {
            add_paths(request);
        }
        return request;
    }

    /// Debts of a household that has 50.00 and 2 to spare_percent_max percent more than the
    /// minimums ask for.
    PlanRequest published(int debts, int spare_percent_max = 60) {
        PlanRequest request{.start = start(), .monthly_budget = cents(0), .debts = {}};
        std::int64_t minimums = 0;
        for (int i = 0; i < debts; ++i) {
            Debt debt = realistic();
            debt.id = format("d{}", i);
            minimums += minimum_of(debt);
            request.debts.push_back(std::move(debt));
        }
        request.monthly_budget =
            cents(minimums + minimums * random_.between(2, spare_percent_max) / 100 + 5'000);
        request.strategy = Strategy::optimal;
        return request;
    }

private:
    Date start() { return Date::create(2026, 12, 1).value().plus_months(month(0, 40)); }
    int month(int low, int high) { return static_cast<int>(random_.between(low, high)); }

    static std::int64_t minimum_of(const Debt& debt) {
        const double balance = static_cast<double>(debt.balance.minor());
        const double monthly = debt.apr.as_double() / 12.0;
        const double on_top =
            debt.minimum.interest == MinimumInterest::on_top ? balance * monthly : 0.0;
        double level = static_cast<double>(debt.minimum.fixed.minor());
        if (debt.minimum.term_months.has_value()) {
            const double term = *debt.minimum.term_months;
            level = std::max(level, balance * (1.0 / term + monthly));
        }
        const double share = balance * (1.0 + monthly) * debt.minimum.percent.as_double() + on_top;
        return static_cast<std::int64_t>(std::max(level, share) * 1.05) + 100;
    }

    Debt ordinary(Kind kind) {
        const std::int64_t balance = random_.between(1'000, 2'000'000);
        Debt debt{.id = {},
                  .balance = cents(balance),
                  .apr = basis_points(random_.between(0, 3'500)),
                  .minimum = {.fixed = cents(random_.between(1, balance / 10))}};
        debt.minimum.fixed = std::max(debt.minimum.fixed, cents(balance * 3 / 100));
        if (kind == Kind::plain) {
            return debt;
        }
        add_minimum(debt);
        if (random_.chance(0.4)) {
            debt.compounding = Compounding::daily;
        }
        if (random_.chance(0.5)) {
            debt.credit_limit = cents(random_.between(0, 2 * balance));
        }
        if (random_.chance(0.2)) {
            debt.fee_monthly = cents(random_.between(1, 1'000));
        }
        if (kind == Kind::features) {
            add_features(debt);
        }
        return debt;
    }

    void add_minimum(Debt& debt) {
        const auto choice = random_.below(4);
        if (choice == 0) {
            debt.minimum.percent = basis_points(random_.between(50, 500));
            debt.minimum.fixed = cents(random_.between(500, 3'500));
            debt.minimum.interest = MinimumInterest::on_top;
        } else if (choice == 1) {
            debt.minimum.percent = basis_points(random_.between(300, 600));
            debt.minimum.fixed = cents(random_.between(500, 3'500));
        } else if (choice == 2) {
            debt.minimum.fixed = cents(0);
            debt.minimum.term_months = month(6, 120);
        }
    }

    void add_features(Debt& debt) {
        if (random_.chance(0.4)) {
            debt.promo = Promo{basis_points(random_.chance(0.7) ? 0 : random_.between(0, 900)),
                               Date::create(2027, 1, 1)
                                   .value()
                                   .plus_months(month(0, 48))
                                   .plus_days(month(0, 3) * 9),
                               random_.chance(0.6) ? PromoKind::deferred : PromoKind::plain};
        }
        if (random_.chance(0.3)) {
            Date from = Date::create(2027, 2, 1).value();
            for (std::int64_t i = random_.between(1, 4); i > 0; --i) {
                from = from.plus_days(month(1, 500));
                debt.rate_path.push_back({from, basis_points(random_.between(0, 3'000))});
            }
        }
        if (random_.chance(0.2)) {
            debt.prepayment_penalty = basis_points(random_.between(1, 500));
        }
        if (random_.chance(0.2)) {
            debt.late_fee = cents(random_.between(0, 4'000));
            debt.missed_months = {month(1, 30)};
        }
        if (random_.chance(0.3)) {
            debt.due_day = month(1, 31);
        }
    }

    Debt hostile() {
        constexpr std::int64_t kRates[] = {0, 1, 100'000, 99'999, 40'000, 1'200};
        std::int64_t balance = random_.between(1, 99);
        for (std::int64_t size = random_.between(0, 13); size > 0; --size) {
            balance = std::min(balance * 10 + random_.between(0, 9), kAmountMinorMax);
        }
        Debt debt{.id = {},
                  .balance = cents(balance),
                  .apr = basis_points(kRates[random_.below(6)]),
                  .minimum = {.fixed = cents(random_.between(0, balance))}};
        add_minimum(debt);
        if (random_.chance(0.5)) {
            debt.compounding = Compounding::daily;
        }
        if (random_.chance(0.5)) {
            add_features(debt);
        }
        return debt;
    }

    void add_paths(PlanRequest& request) {
        Date date = request.start;
        if (random_.chance(0.3)) {
            for (std::int64_t i = random_.between(1, 5); i > 0; --i) {
                date = date.plus_days(month(1, 200));
                const auto extra = random_.between(0, 1 + request.monthly_budget.minor() / 2);
                request.budget_path.push_back({date, std::min(request.monthly_budget + cents(extra),
                                                              cents(kAmountMinorMax))});
            }
        }
        for (std::int64_t i = random_.between(0, 3); i > 0; --i) {
            request.extra.push_back(
                {request.start.plus_days(month(0, 900)), cents(random_.between(0, 300'000))});
        }
    }

    Debt realistic() {
        const auto kind = random_.below(100);
        if (kind < 45) {
            return card();
        }
        if (kind < 60) {
            return shop();
        }
        const bool is_home = kind >= 95;
        const std::int64_t balance = is_home     ? random_.between(5'000'000, 30'000'000)
                                     : kind < 80 ? random_.between(300'000, 3'500'000)
                                                 : random_.between(100'000, 4'000'000);
        const int term = is_home ? month(120, 360) : kind < 80 ? month(12, 72) : month(60, 180);
        Debt debt{.id = {},
                  .balance = cents(balance),
                  .apr = basis_points(is_home     ? random_.between(300, 750)
                                      : kind < 80 ? random_.between(400, 1'800)
                                                  : random_.between(350, 900)),
                  .minimum = {.fixed = cents(0), .term_months = term}};
        if (random_.chance(0.15)) {
            debt.prepayment_penalty = basis_points(random_.between(50, 200));
        }
        if (is_home && random_.chance(0.3)) {
            debt.rate_path = {{Date::create(2028, 1, 1).value().plus_months(month(0, 60)),
                               basis_points(random_.between(400, 900))}};
        }
        return debt;
    }

    Debt card() {
        const std::int64_t balance = random_.between(20'000, 1'500'000);
        Debt debt{.id = {},
                  .balance = cents(balance),
                  .apr = basis_points(random_.between(1'200, 3'200)),
                  .compounding = random_.chance(0.7) ? Compounding::daily : Compounding::monthly,
                  .minimum = {.fixed = cents(random_.between(25, 40) * 100),
                              .percent = basis_points(100),
                              .interest = MinimumInterest::on_top},
                  .credit_limit = cents(balance * random_.between(105, 300) / 100)};
        if (random_.chance(0.3)) {
            debt.promo = Promo{basis_points(random_.chance(0.6) ? 0 : random_.between(100, 700)),
                               Date::create(2027, 6, 1).value().plus_months(month(0, 18))};
        }
        if (random_.chance(0.1)) {
            debt.fee_monthly = cents(random_.between(1, 12) * 100);
        }
        return debt;
    }

    /// A purchase on deferred interest.
    Debt shop() {
        const std::int64_t balance = random_.between(30'000, 500'000);
        return {.id = {},
                .balance = cents(balance),
                .apr = basis_points(random_.between(2'200, 3'200)),
                .minimum = {.fixed = cents(std::max<std::int64_t>(2'500, balance / 50))},
                .promo = Promo{basis_points(0),
                               Date::create(2027, 6, 1).value().plus_months(month(0, 18)),
                               PromoKind::deferred}};
    }

    Random random_;
};

}  // namespace atlas::finance::debt::testing
