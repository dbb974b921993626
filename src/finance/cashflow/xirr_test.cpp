// SPDX-License-Identifier: Apache-2.0
// Goal: xirr and npv agree with Excel, find every rate and refuse what has none. Method: printed
// examples; flows built from known rates as polynomials; a sum of pow() as the slow method; every
// error.
#include "finance/cashflow/xirr.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.hpp"

namespace atlas::finance::cashflow {
namespace {

using money::Money;

money::Currency usd() {
    return *money::Currency::parse("USD");
}

Money dollars(std::string_view text) {
    return *Money::parse(text, usd());
}

DatedFlow flow(std::string_view date, std::string_view amount) {
    return {*Date::parse(date), dollars(amount)};
}

const std::vector<DatedFlow>& excel_example() {
    static const std::vector<DatedFlow> kFlows{
        flow("2008-01-01", "-10000"), flow("2008-03-01", "2750"), flow("2008-10-30", "4250"),
        flow("2009-02-15", "3250"), flow("2009-04-01", "2750")};
    return kFlows;
}

TEST(Xirr, AgreesWithExcelsDocumentation) {
    const auto answer = xirr(excel_example()).value();
    EXPECT_NEAR(answer.rate, 0.373362535, 2e-9);  // Excel stops at 1e-8.
    EXPECT_TRUE(answer.other_rates.empty());
    EXPECT_EQ(answer.sign_changes, 1);
    EXPECT_TRUE(answer.is_complete);
    EXPECT_NEAR(npv(0.09, excel_example())->value, 2086.647602, 5e-7);
    EXPECT_EQ(npv(0.09, excel_example())->amount, dollars("2086.65"));
}

TEST(Npv, OfEvenPeriodsAgreesWithExcelsDocumentation) {
    const std::vector first{dollars("-10000"), dollars("3000"), dollars("4200"), dollars("6800")};
    EXPECT_EQ(npv(0.1, first, FirstFlow::after_one_period)->amount, dollars("1188.44"));
    const std::vector second{dollars("8000"), dollars("9200"), dollars("10000"), dollars("12000"),
                             dollars("14500")};
    EXPECT_NEAR(npv(0.08, second, FirstFlow::after_one_period)->value - 40000, 1922.06, 5e-3);
    std::vector with_cost = second;
    with_cost.insert(with_cost.begin(), dollars("-40000"));
    EXPECT_EQ(npv(0.08, with_cost, FirstFlow::now)->amount, dollars("1922.06"));
}

TEST(Xirr, DoesNotDependOnTheOrderOfTheFlows) {
    auto flows = excel_example();
    std::reverse(flows.begin(), flows.end());
    EXPECT_EQ(xirr(flows)->rate, xirr(excel_example())->rate);
    EXPECT_EQ(npv(0.09, flows)->amount, npv(0.09, excel_example())->amount);
}

/// Flows one year of 365 days apart whose only rates are those given: Π (1 + rate) − x.
std::vector<DatedFlow> flows_with_rates(const std::vector<double>& rates) {
    std::vector<long double> polynomial{1e11L};
    for (const double rate : rates) {
        polynomial.push_back(0);
        for (std::size_t i = polynomial.size() - 1; i > 0; --i) {
            polynomial[i] -= polynomial[i - 1] * (1 + static_cast<long double>(rate));
        }
    }
    std::vector<DatedFlow> flows;
    for (std::size_t i = 0; i < polynomial.size(); ++i) {
        flows.push_back({Date::from_days(20'000 + 365 * static_cast<int>(i)),
                         Money::from_minor(std::llroundl(polynomial[i]), usd())});
    }
    return flows;
}

TEST(Xirr, FindsEveryRateOfFlowsThatChangeSignOften) {
    Random random(61);
    for (int round = 0; round < 500; ++round) {
        std::vector<double> rates;
        const int count = static_cast<int>(random.between(1, 6));
        double rate = -0.6;
        for (int k = 0; k < count; ++k) {
            rate += 0.12 + 0.3 * random.uniform();
            rates.push_back(rate);
        }
        const auto answer = xirr(flows_with_rates(rates)).value();
        EXPECT_EQ(answer.sign_changes, count);
        EXPECT_TRUE(answer.is_complete);
        std::vector<double> found = answer.other_rates;
        ASSERT_TRUE(std::is_sorted(found.begin(), found.end()));
        found.push_back(answer.rate);
        std::sort(found.begin(), found.end());
        ASSERT_EQ(found.size(), rates.size()) << "seed 61, round " << round;
        for (std::size_t i = 0; i < rates.size(); ++i) {
            ASSERT_NEAR(found[i], rates[i], 1e-5) << "seed 61, round " << round;
        }
        const auto size = [](double r) { return std::fabs(std::log1p(r)); };
        for (const double other : answer.other_rates) {
            ASSERT_LE(size(answer.rate), size(other));
        }
    }
}

TEST(Xirr, FindsADoubleRate) {
    // −100² + 2 × 100 × (100 + k) − (100 + k)²: k % twice, exact in whole cents.
    for (int k = 1; k <= 60; ++k) {
        const int factor = 100 + k;
        const std::vector<DatedFlow> flows{
            {Date::from_days(20'000), Money::from_minor(-10'000, usd())},
            {Date::from_days(20'365), Money::from_minor(200 * factor, usd())},
            {Date::from_days(20'730), Money::from_minor(-factor * factor, usd())}};
        const auto answer = xirr(flows);
        ASSERT_TRUE(answer.has_value()) << k;
        ASSERT_NEAR(answer->rate, k / 100.0, 1e-7);
        ASSERT_EQ(answer->sign_changes, 2);
    }
}

TEST(Xirr, RecoversTheRateOfConstructedFlows) {
    Random random(62);
    for (int round = 0; round < 1000; ++round) {
        const double rate = -0.9 + 3 * random.uniform();
        std::vector<DatedFlow> flows;
        long double owed = 0;
        const int count = static_cast<int>(random.between(1, 40));
        for (int k = 0; k < count; ++k) {
            const auto date = Date::from_days(static_cast<int>(random.between(10'000, 11'000)));
            flows.push_back({date, Money::from_minor(-random.between(1'000, 10'000'000), usd())});
        }
        const Date end = Date::from_days(static_cast<int>(random.between(11'001, 13'000)));
        for (const auto& paid : flows) {
            owed -= static_cast<long double>(paid.amount.minor()) *
                    std::pow(1 + static_cast<long double>(rate),
                             static_cast<long double>(end - paid.date) / 365);
        }
        flows.push_back({end, Money::from_minor(std::llroundl(owed), usd())});
        if (flows.back().amount.minor() < 100'000) {
            continue;  // Too little left for the rate to be in it.
        }
        ASSERT_NEAR(xirr(flows).value().rate, rate, 1e-3 * (1 + rate)) << "seed 62, " << round;
        // The net present value at the rate found is nothing.
        ASSERT_NEAR(npv(xirr(flows)->rate, flows)->value, 0,
                    1e-9 * static_cast<double>(std::fabs(owed)) + 1e-3)
            << "seed 62, round " << round;
    }
}

TEST(Xirr, SearchesAGridWhereProofWouldCostTooMuch) {
    // 4000 days of buying and selling in turn: 3999 sign changes, one rate that matters.
    std::vector<DatedFlow> flows;
    for (int k = 0; k < 4000; ++k) {
        flows.push_back({Date::from_days(15'000 + k), dollars(k % 2 == 0 ? "-101" : "100")});
    }
    flows.push_back({Date::from_days(19'000), dollars("3000")});
    const auto answer = xirr(flows).value();
    EXPECT_FALSE(answer.is_complete);
    EXPECT_GT(answer.sign_changes, 3900);
    EXPECT_NEAR(npv(answer.rate, flows)->value, 0, 1e-6);
}

TEST(Xirr, FlowsOfOneDayAreOneFlow) {
    auto flows = excel_example();
    flows.push_back(flow("2008-05-05", "777"));
    flows.push_back(flow("2008-05-05", "-777"));
    EXPECT_EQ(xirr(flows)->rate, xirr(excel_example())->rate);
    EXPECT_EQ(xirr(flows)->sign_changes, 1);
}

TEST(Xirr, RefusesFlowsWithoutARate) {
    const std::vector one_sign{flow("2020-01-01", "-100"), flow("2021-01-01", "-1")};
    EXPECT_EQ(xirr(one_sign).error().code, ErrorCode::infeasible);
    const std::vector nothing{flow("2020-01-01", "0")};
    EXPECT_EQ(xirr(nothing).error().code, ErrorCode::infeasible);
    const std::vector same_day{flow("2020-01-01", "-100"), flow("2020-01-01", "110")};
    EXPECT_EQ(xirr(same_day).error().code, ErrorCode::infeasible);
    const std::vector never{flow("2020-01-01", "1000"), flow("2020-12-31", "-1900"),
                            flow("2021-12-31", "1100")};
    EXPECT_EQ(xirr(never).error().code, ErrorCode::infeasible);
    const std::vector beyond{flow("2020-01-01", "-1"), flow("2020-01-02", "100")};
    EXPECT_EQ(xirr(beyond).error().code, ErrorCode::infeasible);
}

TEST(Xirr, RefusesWrongInput) {
    EXPECT_EQ(xirr({}).error().place, "/flows");
    EXPECT_EQ(xirr(std::vector(100'001, flow("2020-01-01", "1"))).error().place, "/flows");
    const std::vector mixed{
        flow("2020-01-01", "-1"),
        DatedFlow{*Date::parse("2021-01-01"), *Money::parse("2", *money::Currency::parse("EUR"))}};
    EXPECT_EQ(xirr(mixed).error().place, "/flows/1/amount");
    EXPECT_EQ(npv(0.1, mixed).error().code, ErrorCode::invalid_argument);
    for (const double rate : {-1.0, -2.0, std::nan(""), HUGE_VAL}) {
        EXPECT_EQ(npv(rate, excel_example()).error().place, "/rate");
        const std::vector one{dollars("1")};
        EXPECT_EQ(npv(rate, one, FirstFlow::now).error().place, "/rate");
    }
    const std::vector large{dollars("90000000000000000"), dollars("90000000000000000")};
    EXPECT_EQ(npv(0, large, FirstFlow::now).error().code, ErrorCode::infeasible);
    EXPECT_EQ(npv(0, std::span<const Money>{}, FirstFlow::now).error().place, "/flows");
}

}  // namespace
}  // namespace atlas::finance::cashflow
