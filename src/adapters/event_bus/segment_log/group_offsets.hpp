// SPDX-License-Identifier: Apache-2.0
// Where each consumer group reads next: one small file, replaced as a whole, so that a crash leaves
// the old table or the new one. For consumers that cannot keep their offset with their effect.
#pragma once

#include <map>
#include <string>

#include "base/guarded.hpp"
#include "ports/disk.hpp"
#include "ports/event_bus.hpp"

namespace atlas::adapters::event_bus::segment_log {

class GroupOffsets {
public:
    using Table = std::map<ports::GroupPosition, ports::Offset>;

    /// Errors: data_loss (the file's checksum), those of the disk.
    static Result<std::unique_ptr<GroupOffsets>> open(ports::Disk& disk, const std::string& folder);
    GroupOffsets(ports::Disk& disk, const std::string& folder, Table table)
        : disk_(disk),
          folder_(folder),
          table_(std::move(table)) {}

    /// Durable when it returns. Cost: two syncs.
    Result<void> commit(const ports::GroupPosition& position, ports::Offset next);
    ports::Offset committed(const ports::GroupPosition& position) const;

private:
    ports::Disk& disk_;
    const std::string folder_;
    Guarded<Table> table_;  ///< Held while the file is written: one table at a time.
};

/// Whole and durable under its name, or not there: written beside, synced, renamed.
Result<void> replace_file(ports::Disk& disk, const std::string& path, std::string_view text);
/// The text of a file of replace_file, its checksum taken off; empty where there is none.
/// Errors: data_loss.
Result<std::string> read_replaced_file(ports::Disk& disk, const std::string& path);

}  // namespace atlas::adapters::event_bus::segment_log
