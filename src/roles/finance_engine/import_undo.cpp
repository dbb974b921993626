// SPDX-License-Identifier: Apache-2.0
// Taking an import out again, and what is kept of it for that.
#include <algorithm>
#include <map>
#include <memory>
#include <span>

#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/events.hpp"
#include "finance/ledger/opening_balance.hpp"
#include "roles/finance_engine/exports.hpp"
#include "roles/finance_engine/exports_restore.hpp"
#include "roles/finance_engine/finance_engine.hpp"
#include "roles/finance_engine/removal_stream.hpp"
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
        ATLAS_TRY(look_through());
        ATLAS_TRY(restore_changed());
        ATLAS_TRY(unlink_partners());
        ATLAS_TRY(settle_openings());
        ATLAS_TRY(remove_empty_accounts());
        change_.untold = record_.id;
        for (const auto& [id, pair] : replaced_) {
            change_.replaced.push_back(pair.second);
            change_.events.push_back(transaction_changed(pair.first, pair.second));
        }
        for (const AccountId account : change_.removed_accounts) {
            removal_.after.push_back(
                {std::string(contracts::kAccountRemoved),
                 contracts::encode(contracts::AccountRemovedEvent{
                     .version = 1, .account_id = account, .unknown_fields = {}})});
        }
        for (const auto& [account, leaving] : leaving_) {
            removal_.count += leaving.transactions;
        }
        change_.stream = std::make_shared<RemovalStream>(store_, household_, std::move(removal_));
        return std::move(change_);
    }

