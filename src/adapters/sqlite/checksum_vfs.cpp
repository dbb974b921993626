// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/checksum_vfs.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <map>
#include <mutex>

#include "adapters/sqlite/heap_file.hpp"
#include "adapters/sqlite/vfs_file.hpp"
#include "base/format.hpp"

namespace atlas::adapters::sqlite {
namespace {

constexpr int kPathBytesMax = 1024;
constexpr int kSectorBytes = 4096;

/// What SQLite allocates for an open file. It only ever holds a pointer of ours.
struct OpenFile {
    sqlite3_file base;  // SQLite's part comes first: a pointer to either is a pointer to both.
    VfsFile* file;
    class OpenFiles* table;
};

FileRole role_of(int flags) {
    if ((flags & SQLITE_OPEN_MAIN_DB) != 0) {
        return FileRole::database;
    }
    return (flags & SQLITE_OPEN_WAL) != 0 ? FileRole::log : FileRole::journal;
}

OpenFile* as_open(sqlite3_file* file) {
    return reinterpret_cast<OpenFile*>(file);
}

/// The files that are open, one SharedFile a path.
class OpenFiles {
public:
    explicit OpenFiles(ports::Disk& disk) : disk_(disk) {}

    Result<std::shared_ptr<SharedFile>> open(const std::string& path, int flags, bool full_sync) {
        // Held across calls to the disk: two connections that open or close one file at once
        // must end up with one handle, or its lock would keep the second one out.
        const std::lock_guard guard(mutex_);
        if (const auto found = files_.find(path); found != files_.end()) {
            return found->second;
        }
        auto shared = std::make_shared<SharedFile>();
        shared->path = path;
        shared->role = role_of(flags);
        ATLAS_TRY(open_on_disk(*shared, flags));
        if (shared->role == FileRole::database) {
            ATLAS_TRY_ASSIGN(shared->standing, standing_of(*shared));
        }
        if (shared->role == FileRole::log && full_sync) {
            ATLAS_TRY(refuse_damaged_log(*shared));
        }
        if (shared->role == FileRole::log) {
            ATLAS_TRY(write_again(*shared));
        }
        files_.emplace(path, shared);
        return shared;
    }

    void close(std::shared_ptr<SharedFile> shared) {
        const std::lock_guard guard(mutex_);
        const auto found = files_.find(shared->path);
        constexpr long kTableAndCaller = 2;
        if (found != files_.end() && found->second == shared &&
            shared.use_count() == kTableAndCaller) {
            files_.erase(found);
        }
        shared.reset();  // Within the lock: the file is closed before it can be opened anew.
    }

    /// The name is free again; who has the file open keeps it.
    void forget(const std::string& path) {
        const std::lock_guard guard(mutex_);
        files_.erase(path);
    }

    ports::Disk& disk() { return disk_; }

private:
    Result<void> open_on_disk(SharedFile& shared, int flags) {
        const bool is_to_create = (flags & SQLITE_OPEN_CREATE) != 0;
        ATLAS_TRY_ASSIGN(const bool is_there, disk_.exists(shared.path));
        const auto mode = is_to_create ? ports::FileMode::create : ports::FileMode::read_write;
        auto file = disk_.open(shared.path, mode);
        const bool is_read_only = !file && file.error().code == ErrorCode::permission_denied &&
                                  (flags & SQLITE_OPEN_READONLY) != 0;
        if (is_read_only) {
            file = disk_.open(shared.path, ports::FileMode::read_only);
        }
        if (!file) {
            return Unexpected(std::move(file).error());
        }
        shared.file = std::move(file).value();
        // Even a name that is there may be known to the cache alone, left by a process that died.
        shared.needs_directory_sync = !is_there || (!is_read_only && is_to_create);
        shared.is_read_only = is_read_only;
        if (shared.role == FileRole::database && !is_read_only) {
            return shared.file->lock();
        }
        return {};
    }

    Result<Standing> standing_of(const SharedFile& shared) {
        ATLAS_TRY_ASSIGN(const Standing standing, find_standing(*shared.file));
        if (standing != Standing::foreign) {
            return standing;
        }
        const auto journal = disk_.open(shared.path + "-journal", ports::FileMode::read_only);
        if (!journal) {
            return standing;
        }
        ATLAS_TRY_ASSIGN(const bool is_creation, is_journal_of_creation(**journal));
        return is_creation ? Standing::fresh : standing;
    }

    static Result<void> refuse_damaged_log(SharedFile& shared) {
        ATLAS_TRY_ASSIGN(const auto frame, find_wal_damage(*shared.file));
        if (frame) {
            return fail(
                ErrorCode::data_loss, shared.path,
                format("frame {} of the log fails its checksum, and commits follow it", *frame));
        }
        return {};
    }

