// SPDX-License-Identifier: Apache-2.0
// Seeded households after the Survey of Consumer Finances 2019 (Federal Reserve; summary file, all
// implicates, weighted): which debts a household with cards or instalment debts has, and how much,
// by the quantiles below. The summary file has no rates: those are drawn around published averages
// (Federal Reserve G.19 and the 30-year mortgage rate), stated here. Card balances are split over
// one to four cards. Kinds are drawn independently, which the survey's households are not.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "base/format.hpp"
#include "base/random.hpp"
#include "finance/debt/debt.hpp"

namespace atlas::finance::debt {

/// Share of households that have the kind, and dollars owed by those who do at 11 quantiles.
struct SurveyKind {
    double share;
    std::array<std::int64_t, 11> dollars;
};
inline constexpr std::array<double, 11> kSurveyQuantiles{.05, .1, .2, .3, .4, .5,
                                                         .6,  .7, .8, .9, .95};
inline constexpr SurveyKind kSurveyCards{
    .688, {120, 260, 580, 1000, 1700, 2600, 4000, 6200, 9180, 15500, 24000}};
inline constexpr SurveyKind kSurveyVehicle{
    .556, {1200, 2900, 5500, 8200, 11000, 14000, 17000, 21000, 27000, 37000, 48000}};
inline constexpr SurveyKind kSurveyStudent{
    .311, {2000, 3300, 6000, 10000, 15000, 22000, 32000, 45000, 68000, 103000, 150000}};
inline constexpr SurveyKind kSurveyOther{
    .157, {250, 400, 860, 1600, 2400, 3600, 6000, 9000, 15000, 33900, 60000}};
inline constexpr SurveyKind kSurveyHome{
    .478, {18000, 34000, 65000, 89000, 110000, 138000, 168000, 209000, 252000, 328000, 415000}};

class SurveyGenerator {
public:
    explicit SurveyGenerator(std::uint64_t seed) : random_(seed) {}

    /// Two debts at least; a budget of 2 to 40 percent above this month's minimums.
    PlanRequest make() {
        PlanRequest request{
            .start = Date::create(2026, 12, 1).value(), .monthly_budget = cents(0), .debts = {}};
        while (request.debts.size() < 2) {
            request.debts.clear();
            add_cards(request);
            // Rates in hundredths of a percent: low and high end of what is drawn.
            add_loan(request, kSurveyVehicle, 450, 1'150, 24, 72);
            add_loan(request, kSurveyStudent, 375, 800, 60, 180);
            add_loan(request, kSurveyOther, 800, 2'000, 12, 60);
            add_loan(request, kSurveyHome, 300, 725, 120, 340);
        }
        const std::int64_t spare = random_.between(2, 40);
        request.monthly_budget = cents(minimums_ + minimums_ * spare / 100 + 2'500);
        return request;
    }

private:
    static money::Money cents(std::int64_t minor) {
        return money::Money::from_minor(minor, money::Currency::parse("USD").value());
    }
    static money::AnnualRate basis_points(std::int64_t points) {
        return money::AnnualRate::from_billionths(points * 100'000).value();
    }

    std::int64_t draw(const SurveyKind& kind) {
        const double at = random_.uniform();
        const auto& dollars = kind.dollars;
        for (std::size_t i = 0; i + 1 < dollars.size(); ++i) {
            if (at < kSurveyQuantiles[i + 1]) {
                const double share = std::clamp(
                    (at - kSurveyQuantiles[i]) / (kSurveyQuantiles[i + 1] - kSurveyQuantiles[i]),
                    0.0, 1.0);
                return 100 *
                       (dollars[i] + static_cast<std::int64_t>(
                                         share * static_cast<double>(dollars[i + 1] - dollars[i])));
            }
        }
        return 100 * dollars.back();
    }

    void add(PlanRequest& request, Debt debt, std::int64_t minimum) {
        debt.id = format("d{}", request.debts.size());
        minimums_ += minimum;
        request.debts.push_back(std::move(debt));
    }

    void add_cards(PlanRequest& request) {
        minimums_ = 0;
        if (!random_.chance(kSurveyCards.share)) {
            return;
        }
        std::int64_t rest = draw(kSurveyCards);
        for (std::int64_t cards = random_.between(1, 4); cards > 0 && rest > 5'000; --cards) {
            const std::int64_t part = cards == 1 ? rest : rest * random_.between(15, 75) / 100;
            rest -= part;
            Debt card{.id = {},
                      .balance = cents(std::max<std::int64_t>(part, 1'000)),
                      .apr = basis_points(random_.between(1'500, 2'999)),
                      .compounding = Compounding::daily,
                      .minimum = {.fixed = cents(random_.between(25, 40) * 100),
                                  .percent = basis_points(100),
                                  .interest = MinimumInterest::on_top},
                      .credit_limit = cents(part * random_.between(110, 400) / 100)};
            if (random_.chance(0.15)) {  // A transfer or a purchase on promotion.
                card.promo =
                    Promo{basis_points(0),
                          request.start.plus_months(static_cast<int>(random_.between(3, 18))),
                          random_.chance(0.4) ? PromoKind::deferred : PromoKind::plain};
            }
            const std::int64_t interest = part * card.apr.billionths() / 12'000'000'000;
            add(request, card, std::max(card.minimum.fixed.minor(), part / 100 + interest + 100));
        }
    }

    void add_loan(PlanRequest& request, const SurveyKind& kind, std::int64_t low, std::int64_t high,
                  int shortest, int longest) {
        if (!random_.chance(kind.share)) {
            return;
        }
        const std::int64_t balance = draw(kind);
        const auto term = static_cast<int>(random_.between(shortest, longest));
        const std::int64_t points = random_.between(low, high);
        Debt loan{.id = {},
                  .balance = cents(balance),
                  .apr = basis_points(points),
                  .minimum = {.fixed = cents(0), .term_months = term}};
        add(request, loan, balance / term + balance * points / 120'000 + 100);
    }

    Random random_;
    std::int64_t minimums_ = 0;
};

}  // namespace atlas::finance::debt
