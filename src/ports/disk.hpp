// SPDX-License-Identifier: Apache-2.0
// Files as stores need them: positioned reads and writes, an honest sync, names that become
// durable with their folder. The real disk (adapters/disk/posix) and the faulty one (sim/disk)
// stand behind it. Contract suite: ports/testing/disk_contract.hpp.
//
// What holds for every method: thread-safe; an Error's place is "path" or "path:offset"; codes
// not_found, permission_denied, no_space (disk or quota full), too_large (file size limit),
// invalid_argument (a name the file system refuses), unavailable (the device failed).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "ports/file_view.hpp"

namespace atlas::ports {

/// create opens what is there and makes what is not; create_new refuses what is there (conflict).
enum class FileMode : std::uint8_t { read_only, read_write, create, create_new };

/// An open file; closes itself. Bytes written are seen at once by every reader of this machine and
/// survive a power cut only after sync_data(); the name of a new file only after sync_directory().
class DiskFile {
public:
    virtual ~DiskFile() = default;

    /// Fills `out` from `offset`; returns the bytes read, fewer only at the end of the file.
    virtual Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> out) = 0;
    /// Writes all of `data`; past the end the gap reads as zeros. After an error any part of it
    /// may have been written.
    virtual Result<void> write_at(std::uint64_t offset, std::span<const std::byte> data) = 0;
    virtual Result<void> truncate(std::uint64_t size) = 0;
    virtual Result<std::uint64_t> size() = 0;
    /// Makes the file at least `size` bytes large, zeros at the end, with the space kept for it
    /// where the file system can: then writes inside do not fail for want of space.
    virtual Result<void> preallocate(std::uint64_t size) {
        ATLAS_TRY_ASSIGN(const std::uint64_t now, this->size());
        return size > now ? truncate(size) : Result<void>();
    }

    /// The whole file as it is now, which is not written any more: the view outlives the handle
    /// and the name. A disk that has nothing better reads it into memory.
    virtual Result<std::shared_ptr<const FileView>> view();

    /// Returns when all that was written, and the size, are on stable storage. Once it has failed
    /// the kernel may have dropped the bytes and forgotten it: from then on every write, truncate
    /// and sync of this handle fails with unavailable, and only a new handle, after reading back
    /// what is there, may go on.
    virtual Result<void> sync_data() = 0;

    /// Keeps other processes, and other handles, from lock(), without waiting. Programs that use
    /// SQLite's own locks are kept out as well. Ends with the handle.
    /// Errors: conflict while another handle holds it.
    virtual Result<void> lock() = 0;
    virtual Result<void> unlock() = 0;
};

class Disk {
public:
    struct Rename {
        std::string from;
        std::string to;  ///< Replaced when it exists, in one step.
    };

    virtual ~Disk() = default;

    virtual Result<std::unique_ptr<DiskFile>> open(const std::string& path, FileMode mode) = 0;
    /// Removes a file; open handles keep it. Errors: not_found.
    virtual Result<void> remove(const std::string& path) = 0;
    virtual Result<void> rename(const Rename& change) = 0;
    virtual Result<bool> exists(const std::string& path) = 0;
    /// Names (not paths) in `folder`, sorted.
    virtual Result<std::vector<std::string>> list(const std::string& folder) = 0;
    /// Readable by its owner alone. An existing folder is fine; its parent has to be there.
    virtual Result<void> create_directory(const std::string& folder) = 0;
    /// Returns when names made, changed and removed in `folder` are on stable storage.
    virtual Result<void> sync_directory(const std::string& folder) = 0;
};

/// Bytes held in memory, as a view.
class HeldBytes final : public FileView {
public:
    explicit HeldBytes(std::string text) : text_(std::move(text)) {}
    std::string_view bytes() const override { return text_; }
    void passed(std::size_t) const override {}

private:
    std::string text_;
};

inline Result<std::shared_ptr<const FileView>> DiskFile::view() {
    ATLAS_TRY_ASSIGN(const std::uint64_t size, this->size());
    std::string text(static_cast<std::size_t>(size), '\0');
    ATLAS_TRY_ASSIGN(const std::size_t got, read_at(0, std::as_writable_bytes(std::span(text))));
    text.resize(got);
    return std::shared_ptr<const FileView>(std::make_shared<HeldBytes>(std::move(text)));
}

/// "a/b" of "a/b/c"; "." where there is no folder in front, "/" for a name in the root.
inline std::string parent_of(const std::string& path) {
    const std::size_t slash = path.find_last_of('/');
    if (slash == std::string::npos) {
        return ".";
    }
    return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace atlas::ports
