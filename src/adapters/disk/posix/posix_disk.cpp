// SPDX-License-Identifier: Apache-2.0
#include "adapters/disk/posix/posix_disk.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <system_error>

#include "base/format.hpp"

namespace atlas::adapters::disk::posix {
namespace {

using ports::FileMode;

ErrorCode code_of_errno(int error_number) {
    switch (error_number) {
        case ENOENT: return ErrorCode::not_found;
        case ENOSPC:
        case EDQUOT: return ErrorCode::no_space;
        case EACCES:
        case EPERM:
        case EROFS:
        case EBADF:  // Our descriptors are open: this one is not open for writing.
            return ErrorCode::permission_denied;
        case EEXIST: return ErrorCode::conflict;
        case EFBIG: return ErrorCode::too_large;
        case ENAMETOOLONG:
        case ENOTDIR:
        case EISDIR:
        case ELOOP: return ErrorCode::invalid_argument;
        default: return ErrorCode::unavailable;
    }
}

Unexpected failure(std::string_view action, std::string place) {
    return Unexpected(error_of_errno(errno, action, std::move(place)));
}

/// Repeats `call` while a signal interrupts it.
template <class F>
auto uninterrupted(F&& call) {
    for (;;) {
        const auto result = call();
        if (result >= 0 || errno != EINTR) {
            return result;
        }
    }
}

/// SQLite's own lock bytes: other SQLite programs find the file locked.
constexpr off_t kLockStart = 0x40000000;
constexpr off_t kLockBytes = 512;

class MappedView final : public ports::FileView {
public:
    MappedView(char* data, std::size_t size) : data_(data), size_(size) {}
    MappedView(const MappedView&) = delete;
    MappedView& operator=(const MappedView&) = delete;
    ~MappedView() override { ::munmap(data_, size_); }

    std::string_view bytes() const override { return {data_, size_}; }
    void passed(std::size_t offset) const override {
        const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
        const std::size_t whole = std::min(offset, size_) / page * page;
        if (whole > 0) {
            // Advice: where it is not taken, the pages stay a while longer.
            static_cast<void>(::madvise(data_, whole, MADV_DONTNEED));
        }
    }

private:
    char* data_;
    std::size_t size_;
};

class PosixFile final : public ports::DiskFile {
public:
    PosixFile(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
    PosixFile(const PosixFile&) = delete;
    PosixFile& operator=(const PosixFile&) = delete;
    ~PosixFile() override { ::close(descriptor_); }

    Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> out) override {
        std::size_t done = 0;
        while (done < out.size()) {
            const auto at = static_cast<off_t>(offset + done);
            const ssize_t got = uninterrupted(
                [&] { return ::pread(descriptor_, out.data() + done, out.size() - done, at); });
            if (got < 0) {
                return failure("read", place(offset));
            }
            if (got == 0) {
                break;
            }
            done += static_cast<std::size_t>(got);
        }
        return done;
    }

    Result<void> write_at(std::uint64_t offset, std::span<const std::byte> data) override {
        ATLAS_TRY(refuse_after_failed_sync());
        std::size_t done = 0;
        while (done < data.size()) {
            const auto at = static_cast<off_t>(offset + done);
            const ssize_t put = uninterrupted(
                [&] { return ::pwrite(descriptor_, data.data() + done, data.size() - done, at); });
            if (put < 0) {
                return failure("write", place(offset));
            }
            done += static_cast<std::size_t>(put);
        }
        return {};
    }

    Result<void> truncate(std::uint64_t size) override {
        ATLAS_TRY(refuse_after_failed_sync());
        const auto length = static_cast<off_t>(size);
        if (uninterrupted([&] { return ::ftruncate(descriptor_, length); }) != 0) {
            // A descriptor that is not open for writing gives EINVAL here.
            const int flags = ::fcntl(descriptor_, F_GETFL);
            const bool is_read_only = errno == EINVAL && (flags & O_ACCMODE) == O_RDONLY;
            errno = is_read_only ? EBADF : errno;
            return failure("truncate", place(size));
        }
        return {};
    }

    Result<void> preallocate(std::uint64_t size) override {
        ATLAS_TRY(refuse_after_failed_sync());
        ATLAS_TRY_ASSIGN(const std::uint64_t now, this->size());
        if (size <= now) {
            return {};
        }
        const auto growth = static_cast<off_t>(size - now);
        if (uninterrupted([&] {
                return ::fallocate(descriptor_, 0, static_cast<off_t>(now), growth);
            }) == 0) {
            return {};
        }
        if (errno == EOPNOTSUPP) {
            return truncate(size);  // No promise of space; writes may still find the disk full.
        }
        return failure("preallocate", place(size));
    }

    Result<std::uint64_t> size() override {
        struct stat status {};
        if (::fstat(descriptor_, &status) != 0) {
            return failure("stat", path_);
        }
        return static_cast<std::uint64_t>(status.st_size);
    }

