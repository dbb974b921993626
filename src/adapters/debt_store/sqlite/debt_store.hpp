// SPDX-License-Identifier: Apache-2.0
// The debt store on SQLite: a commit is on stable storage when it returns.
#pragma once

#include <memory>
#include <string>

#include "adapters/sqlite/database.hpp"
#include "base/guarded.hpp"
#include "ports/debt_store.hpp"

namespace atlas::adapters::debt_store::sqlite {

struct DebtStoreOptions {
    std::string path;
    std::string vfs{};  ///< ChecksumVfs::name(); empty: no page checksums (tests).
};

class SqliteDebtStore final : public ports::DebtStore {
public:
    /// Errors: conflict (a newer program's store), data_loss, unavailable.
    static Result<std::unique_ptr<SqliteDebtStore>> open(const DebtStoreOptions& options);
    explicit SqliteDebtStore(adapters::sqlite::Database database)
        : database_(std::move(database)) {}

    Result<void> apply(HouseholdId household, const ports::DebtChange& change) override;
    Result<std::vector<ports::DebtRecord>> debts(HouseholdId household) override;
    Result<ports::DebtRecord> debt(HouseholdId household, ports::DebtId id) override;
    Result<std::optional<ports::IdempotentAnswer>> answer(HouseholdId household,
                                                          const std::string& key,
                                                          Timestamp now) override;

private:
    Guarded<adapters::sqlite::Database> database_;
};

}  // namespace atlas::adapters::debt_store::sqlite
