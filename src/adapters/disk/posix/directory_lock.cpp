// SPDX-License-Identifier: Apache-2.0
#include "adapters/disk/posix/directory_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>

#include "adapters/disk/posix/posix_disk.hpp"
#include "base/format.hpp"

namespace atlas::adapters::disk::posix {
namespace {

/// The number in the file; 0 when the holder has not written it yet.
long read_process_id(int descriptor) {
    std::array<char, 24> text{};
    const ssize_t size = ::pread(descriptor, text.data(), text.size(), 0);
    long id = 0;
    if (size > 0) {
        std::from_chars(text.data(), text.data() + size, id);
    }
    return id;
}

}  // namespace

Result<DirectoryLock> DirectoryLock::acquire(const std::string& folder) {
    const std::string path = folder + "/LOCK";
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return Unexpected(error_of_errno(errno, "open", path));
    }
    DirectoryLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) {
            return Unexpected(error_of_errno(errno, "lock", path));
        }
        return fail(
            ErrorCode::conflict, path,
            format("the data directory is in use by process {}", read_process_id(descriptor)));
    }
    const std::string id = format("{}\n", ::getpid());
    if (::ftruncate(descriptor, 0) != 0 ||
        ::pwrite(descriptor, id.data(), id.size(), 0) != static_cast<ssize_t>(id.size())) {
        return Unexpected(error_of_errno(errno, "write", path));
    }
    return lock;
}

DirectoryLock::~DirectoryLock() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

}  // namespace atlas::adapters::disk::posix
