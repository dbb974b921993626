// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/plan_spool.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "contracts/events.hpp"
#include "finance/statements/packed_entry.hpp"
#include "roles/finance_engine/finance_engine.hpp"

namespace atlas::roles::finance_engine {
namespace {

namespace ledger = finance::ledger;
namespace statements = finance::statements;
using ledger::Transaction;

constexpr std::int64_t kAdded = 0;
constexpr std::int64_t kTold = 1;

std::string_view bytes_of(const TransactionId& id) {
    return {reinterpret_cast<const char*>(id.uuid.bytes.data()), id.uuid.bytes.size()};
}

TransactionId id_of(std::string_view bytes) {
    TransactionId id{};
    std::memcpy(id.uuid.bytes.data(), bytes.data(), id.uuid.bytes.size());
    return id;
}

}  // namespace

std::int64_t PlanSpool::account_number(AccountId account) {
    const auto found = std::ranges::find(accounts_, account);
    if (found != accounts_.end()) {
        return found - accounts_.begin();
    }
    accounts_.push_back(account);
    return static_cast<std::int64_t>(accounts_.size()) - 1;
}

Result<void> PlanSpool::add(const statements::StatementEntry& entry,
                            const ledger::EntryDecision& decision, AccountId account) {
    record_.clear();
    statements::Packer out(record_);
    out.number(kAdded);
    out.number(account_number(account));
    out.text(bytes_of(decision.id));
    out.text(decision.fingerprint);
    out.number(decision.occurrence);
    statements::pack(entry, out);
    ++added_;
    return log_.append(record_);
}

Result<void> PlanSpool::tell(TransactionId known, const statements::SourcePosition& place,
                             std::string_view fingerprint) {
    record_.clear();
    statements::Packer out(record_);
    out.number(kTold);
    out.text(bytes_of(known));
    out.number(place.line);
    out.number(place.column);
    out.text(fingerprint);
    return log_.append(record_);
}

Result<void> PlanSpool::rewind() {
    reader_.emplace(log_, 0, log_.size());
    return {};
}

Result<std::optional<ports::StreamedChange>> PlanSpool::read() {
    ATLAS_TRY_ASSIGN(const auto record, reader_->next());
    if (!record.has_value()) {
        return std::optional<ports::StreamedChange>();
    }
    statements::Unpacker in(*record);
    if (in.number() == kTold) {
        ports::Telling told;
        told.transaction = id_of(in.text());
        const std::int64_t line = in.number();
        told.place = {source_.import, source_.file, line, in.number()};
        if (const std::string_view fingerprint = in.text(); !fingerprint.empty()) {
            told.fingerprint = std::string(fingerprint);
        }
        return std::optional(
            ports::StreamedChange{.added = {}, .event = {}, .told = std::move(told)});
    }
    const AccountId account = accounts_[static_cast<std::size_t>(in.number())];
    ledger::EntryDecision decision{.verdict = ledger::EntryVerdict::added,
                                   .id = id_of(in.text()),
                                   .existing = std::nullopt,
                                   .fingerprint = std::string(in.text()),
                                   .occurrence = in.number(),
                                   .reason = {}};
    const statements::StatementEntry entry = statements::unpack_entry(in);
    Transaction transaction = ledger::make_transaction(
        entry, decision, account,
        {source_.import, source_.file, entry.position.line, entry.position.column});
    if (const auto leg = legs_.find(transaction.id); leg != legs_.end()) {
        transaction.transfer_id = leg->second.transfer;
        transaction.splits = {
            {std::string(ledger::kTransferCategory), transaction.amount, std::nullopt, {}}};
        transaction.filed = {ledger::FilingSource::rule, leg->second.confidence, false};
    }
    return std::optional(
        ports::StreamedChange{.added = std::move(transaction), .event = {}, .told = {}});
}

Result<std::optional<ports::StreamedChange>> PlanSpool::next() {
    ATLAS_TRY_ASSIGN(auto change, read());
    if (change.has_value() && change->added.has_value()) {
        change->event = transaction_event(contracts::kTransactionRecorded, *change->added);
    }
    return change;
}

Result<std::optional<Transaction>> PlanSpool::next_added() {
    while (true) {
        ATLAS_TRY_ASSIGN(auto change, read());
        if (!change.has_value()) {
            return std::optional<Transaction>();
        }
        if (change->added.has_value()) {
            return std::move(change->added);
        }
    }
}

}  // namespace atlas::roles::finance_engine
