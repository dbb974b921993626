// SPDX-License-Identifier: Apache-2.0
// A consistent copy of a store while it is in use, checked before it counts.
#pragma once

#include <string>

#include "adapters/sqlite/database.hpp"

namespace atlas::adapters::sqlite {

struct BackupRequest {
    std::string target;   ///< A file that is not there yet, on the disk of the VFS.
    OpenOptions options;  ///< As the source was opened with; `access` is ignored.
};

/// Writes one committed state of `source` to `request.target`, then opens the copy and reads every
/// page of it. The copy has no log beside it, and what it does not need is not in it. Call
/// Disk::sync_directory() on its folder to make its name durable.
/// Errors: conflict (the target exists), no_space, data_loss (source or copy fails its checksums).
/// After an error the target may hold a part; remove it.
/// Cost: reads and writes the whole store.
Result<void> back_up(Database& source, const BackupRequest& request);

}  // namespace atlas::adapters::sqlite
