// SPDX-License-Identifier: Apache-2.0
// A file of a person's own, copied to be looked at: whoever shortens a file takes the pages away
// from under those who have it mapped, and to read one of them ends the process.
#pragma once

#include <memory>
#include <string>

#include "ports/disk.hpp"

namespace atlas::app {

/// The first `size` bytes, in a file of `folder` that has no name: nobody else can change it.
/// Errors: unavailable where the file ends before; those of the disk.
/// Cost: two seconds of processor a gigabyte, and its room on the disk while the view lives.
Result<std::shared_ptr<const ports::FileView>> copy_of(ports::DiskFile& file, std::uint64_t size,
                                                       ports::Disk& disk,
                                                       const std::string& folder);

}  // namespace atlas::app
