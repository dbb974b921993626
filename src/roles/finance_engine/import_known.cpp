// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/import_known.hpp"

#include <set>
#include <unordered_map>

#include "finance/ledger/opening_balance.hpp"

namespace atlas::roles::finance_engine {

namespace ledger = finance::ledger;

Result<KnownAround> load_known(ports::LedgerStore& store, HouseholdId household,
                               const KnownQuestion& question) {
    KnownAround known;
    std::vector<ports::Telling> tellings;
    if (!question.is_new) {
        const Date from = question.first.plus_days(-ledger::kDuplicateDaysMax);
        const Date to = question.last.plus_days(ledger::kDuplicateDaysMax);
        ATLAS_TRY_ASSIGN(known.transactions,
                         store.transactions_between(household, question.account, from, to));
        ATLAS_TRY_ASSIGN(tellings, store.told_otherwise(household, question.account, from, to));
    }
    known.transactions.insert(known.transactions.end(), question.earlier.begin(),
                              question.earlier.end());
    std::set<TransactionId> left_out{ledger::opening_id(household, question.account)};
    for (const auto& [date, id] : question.matched) {
        left_out.insert(id);
    }
    std::erase_if(known.transactions,
                  [&](const ledger::Transaction& t) { return left_out.contains(t.id); });
    if (tellings.empty()) {
        return known;
    }
    std::unordered_map<TransactionId, std::size_t> place;
    for (std::size_t i = 0; i < known.transactions.size(); ++i) {
        place.emplace(known.transactions[i].id, i);
    }
    for (ports::Telling& telling : tellings) {
        if (const auto at = place.find(telling.transaction);
            at != place.end() && telling.fingerprint.has_value()) {
            known.told.push_back({at->second, *std::move(telling.fingerprint)});
        }
    }
    return known;
}

}  // namespace atlas::roles::finance_engine