    Result<std::shared_ptr<const ports::FileView>> view() override {
        ATLAS_TRY_ASSIGN(const std::uint64_t size, this->size());
        if (size == 0) {  // Nothing can be mapped.
            return DiskFile::view();
        }
        void* const data =
            ::mmap(nullptr, static_cast<std::size_t>(size), PROT_READ, MAP_PRIVATE, descriptor_, 0);
        if (data == MAP_FAILED) {
            return failure("map", path_);
        }
        return std::shared_ptr<const ports::FileView>(
            std::make_shared<MappedView>(static_cast<char*>(data), static_cast<std::size_t>(size)));
    }

    Result<void> sync_data() override {
        ATLAS_TRY(refuse_after_failed_sync());
        if (uninterrupted([&] { return ::fdatasync(descriptor_); }) != 0) {
            has_failed_sync_ = true;
            return failure("sync", path_);
        }
        return {};
    }

    Result<void> lock() override {
        // The lock of the open file description, not of the process: two handles exclude each
        // other, and closing another descriptor of the file does not drop it.
        if (set_lock(F_WRLCK) == 0) {
            return {};
        }
        if (errno == EAGAIN || errno == EACCES) {
            return fail(ErrorCode::conflict, path_, "the file is locked by another process");
        }
        return failure("lock", path_);
    }

    Result<void> unlock() override {
        if (set_lock(F_UNLCK) != 0) {
            return failure("unlock", path_);
        }
        return {};
    }

private:
    int set_lock(short type) const {
        struct flock range {};
        range.l_type = type;
        range.l_whence = SEEK_SET;
        range.l_start = kLockStart;
        range.l_len = kLockBytes;
        return uninterrupted([&] { return ::fcntl(descriptor_, F_OFD_SETLK, &range); });
    }

    Result<void> refuse_after_failed_sync() const {
        if (has_failed_sync_) {
            return fail(ErrorCode::unavailable, path_,
                        "an earlier sync failed, so what was written may be lost; "
                        "start again to read back what is there");
        }
        return {};
    }

    std::string place(std::uint64_t offset) const { return format("{}:{}", path_, offset); }

    int descriptor_;
    std::string path_;
    std::atomic<bool> has_failed_sync_ = false;
};

int flags_of(FileMode mode) {
    switch (mode) {
        case FileMode::read_only: return O_RDONLY;
        case FileMode::read_write: return O_RDWR;
        case FileMode::create: return O_RDWR | O_CREAT;
        case FileMode::create_new: return O_RDWR | O_CREAT | O_EXCL;
    }
    return O_RDONLY;
}

}  // namespace

Error error_of_errno(int error_number, std::string_view action, std::string place) {
    const std::string reason = std::generic_category().message(error_number);
    return Error{code_of_errno(error_number), format("could not {}: {}", action, reason),
                 std::move(place)};
}

Result<std::unique_ptr<ports::DiskFile>> PosixDisk::open(const std::string& path, FileMode mode) {
    const int descriptor =
        uninterrupted([&] { return ::open(path.c_str(), flags_of(mode) | O_CLOEXEC, 0600); });
    if (descriptor < 0) {
        return failure("open", path);
    }
    return std::unique_ptr<ports::DiskFile>(std::make_unique<PosixFile>(descriptor, path));
}

Result<void> PosixDisk::remove(const std::string& path) {
    if (::unlink(path.c_str()) != 0) {
        return failure("remove", path);
    }
    return {};
}

Result<void> PosixDisk::rename(const Rename& change) {
    if (::rename(change.from.c_str(), change.to.c_str()) != 0) {
        return failure("rename", change.from);
    }
    return {};
}

Result<bool> PosixDisk::exists(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0) {
        return true;
    }
    if (errno == ENOENT || errno == ENOTDIR) {
        return false;
    }
    return failure("look for", path);
}

Result<std::vector<std::string>> PosixDisk::list(const std::string& folder) {
    const auto close = [](DIR* stream) { ::closedir(stream); };
    const std::unique_ptr<DIR, decltype(close)> stream(::opendir(folder.c_str()), close);
    if (stream == nullptr) {
        return failure("list", folder);
    }
    std::vector<std::string> names;
    for (;;) {
        errno = 0;
        const dirent* entry = ::readdir(stream.get());
        if (entry == nullptr) {
            break;
        }
        const std::string_view name(entry->d_name);
        if (name != "." && name != "..") {
            names.emplace_back(name);
        }
    }
    if (errno != 0) {
        return failure("list", folder);
    }
    std::ranges::sort(names);
    return names;
}

Result<void> PosixDisk::create_directory(const std::string& folder) {
    if (::mkdir(folder.c_str(), 0700) == 0) {
        return {};
    }
    struct stat status {};
    if (errno == EEXIST && ::stat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) {
        return {};
    }
    return failure("make the folder", folder);
}

Result<void> PosixDisk::sync_directory(const std::string& folder) {
    const int descriptor =
        uninterrupted([&] { return ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); });
    if (descriptor < 0) {
        return failure("open the folder", folder);
    }
    const PosixFile handle(descriptor, folder);  // Closes it.
    if (uninterrupted([&] { return ::fsync(descriptor); }) != 0) {
        return failure("sync the folder", folder);
    }
    return {};
}

}  // namespace atlas::adapters::disk::posix
