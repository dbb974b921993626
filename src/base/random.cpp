// SPDX-License-Identifier: Apache-2.0
#include "base/random.hpp"

#include <sys/random.h>

#include <cmath>

#include "base/check.hpp"
#include "base/text_hash.hpp"

namespace atlas {
namespace {

std::uint64_t splitmix64(std::uint64_t& state) {
    state += 0x9e3779b97f4a7c15ULL;
    return mix_bits(state);
}

std::uint64_t rotate_left(std::uint64_t x, int k) {
    return (x << k) | (x >> (64 - k));
}

/// Evaluates numerator(x) / denominator(x), coefficients from the highest power down.
double rational(double x, std::span<const double> numerator, std::span<const double> denominator) {
    double top = 0.0;
    for (const double c : numerator) {
        top = top * x + c;
    }
    double bottom = 0.0;
    for (const double c : denominator) {
        bottom = bottom * x + c;
    }
    return top / bottom;
}

}  // namespace

Random::Random(std::uint64_t seed) {
    for (std::uint64_t& word : state_) {
        word = splitmix64(seed);
    }
}

std::uint64_t Random::next() {
    const std::uint64_t result = rotate_left(state_[1] * 5, 7) * 9;
    const std::uint64_t t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = rotate_left(state_[3], 45);
    return result;
}

std::uint64_t Random::below(std::uint64_t bound) {
    ATLAS_CHECK(bound > 0);
    __extension__ using Wide = unsigned __int128;
    Wide product = Wide{next()} * bound;
    auto low = static_cast<std::uint64_t>(product);
    if (low < bound) {
        const std::uint64_t threshold = (0 - bound) % bound;
        while (low < threshold) {
            product = Wide{next()} * bound;
            low = static_cast<std::uint64_t>(product);
        }
    }
    return static_cast<std::uint64_t>(product >> 64);
}

std::int64_t Random::between(std::int64_t low, std::int64_t high) {
    ATLAS_CHECK(low <= high);
    const std::uint64_t span = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    const std::uint64_t step = span == UINT64_MAX ? next() : below(span + 1);
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + step);
}

double Random::uniform() {
    return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

double Random::normal() {
    return normal_quantile((static_cast<double>(next() >> 11) + 0.5) * 0x1.0p-53);
}

double normal_quantile(double p) {
    ATLAS_CHECK(p > 0.0);
    ATLAS_CHECK(p < 1.0);
    // Source: M. J. Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37, 1988.
    static constexpr double kA[] = {2.5090809287301226727e3, 3.3430575583588128105e4,
                                    6.7265770927008700853e4, 4.5921953931549871457e4,
                                    1.3731693765509461125e4, 1.9715909503065514427e3,
                                    1.3314166789178437745e2, 3.3871328727963666080e0};
    static constexpr double kB[] = {5.2264952788528545610e3, 2.8729085735721942674e4,
                                    3.9307895800092710610e4, 2.1213794301586595867e4,
                                    5.3941960214247511077e3, 6.8718700749205790830e2,
                                    4.2313330701600911252e1, 1.0};
    static constexpr double kC[] = {7.74545014278341407640e-4, 2.27238449892691845833e-2,
                                    2.41780725177450611770e-1, 1.27045825245236838258e0,
                                    3.64784832476320460504e0,  5.76949722146069140550e0,
                                    4.63033784615654529590e0,  1.42343711074968357734e0};
    static constexpr double kD[] = {1.05075007164441684324e-9, 5.47593808499534494600e-4,
                                    1.51986665636164571966e-2, 1.48103976427480074590e-1,
                                    6.89767334985100004550e-1, 1.67638483018380384940e0,
                                    2.05319162663775882187e0,  1.0};
    static constexpr double kE[] = {2.01033439929228813265e-7, 2.71155556874348757815e-5,
                                    1.24266094738807843860e-3, 2.65321895265761230930e-2,
                                    2.96560571828504891230e-1, 1.78482653991729133580e0,
                                    5.46378491116411436990e0,  6.65790464350110377720e0};
    static constexpr double kF[] = {2.04426310338993978564e-15, 1.42151175831644588870e-7,
                                    1.84631831751005468180e-5,  7.86869131145613259100e-4,
                                    1.48753612908506148525e-2,  1.36929880922735805310e-1,
                                    5.99832206555887937690e-1,  1.0};
    const double q = p - 0.5;
    if (std::abs(q) <= 0.425) {
        return q * rational(0.180625 - q * q, kA, kB);
    }
    const double r = std::sqrt(-std::log(q < 0.0 ? p : 1.0 - p));
    const double tail = r <= 5.0 ? rational(r - 1.6, kC, kD) : rational(r - 5.0, kE, kF);
    return q < 0.0 ? -tail : tail;
}

void SystemEntropy::fill(std::span<std::byte> out) {
    std::size_t done = 0;
    while (done < out.size()) {
        const ssize_t got = getrandom(out.data() + done, out.size() - done, 0);
        ATLAS_CHECK(got > 0);  // Cannot fail once the pool is ready, which booting waits for.
        done += static_cast<std::size_t>(got);
    }
}

void SeededEntropy::fill(std::span<std::byte> out) {
    for (std::byte& b : out) {
        b = static_cast<std::byte>(random_.next() >> 56);
    }
}

}  // namespace atlas
