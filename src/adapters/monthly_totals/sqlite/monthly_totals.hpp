// SPDX-License-Identifier: Apache-2.0
// Monthly totals on SQLite, in the file of projections: synchronous = NORMAL, because a power cut
// that takes the last commits takes their offsets too, and replay brings both back.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "adapters/sqlite/database.hpp"
#include "base/guarded.hpp"
#include "ports/monthly_totals.hpp"

namespace atlas::adapters::monthly_totals::sqlite {

struct MonthlyTotalsOptions {
    std::string path;
    std::string vfs{};  ///< ChecksumVfs::name(); empty: no page checksums (tests).
};

class SqliteMonthlyTotals final : public ports::MonthlyTotalsStore {
    struct Parts;

public:
    /// Errors: conflict (a newer program's store), data_loss, unavailable.
    static Result<std::unique_ptr<SqliteMonthlyTotals>> open(const MonthlyTotalsOptions& options);
    /// For open() alone: nobody else has Parts.
    explicit SqliteMonthlyTotals(Parts parts);

    Result<bool> apply(HouseholdId household, std::int64_t sequence,
                       std::span<const ports::MonthlyTotal> changes) override;
    Result<std::int64_t> apply_batch(HouseholdId household,
                                     std::span<const ports::MonthlyTotalsEvent> events) override;
    Result<ports::MonthlyTotals> read(HouseholdId household, Date from, Date to) override;
    Result<void> reset(HouseholdId household) override;

private:
    struct Parts {
        adapters::sqlite::Database writer;
        adapters::sqlite::Database reader;
    };

    Guarded<adapters::sqlite::Database> writer_;
    Guarded<adapters::sqlite::Database> reader_;
};

}  // namespace atlas::adapters::monthly_totals::sqlite
