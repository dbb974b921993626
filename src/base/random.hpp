// SPDX-License-Identifier: Apache-2.0
// Randomness as an argument. Random is seeded and repeatable (simulation, tests, Monte Carlo);
// EntropySource is what keys and ids come from, and only app/ makes the real one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace atlas {

/// xoshiro256** seeded by splitmix64. Same seed, same numbers, on every machine. Not for secrets.
/// Source: D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", 2018.
class Random {
public:
    explicit Random(std::uint64_t seed);

    std::uint64_t next();
    /// Uniform in [0, bound), without bias; bound > 0. Source: Lemire 2019.
    std::uint64_t below(std::uint64_t bound);
    /// Uniform integer in [low, high], both included.
    std::int64_t between(std::int64_t low, std::int64_t high);
    /// Uniform in [0, 1), 53 bits.
    double uniform();
    /// Standard normal by the inverse CDF (Wichura 1988, AS 241): one draw, one number.
    double normal();
    bool chance(double probability) { return uniform() < probability; }
    /// A generator whose stream does not overlap in practice with this one's.
    Random fork() { return Random(next()); }

private:
    std::array<std::uint64_t, 4> state_;
};

/// Quantile of the standard normal, 0 < p < 1, relative error about 1e-16.
double normal_quantile(double p);

/// Unpredictable bytes for keys, tokens and ids. Thread-safe.
class EntropySource {
public:
    virtual ~EntropySource() = default;
    virtual void fill(std::span<std::byte> out) = 0;
};

/// The kernel's generator.
class SystemEntropy final : public EntropySource {
public:
    void fill(std::span<std::byte> out) override;
};

/// Repeatable "entropy" for tests and the simulator.
class SeededEntropy final : public EntropySource {
public:
    explicit SeededEntropy(std::uint64_t seed) : random_(seed) {}
    void fill(std::span<std::byte> out) override;

private:
    Random random_;
};

}  // namespace atlas
