// SPDX-License-Identifier: Apache-2.0
#include "learning/categorise/own_calibration.hpp"

#include <algorithm>
#include <cmath>

namespace atlas::learning::categorise {
namespace {

constexpr std::uint32_t kLeafShift = 0;
constexpr std::uint32_t kTopShift = 10;
constexpr std::uint32_t kStepMask = 0x3FF;
constexpr std::uint32_t kLeafCounted = 1U << 20;
constexpr std::uint32_t kLeafRight = 1U << 21;
constexpr std::uint32_t kTopCounted = 1U << 22;
constexpr std::uint32_t kTopRight = 1U << 23;
constexpr std::uint32_t kCold = 1U << 24;
constexpr std::uint32_t kAll = (1U << 25) - 1;

/// Upper ends of the bins in thousandths; narrow where thresholds lie and sure claims crowd.
constexpr std::array kEnds = {100U, 200U, 300U, 400U, 500U, 600U, 700U, 800U, 900U, 950U, 980U};

std::uint32_t step_of(double confidence) {
    return static_cast<std::uint32_t>(
        std::lround(std::clamp(confidence, 0.0, 1.0) * static_cast<double>(Claim::kSteps)));
}

std::uint32_t bits_of(const Claim::Level& level, std::uint32_t shift, std::uint32_t counted,
                      std::uint32_t right) {
    if (!level.is_counted) {
        return 0;
    }
    return (step_of(level.confidence) << shift) | counted | (level.is_right ? right : 0U);
}

}  // namespace

Claim::Claim(const Parts& parts)
    : bits_(bits_of(parts.leaf, kLeafShift, kLeafCounted, kLeafRight) |
            bits_of(parts.top, kTopShift, kTopCounted, kTopRight) | (parts.is_cold ? kCold : 0U)) {}

Claim Claim::of_bits(std::uint32_t bits) {
    Claim claim;
    claim.bits_ = bits & kAll;
    return claim;
}

Claim::Parts Claim::parts() const {
    const auto level = [&](std::uint32_t shift, std::uint32_t counted, std::uint32_t right) {
        return Level{.confidence = static_cast<double>((bits_ >> shift) & kStepMask) / kSteps,
                     .is_counted = (bits_ & counted) != 0,
                     .is_right = (bits_ & right) != 0};
    };
    return {.leaf = level(kLeafShift, kLeafCounted, kLeafRight),
            .top = level(kTopShift, kTopCounted, kTopRight),
            .is_cold = (bits_ & kCold) != 0};
}

std::size_t OwnCalibration::bin_of(std::uint32_t step) {
    const auto end = std::ranges::upper_bound(kEnds, step * 1000 / Claim::kSteps);
    return static_cast<std::size_t>(end - kEnds.begin());
}

void OwnCalibration::count(Claim claim, int by) {
    static_assert(kEnds.size() + 1 == kBins);
    const Claim::Parts parts = claim.parts();
    const auto add = [&](const Claim::Level& level, std::size_t row) {
        if (!level.is_counted) {
            return;
        }
        const std::uint32_t step = step_of(level.confidence);
        Bin& bin = bins_[row + (parts.is_cold ? 1U : 0U)][bin_of(step)];
        bin.count += by;
        bin.surplus += by * ((level.is_right ? std::int64_t{Claim::kSteps} : 0) - step);
    };
    add(parts.leaf, 0);
    add(parts.top, 2);
}

double OwnCalibration::mend(Level level, bool is_cold, double confidence) const {
    const Bin& own = bin(level, is_cold, step_of(confidence));
    if (own.count == 0) {
        return confidence;
    }
    const double shift = static_cast<double>(own.surplus) /
                         (static_cast<double>(Claim::kSteps) * (own.count + kPriorClaims));
    return std::clamp(confidence + shift, 0.0, 1.0);
}

}  // namespace atlas::learning::categorise
