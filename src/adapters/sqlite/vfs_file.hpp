// SPDX-License-Identifier: Apache-2.0
// One file as one connection has it open: seals pages on their way to the disk, checks them on
// their way back, and keeps the disk's last report for the connection's Error. Private to this
// folder; checksum_vfs.cpp joins it to SQLite's table of functions.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <optional>

#include "adapters/sqlite/shared_file.hpp"

namespace atlas::adapters::sqlite {

class VfsFile {
public:
    /// `database` is the connection's main file, which gets the reports of its log and journal;
    /// null for the main file itself and for files without a name.
    VfsFile(std::shared_ptr<SharedFile> shared, ports::Disk& disk, VfsFile* database)
        : shared_(std::move(shared)),
          disk_(disk),
          database_(database) {}

    // As in sqlite3_io_methods; they return SQLite's result codes.
    int read(std::span<std::byte> out, std::uint64_t offset);
    int write(std::span<const std::byte> data, std::uint64_t offset);
    int truncate(std::uint64_t size);
    int sync();
    int size(sqlite3_int64* out);
    int lock(int level);
    int unlock(int level);
    int check_reserved(int* out);
    int control(int operation, void* argument);
    int map_index(int region, int region_size, bool is_to_extend, void volatile** out);
    int lock_index(int first, int count, int flags);
    void pass_barrier();
    void unmap_index();

    /// Keeps `error` for the connection and returns `result`.
    int report(Error error, int result);
    bool expects_full_sync() const { return expects_full_sync_; }
    SharedFile& shared() { return *shared_; }
    std::shared_ptr<SharedFile> release() { return std::move(shared_); }

private:
    int check_page(std::span<const std::byte> page, std::uint64_t offset);
    int write_page(std::span<const std::byte> data, std::uint64_t offset);
    Error damaged_frame(std::uint64_t offset);
    int short_read(std::span<const std::byte> out, std::uint64_t offset, std::size_t got);

    // Owners: every VfsFile of the same path, and the table of open files in the VFS.
    std::shared_ptr<SharedFile> shared_;
    ports::Disk& disk_;
    VfsFile* database_;
    LockLevel level_ = LockLevel::none;
    WalIndex::Holder holder_;
    std::optional<Error> report_;
    bool expects_full_sync_ = false;
};

/// What stands in a database file just opened. Errors: those of reading.
Result<Standing> find_standing(ports::DiskFile& file);

/// True when the rollback journal says that its database was being made, page 1 and all, when the
/// power went: SQLite will empty the file, whatever stands there. Errors: those of reading.
Result<bool> is_journal_of_creation(ports::DiskFile& journal);

}  // namespace atlas::adapters::sqlite
