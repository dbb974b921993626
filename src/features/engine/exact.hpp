// SPDX-License-Identifier: Apache-2.0
// Sums that cannot overflow or round: what makes a statistic independent of the order in which its
// events came. 128 bits hold any sum of int64 amounts; squares need 192.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

namespace atlas::features {

__extension__ using Int128 = __int128;
__extension__ using Uint128 = unsigned __int128;

/// Correctly rounded.
inline double to_double(Int128 value) {
    const auto small = static_cast<std::int64_t>(value);
    return static_cast<Int128>(small) == value ? static_cast<double>(small)
                                               : static_cast<double>(value);
}

/// Count, sum, sum of squares and largest of positive amounts.
class Moments {
public:
    void add(std::uint64_t amount) {
        const Uint128 square = static_cast<Uint128>(amount) * amount;
        squares_ += square;
        carries_ += squares_ < square ? 1U : 0U;
        sum_ += amount;
        ++count_;
        max_ = amount > max_ ? amount : max_;
    }
    void merge(const Moments& other) {
        squares_ += other.squares_;
        carries_ += other.carries_ + (squares_ < other.squares_ ? 1U : 0U);
        sum_ += other.sum_;
        count_ += other.count_;
        max_ = other.max_ > max_ ? other.max_ : max_;
    }

    std::int64_t count() const { return count_; }
    std::uint64_t max() const { return max_; }
    Int128 sum() const { return static_cast<Int128>(sum_); }
    double mean() const { return to_double(sum()) / static_cast<double>(count_); }

    /// Population standard deviation; 0 for fewer than two. Exact up to its last roundings while
    /// amounts stay below 2^40 (ten thousand million major units) and counts below 2^20.
    double deviation() const {
        if (count_ < 2) {
            return 0.0;
        }
        const auto n = static_cast<double>(count_);
        if (max_ < std::uint64_t{1} << 40 && count_ < std::int64_t{1} << 20) {
            const auto n_wide = static_cast<Uint128>(count_);
            return std::sqrt(to_double(static_cast<Int128>(n_wide * squares_ - sum_ * sum_))) / n;
        }
        const long double mean = static_cast<long double>(sum_) / n;
        const long double squares = std::ldexp(static_cast<long double>(carries_), 128) +
                                    static_cast<long double>(squares_);
        const long double variance = squares / n - mean * mean;
        return variance > 0 ? static_cast<double>(std::sqrt(variance)) : 0.0;
    }

private:
    Uint128 squares_ = 0;  ///< Modulo 2^128.
    std::uint64_t carries_ = 0;
    Uint128 sum_ = 0;
    std::int64_t count_ = 0;
    std::uint64_t max_ = 0;
};

}  // namespace atlas::features
