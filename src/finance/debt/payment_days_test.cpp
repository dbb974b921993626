// SPDX-License-Identifier: Apache-2.0
// Goal: payments move to where the account's lowest balance is highest. Method: a calendar by hand,
// a day-by-day walk written apart, every choice of two payments, and laws on seeded households.
#include "finance/debt/payment_days.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "finance/debt/debt.hpp"

namespace atlas::finance::debt {
namespace {

Date date(std::string_view text) {
    return Date::parse(text).value();
}

/// Without chance: day by day over the calendar.
std::int64_t walk(const PaymentDaysRequest& request, const std::vector<int>& days) {
    std::int64_t balance = request.balance;
    std::int64_t low = balance;
    const Date end = request.start.plus_months(request.months);
    for (Date day = request.start; day < end; day = day.plus_days(1)) {
        balance -= request.daily_spending;
        for (std::size_t i = 0; i < days.size(); ++i) {
            const bool is_last = day == day.last_of_month();
            const int number = day.parts().day;
            if (number == days[i] || (is_last && days[i] > number)) {
                balance += request.flows[i].amount;
            }
        }
        low = std::min(low, balance);
    }
    return low;
}

PaymentDaysRequest certain() {
    return {.start = date("2026-01-01"),
            .balance = 50'000,
            .flows = {{.day = 15, .amount = 200'000},
                      {.day = 5, .amount = -120'000, .is_movable = true},
                      {.day = 10, .amount = -60'000, .is_movable = true}},
            .daily_volatility = 0.0,
            .months = 3,
            .paths = 100};
}

TEST(PaymentDays, MovePastThePayDay) {
    const PaymentDays fitted = *fit_payment_days(certain());
    EXPECT_EQ(fitted.now.lowest, -130'000);
    EXPECT_EQ(fitted.now.above_buffer.probability, 0.0);
    EXPECT_EQ(fitted.fitted.lowest, 50'000);
    EXPECT_EQ(fitted.fitted.above_buffer.probability, 1.0);
    EXPECT_EQ(fitted.days[0], 15);
    EXPECT_GE(fitted.days[1], 15);
    EXPECT_GE(fitted.days[2], 15);
}

TEST(PaymentDays, MoveToTheLastDayAllowedAndNoFurther) {
    PaymentDaysRequest request = certain();
    request.flows[1].latest_day = 15;
    request.flows[2].latest_day = 15;
    const PaymentDays fitted = *fit_payment_days(request);
    EXPECT_EQ(fitted.fitted.lowest, 50'000);
    EXPECT_EQ(fitted.days, (std::vector<int>{15, 15, 15}));
    request.daily_spending = kAmountMinorMax / 1000;
    EXPECT_TRUE(fit_payment_days(request).has_value());
}

TEST(PaymentDays, MoveBehindAPayDayThatMayBeLate) {
    PaymentDaysRequest request = certain();
    request.flows[0].days_late_max = 5;
    request.flows[1].latest_day = 20;
    request.flows[2].latest_day = 20;
    const PaymentDays fitted = *fit_payment_days(request);
    EXPECT_EQ(fitted.fitted.lowest, 50'000);
    EXPECT_EQ(fitted.days, (std::vector<int>{15, 20, 20}));
}

TEST(PaymentDays, StayWhereNothingIsGained) {
    PaymentDaysRequest request = certain();
    request.balance = 10'000'000;
    request.flows[1].day = 20;
    request.flows[2].day = 28;
    const PaymentDays fitted = *fit_payment_days(request);
    EXPECT_EQ(fitted.days, (std::vector<int>{15, 20, 28}));
    EXPECT_EQ(fitted.fitted.lowest, fitted.now.lowest);
}

TEST(PaymentDays, AShortMonthPaysOnItsLastDay) {
    PaymentDaysRequest request = certain();
    request.start = date("2027-02-01");
    request.months = 1;
    request.flows = {{.day = 31, .amount = -60'000}};
    EXPECT_EQ(lowest_balance(request, {31})->lowest, -10'000);
    request.start = date("2027-02-28");  // Its own flows included.
    EXPECT_EQ(lowest_balance(request, {31})->lowest, -10'000);
}

TEST(PaymentDays, WalksTheCalendarAsThePlainWalkDoes) {
    Random random(31);
    for (int i = 0; i < 300; ++i) {
        PaymentDaysRequest request{
            .start = date("2026-01-01").plus_days(static_cast<std::int32_t>(random.below(800))),
            .balance = random.between(-50'000, 300'000),
            .flows = {},
            .daily_spending = random.between(0, 3'000),
            .daily_volatility = 0.0,
            .months = static_cast<int>(random.between(1, 5)),
            .paths = 100};
        std::vector<int> days;
        for (std::int64_t flow = random.between(1, 6); flow > 0; --flow) {
            request.flows.push_back({.day = 1, .amount = random.between(-90'000, 150'000)});
            days.push_back(static_cast<int>(random.between(1, 31)));
        }
        EXPECT_EQ(lowest_balance(request, days)->lowest, walk(request, days)) << "case " << i;
    }
}

TEST(PaymentDays, TwoPaymentsAreAsGoodAsTheBestOfAllChoices) {
    Random random(32);
    for (int i = 0; i < 20; ++i) {
        PaymentDaysRequest request = certain();
        request.flows[0].day = static_cast<int>(random.between(1, 28));
        request.flows[0].amount = random.between(100'000, 250'000);
        request.flows[1].amount = -random.between(10'000, 150'000);
        request.flows[2].amount = -random.between(10'000, 150'000);
        request.flows[1].latest_day = static_cast<int>(random.between(1, 28));
        request.daily_spending = random.between(0, 2'000);
        std::int64_t best = INT64_MIN;
        for (int one = 1; one <= request.flows[1].latest_day; ++one) {
            for (int two = 1; two <= 28; ++two) {
                best = std::max(best, walk(request, {request.flows[0].day, one, two}));
            }
        }
        request.flows[1].day = 1;
        EXPECT_EQ(fit_payment_days(request)->fitted.lowest, best) << "case " << i;
    }
}

TEST(PaymentDays, TheFitHoldsOnFuturesItHasNotSeen) {
    Random random(33);
    int better = 0;
    for (int i = 0; i < 12; ++i) {
        PaymentDaysRequest request = certain();
        request.flows[0].days_late_max = 3;
        request.flows[0].volatility = 0.1;
        request.daily_spending = 1'500;
        request.daily_volatility = 1.0;
        request.flows[0].day = static_cast<int>(random.between(1, 28));
        request.paths = 300;
        request.seed = random.next();
        const PaymentDays fitted = *fit_payment_days(request);
        better += fitted.fitted.lowest >= fitted.now.lowest ? 1 : 0;
        // The stated share is above the stated lowest balance.
        request.buffer = fitted.fitted.lowest;
        const Chance chance = lowest_balance(request, fitted.days)->above_buffer;
        EXPECT_GE(chance.probability, 0.95);
        request.buffer += 1;
        EXPECT_LT(lowest_balance(request, fitted.days)->above_buffer.probability,
                  chance.probability);
    }
    EXPECT_GE(better, 10) << "of 12: judged on other futures than fitted to";
}

TEST(PaymentDays, RefusesByPlace) {
    const auto place = [](auto change) {
        PaymentDaysRequest request = certain();
        change(request);
        return fit_payment_days(request).error().place;
    };
    using R = PaymentDaysRequest&;
    EXPECT_EQ(place([](R r) { r.flows.clear(); }), "/flows");
    EXPECT_EQ(place([](R r) { r.flows.resize(65); }), "/flows");
    EXPECT_EQ(place([](R r) { r.flows[1].day = 32; }), "/flows/1/day");
    EXPECT_EQ(place([](R r) { r.flows[1].amount = INT64_MIN; }), "/flows/1/amount");
    EXPECT_EQ(place([](R r) { r.flows[0].volatility = -1; }), "/flows/0/volatility");
    EXPECT_EQ(place([](R r) { r.flows[0].days_late_max = 29; }), "/flows/0/days_late_max");
    EXPECT_EQ(place([](R r) { r.flows[2].earliest_day = 29; }), "/flows/2/earliest_day");
    EXPECT_EQ(place([](R r) { r.balance = INT64_MAX; }), "/balance");
    EXPECT_EQ(place([](R r) { r.daily_spending = -1; }), "/daily_spending");
    EXPECT_EQ(place([](R r) { r.daily_volatility = 11; }), "/daily_volatility");
    EXPECT_EQ(place([](R r) { r.probability = 1.0; }), "/probability");
    EXPECT_EQ(place([](R r) { r.months = 13; }), "/months");
    EXPECT_EQ(place([](R r) { r.paths = 99; }), "/paths");
    EXPECT_EQ(lowest_balance(certain(), {1, 2}).error().place, "/days");
    EXPECT_EQ(lowest_balance(certain(), {1, 2, 0}).error().place, "/days");
}

}  // namespace
}  // namespace atlas::finance::debt