    /// Makes a log's bytes dirty and stores them before anything of them is read. After a sync
    /// that failed the cache may show frames that the drive does not have, and call them clean: a
    /// checkpoint of them would be undone by the older frames that the drive does have.
    static Result<void> write_again(SharedFile& shared) {
        constexpr std::size_t kPieceBytes = std::size_t{1} << 20U;
        if (shared.is_read_only) {
            return {};
        }
        ATLAS_TRY_ASSIGN(const std::uint64_t size, shared.file->size());
        std::vector<std::byte> piece(
            static_cast<std::size_t>(std::min<std::uint64_t>(size, std::uint64_t{kPieceBytes})));
        for (std::uint64_t at = 0; at < size;) {
            ATLAS_TRY_ASSIGN(const std::size_t count, shared.file->read_at(at, piece));
            if (count == 0) {
                break;
            }
            ATLAS_TRY(shared.file->write_at(at, std::span(piece).first(count)));
            at += count;
        }
        return size == 0 ? Result<void>() : shared.file->sync_data();
    }

    ports::Disk& disk_;
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<SharedFile>> files_;
};

OpenFiles& table_of(sqlite3_vfs* vfs) {
    return *static_cast<OpenFiles*>(vfs->pAppData);
}

// SQLite's functions on a file: each finds ours behind the pointer.

int file_close(sqlite3_file* file) {
    const std::unique_ptr<VfsFile> owned(std::exchange(as_open(file)->file, nullptr));
    owned->unlock(SQLITE_LOCK_NONE);
    as_open(file)->table->close(owned->release());
    return SQLITE_OK;
}
int file_read(sqlite3_file* file, void* out, int size, sqlite3_int64 offset) {
    return as_open(file)->file->read({static_cast<std::byte*>(out), static_cast<size_t>(size)},
                                     static_cast<std::uint64_t>(offset));
}
int file_write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
    return as_open(file)->file->write(
        {static_cast<const std::byte*>(data), static_cast<size_t>(size)},
        static_cast<std::uint64_t>(offset));
}
int file_truncate(sqlite3_file* file, sqlite3_int64 size) {
    return as_open(file)->file->truncate(static_cast<std::uint64_t>(size));
}
int file_sync(sqlite3_file* file, int /*flags*/) {
    return as_open(file)->file->sync();
}
int file_size(sqlite3_file* file, sqlite3_int64* out) {
    return as_open(file)->file->size(out);
}
int file_lock(sqlite3_file* file, int level) {
    return as_open(file)->file->lock(level);
}
int file_unlock(sqlite3_file* file, int level) {
    return as_open(file)->file->unlock(level);
}
int file_check_reserved(sqlite3_file* file, int* out) {
    return as_open(file)->file->check_reserved(out);
}
int file_control(sqlite3_file* file, int operation, void* argument) {
    return as_open(file)->file->control(operation, argument);
}
int file_sector_size(sqlite3_file* /*file*/) {
    return kSectorBytes;
}
int file_characteristics(sqlite3_file* /*file*/) {
    // A write that a power cut interrupts leaves the bytes beside it alone.
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}
int file_shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
    return as_open(file)->file->map_index(region, size, extend != 0, out);
}
int file_shm_lock(sqlite3_file* file, int first, int count, int flags) {
    return as_open(file)->file->lock_index(first, count, flags);
}
void file_shm_barrier(sqlite3_file* file) {
    // As SQLite's own VFS: a full fence, and a lock. The thread sanitizer knows the lock alone.
#if !defined(__SANITIZE_THREAD__)
    std::atomic_thread_fence(std::memory_order_seq_cst);
#endif
    as_open(file)->file->pass_barrier();
}
int file_shm_unmap(sqlite3_file* file, int /*is_to_delete*/) {
    as_open(file)->file->unmap_index();
    return SQLITE_OK;
}

/// Version 2: no memory mapping, which would go round the checks.
constexpr sqlite3_io_methods kFileMethods{
    2,
    file_close,
    file_read,
    file_write,
    file_truncate,
    file_sync,
    file_size,
    file_lock,
    file_unlock,
    file_check_reserved,
    file_control,
    file_sector_size,
    file_characteristics,
    file_shm_map,
    file_shm_lock,
    file_shm_barrier,
    file_shm_unmap,
    nullptr,
    nullptr,
};

VfsFile* database_of(const char* name, int flags) {
    constexpr int kBelongs = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
    return (flags & kBelongs) != 0 ? as_open(sqlite3_database_file_object(name))->file : nullptr;
}

int open_result_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::conflict: return SQLITE_BUSY;
        case ErrorCode::data_loss: return SQLITE_IOERR_DATA;
        case ErrorCode::no_space: return SQLITE_FULL;
        default: return SQLITE_CANTOPEN;
    }
}

// SQLite's functions on the file system.

