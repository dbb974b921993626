// SPDX-License-Identifier: Apache-2.0
// The disk port on Linux: pread, pwrite, fdatasync, and fsync of folders.
#pragma once

#include "ports/disk.hpp"

namespace atlas::adapters::disk::posix {

/// Files are made readable by their owner alone. Stateless: copies are equal.
class PosixDisk final : public ports::Disk {
public:
    Result<std::unique_ptr<ports::DiskFile>> open(const std::string& path,
                                                  ports::FileMode mode) override;
    Result<void> remove(const std::string& path) override;
    Result<void> rename(const Rename& change) override;
    Result<bool> exists(const std::string& path) override;
    Result<std::vector<std::string>> list(const std::string& folder) override;
    Result<void> create_directory(const std::string& folder) override;
    Result<void> sync_directory(const std::string& folder) override;
};

/// The Error for an errno value at `place`, "could not <action>: <reason>".
Error error_of_errno(int error_number, std::string_view action, std::string place);

}  // namespace atlas::adapters::disk::posix
