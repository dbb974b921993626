// SPDX-License-Identifier: Apache-2.0
// The entries of a file on their way from its reader to the decision: packed, and given back
// statement by statement, by date where a statement has more than are decided at once. What does
// not fit in memory is sorted in parts and merged from a scratch file.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "finance/statements/statement.hpp"
#include "roles/finance_engine/import_days.hpp"
#include "roles/finance_engine/scratch_log.hpp"

namespace atlas::roles::finance_engine {

/// Packed entries sorted at a time.
inline constexpr std::size_t kSpoolPartBytes = std::size_t{8} << 20;
/// What all sorted parts together hold while they are merged, and each at least.
inline constexpr std::size_t kMergeHeldBytes = std::size_t{4} << 20;
inline constexpr std::size_t kMergeReadBytesMin = std::size_t{4} << 10;
/// Statements with at most this many entries are given back in the order of the file.
inline constexpr std::int64_t kDecidedAtOnce = 8192;

/// What is known of a statement's entries without looking at them again.
struct EntryFacts {
    std::int64_t count = 0;
    Date first_day;
    Date last_day;
    finance::statements::SourcePosition last_place;  ///< Of the first entry of the last day.
};

class EntrySpool final : public finance::statements::EntrySink {
public:
    EntrySpool(ScratchSpace space, std::string name) : log_(std::move(space), std::move(name)) {}

    void take(std::size_t statement, finance::statements::StatementEntry entry) override;

    /// Forgets what was taken: the file is read anew.
    void clear();

    /// All have been taken: from here on they are given back. Errors: those of the disk.
    Result<void> settle();

    /// Nothing for a statement without entries.
    const EntryFacts* facts(std::size_t statement) const;

    /// False only where no other of the statement's entries has this one's bank id.
    bool may_come_again(std::size_t statement,
                        const finance::statements::StatementEntry& entry) const {
        return !entry.bank_id.empty() && again_.contains(statement, entry.bank_id);
    }

    /// The next entry of the statement; empty when it has no more. Statements are asked for in
    /// ascending order. Errors: those of the disk.
    Result<std::optional<finance::statements::StatementEntry>> next(std::size_t statement);

private:
    struct Key {
        std::uint32_t statement = 0;
        std::int32_t day = 0;
        std::uint64_t offset = 0;  ///< Into packed_.
        std::uint32_t size = 0;
    };
    /// A sorted part of the log, being read.
    struct Part {
        ScratchReader reader;
        std::string record;  ///< The front one; empty at the end.
        std::uint32_t statement = 0;
        std::int32_t day = 0;
    };

    void sort_held();
    Result<void> write_part();
    Result<void> advance(Part& part);

    ScratchLog log_;
    std::string packed_;
    std::vector<Key> keys_;
    std::size_t at_ = 0;  ///< Into keys_, when nothing was written out.
    std::vector<std::pair<std::uint64_t, std::uint64_t>> spans_;
    std::vector<Part> parts_;
    std::vector<EntryFacts> facts_;  ///< By statement.
    PerhapsAgain again_;
    std::optional<Error> failed_;
};

}  // namespace atlas::roles::finance_engine
