// SPDX-License-Identifier: Apache-2.0
// What an import adds and tells, as decided, packed one after another: too much to hold as
// transactions, and read as often as the ledger store asks for it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "finance/ledger/deduplicate.hpp"
#include "ports/ledger_store.hpp"
#include "roles/finance_engine/scratch_log.hpp"

namespace atlas::roles::finance_engine {

/// A transfer that a new transaction is a leg of.
struct PlannedLeg {
    TransferId transfer;
    double confidence = 0.0;
};

class PlanSpool final : public ports::ChangeStream {
public:
    struct Source {
        ImportId import;
        std::string file;
    };

    PlanSpool(ScratchSpace space, std::string name, Source source)
        : log_(std::move(space), std::move(name)),
          source_(std::move(source)) {}

    /// Errors: those of the disk.
    Result<void> add(const finance::statements::StatementEntry& entry,
                     const finance::ledger::EntryDecision& decision, AccountId account);
    /// The fingerprint is empty where it is the transaction's own.
    Result<void> tell(TransactionId known, const finance::statements::SourcePosition& place,
                      std::string_view fingerprint);
    Result<void> settle() { return log_.settle(); }

    /// From here on the transaction comes as a leg.
    void pair(TransactionId id, PlannedLeg leg) { legs_.insert_or_assign(id, leg); }

    Result<void> rewind() override;
    Result<std::optional<ports::StreamedChange>> next() override;
    std::int64_t events() const override { return added_; }
    std::int64_t added() const { return added_; }
    /// Those that get something added.
    const std::vector<AccountId>& accounts() const { return accounts_; }

    /// The next added transaction as next() gives it, without its event.
    Result<std::optional<finance::ledger::Transaction>> next_added();

private:
    Result<std::optional<ports::StreamedChange>> read();
    std::int64_t account_number(AccountId account);

    ScratchLog log_;
    Source source_;
    std::string record_;
    std::vector<AccountId> accounts_;
    std::int64_t added_ = 0;
    std::unordered_map<TransactionId, PlannedLeg> legs_;
    std::optional<ScratchReader> reader_;
};

}  // namespace atlas::roles::finance_engine
