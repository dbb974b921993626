// SPDX-License-Identifier: Apache-2.0
// One step of a person's: planned against the ledger as it stands, written with its events, its
// record for undo and its line for the audit log, all in one change.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "contracts/resources/edits.hpp"
#include "roles/finance_engine/finance_engine.hpp"

namespace atlas::roles::finance_engine {

/// What a step will do. Events and the record are made from it.
struct PlannedEdit {
    struct Replaced {
        finance::ledger::Transaction before;
        finance::ledger::Transaction after;
    };
    struct ChangedAccount {
        finance::ledger::Account before;
        finance::ledger::Account after;
    };
    std::vector<Replaced> replaced{};
    std::vector<finance::ledger::Transaction> added{};
    std::vector<finance::ledger::Transaction> removed{};
    std::vector<finance::ledger::Account> accounts{};  ///< Opened.
    std::vector<ChangedAccount> changed_accounts{};
    std::vector<AccountId> removed_accounts{};
    std::vector<ports::RejectedPair> rejected_pairs{};
    std::vector<ports::RejectedPair> unrejected_pairs{};
    std::optional<ports::EditRecord> undone{};    ///< The record to be marked.
    std::vector<ports::OutboxEvent> decisions{};  ///< Written after all else.
    std::string summary{};
    std::int64_t unchanged = 0;
    std::vector<contracts::EditSkipped> skipped{};
};

/// What the record of a step keeps beside the events it names.
struct KeptEdit {
    std::string action;
    std::string summary;
    std::int64_t changed = 0;
    std::vector<std::string> rejected;    ///< Pairs as "out in".
    std::vector<std::string> unrejected;  ///< Likewise.
};

contracts::EditValue to_value(const ports::EditRecord& record, const KeptEdit& kept);
Result<KeptEdit> read_kept(const ports::EditRecord& record);
/// Pairs as kept. Errors: data_loss.
Result<std::vector<ports::RejectedPair>> read_pairs(const std::vector<std::string>& kept);

struct EditRequest {
    std::string bytes;        ///< What makes two requests of one key the same.
    std::string_view action;  ///< "transaction.edit"
};

/// Plans and writes; plans again when the ledger moved. A plan without effect writes nothing but
/// its answer. Errors: those of `plan` and of write_once.
Result<contracts::EditResult> commit_edit(const Parts& parts, const ports::CallContext& context,
                                          const EditRequest& request,
                                          const std::function<Result<PlannedEdit>()>& plan);

}  // namespace atlas::roles::finance_engine
