// SPDX-License-Identifier: Apache-2.0
// One process at a time uses a data directory (decision 11): flock on DIR/LOCK, which the kernel
// drops when the process ends however it ends. The file holds the owner's process id, for people.
#pragma once

#include <string>
#include <utility>

#include "base/result.hpp"

namespace atlas::adapters::disk::posix {

class DirectoryLock {
public:
    /// Takes the lock without waiting; makes DIR/LOCK where it is not there yet.
    /// Errors: conflict naming the holder's process id; not_found and permission_denied.
    static Result<DirectoryLock> acquire(const std::string& folder);

    DirectoryLock(DirectoryLock&& other) noexcept
        : descriptor_(std::exchange(other.descriptor_, -1)) {}
    DirectoryLock& operator=(DirectoryLock&&) = delete;
    /// Gives it back. The file stays: removing it would let two processes lock two files.
    ~DirectoryLock();

private:
    explicit DirectoryLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;  ///< -1 once moved from.
};

}  // namespace atlas::adapters::disk::posix
