// SPDX-License-Identifier: Apache-2.0
// Taking an import out again, and what is kept of it for that.
#include <algorithm>
#include <map>
#include <set>

#include "contracts/codec/json.hpp"
#include "contracts/events.hpp"
#include "finance/ledger/opening_balance.hpp"
#include "roles/finance_engine/exports.hpp"
#include "roles/finance_engine/exports_restore.hpp"
#include "roles/finance_engine/finance_engine.hpp"
#include "roles/finance_engine/statement_import.hpp"

namespace atlas::roles::finance_engine {

namespace ledger = finance::ledger;

/// What a transaction was before an import changed it: the fields an import may touch.
struct KeptBefore {
    contracts::TransactionValue transaction;
    std::optional<std::string> bank_id;
    std::string fingerprint;
    std::int64_t occurrence = 0;
};

struct KeptReport {
    contracts::ImportValue report;
    std::vector<KeptBefore> before;
};

}  // namespace atlas::roles::finance_engine

namespace atlas::contracts {

template <>
struct Description<roles::finance_engine::KeptBefore> {
    using T = roles::finance_engine::KeptBefore;
    static constexpr std::string_view name = "KeptBefore";
    static constexpr std::string_view doc = "A transaction before an import changed it.";
    static constexpr auto fields = std::array{
        field<&T::transaction>("transaction", "As it was."),
        field<&T::bank_id>("bank_id", "As it was."),
        field<&T::fingerprint>("fingerprint", "As it was."),
        field<&T::occurrence>("occurrence", "As it was."),
    };
};

template <>
struct Description<roles::finance_engine::KeptReport> {
    using T = roles::finance_engine::KeptReport;
    static constexpr std::string_view name = "KeptReport";
    static constexpr std::string_view doc = "What an import record remembers.";
    static constexpr auto fields = std::array{
        field<&T::report>("report", "For the person."),
        field<&T::before>("before", "For undo.").at_most(10'000'000),
    };
};

}  // namespace atlas::contracts

namespace atlas::roles::finance_engine {
namespace {

using ledger::Transaction;

enum class Pairing : std::uint8_t { as_it_was, stays };

/// Puts back what the import changed. A person's filing since then stays, where it still fits.
Transaction restored(const Transaction& now, const KeptBefore& kept, Pairing pairing) {
    Transaction back = now;
    const contracts::TransactionValue& was = kept.transaction;
    back.date = was.date;
    back.posted_date = was.posted_date;
    back.amount = contracts::to_money(was.amount);
    back.description = was.description;
    back.status = was.status;
    back.bank_id = kept.bank_id;
    back.fingerprint = kept.fingerprint;
    back.occurrence = kept.occurrence;
    if (pairing == Pairing::stays && now.amount == back.amount) {
        return back;
    }
    back.transfer_id = was.transfer_id;
    const bool filed_since = now.filed.source == ledger::FilingSource::user &&
                             was.filed.source != ledger::FilingSource::user;
    if (!filed_since || now.amount != back.amount) {
        back.splits.clear();
        for (const contracts::SplitValue& split : was.splits) {
            back.splits.push_back(
                {split.category, contracts::to_money(split.amount), split.note, split.tags});
        }
        back.filed = {was.filed.source, was.filed.confidence, was.filed.reviewed};
    }
    return back;
}

/// The other leg of a transfer whose first leg is going away.
Transaction unlinked(const Transaction& leg) {
    Transaction alone = leg;
    alone.transfer_id = std::nullopt;
    if (leg.filed.source != ledger::FilingSource::user) {
        alone.splits = {{std::string(ledger::kUnknownCategory), leg.amount, std::nullopt, {}}};
        alone.filed = {};
    }
    return alone;
}

class Undo {
public:
    Undo(ports::LedgerStore& store, HouseholdId household, const ports::ImportRecord& record)
        : store_(store),
          household_(household),
          record_(record) {}

