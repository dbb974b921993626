// SPDX-License-Identifier: Apache-2.0
// Goal: the rule of thumb is told beside the exact answer and changes nothing of it: which rule
// holds, whether it agrees, how often it does. Method: a tree by hand on offers reckoned by hand.
#include "roles/finance_engine/consolidation_rule.hpp"

#include <gtest/gtest.h>

#include "finance/debt/testing/random_household.hpp"

namespace atlas::roles::finance_engine {
namespace {

namespace consolidation = learning::consolidation;
namespace debt = finance::debt;
using debt::testing::basis_points;
using debt::testing::dollars;

/// Worth it when the new rate is at least 10 points below the old.
consolidation::RuleTree ten_points() {
    consolidation::RuleTree model;
    model.tree = {{.feature = 0, .threshold = 9.95, .left = 1, .cover = 10},
                  {.value = 0.25, .cover = 4},
                  {.value = 0.75, .cover = 6}};
    model.leaves = {{}, {400, 300}, {600, 500}};
    model.figures = {.cases = 1'000, .right = 800, .baseline_right = 640, .majority_right = 520};
    return model;
}

debt::Offer loan(std::string id, std::int64_t apr, std::int64_t fee) {
    return {.id = std::move(id),
            .kind = debt::OfferKind::loan,
            .apr = basis_points(100 * apr),
            .term_months = 24,
            .fee = dollars(fee)};
}

/// 3,000 at 24 % and 200 a month: about 17 months, some 560 of interest.
debt::RefinanceRequest request_of(std::vector<debt::Offer> offers) {
    debt::RefinanceRequest request{.start = Date::create(2026, 12, 1).value(),
                                   .monthly_budget = dollars(200),
                                   .debts = {},
                                   .offers = std::move(offers)};
    request.debts.push_back({.id = "card",
                             .balance = dollars(3'000),
                             .apr = basis_points(2'400),
                             .minimum = {.fixed = dollars(100)}});
    return request;
}

contracts::RefinanceAnswer explained(const debt::RefinanceRequest& request) {
    const auto advice = debt::compare_offers(request).value();
    contracts::RefinanceAnswer answer;
    answer.offers.resize(request.offers.size());
    explain_by_rules(ten_points(), "toy/7", {request, advice}, answer);
    return answer;
}

TEST(ConsolidationRule, TellsTheRuleThatHoldsAndWhetherItAgrees) {
    const auto answer = explained(request_of({
        loan("much lower", 10, 0),        // 14 points, saves: yes and yes.
        loan("a little lower", 20, 0),    // 4 points, saves: no and yes.
        loan("with a fee", 10, 900),      // 14 points, the fee eats it: yes and no.
        loan("higher", 30, 0),            // No and no.
        loan("ten points lower", 14, 0),  // On the split.
    }));
    struct Expected {
        std::int64_t rule;
        bool worth_it;
        bool agrees;
    };
    const Expected expected[] = {
        {2, true, true}, {1, false, false}, {2, true, false}, {1, false, true}, {2, true, true}};
    for (std::size_t i = 0; i < answer.offers.size(); ++i) {
        const auto& told = answer.offers[i].rule_of_thumb;
        ASSERT_TRUE(told.has_value()) << i;
        EXPECT_EQ(told->rule, expected[i].rule) << i;
        EXPECT_EQ(told->worth_it, expected[i].worth_it) << i;
        EXPECT_EQ(told->agrees, expected[i].agrees) << i;
    }
    EXPECT_EQ(answer.offers[0].rule_of_thumb->text,
              "Worth it when the new rate is at least 10.0 points below the old. The exact "
              "calculation agrees.");
    EXPECT_EQ(answer.offers[1].rule_of_thumb->text,
              "By the rule of thumb: Not worth it when the new rate is at most 9.9 points below "
              "the old. Here the exact calculation says otherwise, and it decides.");
}

TEST(ConsolidationRule, SaysWhatItIsAndHowOftenItIsRight) {
    const auto answer = explained(request_of({loan("o", 10, 0)}));
    ASSERT_TRUE(answer.rule_of_thumb.has_value());
    const auto& told = *answer.rule_of_thumb;
    EXPECT_EQ(told.model, "toy/7");
    EXPECT_EQ(told.text,
              "As a rule of thumb; it agrees with the exact calculation in 80 % of 1000 simulated "
              "cases it had not seen. The exact calculation decides.");
    EXPECT_EQ(told.agreement, 0.8);
    EXPECT_EQ(told.baseline_agreement, 0.64);
    // Wilson, 800 of 1,000: 0.7741 to 0.8236.
    ASSERT_EQ(told.agreement_interval.size(), 2U);
    EXPECT_NEAR(told.agreement_interval[0], 0.7741, 5e-4);
    EXPECT_NEAR(told.agreement_interval[1], 0.8236, 5e-4);
    ASSERT_EQ(told.rules.size(), 2U);
    EXPECT_FALSE(told.rules[0].worth_it);
    EXPECT_EQ(told.rules[0].cases, 400);
    EXPECT_EQ(told.rules[0].agreed, 300);
    EXPECT_TRUE(told.rules[1].worth_it);
    EXPECT_EQ(told.rules[1].cases, 600);
    EXPECT_EQ(told.rules[1].agreed, 500);
}

TEST(ConsolidationRule, KeepingThatNeverEndsHasNoRule) {
    debt::RefinanceRequest request = request_of({loan("o", 10, 0)});
    request.monthly_budget.reset();
    request.debts[0].minimum.fixed = dollars(1);
    const auto answer = explained(request);
    EXPECT_FALSE(answer.rule_of_thumb.has_value());
    EXPECT_FALSE(answer.offers[0].rule_of_thumb.has_value());
}

TEST(ConsolidationRule, AnOfferThatCannotBePaidHasNoneAndTheOthersDo) {
    // 3,000 over 2 months is some 1,500 a month of 200.
    debt::Offer short_one = loan("short", 10, 0);
    short_one.term_months = 2;
    const auto answer = explained(request_of({short_one, loan("o", 10, 0)}));
    EXPECT_FALSE(answer.offers[0].rule_of_thumb.has_value());
    EXPECT_TRUE(answer.offers[1].rule_of_thumb.has_value());
    EXPECT_TRUE(answer.rule_of_thumb.has_value());
}

TEST(ConsolidationRule, TheShippedOneIsThereAndBeatsTheLowerRate) {
    const auto* model = shipped_rule_tree();
    ASSERT_NE(model, nullptr);
    EXPECT_TRUE(consolidation::beats_baseline(model->figures));
    EXPECT_EQ(model, shipped_rule_tree());
}

}  // namespace
}  // namespace atlas::roles::finance_engine
