// SPDX-License-Identifier: Apache-2.0
// How far the shipped calibration is off for one person, told by what came of earlier claims: each
// answer is held against the confidence Atlas had before it was known. Whole numbers only, so that
// taking an answer back undoes it exactly and a replay gives the same sums.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace atlas::learning::categorise {

/// What was claimed of one example before its answer, and what came of it: 32 bits of a Record.
class Claim {
public:
    /// A confidence is kept in so many steps.
    static constexpr std::uint32_t kSteps = 1023;
    struct Level {
        double confidence = 0;  ///< By the shipped calibration, before any mending.
        bool is_counted = false;
        bool is_right = false;
    };
    struct Parts {
        Level leaf;
        Level top;
        bool is_cold = false;  ///< Memory had nothing to say.
    };
    Claim() = default;
    explicit Claim(const Parts& parts);
    /// Of stored bits; those that no Claim has are passed over.
    static Claim of_bits(std::uint32_t bits);

    std::uint32_t bits() const { return bits_; }
    Parts parts() const;
    friend bool operator==(const Claim&, const Claim&) = default;

private:
    std::uint32_t bits_ = 0;
};

class OwnCalibration {
public:
    void add(Claim claim) { count(claim, 1); }
    /// Takes back one add of an equal claim.
    void remove(Claim claim) { count(claim, -1); }

    enum class Level : std::uint8_t { leaf, top };
    /// A confidence of the shipped calibration, moved by what came of claims of its size.
    /// Units: probability. Cost: a few ns.
    /// Source: the posterior mean of a shift with a prior that weighs kPriorClaims claims at 0.
    double mend(Level level, bool is_cold, double confidence) const;
    friend bool operator==(const OwnCalibration&, const OwnCalibration&) = default;

private:
    /// Claims that "the shipped calibration is right" weighs. Chosen on two users; any number from
    /// 5 to 100 does as well on the third.
    static constexpr double kPriorClaims = 20;
    static constexpr std::size_t kBins = 12;
    struct Bin {
        std::int32_t count = 0;
        std::int64_t surplus = 0;  ///< Sum of kSteps * right - confidence's steps.
        friend bool operator==(const Bin&, const Bin&) = default;
    };
    static std::size_t bin_of(std::uint32_t step);
    void count(Claim claim, int by);
    const Bin& bin(Level level, bool is_cold, std::uint32_t step) const {
        return bins_[(level == Level::top ? 2U : 0U) + (is_cold ? 1U : 0U)][bin_of(step)];
    }

    std::array<std::array<Bin, kBins>, 4> bins_{};
};

}  // namespace atlas::learning::categorise
