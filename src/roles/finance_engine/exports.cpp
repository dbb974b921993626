// SPDX-License-Identifier: Apache-2.0
// The whole ledger as text.
#include "contracts/codec/json.hpp"
#include "finance/ledger/export_hledger.hpp"
#include "finance/ledger/journal.hpp"
#include "roles/finance_engine/finance_engine.hpp"

namespace atlas::roles::finance_engine {

namespace ledger = finance::ledger;

Result<contracts::ExportValue> FinanceEngine::get_export(const contracts::GetExport& request,
                                                         const Context& context) {
    ATLAS_TRY_ASSIGN(contracts::AccountList list, list_accounts(context));
    ATLAS_TRY_ASSIGN(const auto balances, parts_.ledger.accounts(context.household));
    std::vector<ledger::Account> accounts;
    std::vector<ledger::Transaction> transactions;
    for (const ports::AccountBalance& row : balances) {
        accounts.push_back(row.account);
        ATLAS_TRY_ASSIGN(auto own,
                         parts_.ledger.transactions_between(context.household, row.account.id,
                                                            Date::create(1, 1, 1).value(),
                                                            Date::create(9999, 12, 31).value()));
        transactions.insert(transactions.end(), std::make_move_iterator(own.begin()),
                            std::make_move_iterator(own.end()));
    }
    contracts::ExportValue value{
        .format = request.format, .text = {}, .as_of_sequence = list.as_of_sequence};
    if (request.format == contracts::ExportFormat::hledger) {
        ATLAS_TRY_ASSIGN(
            const auto entries,
            ledger::journal_entries({.accounts = accounts, .transactions = transactions}));
        value.text = ledger::export_hledger(entries);
        return value;
    }
    contracts::LedgerDump dump{.version = 1,
                               .as_of_sequence = list.as_of_sequence,
                               .accounts = std::move(list.items),
                               .transactions = {}};
    for (const ledger::Transaction& transaction : transactions) {
        dump.transactions.push_back(contracts::to_value(transaction));
    }
    value.text = contracts::encode(dump);
    return value;
}

}  // namespace atlas::roles::finance_engine
