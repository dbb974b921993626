// SPDX-License-Identifier: Apache-2.0
#include "sim/household/draw.hpp"

#include <cmath>

#include "base/check.hpp"

namespace atlas::sim::household {

double draw_between(Random& random, double low, double high) {
    return low + (high - low) * random.uniform();
}

double draw_bell(Random& random) {
    const std::uint64_t bits = random.next();
    const std::uint64_t sum =
        (bits & 0xffffU) + ((bits >> 16) & 0xffffU) + ((bits >> 32) & 0xffffU) + (bits >> 48);
    // Four uniforms have variance 4/12, so their sum is scaled by the square root of 3.
    return (static_cast<double>(sum) / 65536.0 - 1.99997) * 1.7320508;
}

double draw_factor(Random& random, double sigma) {
    return portable_exp(sigma * draw_bell(random) - sigma * sigma / 2.0);
}

double portable_exp(double x) {
    double power = 1.0 + x / 1024.0;
    for (int i = 0; i < 10; ++i) {
        power = power * power;
    }
    return power;
}

std::size_t draw_weighted(Random& random, std::span<const int> weights) {
    std::int64_t total = 0;
    for (const int weight : weights) {
        total += weight;
    }
    ATLAS_CHECK(total > 0);
    auto ticket = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(total)));
    for (std::size_t i = 0; i < weights.size(); ++i) {
        ticket -= weights[i];
        if (ticket < 0) {
            return i;
        }
    }
    return weights.size() - 1;
}

std::string_view draw_one(Random& random, std::span<const std::string_view> words) {
    return words[static_cast<std::size_t>(random.below(words.size()))];
}

std::int64_t to_cents(double dollars) {
    return static_cast<std::int64_t>(std::floor(dollars * 100.0 + 0.5));
}

}  // namespace atlas::sim::household