    Result<ports::LedgerChange> run() {
        ATLAS_TRY_ASSIGN(change_.expected, store_.sequence(household_));
        ATLAS_TRY(load_removed());
        ATLAS_TRY(restore_changed());
        ATLAS_TRY(unlink_partners());
        ATLAS_TRY(settle_openings());
        ATLAS_TRY(remove_empty_accounts());
        change_.untold = record_.id;
        for (const auto& [id, pair] : replaced_) {
            change_.replaced.push_back(pair.second);
            change_.events.push_back(transaction_changed(pair.first, pair.second));
        }
        change_.removed.reserve(removed_.size());
        change_.events.reserve(change_.events.size() + removed_.size() +
                               change_.removed_accounts.size());
        while (!removed_.empty()) {
            // One by one, so that a large import is not held twice.
            const auto leaving = removed_.extract(removed_.begin());
            change_.removed.push_back(leaving.key());
            change_.events.push_back(
                transaction_event(contracts::kTransactionRemoved, leaving.mapped()));
        }
        for (const AccountId account : change_.removed_accounts) {
            change_.events.push_back(
                {std::string(contracts::kAccountRemoved),
                 contracts::encode(contracts::AccountRemovedEvent{
                     .version = 1, .account_id = account, .unknown_fields = {}})});
        }
        return std::move(change_);
    }

private:
    /// What only this import tells goes. What another file tells too stays, as that one's.
    Result<void> load_removed() {
        ATLAS_TRY_ASSIGN(const std::vector<ports::Telling> retold,
                         store_.retold(household_, record_.id));
        std::map<TransactionId, ledger::SourcePlace> heirs;
        for (const ports::Telling& telling : retold) {
            heirs.try_emplace(telling.transaction, telling.place);  // The first one told.
        }
        ports::TransactionQuery query;
        query.import_id = record_.id;
        query.limit = ports::kTransactionsPageMax;
        do {
            ATLAS_TRY_ASSIGN(const ports::TransactionPage page,
                             store_.transactions(household_, query));
            for (const Transaction& transaction : page.items) {
                const auto heir = heirs.find(transaction.id);
                if (heir == heirs.end()) {
                    removed_.emplace(transaction.id, transaction);
                    continue;
                }
                Transaction inherited = transaction;
                inherited.source = heir->second;
                replaced_.emplace(transaction.id, std::pair(transaction, std::move(inherited)));
            }
            query.cursor = page.next_cursor;
        } while (!query.cursor.empty());
        return {};
    }

    Result<void> restore_changed() {
        ATLAS_TRY_ASSIGN(const auto kept, contracts::decode<KeptReport>(record_.report));
        for (const KeptBefore& before : kept.before) {
            const TransactionId id = before.transaction.id;
            if (ledger::is_equity(before.transaction.splits.front().category)) {
                continue;  // An opening is derived anew, not put back: others may have moved it.
            }
            auto now = store_.transaction(household_, id);
            if (!now.has_value() && now.error().code == ErrorCode::not_found) {
                continue;  // Its own import was undone in between.
            }
            ATLAS_TRY_ASSIGN(const Transaction current, std::move(now));
            ATLAS_TRY_ASSIGN(const bool told_later, is_told_later(current));
            if (removed_.contains(id) || told_later) {
                continue;
            }
            ATLAS_TRY_ASSIGN(const Pairing pairing, pairing_of(current));
            replaced_.emplace(id, std::pair(current, restored(current, before, pairing)));
        }
        return {};
    }

    /// True when a file that came after this one tells of it too: then it stays as booked.
    Result<bool> is_told_later(const Transaction& transaction) {
        const ImportId source = transaction.source.import_id;
        auto known = retold_.find(source);
        if (known == retold_.end()) {
            ATLAS_TRY_ASSIGN(auto tellings, store_.retold(household_, source));
            std::map<TransactionId, std::vector<ImportId>> tellers;
            for (const ports::Telling& telling : tellings) {
                tellers[telling.transaction].push_back(telling.place.import_id);
            }
            known = retold_.emplace(source, std::move(tellers)).first;
        }
        const auto found = known->second.find(transaction.id);
        return found != known->second.end() && found->second.back() != record_.id;
    }

