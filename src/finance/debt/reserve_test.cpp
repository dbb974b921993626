// SPDX-License-Identifier: Apache-2.0
// Goal: a fund's size and its chance of running dry are what the household's months say. Method:
// cases by hand, every future of small households enumerated, laws on seeded ones, and the error
// stated held against many seeds.
#include "finance/debt/reserve.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "base/random.hpp"

namespace atlas::finance::debt {
namespace {

/// Deepest fall below an earlier high, written down and looked through.
std::int64_t need_of(const std::vector<std::int64_t>& nets) {
    std::vector<std::int64_t> balance{0};
    for (const std::int64_t net : nets) {
        balance.push_back(balance.back() + net);
    }
    std::int64_t need = 0;
    for (std::size_t from = 0; from < balance.size(); ++from) {
        for (std::size_t to = from; to < balance.size(); ++to) {
            need = std::max(need, balance[from] - balance[to]);
        }
    }
    return need;
}

/// Exact chance of each need, by every sequence of months.
std::map<std::int64_t, double> enumerate(const FlowHistory& history, int horizon) {
    std::map<std::int64_t, double> chances;
    const auto count = history.months.size();
    std::size_t sequences = 1;
    for (int i = 0; i < horizon; ++i) {
        sequences *= count;
    }
    for (std::size_t s = 0; s < sequences; ++s) {
        std::vector<std::int64_t> nets;
        std::size_t rest = s;
        for (int i = 0; i < horizon; ++i, rest /= count) {
            const MonthFlow& month = history.months[rest % count];
            nets.push_back(month.income - month.expenses);
        }
        chances[need_of(nets)] += 1.0 / static_cast<double>(sequences);
    }
    return chances;
}

FlowHistory history_of(std::vector<std::int64_t> nets) {
    FlowHistory history;
    for (const std::int64_t net : nets) {
        history.months.push_back({100'000 + net, 100'000});
    }
    return history;
}

TEST(Reserve, SteadyHouseholdsNeedWhatTheirMonthsLack) {
    const auto even = Reserve::simulate({.flows = FlowMoments{200'000, 0.0, 200'000, 0.0}});
    EXPECT_EQ(even->size_for(0.05).amount, 0);
    EXPECT_EQ(even->run_dry(0).probability, 0.0);
    EXPECT_GT(even->run_dry(0).error, 0.0) << "nothing in 10,000 draws is not never";
    // 100.00 short every month of twelve.
    const auto shortfall = Reserve::simulate({.flows = FlowMoments{190'000, 0.0, 200'000, 0.0}});
    EXPECT_EQ(shortfall->size_for(0.05).amount, 120'000);
    EXPECT_EQ(shortfall->size_for(0.05).low, 120'000);
    EXPECT_EQ(shortfall->run_dry(119'999).probability, 1.0);
    EXPECT_EQ(shortfall->run_dry(120'000).probability, 0.0);
}

TEST(Reserve, GoodMonthsRefillButDoNotFillBeyond) {
    // One good month of six pays for one bad one at most, whatever its size.
    const auto history = history_of({-50'000, -50'000, -50'000, 900'000, 900'000, 900'000});
    const auto exact = enumerate(history, 4);
    const auto reserve = Reserve::simulate({.flows = history, .horizon_months = 4});
    for (const std::int64_t need : reserve->needs()) {
        EXPECT_TRUE(exact.contains(need)) << need;
    }
    EXPECT_EQ(reserve->needs().back(), 200'000);
}

TEST(Reserve, AgreesWithEveryFutureEnumerated) {
    Random random(11);
    for (int household = 0; household < 30; ++household) {
        std::vector<std::int64_t> nets;
        for (int i = 0; i < 6; ++i) {
            nets.push_back(random.between(-80'000, 60'000));
        }
        const auto history = history_of(nets);
        const auto exact = enumerate(history, 4);
        const auto reserve = Reserve::simulate({.flows = history,
                                                .horizon_months = 4,
                                                .paths = 20'000,
                                                .seed = static_cast<std::uint64_t>(household)});
        double above = 1.0;
        for (const auto& [need, chance] : exact) {
            above -= chance;
            const Chance told = reserve->run_dry(need);
            EXPECT_NEAR(told.probability, above, 5.0 * told.error) << "household " << household;
        }
    }
}

TEST(Reserve, AnIncomeThatStopsIsAGeometricPause) {
    // Steady otherwise, for two months: stops with 0.2; back with 1/2. Exact: needs 0, 1 or 2.
    const auto reserve = Reserve::simulate({.flows = FlowMoments{100'000, 0.0, 100'000, 0.0},
                                            .income_loss = IncomeLoss{0.2, 2.0, 0.25},
                                            .horizon_months = 2,
                                            .paths = 100'000});
    // Lost in month 1: 0.2, still in month 2: half of it; lost only in month 2: 0.8 × 0.2.
    EXPECT_NEAR(reserve->run_dry(0).probability, 0.36, 0.006);
    EXPECT_NEAR(reserve->run_dry(75'000).probability, 0.1, 0.004);
    EXPECT_EQ(reserve->needs().back(), 150'000) << "a quarter comes anyway";
}

TEST(Reserve, MomentsComeBackAsTheyWereGiven) {
    // One month: the need is (expenses − income)+; its mean has a closed form for income 0.
    const auto reserve = Reserve::simulate(
        {.flows = FlowMoments{0, 0.0, 200'000, 0.3}, .horizon_months = 1, .paths = 100'000});
    double sum = 0.0;
    double squares = 0.0;
    for (const std::int64_t need : reserve->needs()) {
        sum += static_cast<double>(need);
        squares += static_cast<double>(need) * static_cast<double>(need);
    }
    const double mean = sum / 1e5;
    EXPECT_NEAR(mean, 200'000, 5 * 60'000 / std::sqrt(1e5));
    EXPECT_NEAR(std::sqrt(squares / 1e5 - mean * mean) / mean, 0.3, 0.01);
}

TEST(Reserve, MoreBufferNeverRunsDryMoreOftenAndTheSizeKeepsItsPromise) {
    Random random(12);
    for (int i = 0; i < 40; ++i) {
        const auto reserve = Reserve::simulate(
            {.flows = FlowMoments{random.between(100'000, 500'000), random.uniform(),
                                  random.between(100'000, 500'000), random.uniform()},
             .horizon_months = static_cast<int>(random.between(1, 24)),
             .paths = 500,
             .seed = random.next()});
        double last = 1.0;
        for (std::int64_t fund = 0; fund < 5'000'000; fund += 250'000) {
            EXPECT_LE(reserve->run_dry(fund).probability, last);
            last = reserve->run_dry(fund).probability;
        }
        for (const double accepted : {0.01, 0.05, 0.2, 0.5}) {
            const FundSize size = reserve->size_for(accepted);
            EXPECT_LE(reserve->run_dry(size.amount).probability, accepted);
            EXPECT_TRUE(size.amount == 0 ||
                        reserve->run_dry(size.amount - 1).probability > accepted);
            EXPECT_LE(size.low, size.amount);
            EXPECT_GE(size.high, size.amount);
        }
    }
}

TEST(Reserve, TheIntervalHoldsTheSizeOfManyMorePaths) {
    const ReserveRequest request{.flows = FlowMoments{300'000, 0.2, 280'000, 0.25}};
    ReserveRequest many = request;
    many.paths = 200'000;
    const std::int64_t truth = Reserve::simulate(many)->size_for(0.05).amount;
    int held = 0;
    for (int i = 0; i < 200; ++i) {
        ReserveRequest few = request;
        few.paths = 1000;
        few.seed = 1000 + static_cast<std::uint64_t>(i);
        const FundSize size = Reserve::simulate(few)->size_for(0.05);
        held += size.low <= truth && truth <= size.high ? 1 : 0;
    }
    EXPECT_GE(held, 180);  // 95 % of 200 less 3.2 standard deviations.
}

TEST(Reserve, DescribesWhatItWasGiven) {
    const FlowFigures figures = describe(history_of({-20, 20, -20, 20, -20, 20}));
    EXPECT_DOUBLE_EQ(figures.income, 100'000);
    EXPECT_NEAR(figures.income_volatility, std::sqrt(6.0 / 5.0) * 20 / 100'000, 1e-12);
    EXPECT_EQ(figures.expense_volatility, 0.0);
}

TEST(Reserve, RefusesByPlace) {
    const auto place = [](const ReserveRequest& request) {
        return Reserve::simulate(request).error().place;
    };
    EXPECT_EQ(place({.flows = history_of({1, 2, 3, 4, 5})}), "/months");
    EXPECT_EQ(place({.flows = history_of({1, 2, 3, 4, 5, -200'000})}), "/months/5/income");
    EXPECT_EQ(place({.flows = FlowMoments{-1, 0, 1, 0}}), "/income");
    EXPECT_EQ(place({.flows = FlowMoments{1, 0, INT64_MAX, 0}}), "/expenses");
    EXPECT_EQ(place({.flows = FlowMoments{1, 11, 1, 0}}), "/income_volatility");
    EXPECT_EQ(place({.flows = FlowMoments{1, 0, 1, std::nan("")}}), "/expense_volatility");
    const FlowMoments fine{1, 0, 1, 0};
    EXPECT_EQ(place({.flows = fine, .horizon_months = 0}), "/horizon_months");
    EXPECT_EQ(place({.flows = fine, .horizon_months = 121}), "/horizon_months");
    EXPECT_EQ(place({.flows = fine, .paths = 99}), "/paths");
    EXPECT_EQ(place({.flows = fine, .income_loss = IncomeLoss{1.1, 2, 0}}),
              "/income_loss/chance_per_month");
    EXPECT_EQ(place({.flows = fine, .income_loss = IncomeLoss{0.1, 0.5, 0}}),
              "/income_loss/months_mean");
    EXPECT_EQ(place({.flows = fine, .income_loss = IncomeLoss{0.1, 2, -0.1}}),
              "/income_loss/income_kept");
}

}  // namespace
}  // namespace atlas::finance::debt
