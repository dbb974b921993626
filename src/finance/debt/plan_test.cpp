// SPDX-License-Identifier: Apache-2.0
// Goal: plan_payoff agrees with figures computed by hand and refuses what it must. Method: small
// cases by hand with their arithmetic in the comment; every documented error. The slow independent
// model and the laws on seeded households are in oracle_test.cpp.
#include "finance/debt/plan.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "finance/debt/policies.hpp"

namespace atlas::finance::debt {
namespace {

using money::AnnualRate;
using money::Money;

money::Currency currency(std::string_view code = "USD") {
    return *money::Currency::parse(code);
}

Money usd(std::string_view text) {
    return *Money::parse(text, currency());
}

AnnualRate rate(std::string_view text) {
    return *AnnualRate::parse(text);
}

Date day(std::string_view text) {
    return *Date::parse(text);
}

Debt debt(std::string id, std::string_view balance, std::string_view apr,
          std::string_view minimum) {
    return {.id = std::move(id),
            .balance = usd(balance),
            .apr = rate(apr),
            .minimum = {.fixed = usd(minimum)}};
}

PlanRequest request(std::vector<Debt> debts, std::string_view budget,
                    Strategy strategy = Strategy::avalanche) {
    return {.start = day("2026-12-01"),
            .monthly_budget = usd(budget),
            .debts = std::move(debts),
            .strategy = strategy};
}

std::vector<Debt> card_and_loan() {
    return {debt("card", "1000.00", "0.24", "25.00"), debt("loan", "500.00", "0.06", "25.00")};
}

void expect_refused(const PlanRequest& bad, ErrorCode code, std::string_view place,
                    std::string_view words) {
    const auto plan = plan_payoff(bad);
    ASSERT_FALSE(plan.has_value()) << place;
    EXPECT_EQ(plan.error().code, code) << plan.error().message;
    EXPECT_EQ(plan.error().place, place);
    EXPECT_NE(plan.error().message.find(words), std::string::npos) << plan.error().message;
}

TEST(PlanPayoff, OneDebtByHand) {
    // 1 % a month: 10.00 on 1000.00, 6.10 on 610.00, 2.16 on 216.10.
    const auto plan = plan_payoff(request({debt("loan", "1000.00", "0.12", "50.00")}, "400.00"));
    ASSERT_TRUE(plan.has_value()) << plan.error().message;
    EXPECT_EQ(plan->months, 3);
    EXPECT_EQ(plan->total_interest, usd("18.26"));
    EXPECT_EQ(plan->total_paid, usd("1018.26"));
    ASSERT_EQ(plan->schedule.size(), 3U);
    EXPECT_EQ(plan->schedule[1].interest, usd("6.10"));
    EXPECT_EQ(plan->schedule[1].balance, usd("216.10"));
    EXPECT_EQ(plan->schedule.back().paid, usd("218.26"));
    EXPECT_EQ(plan->debt_free_date, day("2027-03-01"));
}

TEST(PlanPayoff, OrderChangesTheInterest) {
    const auto avalanche = plan_payoff(request(card_and_loan(), "250.00"));
    const auto snowball = plan_payoff(request(card_and_loan(), "250.00", Strategy::snowball));
    EXPECT_EQ(avalanche->total_interest, usd("71.50"));
    EXPECT_EQ(snowball->total_interest, usd("100.54"));
    EXPECT_EQ(avalanche->payoff.front().debt, 0U);
    EXPECT_EQ(snowball->payoff.front().debt, 1U);
}

TEST(PlanPayoff, CustomOrderIsTheOrderGiven) {
    PlanRequest custom = request(card_and_loan(), "250.00", Strategy::custom);
    custom.order = {"loan", "card"};
    EXPECT_EQ(plan_payoff(custom)->total_interest, usd("100.54"));
    custom.order = {"card"};  // The loan follows.
    EXPECT_EQ(plan_payoff(custom)->total_interest, usd("71.50"));
}

TEST(PlanPayoff, HybridGoesFromSnowballToAvalanche) {
    PlanRequest hybrid = request(card_and_loan(), "250.00", Strategy::hybrid);
    hybrid.hybrid_weight = kWeightUnit;
    EXPECT_EQ(plan_payoff(hybrid)->total_interest, usd("71.50"));
    hybrid.hybrid_weight = 0;
    EXPECT_EQ(plan_payoff(hybrid)->total_interest, usd("100.54"));
}

TEST(PlanPayoff, HybridWithoutWeightBreaksTiesAsTheSnowball) {
    PlanRequest hybrid =
        request({debt("a", "200.00", "0.10", "1.00"), debt("b", "200.00", "0.20", "1.00")},
                "150.00", Strategy::hybrid);
    hybrid.hybrid_weight = 0;
    EXPECT_EQ(plan_payoff(hybrid)->payoff.front().debt, 1U);
}

TEST(PlanPayoff, CashFlowIndexPaysFirstWhatFreesMost) {
    // 1000 / 25 = 40 against 900 / 90 = 10: the second frees more a month for its size.
    const std::vector<Debt> debts{debt("a", "1000.00", "0.24", "25.00"),
                                  debt("b", "900.00", "0.06", "90.00")};
    const auto plan = plan_payoff(request(debts, "400.00", Strategy::cash_flow_index));
    EXPECT_EQ(plan->payoff.front().debt, 1U);
    EXPECT_EQ(plan->schedule[1].paid, usd("375.00"));
    // What has no minimum frees nothing, and comes last.
    const std::vector<Debt> free{debt("a", "200.00", "0.30", "0"),
                                 debt("b", "300.00", "0.06", "10.00")};
    EXPECT_EQ(plan_payoff(request(free, "150.00", Strategy::cash_flow_index))->payoff[0].debt, 1U);
}

TEST(PlanPayoff, UtilisationFirstLevelsTheCards) {
    std::vector<Debt> debts{debt("a", "900.00", "0.24", "10.00"),
                            debt("b", "800.00", "0.06", "10.00"),
                            debt("c", "100.00", "0.30", "10.00")};
    debts[0].credit_limit = usd("2000.00");
    debts[1].credit_limit = usd("1000.00");
    const auto plan = plan_payoff(request(debts, "430.00", Strategy::utilisation_first));
    // Month 1: b is at 79 % and gets the 400 left: 800 + 4 − 410 = 394. Month 2: a, at 45 %.
    EXPECT_EQ(plan->schedule[1].balance, usd("394.00"));
    EXPECT_EQ(plan->schedule[3].paid, usd("410.00"));
    EXPECT_EQ(plan->payoff.back().debt, 2U);  // No limit: last.
}

TEST(PlanPayoff, MinimumLeavesFreedMoneyUnspent) {
    // 100 at 0 % in two months, 200 in four: the freed 50.00 is not spent on the second.
    const std::vector<Debt> debts{debt("a", "100.00", "0", "50.00"),
                                  debt("b", "200.00", "0", "50.00")};
    EXPECT_EQ(plan_payoff(request(debts, "100.00", Strategy::minimum))->months, 4);
    EXPECT_EQ(plan_payoff(request(debts, "100.00"))->months, 3);
    EXPECT_EQ(plan_payoff(request(debts, "100.00"))->versus_minimum->months_saved, 1);
}

TEST(PlanPayoff, TiesFollowTheOtherCriterionThenTheOrderGiven) {
    const auto first = [](std::vector<Debt> debts, Strategy strategy) {
        return plan_payoff(request(std::move(debts), "150.00", strategy))->payoff.front().debt;
    };
    const Debt small = debt("small", "200.00", "0.10", "1.00");
    const Debt large = debt("large", "300.00", "0.10", "1.00");
    const Debt dear = debt("dear", "200.00", "0.20", "1.00");
    const Debt same = debt("same", "200.00", "0.10", "1.00");
    EXPECT_EQ(first({large, small}, Strategy::avalanche), 1U);  // Equal rates: the smaller.
    EXPECT_EQ(first({small, dear}, Strategy::snowball), 1U);    // Equal balances: the dearer.
    EXPECT_EQ(first({small, same}, Strategy::avalanche), 0U);
    EXPECT_EQ(first({same, small}, Strategy::snowball), 0U);
}

TEST(PlanPayoff, InterestRoundsHalfToEven) {
    // 12 % of 0.50 and of 1.50 a month: 0.005 → 0.00 and 0.015 → 0.02.
    const auto low = plan_payoff(request({debt("a", "0.50", "0.12", "0.25")}, "0.25"));
    EXPECT_EQ(low->schedule[0].interest, usd("0.00"));
    const auto high = plan_payoff(request({debt("a", "1.50", "0.12", "0.25")}, "0.25"));
    EXPECT_EQ(high->schedule[0].interest, usd("0.02"));
}

TEST(PlanPayoff, DailyCompoundsOverTheActualDays) {
    // 10,000.00 at 36.5 %: 0.1 % a day. December: 1.001^31 − 1 = 3.14702 %; 314.70.
    Debt daily = debt("a", "10000.00", "0.365", "5000.00");
    daily.compounding = Compounding::daily;
    const auto plan = plan_payoff(request({daily}, "5000.00"));
    EXPECT_EQ(plan->schedule[0].interest, usd("314.70"));
    // January has 31 days too: 5,314.70 × 3.14702 % = 167.25(47).
    EXPECT_EQ(plan->schedule[1].interest, usd("167.25"));
    // February 28: 481.95 × (1.001^28 − 1 = 2.83813 %) = 13.68.
    EXPECT_EQ(plan->schedule[2].interest, usd("13.68"));
}

TEST(PlanPayoff, MinimumIsTheLargerOfFixedAndPercentOfTheBalance) {
    Debt card = debt("a", "1000.00", "0.12", "25.00");
    card.minimum.percent = rate("0.05");
    auto plan = plan_payoff(request({card}, "100.00", Strategy::minimum));
    EXPECT_EQ(plan->schedule[0].paid, usd("50.50"));  // 5 % of 1,010.00.
    card.minimum.interest = MinimumInterest::on_top;
    plan = plan_payoff(request({card}, "100.00", Strategy::minimum));
    EXPECT_EQ(plan->schedule[0].paid, usd("60.50"));
    card.minimum.fixed = usd("70.00");
    plan = plan_payoff(request({card}, "100.00", Strategy::minimum));
    EXPECT_EQ(plan->schedule[0].paid, usd("70.00"));
}

TEST(PlanPayoff, AmortisedMinimumIsTheLevelPayment) {
    // By hand in finance/interest: 1000 at 12 % in 3 months is 340.02 a month, interest 20.07.
    Debt loan = debt("a", "1000.00", "0.12", "0");
    loan.minimum.term_months = 3;
    const auto plan = plan_payoff(request({loan}, "341.00", Strategy::minimum));
    EXPECT_EQ(plan->schedule[0].paid, usd("340.02"));
    EXPECT_EQ(plan->schedule[1].paid, usd("340.02"));
    EXPECT_EQ(plan->months, 4);  // 0.01 is left after the third.
}

TEST(PlanPayoff, DeferredInterestComesBackUnlessCleared) {
    // 300.00 at 12 %, promotion of 0 % until 2027-03-01: the payments of January to March count.
    Debt shop = debt("a", "300.00", "0.12", "10.00");
    shop.promo = Promo{rate("0"), day("2027-03-01"), PromoKind::deferred};
    const auto cleared = plan_payoff(request({shop}, "100.00"));
    EXPECT_EQ(cleared->total_interest, usd("0.00"));
    EXPECT_EQ(cleared->months, 3);
    // 99 a month leaves 3.00. Held back: 3.00 on 300.00; 2.04 on 201 + 3; 1.07 on 102 + 5.04 =
    // 107.04: 6.11. Month 4: 9.11 × 1 % = 0.09.
    const auto late = plan_payoff(request({shop}, "99.00"));
    EXPECT_EQ(late->months, 4);
    EXPECT_EQ(late->schedule[3].interest, usd("6.20"));
    EXPECT_EQ(late->schedule[3].paid, usd("9.20"));
    shop.promo->kind = PromoKind::plain;
    EXPECT_EQ(plan_payoff(request({shop}, "99.00"))->total_interest, usd("0.03"));
}

TEST(PlanPayoff, PromotionOfThePastChangesNothing) {
    Debt shop = debt("a", "300.00", "0.12", "10.00");
    const auto plain = plan_payoff(request({shop}, "100.00"));
    shop.promo = Promo{rate("0"), day("2026-12-31"), PromoKind::deferred};  // No month ends by it.
    EXPECT_EQ(plan_payoff(request({shop}, "100.00"))->total_interest, plain->total_interest);
}

TEST(PlanPayoff, RatePathBudgetPathAndExtrasTakeEffectOnTheirDates) {
    Debt loan = debt("a", "1000.00", "0.12", "10.00");
    loan.rate_path = {{day("2027-01-01"), rate("0.24")}};
    PlanRequest plan = request({loan}, "110.00");
    plan.budget_path = {{day("2027-02-01"), usd("500.00")}};
    plan.extra = {{day("2027-02-01"), usd("90.00")}};
    const auto answer = plan_payoff(plan).value();
    // 10.00 → 900.00; 18.00, extra on the month's last day: 110 + 90 → 718.00; 14.36 at 500.
    EXPECT_EQ(answer.schedule[0].balance, usd("900.00"));
    EXPECT_EQ(answer.schedule[1].balance, usd("718.00"));
    EXPECT_EQ(answer.schedule[2].balance, usd("232.36"));
}

TEST(PlanPayoff, FeesPenaltyAndMissedMonthsCostWhatTheySay) {
    Debt loan = debt("a", "1000.00", "0.12", "50.00");
    loan.fee_monthly = usd("5.00");
    loan.prepayment_penalty = rate("0.02");
    loan.late_fee = usd("30.00");
    loan.missed_months = {2};
    const auto plan = plan_payoff(request({loan}, "152.00")).value();
    // Month 1: 1000 + 10 + 5 − 50, then 100.00 of the 102.00 left, 2.00 of it penalty: 865.00.
    EXPECT_EQ(plan.schedule[0].balance, usd("865.00"));
    EXPECT_EQ(plan.schedule[0].fees, usd("7.00"));
    EXPECT_EQ(plan.schedule[0].paid, usd("152.00"));
    // Month 2: 8.65 + 5.00, nothing paid, 30.00 late: 908.65.
    EXPECT_EQ(plan.schedule[1].paid, usd("0.00"));
    EXPECT_EQ(plan.schedule[1].balance, usd("908.65"));
    EXPECT_EQ(plan.total_paid, usd("1000.00") + plan.total_interest + plan.total_fees);
}

TEST(PlanPayoff, DueDaysMoveTheDates) {
    Debt loan = debt("a", "100.00", "0", "50.00");
    loan.due_day = 31;
    PlanRequest plan = request({loan}, "50.00");
    plan.start = day("2027-01-15");
    const auto answer = plan_payoff(plan).value();
    EXPECT_EQ(answer.schedule[0].date, day("2027-01-31"));  // In 2027-01-16 … 2027-02-15.
    EXPECT_EQ(answer.schedule[1].date, day("2027-02-28"));
    EXPECT_EQ(answer.debt_free_date, day("2027-02-28"));
    plan.debts[0].due_day = 15;  // On the month's last day: not a month earlier.
    EXPECT_EQ(plan_payoff(plan)->schedule[0].date, day("2027-02-15"));
}

TEST(PlanPayoff, VersusMinimumIsAbsentWhenMinimumsNeverRepay) {
    Debt friendly = debt("a", "100.00", "0", "0");  // Between people: no obligation.
    EXPECT_FALSE(plan_payoff(request({friendly}, "50.00"))->versus_minimum.has_value());
    EXPECT_EQ(plan_payoff(request({friendly}, "50.00"))->months, 2);
}

TEST(PlanPayoff, RefusesABudgetBelowTheMinimumsWithTheFigures) {
    expect_refused(request(card_and_loan(), "49.99"), ErrorCode::infeasible, "/monthly_budget",
                   "minimums need 50.00 USD in month 1 (2027-01-01), the budget is 49.99 USD: "
                   "0.01 USD short");
}

TEST(PlanPayoff, RefusesWhatNeverEnds) {
    const std::vector<Debt> usury{debt("x", "1000.00", "0.36", "10.00")};
    expect_refused(request(usury, "20.00"), ErrorCode::infeasible, "/monthly_budget",
                   "20.00 USD a month does not clear the debts in 600 months");
    const std::vector<Debt> worse{debt("x", "1000.00", "10", "10.00")};
    expect_refused(request(worse, "20.00"), ErrorCode::infeasible, "/debts/0", "never ends");
    expect_refused(request(usury, "20.00", Strategy::minimum), ErrorCode::infeasible,
                   "/monthly_budget", "600 months");
}

struct Refusal {
    void (*change)(PlanRequest&);
    std::string_view place;
    std::string_view words;
};
constexpr Refusal kRefusals[] = {
    {[](PlanRequest& r) { r.debts.clear(); }, "/debts", "0 debts; 1 to 256 accepted"},
    {[](PlanRequest& r) { r.debts.resize(257, r.debts[0]); }, "/debts", "257 debts"},
    {[](PlanRequest& r) { r.debts[1].id = "card"; }, "/debts/1/id", "two debts"},
    {[](PlanRequest& r) { r.debts[0].balance = usd("0"); }, "/debts/0/balance", "nothing"},
    {[](PlanRequest& r) { r.debts[0].balance = usd("-1"); }, "/debts/0/balance", "below zero"},
    {[](PlanRequest& r) { r.debts[0].balance = usd("10000000000000.01"); }, "/debts/0/balance",
     "above 10000000000000.00 USD"},
    {[](PlanRequest& r) { r.debts[0].balance = Money::from_minor(1, currency("EUR")); },
     "/debts/0/balance", "not in USD"},
    {[](PlanRequest& r) { r.debts[1].minimum.fixed = Money::zero(currency("EUR")); },
     "/debts/1/minimum/fixed", "not in USD"},
    {[](PlanRequest& r) { r.debts[1].apr = rate("-0.1"); }, "/debts/1/apr", "-0.1"},
    {[](PlanRequest& r) { r.debts[1].minimum.percent = rate("1.01"); }, "/debts/1/minimum/percent",
     "1.01"},
    {[](PlanRequest& r) { r.debts[1].minimum.term_months = 0; }, "/debts/1/minimum/term_months",
     "0 months"},
    {[](PlanRequest& r) {
         r.debts[1].promo = Promo{rate("-1"), day("2028-01-01")};
     },
     "/debts/1/promo/apr", "-1"},
    {[](PlanRequest& r) {
         r.debts[0].rate_path = {{day("2028-01-01"), rate("0")}, {day("2028-01-01"), rate("0")}};
     },
     "/debts/0/rate_path/1/from", "does not come after"},
    {[](PlanRequest& r) {
         r.debts[0].rate_path = {{day("2028-01-01"), rate("-1")}};
     },
     "/debts/0/rate_path/0/apr", "-1"},
    {[](PlanRequest& r) { r.debts[0].credit_limit = usd("-1"); }, "/debts/0/credit_limit", "below"},
    {[](PlanRequest& r) { r.debts[0].fee_monthly = usd("-1"); }, "/debts/0/fee_monthly", "below"},
    {[](PlanRequest& r) { r.debts[0].late_fee = usd("-1"); }, "/debts/0/late_fee", "below"},
    {[](PlanRequest& r) { r.debts[0].prepayment_penalty = rate("1.5"); },
     "/debts/0/prepayment_penalty", "1.5"},
    {[](PlanRequest& r) { r.debts[0].due_day = 32; }, "/debts/0/due_day", "32"},
    {[](PlanRequest& r) {
         r.debts[0].missed_months = {1, 601};
     },
     "/debts/0/missed_months/1", "601"},
    {[](PlanRequest& r) { r.monthly_budget = usd("-5"); }, "/monthly_budget", "below"},
    {[](PlanRequest& r) {
         r.extra = {{day("2026-11-30"), usd("1")}};
     },
     "/extra/0/date", "before the start"},
    {[](PlanRequest& r) {
         r.extra = {{day("2027-11-30"), usd("-1")}};
     },
     "/extra/0/amount", "below"},
    {[](PlanRequest& r) {
         r.extra.resize(1201, {day("2027-11-30"), usd("1")});
     },
     "/extra", "1201"},
    {[](PlanRequest& r) {
         r.budget_path = {{day("2027-11-30"), usd("-1")}};
     },
     "/budget_path/0/amount", "below"},
    {[](PlanRequest& r) { r.start = day("9950-01-01"); }, "/start", "9900"},
    {[](PlanRequest& r) { r.time_limit_ms = 0; }, "/time_limit_ms", "0 ms"},
    {[](PlanRequest& r) {
         r.strategy = Strategy::hybrid;
         r.hybrid_weight = kWeightUnit + 1;
     },
     "/hybrid_weight", "between 0 and 1"},
    {[](PlanRequest& r) {
         r.strategy = Strategy::custom;
         r.order = {"nobody"};
     },
     "/order/0", "nobody"},
    {[](PlanRequest& r) {
         r.strategy = Strategy::custom;
         r.order = {"loan", "loan"};
     },
     "/order/1", "twice"},
};

TEST(PlanPayoff, AMonthWithoutABudgetHasNoStrain) {
    PlanRequest idle = request({debt("a", "100.00", "0", "0")}, "0.00");
    idle.budget_path = {{day("2027-02-01"), usd("50.00")}};
    const Problem problem = Problem::create(idle).value();
    const auto outcome = simulate(problem, avalanche(), Spending::whole_budget);
    ASSERT_TRUE(outcome.has_value());
    EXPECT_EQ(outcome->months, 4);
    EXPECT_EQ(outcome->strain_total, 0.0);
    EXPECT_EQ(outcome->strain_worst, 0.0);
}

TEST(PlanPayoff, TheLongestEffortIsAccepted) {
    PlanRequest long_effort = request(card_and_loan(), "250.00", Strategy::optimal);
    long_effort.time_limit_ms = 60'000;
    EXPECT_TRUE(plan_payoff(long_effort).has_value());
    long_effort.time_limit_ms = 60'001;
    expect_refused(long_effort, ErrorCode::invalid_argument, "/time_limit_ms",
                   "60001 ms; 1 to 60000");
}

TEST(PlanPayoff, PlansAsManyDebtsAsItAccepts) {
    std::vector<Debt> many;
    Money owed = usd("0");
    for (std::size_t i = 0; i < kDebtsMax; ++i) {
        many.push_back(debt(std::to_string(i), std::to_string(100 + i), "0.12", "5.00"));
        owed += many.back().balance;
    }
    const auto avalanche = plan_payoff(request(many, "2000.00"));
    const auto best = plan_payoff(request(many, "2000.00", Strategy::optimal));
    for (const auto* plan : {&avalanche, &best}) {
        ASSERT_TRUE(plan->has_value());
        EXPECT_EQ((*plan)->payoff.size(), kDebtsMax);
        EXPECT_EQ((*plan)->total_paid, owed + (*plan)->total_interest);
    }
    EXPECT_LE(best->total_interest, avalanche->total_interest);
    EXPECT_LE(*best->optimality->cost_bound, best->total_interest);
}

TEST(PlanPayoff, RefusesBadInputWithAPointer) {
    for (const Refusal& bad : kRefusals) {
        PlanRequest changed = request(card_and_loan(), "250.00");
        bad.change(changed);
        expect_refused(changed, ErrorCode::invalid_argument, bad.place, bad.words);
    }
}

}  // namespace
}  // namespace atlas::finance::debt
