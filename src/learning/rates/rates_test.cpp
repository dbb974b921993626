// SPDX-License-Identifier: Apache-2.0
// Goal: forecasts stand on the past alone, a random walk is told as one and a pass-through is
// found. Method: series made by a known law; the published ones where they are at hand.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/random.hpp"
#include "learning/rates/rate_model.hpp"

namespace atlas::learning::rates {
namespace {

using AllSeries = std::array<Series, kProducts.size()>;

/// The policy rate moves by momentum; a product takes `share` of its move of the quarter before,
/// and noise.
AllSeries made_by(double momentum, double share, double noise, std::uint64_t seed) {
    Random random(seed);
    std::vector<double> policy(720, 5.0);
    std::vector<double> move(policy.size(), 0.0);
    for (std::size_t i = 1; i < policy.size(); ++i) {
        move[i] = momentum * move[i - 1] + 0.1 * random.normal();
        policy[i] = policy[i - 1] + move[i];
    }
    AllSeries all;
    for (std::size_t p = 0; p < all.size(); ++p) {
        double rate = 10.0;
        for (std::size_t i = 6; i < policy.size(); ++i) {
            const double passed = share * (policy[i - 3] - policy[i - 4]);
            rate += passed + noise * random.normal();
            all[p].push_back(
                {month_index(1965, 1) + static_cast<int>(i), p == 0 ? policy[i] : rate});
        }
    }
    return all;
}

TEST(Rates, ARandomWalkIsToldAsOne) {
    const RateModel model = fit(made_by(0.0, 0.0, 0.2, 1), {}).value();
    int walks = 0;
    for (std::size_t p = 1; p < model.products.size(); ++p) {
        for (const HorizonFit& horizon : model.products[p].horizons) {
            walks += horizon.method == Method::random_walk ? 1 : 0;
            if (horizon.method == Method::random_walk) {
                EXPECT_EQ(horizon.held_out.loss, horizon.held_out.loss_walk);
                EXPECT_EQ(horizon.held_out.difference_high, 0.0);
                EXPECT_NEAR(change_at(model.products[p], 12, 0.5), 0.0, 0.35);
            }
        }
    }
    EXPECT_GE(walks, 16) << "of 20";
    // Three months of steps of 0.2: quantiles of a normal with 0.2 × √3.
    EXPECT_NEAR(change_at(model.products[1], 3, 0.9), 1.2816 * 0.2 * std::sqrt(3.0), 0.12);
}

TEST(Rates, APassThroughIsFoundAndCovers) {
    const RateModel model = fit(made_by(0.9, 0.8, 0.03, 2), {}).value();
    for (std::size_t p = 1; p < model.products.size(); ++p) {
        const HorizonFit& quarter = model.products[p].horizons[0];
        EXPECT_EQ(quarter.method, Method::pass_through);
        EXPECT_NEAR(quarter.weights[1], 0.8, 0.1) << "all of the last quarter's move is to come";
        EXPECT_LT(quarter.held_out.loss, 0.5 * quarter.held_out.loss_walk);
        EXPECT_LT(quarter.held_out.difference_high, 0.0);
        EXPECT_NEAR(quarter.held_out.coverage, 0.8, 0.15);
    }
}

/// A market in which the policy rate's moves pass through until a month and never after.
AllSeries stops_passing_at(int month, std::uint64_t seed) {
    AllSeries all = made_by(0.9, 0.8, 0.03, seed);
    const AllSeries none = made_by(0.9, 0.0, 0.2, seed + 1);
    for (std::size_t p = 1; p < all.size(); ++p) {
        double offset = 0.0;
        for (std::size_t i = 0; i < all[p].size(); ++i) {
            if (all[p][i].month < month) {
                offset = all[p][i].rate - none[p][i].rate;
            } else {
                all[p][i].rate = none[p][i].rate + offset;
            }
        }
    }
    return all;
}

TEST(Rates, WhatDoesNotBeatTheWalkOnTheYearsAfterIsTheWalk) {
    const RateModel model = fit(stops_passing_at(month_index(2009, 6), 8), {}).value();
    int taken_back = 0;
    for (std::size_t p = 1; p < model.products.size(); ++p) {
        const HorizonFit& quarter = model.products[p].horizons[0];
        EXPECT_LT(quarter.chosen_on.difference_high, 0.0) << "it had won until then";
        EXPECT_GE(quarter.tried.difference_high, 0.0);
        EXPECT_EQ(quarter.method, Method::random_walk);
        EXPECT_EQ(quarter.weights, (std::array<double, 3>{}));
        EXPECT_EQ(quarter.held_out.loss, quarter.held_out.loss_walk);
        EXPECT_EQ(quarter.tried.loss_walk, quarter.held_out.loss_walk);
        taken_back += quarter.method == Method::random_walk ? 1 : 0;
    }
    EXPECT_EQ(taken_back, 5);
}

TEST(Rates, WhatComesLaterDoesNotChangeAForecast) {
    AllSeries all = made_by(0.9, 0.5, 0.05, 3);
    const int cut = month_index(2015, 1);
    const RateModel before = fit(all, {.hold_out_to = month_index(2014, 1)}).value();
    Random random(4);
    for (Series& series : all) {
        for (Observation& each : series) {
            each.rate += each.month >= cut ? 5.0 * random.normal() : 0.0;
        }
    }
    // Origins before 2014 with 12 months ahead end before the cut.
    const RateModel after = fit(all, {.hold_out_to = month_index(2014, 1)}).value();
    for (std::size_t p = 0; p < before.products.size(); ++p) {
        for (std::size_t h = 0; h < 3; ++h) {
            EXPECT_EQ(before.products[p].horizons[h].held_out.loss,
                      after.products[p].horizons[h].held_out.loss);
            EXPECT_EQ(before.products[p].horizons[h].method, after.products[p].horizons[h].method);
        }
    }
}

TEST(Rates, ChangesGrowWithLevelAndAreLinesBetweenHorizons) {
    const RateModel model = fit(made_by(0.8, 0.5, 0.05, 5), {}).value();
    for (const ProductFit& product : model.products) {
        for (int month = 1; month <= kMonthsMax; ++month) {
            for (double level = 0.05; level < 0.9; level += 0.05) {
                EXPECT_LE(change_at(product, month, level),
                          change_at(product, month, level + 0.05));
            }
        }
        EXPECT_EQ(change_at(product, 0, 0.9), 0.0);
        EXPECT_NEAR(change_at(product, 9, 0.3),
                    0.5 * (change_at(product, 6, 0.3) + change_at(product, 12, 0.3)), 1e-12);
        EXPECT_EQ(change_at(product, 6, 0.001), change_at(product, 6, 0.05));
        const double middle = change_at(product, 24, 0.5);
        EXPECT_NEAR(change_at(product, 96, 0.9) - middle,
                    2.0 * (change_at(product, 24, 0.9) - middle), 1e-12);
    }
}

TEST(Rates, TheModelComesBackBitForBitAndDamageIsNamed) {
    const RateModel model = fit(made_by(0.8, 0.5, 0.05, 6), {}).value();
    const std::string bytes = encode(model);
    EXPECT_EQ(encode(decode(bytes).value()), bytes);
    EXPECT_EQ(change_at(decode(bytes)->products[2], 7, 0.3), change_at(model.products[2], 7, 0.3));
    for (std::size_t i = 0; i < bytes.size(); i += 37) {
        std::string damaged = bytes;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x20);
        EXPECT_FALSE(decode(damaged).has_value() && encode(*decode(damaged)) != bytes) << i;
    }
    EXPECT_EQ(decode("").error().code, ErrorCode::data_loss);
}

TEST(Rates, ReadsPublishedTables) {
    const Series weekly =
        read_series("date,value\r\n2020-01-02,4\r\n2020-01-09,5\n2020-02-06,NA\n2020-03-05,6\n")
            .value();
    ASSERT_EQ(weekly.size(), 2U);
    EXPECT_EQ(weekly[0].month, month_index(2020, 1));
    EXPECT_EQ(weekly[0].rate, 4.5);
    EXPECT_EQ(joined({{5, 1.0}}, {{4, 2.0}, {5, 3.0}})[1].rate, 1.0);
    EXPECT_EQ(joined({{5, 1.0}}, {{4, 2.0}, {5, 3.0}}).size(), 2U);
    EXPECT_EQ(read_series("h\n2020-01-02;4\n").error().place, "line 2");
    EXPECT_EQ(read_series("h\n2020-01-02,4x\n").error().place, "line 2");
    EXPECT_EQ(read_series("h\n\n2020-01-02,4000\n").error().place, "line 3");
    EXPECT_EQ(fit(AllSeries{}, {}).error().code, ErrorCode::invalid_argument);
}

TEST(Rates, ThePublishedSeriesAreTheWalkAsTheCardSays) {
    const char* shared = std::getenv("ATLAS_SHARED");
    const std::filesystem::path folder =
        std::filesystem::path(shared == nullptr ? "../shared" : shared) / "data/fin/rates_macro";
    if (!std::filesystem::exists(folder / "FEDFUNDS.csv")) {
        GTEST_SKIP() << "no published series at " << folder;
    }
    const auto read = [&](const char* name) {
        std::ifstream file(folder / name);
        return read_series(std::string(std::istreambuf_iterator<char>(file), {})).value();
    };
    const RateModel model =
        fit({joined(read("FEDFUNDS.csv"), read("codex_FEDFUNDS.csv")), read("MPRIME.csv"),
             read("TERMCBCCALLNS.csv"), joined(read("MORTGAGE30US.csv"), read("MORTG.csv")),
             read("TERMCBAUTO48NS.csv"), read("TERMCBPER24NS.csv")},
            {})
            .value();
    for (const ProductFit& product : model.products) {
        for (const HorizonFit& horizon : product.horizons) {
            EXPECT_GT(horizon.held_out.forecasts, 30) << product.product;
            EXPECT_GT(horizon.held_out.coverage, 0.5) << product.product;
            // What the card says: nothing beats the walk on the years held out.
            EXPECT_EQ(horizon.method, Method::random_walk) << product.product;
            EXPECT_GE(horizon.tried.difference_high, 0.0) << product.product;
            EXPECT_EQ(horizon.held_out.loss, horizon.held_out.loss_walk);
        }
    }
}

}  // namespace
}  // namespace atlas::learning::rates