private:
    struct DaySum {
        money::Int128 amount_minor = 0;
        std::int64_t transactions = 0;
    };

    /// What an account loses.
    struct Leaving {
        TransactionId opening;
        std::int64_t transactions = 0;
        std::map<Date, DaySum> days;  ///< Without the opening.
    };

    /// What only this import tells goes. What another file tells too stays, as that one's. Nothing
    /// is kept of either but sums, and the transfers that lose a leg.
    Result<void> look_through() {
        bool has_heirs = false;
        LeaverPages pages(store_, household_, removal_.leavers);
        for (;;) {
            ATLAS_TRY_ASSIGN(const Leaver* const leaver, pages.next());
            if (leaver == nullptr) {
                break;
            }
            if (leaver->heir.has_value()) {
                has_heirs = true;
                ++removal_.inherited;
            } else {
                count_out(leaver->transaction);
            }
        }
        if (!has_heirs) {
            removal_.leavers.disowned.reset();
        }
        return {};
    }

    void count_out(const Transaction& transaction) {
        const auto [at, is_new] = leaving_.try_emplace(transaction.account_id);
        Leaving& leaving = at->second;
        if (is_new) {
            leaving.opening = ledger::opening_id(household_, transaction.account_id);
        }
        if (transaction.transfer_id.has_value()) {
            broken_.push_back(*transaction.transfer_id);
        }
        if (transaction.id == leaving.opening) {
            return;  // Whether it goes is settled last.
        }
        ++leaving.transactions;
        DaySum& day = leaving.days[transaction.date];
        day.amount_minor += transaction.amount.minor();
        ++day.transactions;
    }

    /// Who tells of it besides this import and, where that is another, its first source.
    Result<std::vector<ports::Telling>> others_of(const Transaction& transaction) {
        const TransactionId id = transaction.id;
        ATLAS_TRY_ASSIGN(auto tellings, store_.tellings(household_, std::span(&id, 1)));
        std::erase_if(tellings, [&](const ports::Telling& telling) {
            return telling.place.import_id == transaction.source.import_id;
        });
        return tellings;
    }

    /// What this import told first, and who has it from now on, if anyone.
    Result<Leaver> leaver_of(const Transaction& transaction) {
        ATLAS_TRY_ASSIGN(const auto others, others_of(transaction));
        return Leaver{.transaction = transaction,
                      .heir = others.empty() ? std::nullopt : std::optional(others.front().place)};
    }

    /// Of the ledger as it is; for an opening only once it is settled.
    Result<bool> is_removed(const Transaction& transaction) {
        if (transaction.source.import_id != record_.id || removal_.apart.contains(transaction.id)) {
            return false;
        }
        ATLAS_TRY_ASSIGN(const Leaver leaver, leaver_of(transaction));
        return !leaver.heir.has_value();
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
            if (current.source.import_id == record_.id || told_later) {
                continue;
            }
            ATLAS_TRY_ASSIGN(const Pairing pairing, pairing_of(current));
            replaced_.emplace(id, std::pair(current, restored(current, before, pairing)));
        }
        return {};
    }

    /// True when a file that came after this one tells of it too: then it stays as booked.
    Result<bool> is_told_later(const Transaction& transaction) {
        ATLAS_TRY_ASSIGN(const auto others, others_of(transaction));
        return !others.empty() && others.back().place.import_id != record_.id;
    }

    /// A pair of which both legs stay is still a pair, whichever file completed it.
    Result<Pairing> pairing_of(const Transaction& transaction) {
        if (!transaction.transfer_id.has_value()) {
            return Pairing::as_it_was;
        }
        ATLAS_TRY_ASSIGN(const auto legs, store_.legs(household_, *transaction.transfer_id));
        for (const Transaction& leg : legs) {
            ATLAS_TRY_ASSIGN(const bool goes, is_removed(leg));
            if (goes) {
                return Pairing::as_it_was;
            }
        }
        return legs.size() == 2 ? Pairing::stays : Pairing::as_it_was;
    }

    Result<void> unlink_partners() {
        std::ranges::sort(broken_);
        broken_.erase(std::unique(broken_.begin(), broken_.end()), broken_.end());
        for (const TransferId transfer : broken_) {
            ATLAS_TRY_ASSIGN(const auto legs, store_.legs(household_, transfer));
            for (const Transaction& leg : legs) {
                ATLAS_TRY(unlink(leg));
            }
        }
        return {};
    }

    Result<void> unlink(const Transaction& leg) {
        Transaction stays = leg;
        if (leg.source.import_id == record_.id) {
            ATLAS_TRY_ASSIGN(const Leaver leaver, leaver_of(leg));
            if (!leaver.heir.has_value()) {
                return {};  // It goes.
            }
            stays = inherited(leaver);
            removal_.inherited -= removal_.apart.insert(leg.id).second ? 1 : 0;
        }
        const auto [found, is_new] = replaced_.try_emplace(leg.id, leg, unlinked(stays));
        if (!is_new && found->second.second.transfer_id == leg.transfer_id) {
            found->second.second = unlinked(found->second.second);
        }
        return {};
    }

    /// Accounts that an import made and nothing is booked on any more, unless a person has renamed
    /// them since. The import that made one may have been undone before this one.
    Result<void> remove_empty_accounts() {
        ATLAS_TRY_ASSIGN(const contracts::ImportValue report, decode_report(record_.report));
        ATLAS_TRY_ASSIGN(const auto accounts, store_.accounts(household_));
        const auto leaving_of = [&](AccountId account) {
            const auto found = leaving_.find(account);
            return found == leaving_.end() ? 0 : found->second.transactions;
        };
        for (const contracts::ImportAccount& made : report.accounts) {
            const auto row = std::ranges::find(accounts, made.name,
                                               [](const auto& each) { return each.account.name; });
            if (row == accounts.end() || row->transactions != leaving_of(row->account.id) ||
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
        for (auto& [account, leaving] : leaving_) {
            const auto opening = store_.transaction(household_, leaving.opening);
            if (!opening.has_value()) {
                continue;
            }
            removal_.apart.insert(opening->id);
            ATLAS_TRY_ASSIGN(const auto removed, removed_days(*opening, leaving));
            ATLAS_TRY_ASSIGN(const auto remaining, remaining_days(*opening, leaving));
            ATLAS_TRY_ASSIGN(const auto moved, settle_opening(*opening, removed, remaining));
            if (!moved.has_value()) {
                replaced_.erase(opening->id);
                removal_.besides.push_back(*opening);
                ++leaving.transactions;
            } else if (*moved != *opening) {
                replaced_.insert_or_assign(opening->id, std::pair(*opening, *moved));
            }
        }
        return {};
    }

    /// A day's movements as one: of an opening's neighbours only days and sums count.
    static Result<Transaction> day_of(const Transaction& opening, Date date,
                                      money::Int128 amount_minor) {
        if (amount_minor > INT64_MAX || amount_minor < -INT64_MAX) {
            return invalid_argument(
                {}, format("the sum of {} is beyond the range of amounts", to_string(date)));
        }
        Transaction day = opening;
        day.date = date;
        day.amount = money::Money::from_minor(static_cast<std::int64_t>(amount_minor),
                                              opening.amount.currency());
        return day;
    }

    static Result<std::vector<Transaction>> removed_days(const Transaction& opening,
                                                         const Leaving& leaving) {
        std::vector<Transaction> days;
        for (const auto& [date, sum] : leaving.days) {
            ATLAS_TRY_ASSIGN(Transaction day, day_of(opening, date, sum.amount_minor));
            days.push_back(std::move(day));
        }
        return days;
    }

    /// What the account keeps from the opening on, without it: what it moved less what goes.
    Result<std::vector<Transaction>> remaining_days(const Transaction& opening,
                                                    const Leaving& leaving) {
        ATLAS_TRY_ASSIGN(
            const auto movements,
            store_.movements(household_, opening.account_id, Date::create(9999, 12, 31).value()));
        std::vector<Transaction> days;
        for (const ports::DayMovement& moved : movements) {
            DaySum left{.amount_minor = moved.posted.minor(), .transactions = moved.transactions};
            left.amount_minor += moved.pending.minor();
            if (const auto gone = leaving.days.find(moved.date); gone != leaving.days.end()) {
                left.amount_minor -= gone->second.amount_minor;
                left.transactions -= gone->second.transactions;
            }
            if (moved.date == opening.date) {
                left.amount_minor -= opening.amount.minor();
                --left.transactions;
            }
            if (moved.date < opening.date || left.transactions <= 0) {
                continue;
            }
            ATLAS_TRY_ASSIGN(Transaction day, day_of(opening, moved.date, left.amount_minor));
            days.push_back(std::move(day));
        }
        return days;
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
    Removal removal_{.leavers = leavers_of(record_.id), .apart = {}};
    std::map<AccountId, Leaving> leaving_;
    std::vector<TransferId> broken_;  ///< A leg of theirs goes.
    std::map<TransactionId, std::pair<Transaction, Transaction>> replaced_;  ///< Before, after.
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