    /// A pair of which both legs stay is still a pair, whichever file completed it.
    Result<Pairing> pairing_of(const Transaction& transaction) {
        if (!transaction.transfer_id.has_value()) {
            return Pairing::as_it_was;
        }
        ATLAS_TRY_ASSIGN(const auto legs, store_.legs(household_, *transaction.transfer_id));
        const bool both_stay = legs.size() == 2 && std::ranges::none_of(legs, [&](const auto& leg) {
                                   return removed_.contains(leg.id);
                               });
        return both_stay ? Pairing::stays : Pairing::as_it_was;
    }

    Result<void> unlink_partners() {
        std::set<TransferId> broken;
        for (const auto& [id, transaction] : removed_) {
            if (transaction.transfer_id.has_value()) {
                broken.insert(*transaction.transfer_id);
            }
        }
        for (const TransferId transfer : broken) {
            ATLAS_TRY_ASSIGN(const auto legs, store_.legs(household_, transfer));
            for (const Transaction& leg : legs) {
                if (removed_.contains(leg.id)) {
                    continue;
                }
                const auto [found, is_new] = replaced_.try_emplace(leg.id, leg, unlinked(leg));
                if (!is_new && found->second.second.transfer_id == transfer) {
                    found->second.second = unlinked(found->second.second);
                }
            }
        }
        return {};
    }

    /// Accounts that an import made and nothing is booked on any more, unless a person has renamed
    /// them since. The import that made one may have been undone before this one.
    Result<void> remove_empty_accounts() {
        ATLAS_TRY_ASSIGN(const contracts::ImportValue report, decode_report(record_.report));
        ATLAS_TRY_ASSIGN(const auto accounts, store_.accounts(household_));
        std::map<AccountId, std::int64_t> leaving;
        for (const auto& [id, transaction] : removed_) {
            ++leaving[transaction.account_id];
        }
        for (const contracts::ImportAccount& made : report.accounts) {
            const auto row = std::ranges::find(accounts, made.name,
                                               [](const auto& each) { return each.account.name; });
            if (row == accounts.end() || row->transactions != leaving[row->account.id] ||
                std::ranges::count(change_.removed_accounts, row->account.id) > 0) {
                continue;
            }
            ATLAS_TRY_ASSIGN(const bool by_import, is_made_by_import(made));
            if (by_import) {
                change_.removed_accounts.push_back(row->account.id);
            }
        }
        return {};
    }

    Result<bool> is_made_by_import(const contracts::ImportAccount& account) {
        if (account.created) {
            return true;
        }
        ATLAS_TRY_ASSIGN(const auto imports, store_.imports(household_));
        for (const ports::ImportRecord& record : imports) {
            if (record.state == ports::ImportState::preview) {
                continue;
            }
            ATLAS_TRY_ASSIGN(const contracts::ImportValue report, decode_report(record.report));
            if (std::ranges::any_of(report.accounts, [&](const contracts::ImportAccount& each) {
                    return each.created && each.name == account.name;
                })) {
                return true;
            }
        }
        return false;
    }

    Result<void> settle_openings() {
        std::set<AccountId> accounts;
        for (const auto& [id, transaction] : removed_) {
            accounts.insert(transaction.account_id);
        }
        for (const AccountId account : accounts) {
            const TransactionId id = ledger::opening_id(household_, account);
            const auto opening = store_.transaction(household_, id);
            if (!opening.has_value()) {
                continue;
            }
            std::vector<Transaction> removed;  // Only where an opening has to follow it.
            for (const auto& [other, transaction] : removed_) {
                if (transaction.account_id == account) {
                    removed.push_back(transaction);
                }
            }
            ATLAS_TRY_ASSIGN(auto remaining,
                             store_.transactions_between(household_, account, opening->date,
                                                         Date::create(9999, 12, 31).value()));
            std::erase_if(remaining, [&](const Transaction& t) {
                return t.id == id || removed_.contains(t.id);
            });
            std::erase_if(removed, [&](const Transaction& t) { return t.id == id; });
            removed_.erase(id);
            ATLAS_TRY_ASSIGN(const auto moved, settle_opening(*opening, removed, remaining));
            if (!moved.has_value()) {
                removed_.emplace(id, *opening);
            } else if (*moved != *opening) {
                replaced_.insert_or_assign(id, std::pair(*opening, *moved));
            }
        }
        return {};
    }

