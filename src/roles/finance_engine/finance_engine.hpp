// SPDX-License-Identifier: Apache-2.0
// The finance engine: the household's ledger behind routes. Loads through ports, calls the pure
// core, stores, and says so in events.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/guarded.hpp"
#include "base/id.hpp"
#include "contracts/resources/accounts.hpp"
#include "contracts/resources/balances.hpp"
#include "contracts/resources/care.hpp"
#include "contracts/resources/edits.hpp"
#include "contracts/resources/exports.hpp"
#include "contracts/resources/import_rows.hpp"
#include "contracts/resources/imports.hpp"
#include "contracts/resources/monthly_totals.hpp"
#include "contracts/resources/transactions.hpp"
#include "contracts/resources/transfers.hpp"
#include "ports/audit_log.hpp"
#include "ports/ledger_store.hpp"
#include "ports/monthly_totals.hpp"
#include "ports/roles/role_client.hpp"
#include "roles/finance_engine/monthly_totals_projection.hpp"
#include "roles/finance_engine/rates.hpp"
#include "roles/finance_engine/scratch_log.hpp"
#include "serving/handler_table.hpp"

namespace atlas::roles::finance_engine {

/// How long a question waits for a projection that is behind before it answers "as of".
inline constexpr std::chrono::milliseconds kProjectionWait{500};

struct PlannedImport;

/// Borrowed for the engine's lifetime.
struct Parts {
    ports::LedgerStore& ledger;
    ports::MonthlyTotalsStore& totals;
    MonthlyTotalsProjection& projection;
    ports::AuditLog& audit;
    const Clock& clock;
    IdSource& ids;
    money::Currency base_currency;  ///< Of the household; of files that name none.
    /// Category ids the taxonomy knows.
    std::function<Result<bool>(std::string_view)> is_category;
    Rates rates{};  ///< For figures of several currencies together.
    /// Where a large import is set aside while it is decided.
    ScratchSpace scratch{};
};

/// Thread-safe.
class FinanceEngine {
public:
    explicit FinanceEngine(Parts parts) : parts_(std::move(parts)) {}

    /// Binds every route this role answers, calculators included.
    void bind(serving::HandlerTable& table);

    /// What a crash has left undone: audit lines of changes that are durable. Before serving.
    Result<void> recover();

    using Context = ports::CallContext;

    Result<contracts::AccountList> list_accounts(const Context& context);
    Result<contracts::TransactionList> list_transactions(const contracts::ListTransactions& request,
                                                         const Context& context);
    Result<contracts::TransactionValue> get_transaction(const contracts::GetTransaction& request,
                                                        const Context& context);
    Result<contracts::TransactionValue> file_transaction(const contracts::FileTransaction& request,
                                                         const Context& context);
    Result<contracts::EditResult> edit_transaction(const contracts::EditTransaction& request,
                                                   const Context& context);
    Result<contracts::EditResult> bulk_edit(const contracts::BulkEdit& request,
                                            const Context& context);
    Result<contracts::EditResult> add_transaction(const contracts::AddTransaction& request,
                                                  const Context& context);
    Result<contracts::EditResult> delete_transaction(const contracts::GetTransaction& request,
                                                     const Context& context);
    Result<contracts::RefundList> list_refunds(const contracts::GetTransaction& request,
                                               const Context& context);
    Result<contracts::EditList> list_edits(const contracts::ListEdits& request,
                                           const Context& context);
    Result<contracts::EditResult> undo_edit(const contracts::EditById& request,
                                            const Context& context);

    Result<contracts::BalanceSeries> get_balances(const contracts::GetBalances& request,
                                                  const Context& context);
    Result<contracts::AccountReport> get_account_report(const contracts::AccountById& request,
                                                        const Context& context);
    Result<contracts::WorthValue> get_worth(const contracts::GetWorth& request,
                                            const Context& context);
    Result<contracts::EditResult> add_account(const contracts::AddAccount& request,
                                              const Context& context);
    Result<contracts::EditResult> edit_account(const contracts::EditAccount& request,
                                               const Context& context);

    Result<contracts::TransferList> list_transfers(const contracts::ListTransfers& request,
                                                   const Context& context);
    Result<contracts::EditResult> pair_transfer(const contracts::PairTransfer& request,
                                                const Context& context);
    Result<contracts::EditResult> confirm_transfer(const contracts::TransferById& request,
                                                   const Context& context);
    Result<contracts::EditResult> reject_transfer(const contracts::TransferById& request,
                                                  const Context& context);
    Result<contracts::EditResult> unpair_transfer(const contracts::TransferById& request,
                                                  const Context& context);
    Result<contracts::CounterpartList> list_counterparts(const contracts::GetTransaction& request,
                                                         const Context& context);

    Result<contracts::MonthlyTotalList> get_monthly_totals(
        const contracts::GetMonthlyTotals& request, const Context& context);

    Result<contracts::ImportValue> create_import(const contracts::CreateImport& request,
                                                 const Context& context);
    /// The same for a file that need not fit in memory; the request's content is not looked at.
    /// Of a large one only its plan is kept: when the ledger moves before the
    /// commit, that is a conflict.
    Result<contracts::ImportValue> create_import_of(const contracts::CreateImport& request,
                                                    const ports::FileView& file,
                                                    const Context& context);
    Result<contracts::ImportValue> commit_import(const contracts::ImportById& request,
                                                 const Context& context);
    Result<contracts::ImportValue> undo_import(const contracts::ImportById& request,
                                               const Context& context);
    Result<contracts::ImportValue> get_import(const contracts::ImportById& request,
                                              const Context& context);
    Result<contracts::ImportList> list_imports(const Context& context);
    Result<contracts::ImportRowList> list_import_rows(const contracts::ListImportRows& request,
                                                      const Context& context);
    Result<contracts::TableValue> read_table(const contracts::ReadTable& request,
                                             const Context& context);

    Result<contracts::ExportPiece> get_export_piece(const contracts::GetExportPiece& request,
                                                    const Context& context);
    Result<contracts::FileText> get_export(const contracts::GetExport& request,
                                           const Context& context);

    Result<contracts::AuditCheckpointValue> verify_audit(const Context& context);

private:
    /// The last preview's plan, as long as the ledger stands where it was decided: its commit need
    /// not decide again. Shared by this and the commit that has taken it.
    struct KeptPlan {
        HouseholdId household;
        ImportId id;
        std::shared_ptr<PlannedImport> plan;
    };
    std::shared_ptr<PlannedImport> take_plan(HouseholdId household, ImportId id);
    Result<PlannedImport> plan_commit(const contracts::ImportById& request, const Context& context);

    Parts parts_;
    Guarded<std::optional<KeptPlan>> kept_plan_;
};

/// The event of a transaction that came or went.
ports::OutboxEvent transaction_event(std::string_view type,
                                     const finance::ledger::Transaction& transaction);
ports::OutboxEvent transaction_changed(const finance::ledger::Transaction& before,
                                       const finance::ledger::Transaction& after);
ports::OutboxEvent account_opened(const finance::ledger::Account& account);
ports::OutboxEvent account_changed(const finance::ledger::Account& before,
                                   const finance::ledger::Account& after);

}  // namespace atlas::roles::finance_engine
