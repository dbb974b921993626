// SPDX-License-Identifier: Apache-2.0
// Calibration of a confidence: measuring it, and a rising map that mends it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace atlas::learning::calibration {

/// A claim and whether it held.
struct Outcome {
    double confidence = 0;
    bool is_right = false;
};

/// Mean distance between claimed and observed share over equal-width bins, weighted by count.
/// Source: Guo et al. 2017, "On Calibration of Modern Neural Networks", eq. 3. 0 for no outcomes.
double expected_calibration_error(std::span<const Outcome> outcomes, std::size_t bins = 10);

/// Wilson's score interval of a share. Source: Wilson 1927; z = 1.96 for 95 %.
struct Interval {
    double low = 0;
    double high = 1;
};
Interval wilson(std::size_t successes, std::size_t trials, double z = 1.959963984540054);

/// A rising piecewise-linear map of [0, 1] to itself; identity by default.
class Calibration {
public:
    struct Knot {
        double score = 0;
        double probability = 0;
        friend bool operator==(const Knot&, const Knot&) = default;
    };
    Calibration() = default;
    /// Errors: invalid_argument unless the scores rise strictly and the probabilities never fall,
    ///         all of them within [0, 1].
    static Result<Calibration> create(std::vector<Knot> knots);
    /// Pools adjacent violators over bins of at least `bin_min` outcomes.
    /// Source: Zadrozny and Elkan 2002; Ayer et al. 1955.
    static Calibration fit(std::vector<Outcome> outcomes, std::size_t bin_min = 100);

    double operator()(double score) const;
    std::span<const Knot> knots() const { return knots_; }

private:
    std::vector<Knot> knots_;
};

}  // namespace atlas::learning::calibration
