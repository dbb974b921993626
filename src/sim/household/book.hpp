// SPDX-License-Identifier: Apache-2.0
// The books while a household is being told: rows as they happen, balances as the banks book them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "sim/household/household.hpp"

namespace atlas::sim::household {

class Book {
public:
    /// Telling runs from `first` to `last`, both included.
    Book(Date first, Date last, std::vector<AccountTruth> accounts);

    /// Starts the next day: what was due to book on it is booked. Days follow one another.
    void open_day(Date day);

    /// Adds a row; it may post today or later, never before today. Returns its index.
    std::size_t add(TruthRow row);
    /// Adds both legs of a transfer and ties them. Returns the index of the first.
    std::size_t add_transfer(TruthRow from, TruthRow to);

    /// What the bank has booked up to now.
    std::int64_t booked(std::size_t account) const { return booked_[account]; }
    /// That, and everything on its way: what a careful person goes by.
    std::int64_t expected(std::size_t account) const { return expected_[account]; }

    /// What may be spent without counting on money still on its way in.
    std::int64_t spendable(std::size_t account) const {
        return booked_[account] + pending_out_[account];
    }

    std::optional<std::size_t> find(std::string_view key) const;
    const std::vector<AccountTruth>& accounts() const { return accounts_; }
    money::Currency currency(std::size_t account) const {
        return accounts_[account].opening.currency();
    }
    const std::vector<TruthRow>& rows() const { return rows_; }
    Date last() const { return last_; }

    /// Hands over accounts with closing balances and the rows booked by the last day, in order,
    /// with bank ids where the bank's files have them.
    void finish(Household& household) &&;

private:
    Date first_;
    Date last_;
    Date today_;
    std::vector<AccountTruth> accounts_;
    std::vector<TruthRow> rows_;
    std::vector<std::int64_t> booked_;
    std::vector<std::int64_t> expected_;
    /// By day, account: what will book then.
    std::vector<std::int64_t> due_;
    /// The same for money out alone, and the sum of it still to come, by account.
    std::vector<std::int64_t> due_out_;
    std::vector<std::int64_t> pending_out_;
};

}  // namespace atlas::sim::household
