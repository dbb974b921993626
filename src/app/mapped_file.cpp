// SPDX-License-Identifier: Apache-2.0
#include "app/mapped_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/format.hpp"

namespace atlas::app {

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const std::string& path,
                                                           std::size_t bytes_max) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return not_found(format("cannot read {}", path));
    }
    struct stat about {};
    const bool is_known = ::fstat(file, &about) == 0 && S_ISREG(about.st_mode);
    const auto size = static_cast<std::size_t>(about.st_size);
    void* data = nullptr;
    if (is_known && size > 0 && size <= bytes_max) {
        data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
    }
    ::close(file);
    if (!is_known || data == MAP_FAILED) {
        return unavailable(format("cannot read all of {}", path));
    }
    if (size > bytes_max) {
        return fail(ErrorCode::too_large, path,
                    format("{} bytes; at most {} accepted", size, bytes_max));
    }
    return std::make_shared<const MappedFile>(static_cast<char*>(data), size);
}

MappedFile::~MappedFile() {
    if (data_ != nullptr) {
        ::munmap(data_, size_);
    }
}

void MappedFile::passed(std::size_t offset) const {
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const std::size_t whole = std::min(offset, size_) / page * page;
    if (whole > 0) {
        // Advice: where it is not taken, the pages stay a while longer.
        static_cast<void>(::madvise(data_, whole, MADV_DONTNEED));
    }
}

}  // namespace atlas::app
