// SPDX-License-Identifier: Apache-2.0
#include "adapters/ledger_store/sqlite/write_side.hpp"

#include <optional>
#include <string>

#include "base/format.hpp"

namespace atlas::adapters::ledger_store::sqlite {

using adapters::sqlite::Statement;

Result<void> SideWriter::write(const ports::LedgerChange& change) const {
    ATLAS_TRY(forget_removed(change.removed));
    if (change.untold) {
        ATLAS_TRY(untell(*change.untold));
    }
    ATLAS_TRY(tell(change.told));
    ATLAS_TRY(write_statements(change.statements));
    ATLAS_TRY(write_pairs(change));
    ATLAS_TRY(write_kept(change));
    ATLAS_TRY(write_edits(change.edits));
    if (change.audit) {
        ATLAS_TRY(
            database_.run("INSERT INTO audit_notes(household, id, at_us, actor, action, detail) "
                          "VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                          household_, change.audit->id, change.audit->at.micros,
                          change.audit->actor, change.audit->action, change.audit->detail));
    }
    return {};
}

Result<void> SideWriter::forget_removed(const std::vector<TransactionId>& removed) const {
    for (const TransactionId id : removed) {
        ATLAS_TRY(database_.run("DELETE FROM tellings WHERE household = ?1 AND transaction_id = ?2",
                                household_, id));
    }
    return {};
}

Result<void> SideWriter::untell(ImportId import) const {
    ATLAS_TRY(database_.run("DELETE FROM tellings WHERE household = ?1 AND import_id = ?2",
                            household_, import));
    ATLAS_TRY(database_.run("DELETE FROM statements WHERE household = ?1 AND import_id = ?2",
                            household_, import));
    return {};
}

Result<void> SideWriter::tell(const std::vector<ports::Telling>& told) const {
    if (told.empty()) {
        return {};
    }
    ATLAS_TRY_ASSIGN(
        Statement insert,
        database_.prepare("INSERT INTO tellings SELECT ?1, ?2, id, ?4, ?5, ?6, ?7, ?8 "
                          "FROM transaction_ids "
                          "WHERE household = ?1 AND id = ?3 "
                          "ON CONFLICT(household, import_id, transaction_id) DO UPDATE SET "
                          "told_at_us = ?4, file = ?5, line = ?6, \"column\" = ?7, "
                          "fingerprint = ?8"));
    for (const ports::Telling& telling : told) {
        insert.bind_all(household_, telling.place.import_id, telling.transaction,
                        recorded_at_.micros, telling.place.file, telling.place.line,
                        telling.place.column, telling.fingerprint);
        ATLAS_TRY(insert.run());
        if (database_.changes() == 0) {
            return conflict(
                format("there is no transaction {} to tell of", to_string(telling.transaction)));
        }
        insert.reset();
    }
    return {};
}

Result<void> SideWriter::write_statements(
    const std::vector<ports::ToldStatement>& statements) const {
    std::int64_t number = 0;
    for (const ports::ToldStatement& told : statements) {
        std::optional<std::int64_t> minor;
        std::optional<std::string_view> currency;
        std::optional<std::string> day;
        if (told.closing && told.closing_date) {
            minor = told.closing->minor();
            currency = told.closing->currency().code();
            day = to_string(*told.closing_date);
        }
        ATLAS_TRY(
            database_.run("INSERT INTO statements VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                          household_, told.account, told.import, number++, told.file,
                          to_string(told.from), to_string(told.to), minor, currency, day));
    }
    return {};
}

Result<void> SideWriter::write_pairs(const ports::LedgerChange& change) const {
    for (const ports::RejectedPair& pair : change.unrejected_pairs) {
        ATLAS_TRY(database_.run(
            "DELETE FROM rejected_pairs WHERE household = ?1 AND out_id = ?2 AND in_id = ?3",
            household_, pair.out, pair.in));
    }
    for (const ports::RejectedPair& pair : change.rejected_pairs) {
        ATLAS_TRY(
            database_.run("INSERT INTO rejected_pairs VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING",
                          household_, pair.out, pair.in));
    }
    return {};
}

Result<void> SideWriter::write_kept(const ports::LedgerChange& change) const {
    for (const ports::KeptKey& key : change.dropped) {
        ATLAS_TRY_ASSIGN(
            const std::int64_t dropped,
            database_.run("DELETE FROM kept WHERE household = ?1 AND kind = ?2 AND id = ?3",
                          household_, key.kind, key.id));
        if (dropped == 0) {
            return conflict(format("there is no {} {} to drop", key.kind, to_string(key.id)));
        }
    }
    if (change.kept.empty()) {
        return {};
    }
    for (const ports::KeptRecord& record : change.kept) {
        ATLAS_TRY(database_.run(
            "INSERT INTO kept VALUES(?1, ?2, ?3, ?4, ?5) "
            "ON CONFLICT(household, kind, id) DO UPDATE SET body = ?4, "
            "updated_at_us = ?5",
            household_, record.kind, record.id, record.body, record.updated_at.micros));
    }
    ATLAS_TRY_ASSIGN(const std::int64_t most,
                     database_.integer("SELECT max(count) FROM (SELECT count(*) AS count FROM kept "
                                       "WHERE household = ?1 GROUP BY kind)",
                                       household_));
    if (most > static_cast<std::int64_t>(ports::kKeptRecordsMax)) {
        return fail(
            ErrorCode::exhausted, {},
            format("a household keeps {} records of a kind at most", ports::kKeptRecordsMax));
    }
    return {};
}

Result<void> SideWriter::write_edits(const std::vector<ports::EditRecord>& edits) const {
    for (const ports::EditRecord& edit : edits) {
        ATLAS_TRY(database_.run(
            "INSERT INTO edits VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) "
            "ON CONFLICT(household, id) DO UPDATE SET created_at_us = ?3, actor = ?4, "
            "report = ?5, first = ?6, last = ?7, undone = ?8",
            household_, edit.id, edit.created_at.micros, edit.actor, edit.report, edit.first,
            edit.last, edit.undone));
    }
    return {};
}

}  // namespace atlas::adapters::ledger_store::sqlite
