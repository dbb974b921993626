// SPDX-License-Identifier: Apache-2.0
// The cases: a household of the survey's (finance/debt/survey_household.hpp) and one offer for its
// cards, at times for a loan as well. Ranges of the offers are ours, after what lenders advertise:
// personal loans 6 % to 32 % over one to seven years with a fee of nothing to 8 % (Consumer
// Financial Protection Bureau, consumer guides on origination fees), transfers to a card with a
// promotion of 6 to 21 months for 3 % to 5 %, home credit lines at 6 % to 11 %.
#include <algorithm>

#include "base/random.hpp"
#include "finance/debt/survey_household.hpp"
#include "learning/consolidation/consolidation.hpp"

namespace atlas::learning::consolidation {
namespace {

namespace debt = finance::debt;

constexpr double kOnlyMinimums = 0.3;  ///< Share of households that pay no more than those.
constexpr double kLoanToo = 0.35;      ///< Of a loan being among what is replaced.
constexpr double kPenalty = 0.1;       ///< Of a loan having a prepayment penalty.

money::AnnualRate points(Random& random, std::int64_t low, std::int64_t high) {
    return money::AnnualRate::from_billionths(random.between(low, high) * 100'000).value();
}

money::Money dollars(std::int64_t amount) {
    return money::Money::from_minor(100 * amount, money::Currency::parse("USD").value());
}

debt::Offer loan_offer(Random& random) {
    debt::Offer offer{.id = "offer",
                      .kind = debt::OfferKind::loan,
                      .apr = points(random, 600, 3'200),
                      .term_months = 12 * static_cast<int>(random.between(1, 7)),
                      .fee = dollars(0)};
    if (random.chance(0.7)) {
        offer.fee_percent = points(random, 50, 800);
    }
    return offer;
}

debt::Offer transfer_offer(Random& random, Date start) {
    const bool is_free = random.chance(0.7);
    debt::Offer offer{.id = "offer",
                      .kind = debt::OfferKind::balance_transfer,
                      .apr = points(random, 1'500, 3'000),
                      .term_months = 6 * static_cast<int>(random.between(2, 10)),
                      .fee = dollars(0)};
    offer.promo = debt::Promo{is_free ? points(random, 0, 0) : points(random, 99, 799),
                              start.plus_months(static_cast<int>(random.between(6, 21)))};
    if (random.chance(0.9)) {
        offer.fee_percent = points(random, 300, 500);
    }
    return offer;
}

debt::Offer home_offer(Random& random) {
    return {.id = "offer",
            .kind = debt::OfferKind::heloc,
            .apr = points(random, 600, 1'100),
            .term_months = 12 * static_cast<int>(random.between(5, 15)),
            .fee = dollars(random.chance(0.4) ? 0 : random.between(50, 900))};
}

/// The household's question, or one without offers when it has nothing to replace.
debt::RefinanceRequest draw_request(Random& random) {
    debt::PlanRequest household = debt::SurveyGenerator(random.next()).make();
    debt::RefinanceRequest request{.start = household.start,
                                   .monthly_budget = household.monthly_budget,
                                   .debts = std::move(household.debts),
                                   .offers = {}};
    if (random.chance(kOnlyMinimums)) {
        request.monthly_budget.reset();
    }
    std::vector<std::string> replaces;
    for (debt::Debt& each : request.debts) {
        const bool is_card = each.credit_limit.has_value();
        if (!is_card && random.chance(kPenalty)) {
            each.prepayment_penalty = points(random, 50, 300);
        }
        // One loan of a size that is lent without security.
        const bool is_small = each.balance < dollars(40'000);
        if (is_card ? random.chance(0.8) : is_small && random.chance(kLoanToo)) {
            replaces.push_back(each.id);
        }
    }
    if (replaces.empty()) {
        return request;
    }
    const double kind = random.uniform();
    debt::Offer offer = kind < 0.6   ? loan_offer(random)
                        : kind < 0.9 ? transfer_offer(random, request.start)
                                     : home_offer(random);
    offer.fee_payment =
        random.chance(0.6) ? debt::FeePayment::added_to_balance : debt::FeePayment::at_once;
    offer.replaces = std::move(replaces);
    request.offers.push_back(std::move(offer));
    return request;
}

bool is_rate_lower(const debt::RefinanceRequest& request, const debt::OfferVerdict& verdict) {
    double rate = 0;
    double whole = 0;
    for (const std::size_t i : verdict.moved) {
        const auto balance = static_cast<double>(request.debts[i].balance.minor());
        rate += balance * request.debts[i].apr.as_double();
        whole += balance;
    }
    return request.offers.front().apr.as_double() * whole < rate;
}

}  // namespace

std::vector<Case> simulate_cases(std::uint64_t seed, std::size_t count) {
    Random random(seed);
    std::vector<Case> cases;
    while (cases.size() < count) {
        const debt::RefinanceRequest request = draw_request(random);
        if (request.offers.empty()) {
            continue;
        }
        const auto advice = debt::compare_offers(request);
        if (!advice.has_value() || !advice->keep.has_value() ||
            !advice->verdicts.front().saving.has_value()) {
            continue;
        }
        const debt::OfferVerdict& verdict = advice->verdicts.front();
        cases.push_back({.facts = facts_of(request, *advice, 0),
                         .is_worth_it = verdict.saving->is_positive(),
                         .is_rate_lower = is_rate_lower(request, verdict),
                         .saving = static_cast<double>(verdict.saving->minor()) /
                                   static_cast<double>(verdict.moved_amount.minor()),
                         .kind = request.offers.front().kind,
                         .has_budget = request.monthly_budget.has_value()});
    }
    return cases;
}

}  // namespace atlas::learning::consolidation
