// SPDX-License-Identifier: Apache-2.0
// Goal: what an offer saves, and when, is right to the cent. Method: a printed worksheet, a case by
// hand, the slow household of testing/ run twice on seeded households, laws, every error.
#include "finance/debt/refinance.hpp"

#include <gtest/gtest.h>

#include "finance/debt/testing/random_household.hpp"
#include "finance/debt/testing/slow_household.hpp"
#include "money/exact.hpp"

namespace atlas::finance::debt {
namespace {

using testing::basis_points;
using testing::cents;
using testing::HouseholdGenerator;
using testing::Kind;
using testing::Posting;
using testing::SlowHousehold;

Date day(int year, int month) {
    return Date::create(year, month, 1).value();
}

Debt debt(std::string id, std::int64_t balance, std::int64_t points, std::int64_t minimum) {
    return {.id = std::move(id),
            .balance = cents(balance),
            .apr = basis_points(points),
            .minimum = {.fixed = cents(minimum)}};
}

Offer offer(std::string id, std::int64_t points, int months, std::int64_t fee) {
    return {
        .id = std::move(id), .apr = basis_points(points), .term_months = months, .fee = cents(fee)};
}

RefinanceRequest request(std::vector<Debt> debts, std::vector<Offer> offers) {
    return {.start = day(2026, 12),
            .monthly_budget = {},
            .debts = std::move(debts),
            .offers = std::move(offers)};
}

TEST(Refinance, AgreesWithThePrintedWorksheet) {
    // Black Enterprise, "Honey, I Shrunk the Mortgage": payments of 1,200 and 1,000, costs of
    // 1,800: even after 9 months. Interest is left out there, so the rates here are zero.
    const auto advice = compare_offers(
        request({debt("home", 3'600'000, 0, 120'000)}, {offer("new", 0, 36, 180'000)}));
    const OfferVerdict& verdict = advice.value().verdicts[0];
    EXPECT_EQ(verdict.payment, cents(100'000));
    EXPECT_EQ(verdict.payment_break_even_month, 9);
    const auto dearer = compare_offers(
        request({debt("home", 3'600'000, 0, 120'000)}, {offer("new", 0, 36, 180'001)}));
    EXPECT_EQ(dearer.value().verdicts[0].payment_break_even_month, 10);
    EXPECT_EQ(verdict.saving, cents(-180'000));  // Nothing is saved in the end.
    EXPECT_FALSE(verdict.break_even_month.has_value());
    EXPECT_FALSE(advice.value().best.has_value());
}

TEST(Refinance, OneLoanByHand) {
    // Keep: 1,000.00 at 2 % a month, 400.00 each: interest 20.00, 12.40, 4.65: 37.05.
    // Offer: 1 % a month, level for 3 months 340.02: interest 10.00, 6.70, 3.37 (336.68): 20.07.
    // With 8.00 at once: 8 + 10 < 20 after month 1.
    const auto advice = compare_offers(
        request({debt("card", 100'000, 2'400, 40'000)}, {offer("loan", 1'200, 3, 800)}));
    const OfferVerdict& verdict = advice.value().verdicts[0];
    EXPECT_EQ(advice.value().keep->interest, cents(3'705));
    EXPECT_EQ(verdict.payment, cents(34'002));
    EXPECT_EQ(verdict.way->interest, cents(2'007));
    EXPECT_EQ(verdict.saving, cents(898));
    EXPECT_EQ(verdict.break_even_month, 1);
    EXPECT_EQ(verdict.way->total_paid, cents(102'807));
    EXPECT_EQ(verdict.due_at_once, cents(800));
    EXPECT_EQ(advice.value().best, 0U);
}

TEST(Refinance, TheFirstPaymentIsOfTheFirstMonthAndMinimumsAreToldByDebt) {
    // 3 % of 1,020.00 and of 1,010.00 owed are 30.60 and 30.30; less is owed, and asked for, later.
    Debt card = debt("card", 100'000, 2'400, 1'000);
    Debt loan = debt("loan", 100'000, 1'200, 1'000);
    card.minimum.percent = basis_points(300);
    loan.minimum.percent = basis_points(300);
    auto asked = request({card, loan}, {offer("new", 600, 36, 0)});
    asked.offers[0].replaces = {"card"};
    const auto advice = compare_offers(asked).value();
    ASSERT_TRUE(advice.keep.has_value());
    EXPECT_EQ(advice.keep->first_payment, cents(6'090));
    EXPECT_EQ(advice.first_minimums, (std::vector{cents(3'060), cents(3'030)}));
    // Level over 36 months at half a percent: 30.42.
    ASSERT_TRUE(advice.verdicts[0].way.has_value());
    EXPECT_EQ(advice.verdicts[0].way->first_payment, cents(3'030 + 3'042));
}

TEST(Refinance, BreakEvenIsTheMonthFromWhichItStays) {
    // After month 1: 20.00 against 12.00 + 10.00; after month 2: 32.40 against 28.70.
    const auto advice = compare_offers(
        request({debt("card", 100'000, 2'400, 40'000)}, {offer("loan", 1'200, 3, 1'200)}));
    EXPECT_EQ(advice.value().verdicts[0].break_even_month, 2);
    EXPECT_EQ(advice.value().verdicts[0].saving, cents(498));
}

TEST(Refinance, APromotionThatEndsIsNotABreakEven) {
    // Free for two months, then 60 % a year on the rest: cheaper at first and dearer in the end.
    auto dear = offer("transfer", 6'000, 24, 0);
    dear.kind = OfferKind::balance_transfer;
    dear.promo = Promo{basis_points(0), day(2027, 2)};
    const auto advice = compare_offers(request({debt("card", 100'000, 1'200, 10'000)}, {dear}));
    const OfferVerdict& verdict = advice.value().verdicts[0];
    EXPECT_LT(verdict.saving->minor(), 0);
    EXPECT_FALSE(verdict.break_even_month.has_value());
    EXPECT_EQ(verdict.promo->clearing_payment, cents(50'000));
    EXPECT_EQ(verdict.promo->balance_then, cents(100'000) - verdict.payment - verdict.payment);
    EXPECT_EQ(verdict.promo->cost_after, verdict.way->interest);
    EXPECT_LT(*verdict.promo->saving_without, *verdict.saving);
}

TEST(Refinance, APromotionOfOneMonthIsClearedByOnePayment) {
    auto transfer = offer("transfer", 2'400, 6, 0);
    transfer.promo = Promo{basis_points(0), day(2027, 1)};
    const auto advice = compare_offers(request({debt("card", 60'000, 2'400, 10'000)}, {transfer}));
    const auto& risk = advice.value().verdicts[0].promo.value();
    EXPECT_EQ(risk.clearing_payment, cents(60'000));
}

TEST(Refinance, ThePromotionIsTheOffersOwn) {
    // What the debt that stays costs is not what hangs on the promotion.
    auto transfer = offer("transfer", 2'400, 6, 0);
    transfer.promo = Promo{basis_points(0), day(2027, 6)};
    transfer.replaces = {"card"};
    const auto advice = compare_offers(request(
        {debt("card", 60'000, 2'400, 10'000), debt("loan", 500'000, 1'200, 20'000)}, {transfer}));
    const auto& risk = advice.value().verdicts[0].promo.value();
    EXPECT_EQ(risk.balance_then, cents(0));
    EXPECT_EQ(risk.cost_after, cents(0));
}

TEST(Refinance, AFeeInTheBalanceBearsInterest) {
    auto added = offer("added", 1'200, 12, 3'000);
    added.fee_payment = FeePayment::added_to_balance;
    added.fee_percent = basis_points(300);
    const auto advice = compare_offers(request({debt("card", 100'000, 2'400, 10'000)},
                                               {added, offer("paid", 1'200, 12, 6'000)}))
                            .value();
    EXPECT_EQ(advice.verdicts[0].new_balance, cents(106'000));
    EXPECT_EQ(advice.verdicts[0].due_at_once, cents(0));
    EXPECT_EQ(advice.verdicts[1].due_at_once, cents(6'000));
    EXPECT_LT(*advice.verdicts[0].saving, *advice.verdicts[1].saving);
    for (const OfferVerdict& verdict : advice.verdicts) {
        EXPECT_EQ(verdict.way->total_paid,
                  cents(100'000) + verdict.way->interest + verdict.way->fees);
    }
    EXPECT_EQ(advice.ranking, (std::vector<std::size_t>{1, 0}));
}

TEST(Refinance, ALimitTakesTheHighestRatesFirst) {
    auto small = offer("small", 600, 24, 0);
    small.limit = cents(150'000);
    small.kind = OfferKind::heloc;
    auto loan = debt("loan", 200'000, 900, 0);
    loan.minimum = {.fixed = cents(0), .term_months = 24};
    loan.is_secured = true;
    const auto advice =
        compare_offers(request({loan, debt("card", 100'000, 2'400, 10'000)}, {small})).value();
    const OfferVerdict& verdict = advice.verdicts[0];
    EXPECT_EQ(verdict.moved, (std::vector<std::size_t>{1, 0}));
    EXPECT_EQ(verdict.moved_amount, cents(150'000));
    EXPECT_EQ(verdict.secured_before, cents(50'000));
    EXPECT_EQ(verdict.secured_after, cents(150'000));
    // The rest of the loan keeps its payment, 91.37.
    EXPECT_EQ(verdict.way->first_payment, verdict.payment + cents(9'137));
}

TEST(Refinance, AnAddedFeeKeepsToTheLimit) {
    auto small = offer("small", 0, 10, 1'000);
    small.limit = cents(104'000);
    small.fee_percent = basis_points(300);
    small.fee_payment = FeePayment::added_to_balance;
    const auto advice = compare_offers(request({debt("a", 300'000, 2'400, 30'000)}, {small}));
    EXPECT_EQ(advice.value().verdicts[0].moved_amount, cents(100'000));
    EXPECT_EQ(advice.value().verdicts[0].new_balance, cents(104'000));
}

TEST(Refinance, LeavesACheapDebtWhereItIs) {
    const auto advice = compare_offers(
        request({debt("card", 100'000, 2'400, 5'000), debt("car", 100'000, 100, 5'000)},
                {offer("loan", 1'000, 24, 0)}));
    const auto& better = advice.value().verdicts[0].better;
    ASSERT_TRUE(better.has_value());
    EXPECT_EQ(better->moved, (std::vector<std::size_t>{0}));
    EXPECT_GT(better->saving, *advice.value().verdicts[0].saving);
}

TEST(Refinance, NamesTheRateUpToWhichItPays) {
    auto tried = request({debt("card", 500'000, 2'400, 20'000)}, {offer("loan", 1'000, 24, 5'000)});
    const auto limit = compare_offers(tried).value().verdicts[0].worth_up_to_apr.value();
    tried.offers[0].apr = limit;
    EXPECT_GE(compare_offers(tried).value().verdicts[0].saving->minor(), 0);
    tried.offers[0].apr = money::AnnualRate::from_billionths(limit.billionths() + 100'000).value();
    EXPECT_LT(compare_offers(tried).value().verdicts[0].saving->minor(), 0);
}

TEST(Refinance, ADebtWithoutInterestIsOnlyWorthReplacingByAnother) {
    const auto advice =
        compare_offers(request({debt("friend", 100'000, 0, 40'000)}, {offer("bank", 100, 3, 0)}));
    ASSERT_TRUE(advice.value().verdicts[0].worth_up_to_apr.has_value());
    EXPECT_EQ(advice.value().verdicts[0].worth_up_to_apr->billionths(), 0);
}

TEST(Refinance, APromotionThatIsOverLeavesAllOfIt) {
    auto asked = request({debt("card", 100'000, 2'400, 40'000)}, {offer("x", 1'200, 3, 0)});
    asked.offers[0].promo = Promo{basis_points(0), day(2026, 11)};
    const auto advice = compare_offers(asked).value();
    ASSERT_TRUE(advice.verdicts[0].promo.has_value());
    EXPECT_EQ(advice.verdicts[0].promo->balance_then, cents(100'000));
    EXPECT_FALSE(advice.verdicts[0].promo->clearing_payment.has_value());
}

TEST(Refinance, PenaltiesOfWhatIsReplacedAreCosts) {
    auto penalised = debt("loan", 100'000, 1'200, 10'000);
    penalised.prepayment_penalty = basis_points(200);
    const auto with = compare_offers(request({penalised}, {offer("new", 600, 12, 0)})).value();
    penalised.prepayment_penalty = {};
    const auto without = compare_offers(request({penalised}, {offer("new", 600, 12, 0)})).value();
    EXPECT_EQ(with.verdicts[0].due_at_once, cents(2'000));
    EXPECT_EQ(*with.verdicts[0].saving + cents(2'000), *without.verdicts[0].saving);
}

TEST(Refinance, KeepingThatNeverEndsHasNoSaving) {
    // Interest of 20.00 a month, 10.00 paid.
    const auto advice = compare_offers(request({debt("card", 100'000, 2'400, 1'000)},
                                               {offer("loan", 1'200, 12, 0)}))
                            .value();
    EXPECT_FALSE(advice.keep.has_value());
    EXPECT_EQ(advice.keep_refusal->code, ErrorCode::infeasible);
    EXPECT_FALSE(advice.verdicts[0].saving.has_value());
    EXPECT_EQ(advice.ranking.size(), 1U);
    EXPECT_FALSE(advice.best.has_value());
}

TEST(Refinance, AnOfferBeyondTheBudgetIsRefusedAlone) {
    auto tried = request({debt("card", 100'000, 2'400, 5'000)},
                         {offer("short", 1'200, 2, 0), offer("long", 1'200, 24, 0)});
    tried.monthly_budget = cents(20'000);
    const auto advice = compare_offers(tried).value();
    ASSERT_TRUE(advice.verdicts[0].refusal.has_value());
    EXPECT_EQ(advice.verdicts[0].refusal->place, "/monthly_budget");
    EXPECT_EQ(advice.ranking, (std::vector<std::size_t>{1}));
    EXPECT_FALSE(advice.verdicts[1].payment_break_even_month.has_value());
}

TEST(Refinance, RefusesWhatItCannotCompare) {
    const auto expect = [](const RefinanceRequest& bad, std::string_view place) {
        const auto advice = compare_offers(bad);
        ASSERT_FALSE(advice.has_value()) << place;
        EXPECT_EQ(advice.error().code, ErrorCode::invalid_argument);
        EXPECT_EQ(advice.error().place, place) << advice.error().message;
    };
    const auto good = request({debt("a", 100'000, 2'400, 5'000)}, {offer("x", 1'200, 12, 0)});
    ASSERT_TRUE(compare_offers(good).has_value());
    auto bad = good;
    bad.offers.clear();
    expect(bad, "/offers");
    bad.offers.resize(kOffersMax + 1, good.offers[0]);
    expect(bad, "/offers");
    bad = good;
    bad.debts.clear();
    expect(bad, "/debts");
    bad = good;
    bad.debts[0].balance = cents(0);
    expect(bad, "/debts/0/balance");
    bad = good;
    bad.offers.push_back(good.offers[0]);
    expect(bad, "/offers/1/id");
    for (const int term : {0, -3, kPlanMonthsMax + 1}) {
        bad = good;
        bad.offers[0].term_months = term;
        expect(bad, "/offers/0/term_months");
    }
    bad = good;
    bad.offers[0].apr = basis_points(-1);
    expect(bad, "/offers/0/apr");
    bad = good;
    bad.offers[0].promo = Promo{basis_points(-1), day(2027, 6)};
    expect(bad, "/offers/0/promo/apr");
    bad = good;
    bad.offers[0].fee = cents(-1);
    expect(bad, "/offers/0/fee");
    bad.offers[0].fee = money::Money::zero(money::Currency::parse("EUR").value());
    expect(bad, "/offers/0/fee");
    bad = good;
    bad.offers[0].fee_percent = basis_points(10'001);
    expect(bad, "/offers/0/fee_percent");
    bad = good;
    bad.offers[0].limit = cents(0);
    expect(bad, "/offers/0/limit");
    bad.offers[0].limit = money::Money::from_minor(50'000, money::Currency::parse("EUR").value());
    expect(bad, "/offers/0/limit");
    bad.offers[0].limit = cents(500);
    bad.offers[0].fee = cents(600);
    bad.offers[0].fee_payment = FeePayment::added_to_balance;
    expect(bad, "/offers/0/limit");
    bad = good;
    bad.offers[0].replaces = {"b"};
    expect(bad, "/offers/0/replaces/0");
    bad.offers[0].replaces = {"a", "a"};
    expect(bad, "/offers/0/replaces/1");
    bad = good;
    bad.offers[0].rate_path = {{day(2027, 6), basis_points(10)}, {day(2027, 5), basis_points(9)}};
    expect(bad, "/offers/0/rate_path/1/from");
    bad = good;
    bad.monthly_budget = cents(4'999);
    EXPECT_EQ(compare_offers(bad).error().code, ErrorCode::infeasible);
    EXPECT_EQ(compare_offers(bad).error().place, "/monthly_budget");
}

/// Interest and fees of a slow household, or nothing where it never ends.
std::optional<std::int64_t> slow_cost(const RefinanceRequest& asked, std::vector<Debt> debts) {
    // Minimums alone: the oracle's own budget must not be in the way.
    const PlanRequest plan{
        .start = asked.start,
        .monthly_budget = asked.monthly_budget.value_or(cents(kAmountMinorMax)),
        .debts = std::move(debts),
        .strategy = asked.monthly_budget.has_value() ? Strategy::avalanche : Strategy::minimum};
    SlowHousehold slow(plan);
    if (!slow.run().has_value()) {
        return std::nullopt;
    }
    return slow.total(Posting::Kind::interest) + slow.total(Posting::Kind::fee);
}

TEST(Refinance, AgreesWithTheSlowHousehold) {
    int compared = 0;
    for (std::uint64_t seed = 1; seed <= 600; ++seed) {
        SCOPED_TRACE(seed);
        auto plan = HouseholdGenerator(seed).make(seed % 2 == 0 ? Kind::cards : Kind::features, 4);
        Random random(seed);
        auto tried = request(plan.debts, {});
        tried.start = plan.start;
        if (random.chance(0.5)) {
            tried.monthly_budget = plan.monthly_budget;
        }
        auto made = offer("o", random.between(0, 3'000), static_cast<int>(random.between(1, 96)),
                          random.between(0, 50'000));
        made.fee_percent = basis_points(random.between(0, 500));
        if (random.chance(0.5)) {
            made.fee_payment = FeePayment::added_to_balance;
        }
        if (random.chance(0.4)) {
            made.promo = Promo{basis_points(0), tried.start.plus_months(9),
                               random.chance(0.5) ? PromoKind::deferred : PromoKind::plain};
        }
        tried.offers = {made};
        const auto advice = compare_offers(tried);
        const auto keep = slow_cost(tried, tried.debts);
        if (!advice.has_value()) {
            EXPECT_FALSE(keep.has_value());
            continue;
        }
        std::int64_t moved = 0;
        std::int64_t first_day = 0;
        for (const Debt& old : tried.debts) {
            moved += old.balance.minor();
            first_day += old.balance
                             .scaled(old.prepayment_penalty.billionths(), 1'000'000'000,
                                     money::Rounding::half_to_even)
                             ->minor();
        }
        const std::int64_t fee =
            made.fee.minor() +
            cents(moved)
                .scaled(made.fee_percent.billionths(), 1'000'000'000, money::Rounding::half_to_even)
                ->minor();
        const bool is_added = made.fee_payment == FeePayment::added_to_balance;
        const auto with =
            slow_cost(tried, {{.id = "o",
                               .balance = cents(moved + (is_added ? fee : 0)),
                               .apr = made.apr,
                               .minimum = {.fixed = cents(0), .term_months = made.term_months},
                               .promo = made.promo}});
        const OfferVerdict& verdict = advice->verdicts[0];
        ASSERT_EQ(verdict.way.has_value(), with.has_value());
        ASSERT_EQ(advice->keep.has_value(), keep.has_value());
        if (keep.has_value() && with.has_value()) {
            ++compared;
            ASSERT_EQ(verdict.saving->minor(), *keep - *with - fee - first_day);
        }
    }
    EXPECT_GT(compared, 300);
}

TEST(Refinance, TheSameTermsSaveNothingAndAFeeItsOwnAmount) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        const auto points = random.between(0, 3'000);
        const auto months = static_cast<int>(random.between(1, 120));
        auto old = debt("a", random.between(1'000, 9'000'000), points, 0);
        old.minimum.term_months = months;
        const auto fee = seed % 4 == 0 ? 0 : random.between(1, 10'000);
        const auto verdict =
            compare_offers(request({old}, {offer("same", points, months, fee)})).value();
        EXPECT_EQ(verdict.verdicts[0].saving, cents(-fee));
        // Equal costs are even from the first month on.
        EXPECT_EQ(verdict.verdicts[0].break_even_month, fee == 0 ? std::optional(1) : std::nullopt);
    }
}

}  // namespace
}  // namespace atlas::finance::debt
