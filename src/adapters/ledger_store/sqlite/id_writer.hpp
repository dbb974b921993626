// SPDX-License-Identifier: Apache-2.0
// Which row a transaction's id has. Ids are random, rows are not: an index of ids that grows with
// every row is read and written all over as soon as it is larger than the cache. So they lie in a
// table of their own, and many new ones go into it at once and in their order.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "adapters/sqlite/database.hpp"
#include "base/id.hpp"

namespace atlas::adapters::ledger_store::sqlite {

/// New ids held back at most: 24 MB. A million random ones touch every page of an index of fifteen
/// million once, instead of nearly one page each.
inline constexpr std::size_t kIdsHeldMax = 1'000'000;

/// Lives within one transaction. What is held back is not in the store yet: flush() before anybody
/// looks for it.
class IdWriter {
public:
    IdWriter(adapters::sqlite::Database& database, HouseholdId household)
        : database_(database),
          household_(household) {}

    /// Errors: those of flush().
    Result<void> add(TransactionId id, std::int64_t row);
    /// Errors: conflict when the household has one of the ids already; the store's own.
    Result<void> flush();
    Result<void> remove(TransactionId id);

private:
    adapters::sqlite::Database& database_;
    const HouseholdId household_;
    std::vector<std::pair<TransactionId, std::int64_t>> held_;
};

}  // namespace atlas::adapters::ledger_store::sqlite
