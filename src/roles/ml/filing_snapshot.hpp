// SPDX-License-Identifier: Apache-2.0
// A household's filing book on the disk: one file, replaced in one step, that says how far in which
// history it stands and by which model it was folded. What does not fit is not used, and the book
// is folded anew from the ledger.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/result.hpp"
#include "learning/categorise/cascade.hpp"
#include "ports/disk.hpp"
#include "ports/ledger_store.hpp"
#include "roles/ml/filing_book.hpp"

namespace atlas::roles::ml {

/// Where the files are; without a disk nothing is kept.
struct SnapshotFolder {
    ports::Disk* disk = nullptr;
    std::string folder{};
    std::string program{};  ///< Its version: what another program folded is folded anew.
};

struct FilingSnapshot {
    std::string folded_by;   ///< Of folded_by(): another program's is not ours.
    std::string last_event;  ///< Of mark_of() the event the book ends with.
    std::string book;        ///< Of FilingBook::save().
};

/// Names what a book depends on besides its events: the taxonomy, and what the cascade makes of a
/// few texts, as a hash.
std::string folded_by(const learning::categorise::Cascade& cascade, std::string_view taxonomy);

/// Tells an event from the one that has its number in another history.
std::string mark_of(const ports::OutboxRow& row);

/// Writes the snapshot's head and then what `save` gives to its sink: a large book is never whole
/// in memory a second time. Durable when it returns; the one before it is there until then. Errors:
/// the disk's, those of `save`.
Result<void> write_snapshot(const SnapshotFolder& where, HouseholdId household,
                            const FilingSnapshot& head,
                            const std::function<Result<void>(const BookSink&)>& save);

/// Nothing where none is, or what is there is not whole. Errors: the disk's.
Result<std::optional<FilingSnapshot>> read_snapshot(const SnapshotFolder& where,
                                                    HouseholdId household);

}  // namespace atlas::roles::ml
