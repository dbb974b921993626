// SPDX-License-Identifier: Apache-2.0
// Dividing a total over parts so that the parts add up to it: each part is the difference of two
// rounded running sums, never a rounded share of its own.
#pragma once

#include <cstdint>

#include "money/rounding.hpp"

namespace atlas::finance::lots {

/// Running division of `total` by `weight` units.
class Shares {
public:
    /// weight > 0; a total below zero is divided like any other.
    Shares(std::int64_t total, std::int64_t weight, money::Rounding rounding)
        : total_(total),
          weight_(weight),
          rounding_(rounding) {}

    /// The share of the next `units`; all of them together have `weight` units at most.
    std::int64_t next(std::int64_t units) {
        taken_ += units;
        const auto until = static_cast<std::int64_t>(
            money::divide(money::Int128{total_} * taken_, weight_, rounding_));
        const std::int64_t share = until - given_;
        given_ = until;
        return share;
    }

private:
    std::int64_t total_;
    std::int64_t weight_;
    money::Rounding rounding_;
    std::int64_t taken_ = 0;
    std::int64_t given_ = 0;
};

}  // namespace atlas::finance::lots
