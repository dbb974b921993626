// SPDX-License-Identifier: Apache-2.0
// Where a reader's entries and refusals go: all kept in the statements, or, of a file that may be
// large, the entries to a sink and only so many refusals.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "finance/statements/statement.hpp"
#include "finance/statements/statement_chain.hpp"

namespace atlas::finance::statements {

/// Whether a statement's own balances can have a movement in them.
enum class InBalances : std::uint8_t { yes, no };

class EntryOutput {
public:
    /// Borrows the sink; `what` names in the plural what is refused ("rows").
    EntryOutput(EntrySink* sink, std::string_view what) : sink_(sink), what_(what) {}

    /// To the sink as one of the statement at `place`, else into `statement`.
    void take(StatementEntry entry, std::size_t place, Statement& statement,
              InBalances counted = InBalances::yes);

    /// Of the entries taken for the statement at `place`.
    EntrySum sum_of(std::size_t place) const;

    /// Notes in each where its balances and the entries taken for it do not meet.
    void compare_balances(std::vector<Statement>& statements) const;

    /// Into `list`. With a sink, and kStreamedRefusalsMax kept of the file, the last one of the
    /// list says instead how many more there were.
    void refuse(std::vector<Rejected>& list, Rejected refused);

private:
    EntrySink* sink_;
    std::string_view what_;
    std::size_t kept_ = 0;
    std::size_t more_ = 0;
    std::vector<EntrySum> sums_;  ///< By statement.
};

}  // namespace atlas::finance::statements
