// SPDX-License-Identifier: Apache-2.0
// A column of balances beside a column of movements: each follows from the one before. Where it
// does not, rows are missing from the file, and that is the place.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "finance/statements/statement.hpp"

namespace atlas::finance::statements {

class BalanceChain {
public:
    /// The next booked row of one account, in the order of the file. All of one currency.
    void add(money::Money amount, std::optional<money::Money> balance, SourcePosition place);

    /// Whether more of the balances agree with rows that run back in time than with rows that run
    /// on: for files of one day, whose dates do not tell.
    bool runs_back() const { return back_.broken < on_.broken; }

    /// Where something is missing, and the sum that would close the gap. Nothing for a column that
    /// is no running balance (a third of it or more does not follow), nor where the gaps sum to
    /// nothing: rows of one day in another order. At most kBalanceGapsMax.
    std::vector<Rejected> gaps(bool back) const;

private:
    struct Gap {
        SourcePosition place;
        money::Money before;
        money::Money after;
        money::Money missing;
    };
    struct Direction {
        std::int64_t broken = 0;
        std::optional<money::Money> total{};
        std::vector<Gap> first{};  ///< Of the broken ones.
    };
    void link(Direction& direction, money::Money before, money::Money after, money::Money moved,
              SourcePosition place);

    std::optional<money::Money> balance_{};  ///< The last one.
    std::optional<money::Money> moved_{};    ///< Behind its row.
    std::optional<money::Money> amount_{};   ///< Of its row.
    SourcePosition place_{};
    std::int64_t links_ = 0;
    bool is_in_range_ = true;
    Direction on_;    ///< Older rows first.
    Direction back_;  ///< Newer rows first.
};

inline constexpr std::size_t kBalanceGapsMax = 5;

}  // namespace atlas::finance::statements
