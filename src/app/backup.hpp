// SPDX-License-Identifier: Apache-2.0
// A copy of a house in another folder, and a house out of such a copy. A backup holds the keys:
// whoever has it can read everything, so keep it as you keep the house.
#pragma once

#include <string>

#include "adapters/sqlite/checksum_vfs.hpp"
#include "base/result.hpp"
#include "contracts/resources/care.hpp"
#include "ports/disk.hpp"

namespace atlas::app {

struct BackupPlaces {
    std::string data;    ///< The house.
    std::string backup;  ///< Not there yet, or empty.
};

/// Copies the stores, each as of one commit, then the keys, into a folder that appears under its
/// name when all of it is written, verified and on stable storage. Works while the house is in
/// use; projections are left out, as they are made again from the ledger.
/// Errors: invalid_argument (a place is missing or relative), conflict (something is there),
///         no_space, unavailable, data_loss (the house itself is damaged).
/// Cost: reads everything twice and writes it once.
Result<contracts::BackupValue> back_up_house(ports::Disk& disk,
                                             const adapters::sqlite::ChecksumVfs& vfs,
                                             const BackupPlaces& places);

/// The way back, into a folder that is not there yet or empty. Every page of every store, and
/// every file against the backup's list, is verified before the folder appears under its name.
/// Errors: not_found (no backup there), invalid_argument (made by a newer program, or its list is
///         malformed), conflict (there is a house already), data_loss naming file and page,
///         no_space, unavailable.
Result<contracts::BackupValue> restore_house(const BackupPlaces& places);

}  // namespace atlas::app
