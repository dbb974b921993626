// SPDX-License-Identifier: Apache-2.0
// All real zeros of Σ weight × e^(−time × y): what a net present value is in y = log(1 + rate).
#pragma once

#include <vector>

#include "finance/interest/bracketed_root.hpp"

namespace atlas::finance::cashflow {

struct Exponential {
    long double time;
    long double weight;
};

struct Zeros {
    std::vector<long double> at;  ///< Ascending.
    int sign_changes;
    bool is_complete;  ///< False when only a grid was searched.
};

/// Times strictly ascending. Every zero in `range`, where it is cheap enough to prove it: an
/// exponential sum has at most as many zeros as its weights have sign changes, and multiplying it
/// by e^(τ y), τ between the two times of a sign change, and differentiating removes exactly that
/// change. So the zeros of the derivative, found the same way, part the range into pieces with at
/// most one zero each.
/// Cost: about 15 × (sign changes)² / 2 sums; a grid of 1000 where that would be more than
/// 4 million terms.
Zeros find_zeros(const std::vector<Exponential>& sum, interest::Bracket range);

}  // namespace atlas::finance::cashflow