    /// The opening as it is without this import; nothing where nothing is left that it opens, or
    /// no statement that says what it is.
    Result<std::optional<Transaction>> settle_opening(const Transaction& opening,
                                                      const std::vector<Transaction>& removed,
                                                      const std::vector<Transaction>& remaining) {
        if (remaining.empty()) {
            return std::optional<Transaction>();
        }
        if (opening.source.import_id != record_.id) {
            ATLAS_TRY_ASSIGN(Transaction moved,
                             ledger::step_forward(opening, removed, remaining.front().date));
            return std::optional(std::move(moved));
        }
        // The bank's balance it was derived from goes too: the latest of the others takes over.
        ATLAS_TRY_ASSIGN(const auto other, latest_balance(opening.account_id));
        if (!other.has_value()) {
            return std::optional<Transaction>();
        }
        std::vector<Transaction> until = remaining;
        std::erase_if(until, [&](const Transaction& t) { return t.date > other->balance.date; });
        ATLAS_TRY_ASSIGN(auto derived, ledger::open_account(household_, opening.account_id, until,
                                                            other->balance));
        if (derived.has_value()) {
            derived->source = {other->import, other->file, 1, 1};
        }
        return derived;
    }

    struct OtherBalance {
        ledger::StatementBalance balance;
        ImportId import;
        std::string file;
    };

    /// The latest balance a bank has told of the account in another import of the ledger.
    Result<std::optional<OtherBalance>> latest_balance(AccountId account) {
        ATLAS_TRY_ASSIGN(const auto accounts, store_.accounts(household_));
        std::string name;
        for (const ports::AccountBalance& row : accounts) {
            name = row.account.id == account ? row.account.name : name;
        }
        std::optional<OtherBalance> latest;
        ATLAS_TRY_ASSIGN(const auto imports, store_.imports(household_));
        for (const ports::ImportRecord& record : imports) {
            if (record.state != ports::ImportState::committed || record.id == record_.id) {
                continue;
            }
            ATLAS_TRY_ASSIGN(const contracts::ImportValue report, decode_report(record.report));
            for (const contracts::Reconciliation& told : report.reconciliation) {
                if (told.account == name && told.date.has_value() &&
                    (!latest.has_value() || latest->balance.date < *told.date)) {
                    latest = OtherBalance{{contracts::to_money(told.statement_balance), *told.date},
                                          record.id,
                                          record.file_name};
                }
            }
        }
        return latest;
    }

    ports::LedgerStore& store_;
    HouseholdId household_;
    const ports::ImportRecord& record_;
    ports::LedgerChange change_;
    std::map<TransactionId, Transaction> removed_;
    std::map<TransactionId, std::pair<Transaction, Transaction>> replaced_;  ///< Before, after.
    /// By the import that told first: who else tells of its transactions, in order.
    std::map<ImportId, std::map<TransactionId, std::vector<ImportId>>> retold_;
};

}  // namespace

Result<ports::LedgerChange> plan_undo(ports::LedgerStore& store, HouseholdId household,
                                      const ports::ImportRecord& record) {
    if (record.format == kLedgerFormat) {
        return plan_restore_undo(store, household, record);
    }
    return Undo(store, household, record).run();
}

std::string encode_report(const PlannedImport& plan) {
    KeptReport kept{.report = plan.report, .before = {}};
    for (const Transaction& transaction : plan.before) {
        kept.before.push_back({contracts::to_value(transaction), transaction.bank_id,
                               transaction.fingerprint, transaction.occurrence});
    }
    return contracts::encode(kept);
}

Result<contracts::ImportValue> decode_report(std::string_view report) {
    ATLAS_TRY_ASSIGN(const auto kept, contracts::decode<KeptReport>(report));
    return kept.report;
}

}  // namespace atlas::roles::finance_engine