int vfs_open(sqlite3_vfs* vfs, const char* name, sqlite3_file* out, int flags, int* out_flags) {
    OpenFiles& table = table_of(vfs);
    out->pMethods = nullptr;
    VfsFile* database = name == nullptr ? nullptr : database_of(name, flags);
    std::shared_ptr<SharedFile> shared;
    if (name == nullptr) {
        shared = std::make_shared<SharedFile>();
        shared->file = std::make_unique<HeapFile>();
    } else {
        auto opened = table.open(name, flags, database != nullptr && database->expects_full_sync());
        if (!opened) {
            const int result = open_result_of(opened.error().code);
            return database == nullptr ? result : database->report(opened.error(), result);
        }
        shared = std::move(opened).value();
    }
    auto file = std::make_unique<VfsFile>(std::move(shared), table.disk(), database);
    as_open(out)->file = file.release();  // file_close takes it back.
    as_open(out)->table = &table;
    out->pMethods = &kFileMethods;
    if (out_flags != nullptr) {
        *out_flags = flags;
    }
    return SQLITE_OK;
}

int vfs_delete(sqlite3_vfs* vfs, const char* name, int is_to_sync) {
    OpenFiles& table = table_of(vfs);
    table.forget(name);
    if (const auto removed = table.disk().remove(name); !removed) {
        return removed.error().code == ErrorCode::not_found ? SQLITE_IOERR_DELETE_NOENT
                                                            : SQLITE_IOERR_DELETE;
    }
    if (is_to_sync != 0 && !table.disk().sync_directory(ports::parent_of(name))) {
        return SQLITE_IOERR_DIR_FSYNC;
    }
    return SQLITE_OK;
}

int vfs_access(sqlite3_vfs* vfs, const char* name, int /*flags*/, int* out) {
    const auto present = table_of(vfs).disk().exists(name);
    *out = present.value_or(false) ? 1 : 0;
    return present ? SQLITE_OK : SQLITE_IOERR_ACCESS;
}

int vfs_full_path(sqlite3_vfs* /*vfs*/, const char* name, int size, char* out) {
    // Names mean what they mean to the disk; SQLite does not get to change folder.
    const std::size_t length = std::strlen(name);
    if (length + 1 > static_cast<std::size_t>(size)) {
        return SQLITE_CANTOPEN;
    }
    std::copy_n(name, length + 1, out);
    return SQLITE_OK;
}

int vfs_randomness(sqlite3_vfs* /*vfs*/, int size, char* out) {
    sqlite3_vfs* system = sqlite3_vfs_find(nullptr);
    return system->xRandomness(system, size, out);
}
int vfs_sleep(sqlite3_vfs* /*vfs*/, int micros) {
    sqlite3_vfs* system = sqlite3_vfs_find(nullptr);
    return system->xSleep(system, micros);
}
int vfs_current_time(sqlite3_vfs* /*vfs*/, double* out) {
    sqlite3_vfs* system = sqlite3_vfs_find(nullptr);
    return system->xCurrentTime(system, out);
}
int vfs_last_error(sqlite3_vfs* /*vfs*/, int /*size*/, char* /*out*/) {
    return 0;
}

}  // namespace

class ChecksumVfs::Registration {
public:
    Registration(ports::Disk& disk, std::string name) : files_(disk), name_(std::move(name)) {
        vfs_.iVersion = 1;
        vfs_.szOsFile = sizeof(OpenFile);
        vfs_.mxPathname = kPathBytesMax;
        vfs_.zName = name_.c_str();
        vfs_.pAppData = &files_;
        vfs_.xOpen = vfs_open;
        vfs_.xDelete = vfs_delete;
        vfs_.xAccess = vfs_access;
        vfs_.xFullPathname = vfs_full_path;
        vfs_.xRandomness = vfs_randomness;
        vfs_.xSleep = vfs_sleep;
        vfs_.xCurrentTime = vfs_current_time;
        vfs_.xGetLastError = vfs_last_error;
    }
    Registration(const Registration&) = delete;
    Registration& operator=(const Registration&) = delete;
    ~Registration() { sqlite3_vfs_unregister(&vfs_); }

    int start() {
        constexpr int kNotTheDefault = 0;
        return sqlite3_vfs_register(&vfs_, kNotTheDefault);
    }
    const std::string& name() const { return name_; }

private:
    OpenFiles files_;
    std::string name_;
    sqlite3_vfs vfs_{};
};

ChecksumVfs::ChecksumVfs(std::unique_ptr<Registration> registration)
    : registration_(std::move(registration)) {}
ChecksumVfs::~ChecksumVfs() = default;

const std::string& ChecksumVfs::name() const {
    return registration_->name();
}

Result<std::unique_ptr<ChecksumVfs>> ChecksumVfs::create(ports::Disk& disk) {
    // SQLite keeps one list of names for the whole process, so each gets a number.
    static std::atomic<int> number = 0;
    auto registration = std::make_unique<Registration>(disk, format("atlas-{}", ++number));
    if (const int result = registration->start(); result != SQLITE_OK) {
        return internal(format("SQLite refused the page checksums: {}", sqlite3_errstr(result)));
    }
    return std::make_unique<ChecksumVfs>(std::move(registration));
}

}  // namespace atlas::adapters::sqlite
