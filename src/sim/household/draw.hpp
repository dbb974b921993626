// SPDX-License-Identifier: Apache-2.0
// Draws that give the same bits everywhere: only + - * / and floor on doubles, no libm, so that a
// household is one value a seed on every machine.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/random.hpp"

namespace atlas::sim::household {

/// Uniform in [low, high).
double draw_between(Random& random, double low, double high);
/// Nearly normal (four uniforms of 16 bits from one draw), mean 0, variance 1, within ±3.5.
double draw_bell(Random& random);
/// exp(sigma × bell − sigma²/2): a factor with mean about 1.
double draw_factor(Random& random, double sigma);
/// e^x for |x| < 8, by (1 + x/1024)^1024; relative error below 4 %, the same everywhere.
double portable_exp(double x);
/// An index, each as likely as its weight. At least one weight is positive.
std::size_t draw_weighted(Random& random, std::span<const int> weights);
/// One of them.
std::string_view draw_one(Random& random, std::span<const std::string_view> words);
/// Half up to whole cents.
std::int64_t to_cents(double dollars);

}  // namespace atlas::sim::household
