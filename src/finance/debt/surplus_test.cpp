// SPDX-License-Identifier: Apache-2.0
// Goal: each month's surplus goes where its next unit does most good. Method: worked by hand;
// against every split of one month on a grid; laws on seeded households.
#include "finance/debt/surplus.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "base/random.hpp"

namespace atlas::finance::debt {
namespace {

Reserve reserve_of(std::int64_t income, std::int64_t expenses, double volatility,
                   std::uint64_t seed = 1) {
    return Reserve::simulate({.flows = FlowMoments{income, volatility, expenses, volatility},
                              .paths = 400,
                              .seed = seed})
        .value();
}

TEST(SurplusSplit, ByHand) {
    // Never dry: the buffer earns 2 % less a quarter of tax; the card 24 %, compounded 26.82 %.
    const Reserve never = reserve_of(100'000, 100'000, 0.0);
    const SplitRequest request{.monthly_surplus = 50'000,
                               .months = 4,
                               .debts = {{.balance = 100'000, .apr = 0.24, .minimum = 10'000}},
                               .saving_rate = 0.02,
                               .emergency_apr = 0.3,
                               .expected_return = 0.06,
                               .volatility = 0.2,
                               .risk_aversion = 2.0,
                               .tax_rate = 0.25};
    const SurplusSplit split = *split_surplus(never, request);
    EXPECT_NEAR(split.values.buffer, 0.015, 1e-12);
    EXPECT_NEAR(split.values.debts[0], 0.268242, 1e-6);
    // 6 % × 0.75 − (0.2 × 0.75)² × 2 / 2.
    EXPECT_NEAR(split.values.invest, 0.045 - 0.0225, 1e-12);
    EXPECT_NEAR(split.break_even_without_risk, 0.268242 / 0.75, 1e-6);
    EXPECT_NEAR(split.break_even_return, (0.268242 + 0.0225) / 0.75, 1e-6);
    // 1000.00 + 20.00 − 100.00 − 500.00; + 8.40 − 100.00 − 328.40; then 500 + 100 free.
    EXPECT_EQ(split.months[0].debts[0], 50'000);
    EXPECT_EQ(split.months[0].owed, 42'000);
    EXPECT_EQ(split.months[1].debts[0], 32'840);
    EXPECT_EQ(split.months[1].invest, 17'160);
    EXPECT_EQ(split.months[2].invest, 60'000);
    EXPECT_EQ(split.months[3].owed, 0);
    EXPECT_EQ(split.buffer_then, 0);
}

TEST(SurplusSplit, TheDearestOfSeveralDebtsComesFirst) {
    const Reserve never = reserve_of(100'000, 100'000, 0.0);
    const SplitRequest request{.monthly_surplus = 10'000,
                               .months = 1,
                               .debts = {{.balance = 100'000, .apr = 0.08},
                                         {.balance = 100'000, .apr = 0.24},
                                         {.balance = 100'000, .apr = 0.12}},
                               .emergency_apr = 0.3,
                               .expected_return = 0.0};
    const SurplusSplit split = *split_surplus(never, request);
    EXPECT_EQ(split.months[0].debts, (std::vector<std::int64_t>{0, 10'000, 0}));
}

TEST(SurplusSplit, AVolatileHouseholdFillsItsBufferFirstAndNoFurtherThanItIsWorth) {
    const Reserve wild = reserve_of(200'000, 195'000, 0.5);
    const SplitRequest request{.monthly_surplus = 10'000'000,
                               .months = 1,
                               .debts = {{.balance = 10'000'000, .apr = 0.05}},
                               .emergency_apr = 0.25,
                               .expected_return = 0.0};
    const SurplusSplit split = *split_surplus(wild, request);
    EXPECT_GT(split.months[0].buffer, 0);
    EXPECT_GT(split.months[0].debts[0], 0);
    const double rival = split.values.debts[0];
    EXPECT_LE(buffer_value(wild, request, split.buffer_then), rival);
    EXPECT_GT(buffer_value(wild, request, split.buffer_then - 1), rival);
}

/// What the first units of the buffer are worth over a year, one by one: sums[b] of b units.
std::vector<double> sum_buffer(const Reserve& reserve, const SplitRequest& request) {
    std::vector<double> sums{0.0};
    for (std::int64_t unit = 0; unit < request.monthly_surplus; ++unit) {
        sums.push_back(sums.back() + buffer_value(reserve, request, request.buffer + unit));
    }
    return sums;
}

double worth_elsewhere(const SplitRequest& request, std::int64_t debt, std::int64_t invest) {
    return (std::pow(1.0 + request.debts[0].apr / 12.0, 12.0) - 1.0) * static_cast<double>(debt) +
           (request.expected_return -
            0.5 * request.risk_aversion * request.volatility * request.volatility) *
               static_cast<double>(invest);
}

TEST(SurplusSplit, NoSplitOnAGridIsWorthMore) {
    Random random(21);
    constexpr std::int64_t kStep = 5'000;
    for (int household = 0; household < 60; ++household) {
        const Reserve reserve = reserve_of(random.between(150'000, 250'000), 200'000,
                                           random.uniform() * 0.5, random.next());
        const SplitRequest request{
            .monthly_surplus = kStep * random.between(1, 40),
            .months = 1,
            .debts = {{.balance = kStep * random.between(1, 30), .apr = random.uniform() * 0.3}},
            .buffer = kStep * random.between(0, 20),
            .emergency_apr = 0.1 + random.uniform() * 0.3,
            .expected_return = random.uniform() * 0.2,
            .volatility = random.uniform() * 0.3};
        const SurplusSplit split = *split_surplus(reserve, request);
        const SplitMonth& month = split.months[0];
        ASSERT_EQ(month.buffer + month.debts[0] + month.invest, request.monthly_surplus);
        const std::int64_t open = month.owed + month.debts[0];  // After the month's interest.
        const std::vector<double> sums = sum_buffer(reserve, request);
        const auto at = [&](std::int64_t buffer) { return sums[static_cast<std::size_t>(buffer)]; };
        const double ours =
            at(month.buffer) + worth_elsewhere(request, month.debts[0], month.invest);
        for (std::int64_t b = 0; b <= request.monthly_surplus; b += kStep) {
            for (std::int64_t d = 0; b + d <= request.monthly_surplus && d <= open; d += kStep) {
                const double other =
                    at(b) + worth_elsewhere(request, d, request.monthly_surplus - b - d);
                EXPECT_LE(other, ours + 1e-6)
                    << "household " << household << " buffer " << b << " debt " << d;
            }
        }
    }
}

TEST(SurplusSplit, MoneyIsNeitherMadeNorLost) {
    Random random(22);
    for (int household = 0; household < 100; ++household) {
        SplitRequest request{.monthly_surplus = random.between(0, 100'000),
                             .months = static_cast<int>(random.between(1, 60)),
                             .emergency_apr = 0.25,
                             .expected_return = random.uniform() * 0.15};
        for (std::int64_t i = random.between(0, 4); i > 0; --i) {
            request.debts.push_back({.balance = random.between(1, 800'000),
                                     .apr = random.uniform() * 0.3,
                                     .minimum = random.between(0, 20'000)});
        }
        const Reserve reserve = reserve_of(200'000, 190'000, 0.3, random.next());
        const SurplusSplit split = *split_surplus(reserve, request);
        std::int64_t minimums = 0;
        for (const SplitDebt& debt : request.debts) {
            minimums += debt.minimum;
        }
        std::int64_t last = INT64_MAX;
        std::int64_t buffer = request.buffer;
        for (const SplitMonth& month : split.months) {
            const std::int64_t placed =
                month.buffer + month.invest +
                std::accumulate(month.debts.begin(), month.debts.end(), std::int64_t{0});
            EXPECT_GE(placed, request.monthly_surplus);
            EXPECT_LE(placed, request.monthly_surplus + minimums);
            EXPECT_TRUE(month.owed == 0 || placed > 0 || request.monthly_surplus == 0);
            last = month.owed;
            buffer += month.buffer;
        }
        EXPECT_EQ(buffer, split.buffer_then);
        EXPECT_GE(last, 0);
    }
}

TEST(SurplusSplit, TaxMakesDeductibleInterestCheaperAndBreakEvenHigher) {
    const Reserve never = reserve_of(100'000, 100'000, 0.0);
    SplitRequest request{.monthly_surplus = 1,
                         .debts = {{.balance = 1000, .apr = 0.06, .is_deductible = true}},
                         .tax_rate = 0.25};
    const double effective = std::pow(1.005, 12.0) - 1.0;
    EXPECT_NEAR(split_surplus(never, request)->values.debts[0], 0.75 * effective, 1e-12);
    EXPECT_NEAR(split_surplus(never, request)->break_even_without_risk, effective, 1e-12);
    request.debts[0].is_deductible = false;
    EXPECT_NEAR(split_surplus(never, request)->break_even_without_risk, effective / 0.75, 1e-12);
    request.debts[0].balance = 0;  // Nothing to repay any more.
    EXPECT_EQ(split_surplus(never, request)->break_even_return, 0.0);
}

TEST(SurplusSplit, RefusesByPlace) {
    const Reserve reserve = reserve_of(1, 1, 0.0);
    const auto place = [&](SplitRequest request) {
        return split_surplus(reserve, request).error().place;
    };
    EXPECT_EQ(place({.monthly_surplus = -1}), "/monthly_surplus");
    EXPECT_EQ(place({.buffer = -1}), "/buffer/saved");
    EXPECT_EQ(place({.months = 0}), "/months");
    EXPECT_EQ(place({.months = 121}), "/months");
    EXPECT_EQ(place({.debts = {{.balance = -1}}}), "/debts/0/balance");
    EXPECT_EQ(place({.debts = {{.apr = 11}}}), "/debts/0/apr");
    EXPECT_EQ(place({.debts = {{.minimum = -1}}}), "/debts/0/minimum");
    EXPECT_EQ(place({.debts = std::vector<SplitDebt>(257)}), "/debts");
    EXPECT_EQ(place({.saving_rate = -0.1}), "/saving_rate");
    EXPECT_EQ(place({.emergency_apr = 11}), "/emergency_apr");
    EXPECT_EQ(place({.expected_return = std::nan("")}), "/expected_return");
    EXPECT_EQ(place({.volatility = -1}), "/volatility");
    EXPECT_EQ(place({.risk_aversion = -1}), "/risk_aversion");
    EXPECT_EQ(place({.tax_rate = 1.0}), "/tax_rate");
}

}  // namespace
}  // namespace atlas::finance::debt
