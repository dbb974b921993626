// SPDX-License-Identifier: Apache-2.0
// What the connections of one process share about one file: the handle on the disk, SQLite's locks
// (between connections; other processes are kept out by the handle's own lock), the wal-index,
// which is plain memory here, and the checksums of the log's frames.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/sqlite/wal_guard.hpp"
#include "base/guarded.hpp"
#include "ports/disk.hpp"

namespace atlas::adapters::sqlite {

enum class FileRole : std::uint8_t { database, log, journal };

/// What stands in a database file. `foreign`: no Atlas store; neither read nor written.
enum class Standing : std::uint8_t { fresh, sealed, foreign };

/// SQLite's five states of a connection's lock on a database file.
enum class LockLevel : std::uint8_t { none, shared, reserved, pending, exclusive };

/// Locks between the connections of this process, as SQLite's documentation of xLock has them.
class ConnectionLocks {
public:
    /// Raises the lock of `owner` from `held` to `wanted`; returns the level reached.
    LockLevel raise(const void* owner, LockLevel held, LockLevel wanted);
    void lower(const void* owner, LockLevel held, LockLevel wanted);
    bool is_reserved() const { return reserved_ != nullptr; }

private:
    int shared_count_ = 0;
    const void* reserved_ = nullptr;
    const void* pending_ = nullptr;
    const void* exclusive_ = nullptr;
};

/// The wal-index: regions of memory and eight locks, each shared or exclusive.
class WalIndex {
public:
    static constexpr std::size_t kRegionBytes = 32768;
    static constexpr std::size_t kLockCount = 8;
    struct Range {
        std::size_t first = 0;
        std::size_t count = 0;
        std::uint32_t mask() const { return ((1U << count) - 1U) << first; }
    };
    /// A connection's view: which locks it holds.
    struct Holder {
        bool is_mapped = false;
        std::uint32_t shared = 0;
        std::uint32_t exclusive = 0;
    };

    /// The region; null when it does not exist and is not to be made.
    void* region(Holder& holder, std::size_t index, bool is_to_extend);
    bool lock_shared(Holder& holder, Range range);
    bool lock_exclusive(Holder& holder, Range range);
    void unlock(Holder& holder, Range range);
    /// Drops the memory with its last holder: the next one recovers the index from the log.
    void unmap(Holder& holder);

private:
    struct alignas(16) Region {
        std::array<std::byte, kRegionBytes> bytes{};
    };
    int holder_count_ = 0;
    std::array<int, kLockCount> shared_count_{};
    std::uint32_t exclusive_ = 0;
    std::vector<std::unique_ptr<Region>> regions_;
};

struct SharedFile {
    std::string path;
    FileRole role = FileRole::journal;
    std::unique_ptr<ports::DiskFile> file;
    std::atomic<bool> needs_directory_sync = false;
    bool is_read_only = false;  ///< Set once, when it is opened.
    std::atomic<Standing> standing = Standing::fresh;
    Guarded<ConnectionLocks> locks;
    Guarded<WalIndex> index;
    Guarded<WalGuard> guard;
};

}  // namespace atlas::adapters::sqlite
