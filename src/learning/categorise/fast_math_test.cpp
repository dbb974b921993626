// SPDX-License-Identifier: Apache-2.0
// Goal: the short polynomials stay within what their header says. Method: against the exact ones
// over the ranges used, and the laws of growth and of sums.
#include "learning/categorise/fast_math.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace atlas::learning::categorise {
namespace {

TEST(FastMath, ExpIsWithinAHundredThousandth) {
    for (int i = -79'000; i <= 79'000; i += 7) {
        const float x = static_cast<float>(i) / 1000;
        const double exact = std::exp(static_cast<double>(x));
        EXPECT_NEAR(static_cast<double>(exp_of(x)) / exact, 1.0, 1.2e-5) << x;
    }
    for (int i = -1'000; i <= 1'000; ++i) {
        const float x = static_cast<float>(i) / 1000;
        EXPECT_NEAR(static_cast<double>(exp_of(x)) / std::exp(static_cast<double>(x)), 1.0, 4e-6);
    }
}

TEST(FastMath, ExpNeverLeavesTheNumbers) {
    EXPECT_GT(exp_of(-1e30F), 0.0F);
    EXPECT_LT(exp_of(1e30F), 1e36F);
    EXPECT_EQ(exp_of(-1e30F), exp_of(-80.0F));
}

TEST(FastMath, TanhIsWithinAHundredThousandth) {
    for (int i = 0; i < 200'000; i += 7) {
        const float x = static_cast<float>(i) / 10'000;
        EXPECT_NEAR(static_cast<double>(tanh_of(x)), std::tanh(static_cast<double>(x)), 1e-5) << x;
    }
    EXPECT_EQ(tanh_of(1e30F), 1.0F);
}

TEST(FastMath, LogIsWithinAThousandth) {
    for (int i = 0; i < 200'000; i += 13) {
        const float x = static_cast<float>(i) / 100;
        EXPECT_NEAR(static_cast<double>(log_of_one_plus(x)), std::log1p(static_cast<double>(x)),
                    1e-3)
            << x;
    }
}

}  // namespace
}  // namespace atlas::learning::categorise
