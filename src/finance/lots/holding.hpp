// SPDX-License-Identifier: Apache-2.0
// The lots of one asset in one account: in order of acquisition, taken from by a method.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "finance/lots/lots.hpp"

namespace atlas::finance::lots {

/// Part of the lot at `index`.
struct Take {
    std::size_t index = 0;
    std::int64_t billionths = 0;
};

/// Invariant: lots by (acquired, order), each of a positive quantity, and their quantities and
/// costs sum within int64. Errors have a place relative to the movement ("/quantity").
class Holding {
public:
    const std::vector<Lot>& lots() const { return lots_; }
    std::int64_t billionths() const { return billionths_; }
    std::int64_t basis_minor() const { return basis_minor_; }

    /// A lot that was here before (a transfer back) grows. Errors: invalid_argument on overflow.
    Result<void> add(Lot lot);

    /// Which lots give `quantity` by one of the methods but specific; checked: it is held.
    std::vector<Take> choose(Method method, money::Quantity quantity) const;
    /// As named. Errors: invalid_argument: no such lot, named twice, holds less, sum is another.
    Result<std::vector<Take>> choose(std::span<const LotChoice> chosen,
                                     money::Quantity quantity) const;

    /// Takes them out, each with its cost. By average every lot costs the same before and after.
    std::vector<TakenLot> take(std::span<const Take> takes, Method method,
                               money::Rounding rounding);

    /// new_units for old_units of every lot. Errors: invalid_argument when a lot would vanish, or
    /// on overflow; then nothing has changed.
    Result<void> split(std::int64_t new_units, std::int64_t old_units, money::Rounding rounding);

private:
    std::vector<Take> dearest_first(std::int64_t needed) const;
    void spread_evenly(money::Rounding rounding);

    std::vector<Lot> lots_;
    std::int64_t billionths_ = 0;
    std::int64_t basis_minor_ = 0;
};

}  // namespace atlas::finance::lots
