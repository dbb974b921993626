// SPDX-License-Identifier: Apache-2.0
// What the simulated disk holds: for each file the bytes that readers see, the bytes on stable
// storage and the changes between the two; the same for names. Private to this folder.
#pragma once

#include "base/format.hpp"
#include "sim/disk/sim_disk.hpp"

namespace atlas::sim::disk {

using Bytes = std::vector<std::byte>;
using FileNumber = std::uint64_t;

/// A write, or a truncation when `is_truncation`.
struct Change {
    bool is_truncation = false;
    std::uint64_t offset = 0;  ///< The new size, for a truncation.
    Bytes data{};
    /// A failed sync forgot it: readers see it, no later sync stores it.
    bool is_forgotten = false;
};

struct File {
    Bytes seen;
    Bytes stored;
    std::vector<Change> pending;
    std::uint64_t locked_by = 0;  ///< Number of the handle; 0: nobody.
};

/// A name given (file) or taken away (no file); a rename is one change of two names.
struct NameChange {
    std::string path;
    std::optional<FileNumber> file;
    std::string removed{};  ///< The old name of a rename.
};

using Names = std::map<std::string, FileNumber>;

struct SimDisk::State {
    Faults faults;
    std::uint64_t operations = 0;
    std::uint64_t writes = 0;
    std::uint64_t syncs = 0;
    std::uint64_t all_syncs = 0;
    std::uint64_t handles = 0;
    std::uint64_t power_cycle = 0;
    std::uint64_t last_power_cycle = 0;
    FileNumber last_file = 0;
    std::map<FileNumber, File> files;
    Names names;
    Names stored_names;
    std::vector<NameChange> pending_names;
    std::set<std::string> folders{"", ".", "/"};

    /// Counts an operation. Errors: unavailable (no power, or the fault of this operation).
    Result<void> start(const std::string& place);
    std::uint64_t used_bytes() const;
    void change_name(NameChange change);
};

/// Makes `change` to `bytes`.
void carry_out(const Change& change, Bytes& bytes);
void carry_out(const NameChange& change, Names& names);

/// The part of a write that fell into each sector; a truncation is one piece.
std::vector<Change> pieces_of(const Change& change);
/// What a power cut leaves of a piece; `cut` is where a torn one is cut. Empty: nothing.
std::optional<Change> torn(Change piece, Fate fate, std::size_t cut);

}  // namespace atlas::sim::disk
