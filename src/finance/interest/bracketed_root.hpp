// SPDX-License-Identifier: Apache-2.0
// A root between two points of opposite sign. Never leaves the bracket, never diverges.
#pragma once

#include <cmath>
#include <limits>
#include <optional>

#include "base/check.hpp"

namespace atlas::finance::interest {

struct Bracket {
    long double low;
    long double high;
};

/// The root of a continuous `function` in `bracket`, to the last bits; nothing when its values at
/// both ends have the same sign.
/// Cost: about 10 evaluations, 2 × 200 at worst.
/// Source: T. R. Chandrupatla, "A new hybrid quadratic/bisection algorithm for finding the zero of
/// a nonlinear function without using derivatives", Advances in Engineering Software 28, 1997.
template <class F>
std::optional<long double> find_bracketed_root(F&& function, Bracket bracket) {
    constexpr int kStepsMax = 400;
    long double a = bracket.high;  // Newest estimate.
    long double b = bracket.low;   // The other end.
    long double fa = function(a);
    long double fb = function(b);
    if (fa == 0 || fb == 0) {
        return fa == 0 ? a : b;
    }
    if ((fa > 0) == (fb > 0)) {
        return std::nullopt;
    }
    long double t = 0.5L;
    for (int step = 0; step < kStepsMax; ++step) {
        const long double x = a + t * (b - a);
        const long double fx = function(x);
        long double c = a;  // The point dropped, for the parabola.
        long double fc = fa;
        if ((fx > 0) != (fa > 0)) {
            c = b;
            fc = fb;
            b = a;
            fb = fa;
        }
        a = x;
        fa = fx;
        const long double best = std::fabs(fa) < std::fabs(fb) ? a : b;
        const long double tolerance =
            2 * std::numeric_limits<long double>::epsilon() * std::fabs(best) + 1e-24L;
        const long double share = tolerance / std::fabs(b - a);
        if (share > 0.5L || fa == 0) {
            return best;
        }
        const long double xi = (a - b) / (c - b);
        const long double phi = (fa - fb) / (fc - fb);
        const bool is_parabola_safe = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi;
        t = is_parabola_safe ? fa / (fb - fa) * fc / (fb - fc) +
                                   (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
                             : 0.5L;
        t = std::fmin(1 - share, std::fmax(share, t));
    }
    return std::fabs(fa) < std::fabs(fb) ? a : b;
}

}  // namespace atlas::finance::interest
