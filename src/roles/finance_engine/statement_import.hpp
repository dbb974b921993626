// SPDX-License-Identifier: Apache-2.0
// What importing a file would do, decided against the ledger as it stands: the change to apply,
// and the report a person reads before it. A preview's decision is committed as it stands when
// the ledger has not moved since, and taken again when it has.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "contracts/resources/import_rows.hpp"
#include "contracts/resources/imports.hpp"
#include "ports/ledger_store.hpp"
#include "roles/finance_engine/plan_spool.hpp"
#include "roles/finance_engine/scratch_log.hpp"

namespace atlas::roles::finance_engine {

/// Rows shown in a preview, and rejected entries listed, at most.
inline constexpr std::size_t kSampleMax = 20;
inline constexpr std::size_t kRejectedListedMax = 1000;

/// What the person asked for.
struct ImportQuestion {
    ImportId id;
    std::string file_name;
    std::string_view content;  ///< Outlives the call.
    std::string account;       ///< Name, or empty.
    std::optional<finance::ledger::AccountType> account_type;
    std::optional<std::string> currency;
    std::optional<contracts::CsvMappingValue> mapping;
    money::Currency base_currency;  ///< The household's: of a file that names none.
    Timestamp created_at;
    std::function<void(std::size_t)> passed{};  ///< As statements::ReadOptions::passed.
    ScratchSpace scratch{};
    bool wants_rows = false;  ///< Every row with its reason, not the first ones alone.
};

struct PlannedImport {
    ports::LedgerChange change;  ///< Without the import record.
    /// The same as change.stream, where a statement was read.
    std::shared_ptr<PlanSpool> streamed;
    contracts::ImportValue report;
    /// Transactions of the ledger as they were before this import touches them.
    std::vector<finance::ledger::Transaction> before;
    std::vector<contracts::ImportRowValue> rows;  ///< In file order, where they were wanted.
};

/// Reads the file and decides. Changes nothing.
/// Errors: those of statements::read_statements, invalid_argument when the account is needed and
///         not named, when one account's currency differs from the file's, or a limit is passed.
Result<PlannedImport> plan_import(ports::LedgerStore& store, IdSource& ids, HouseholdId household,
                                  const ImportQuestion& question);

/// The change that takes an import out again: its transactions removed, the ones it changed put
/// back unless a person has changed them since, transfers that lost a leg undone.
Result<ports::LedgerChange> plan_undo(ports::LedgerStore& store, HouseholdId household,
                                      const ports::ImportRecord& record);

/// What an ImportRecord keeps in `report`: the person's report, and what undo needs.
std::string encode_report(const PlannedImport& plan);
Result<contracts::ImportValue> decode_report(std::string_view report);

}  // namespace atlas::roles::finance_engine
