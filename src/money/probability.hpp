// SPDX-License-Identifier: Apache-2.0
// Probability: a number known to lie in [0, 1]. A share of a household's confidence is not a rate,
// and neither is passed for the other.
#pragma once

#include <compare>

#include "base/format.hpp"
#include "base/result.hpp"

namespace atlas::money {

class Probability {
public:
    /// Errors: invalid_argument outside [0, 1] or not a number.
    static Result<Probability> create(double value) {
        if (!(value >= 0 && value <= 1)) {
            return invalid_argument({}, format("probability {} is not between 0 and 1", value));
        }
        return Probability(value);
    }
    double as_double() const { return value_; }
    Probability complement() const { return Probability(1 - value_); }

    friend auto operator<=>(const Probability&, const Probability&) = default;

private:
    explicit Probability(double value) : value_(value) {}
    double value_;
};

}  // namespace atlas::money
