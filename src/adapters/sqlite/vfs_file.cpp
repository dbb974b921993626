// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/vfs_file.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "adapters/sqlite/checksum_vfs.hpp"
#include "adapters/sqlite/page_seal.hpp"
#include "base/format.hpp"

namespace atlas::adapters::sqlite {
namespace {

constexpr std::string_view kMagic("SQLite format 3\0", 16);
constexpr std::size_t kReservedBytesAt = 20;

bool has_reserved_bytes(std::span<const std::byte> first_page) {
    return std::to_integer<std::size_t>(first_page[kReservedBytesAt]) == kSealBytes;
}

std::uint32_t page_number(std::uint64_t offset, std::size_t page_size) {
    return static_cast<std::uint32_t>(offset / page_size + 1);
}

Error foreign_store(const std::string& path) {
    return Error{ErrorCode::invalid_argument,
                 "this file was not written by Atlas: its pages carry no checksums", path};
}

LockLevel level_of(int sqlite_level) {
    switch (sqlite_level) {
        case SQLITE_LOCK_SHARED: return LockLevel::shared;
        case SQLITE_LOCK_RESERVED: return LockLevel::reserved;
        case SQLITE_LOCK_PENDING: return LockLevel::pending;
        case SQLITE_LOCK_EXCLUSIVE: return LockLevel::exclusive;
        default: return LockLevel::none;
    }
}

}  // namespace

Result<Standing> find_standing(ports::DiskFile& file) {
    std::vector<std::byte> page(kPageBytesMax);
    ATLAS_TRY_ASSIGN(const std::size_t got, file.read_at(0, page));
    if (got == 0) {
        return Standing::fresh;
    }
    if (got < kPageBytesMin) {
        return Standing::foreign;
    }
    const std::string_view start(reinterpret_cast<const char*>(page.data()), kMagic.size());
    if (start == kMagic && has_reserved_bytes(page)) {
        return Standing::sealed;
    }
    // A damaged header of ours still has our tag at the end of the page, by one size or another.
    for (std::size_t size = kPageBytesMin; size <= got; size *= 2) {
        if (has_seal_tag(std::span(page).first(size))) {
            return Standing::sealed;
        }
    }
    return Standing::foreign;
}

Result<bool> is_journal_of_creation(ports::DiskFile& journal) {
    // Magic, record count, nonce, and the size in pages to go back to.
    constexpr std::string_view kJournalMagic("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", 8);
    std::array<char, 20> start{};
    ATLAS_TRY_ASSIGN(const std::size_t got,
                     journal.read_at(0, std::as_writable_bytes(std::span(start))));
    const std::string_view header(start.data(), got);
    return got == start.size() && header.starts_with(kJournalMagic) &&
           header.substr(16) == std::string_view("\0\0\0\0", 4);
}

int VfsFile::report(Error error, int result) {
    VfsFile& keeper = database_ == nullptr ? *this : *database_;
    keeper.report_ = std::move(error);
    return result;
}

int VfsFile::read(std::span<std::byte> out, std::uint64_t offset) {
    if (shared_->standing == Standing::foreign && out.size() >= kPageBytesMin) {
        return report(foreign_store(shared_->path), SQLITE_IOERR_DATA);
    }
    const auto got = shared_->file->read_at(offset, out);
    if (!got) {
        return report(got.error(), SQLITE_IOERR_READ);
    }
    if (*got < out.size()) {
        std::ranges::fill(out.subspan(*got), std::byte{0});
        return short_read(out, offset, *got);
    }
    if (shared_->role == FileRole::database) {
        return check_page(out, offset);
    }
    if (shared_->role == FileRole::log) {
        const bool is_intact =
            shared_->guard.with([&](WalGuard& guard) { return guard.check_read(offset, out); });
        if (!is_intact) {
            return report(damaged_frame(offset), SQLITE_IOERR_DATA);
        }
    }
    return SQLITE_OK;
}

int VfsFile::short_read(std::span<const std::byte> out, std::uint64_t offset, std::size_t got) {
    // A page of the database that is not there would be answered from as zeros. Only an empty
    // file, which is a new store, may be read past its end.
    const bool is_page = shared_->role == FileRole::database && is_page_size(out.size());
    if (is_page && (offset > 0 || got > 0)) {
        return report(Error{ErrorCode::data_loss,
                            format("page {} is missing: the file has been cut short",
                                   page_number(offset, out.size())),
                            format("{}:{}", shared_->path, offset)},
                      SQLITE_IOERR_DATA);
    }
    if (shared_->role == FileRole::log && out.size() >= kPageBytesMin) {
        return report(damaged_frame(offset), SQLITE_IOERR_DATA);
    }
    return SQLITE_IOERR_SHORT_READ;
}

Error VfsFile::damaged_frame(std::uint64_t offset) {
    const auto frame =
        shared_->guard.with([&](const WalGuard& guard) { return guard.frame_at(offset); });
    return Error{ErrorCode::data_loss, format("frame {} of the log fails its checksum", frame),
                 format("{}:{}", shared_->path, offset)};
}

int VfsFile::check_page(std::span<const std::byte> page, std::uint64_t offset) {
    // SQLite reads whole pages, or a few bytes of the header, which it reads again as page 1.
    if (!is_page_size(page.size())) {
        return SQLITE_OK;
    }
    const std::uint32_t number = page_number(offset, page.size());
    if (offset % page.size() != 0 || !is_seal_intact(page, number)) {
        return report(Error{ErrorCode::data_loss, format("page {} fails its checksum", number),
                            format("{}:{}", shared_->path, offset)},
                      SQLITE_IOERR_DATA);
    }
    return SQLITE_OK;
}

int VfsFile::write(std::span<const std::byte> data, std::uint64_t offset) {
    if (shared_->role == FileRole::database) {
        return write_page(data, offset);
    }
    const auto written = shared_->file->write_at(offset, data);
    if (shared_->role == FileRole::log) {
        shared_->guard.with([&](WalGuard& guard) {
            written ? guard.note_write(offset, data) : guard.forget(offset, data.size());
        });
    }
    if (!written) {
        const bool is_full = written.error().code == ErrorCode::no_space;
        return report(written.error(), is_full ? SQLITE_FULL : SQLITE_IOERR_WRITE);
    }
    return SQLITE_OK;
}

int VfsFile::write_page(std::span<const std::byte> data, std::uint64_t offset) {
    const bool is_page = is_page_size(data.size()) && offset % data.size() == 0;
    const bool is_sealable = offset == 0 ? is_page && has_reserved_bytes(data)
                                         : is_page && shared_->standing == Standing::sealed;
    // Without reserved bytes the seal would overwrite what the page holds.
    if (!is_sealable || shared_->standing == Standing::foreign) {
        return report(foreign_store(shared_->path), SQLITE_IOERR_WRITE);
    }
    std::array<std::byte, kPageBytesMax> copy;  // Not initialised: the next lines do.
    const auto page = std::span(copy).first(data.size());
    std::ranges::copy(data, page.begin());
    seal_page(page, page_number(offset, data.size()));
    if (const auto written = shared_->file->write_at(offset, page); !written) {
        const bool is_full = written.error().code == ErrorCode::no_space;
        return report(written.error(), is_full ? SQLITE_FULL : SQLITE_IOERR_WRITE);
    }
    shared_->standing = Standing::sealed;
    return SQLITE_OK;
}

int VfsFile::truncate(std::uint64_t size) {
    if (const auto cut = shared_->file->truncate(size); !cut) {
        return report(cut.error(), SQLITE_IOERR_TRUNCATE);
    }
    if (shared_->role == FileRole::log) {
        shared_->guard.with([&](WalGuard& guard) { guard.cut(size); });
    }
    return SQLITE_OK;
}

int VfsFile::sync() {
    if (const auto synced = shared_->file->sync_data(); !synced) {
        return report(synced.error(), SQLITE_IOERR_FSYNC);
    }
    if (shared_->needs_directory_sync) {
        if (const auto synced = disk_.sync_directory(ports::parent_of(shared_->path)); !synced) {
            return report(synced.error(), SQLITE_IOERR_DIR_FSYNC);
        }
        shared_->needs_directory_sync = false;
    }
    return SQLITE_OK;
}

int VfsFile::size(sqlite3_int64* out) {
    const auto size = shared_->file->size();
    if (!size) {
        return report(size.error(), SQLITE_IOERR_FSTAT);
    }
    *out = static_cast<sqlite3_int64>(*size);
    return SQLITE_OK;
}

int VfsFile::lock(int level) {
    const LockLevel wanted = level_of(level);
    if (wanted <= level_) {
        return SQLITE_OK;
    }
    level_ = shared_->locks.with(
        [&](ConnectionLocks& locks) { return locks.raise(this, level_, wanted); });
    return level_ >= wanted ? SQLITE_OK : SQLITE_BUSY;
}

int VfsFile::unlock(int level) {
    const LockLevel wanted = level_of(level);
    if (wanted < level_) {
        shared_->locks.with([&](ConnectionLocks& locks) { locks.lower(this, level_, wanted); });
        level_ = wanted;
    }
    return SQLITE_OK;
}

int VfsFile::check_reserved(int* out) {
    *out = shared_->locks.with([](ConnectionLocks& locks) { return locks.is_reserved(); }) ? 1 : 0;
    return SQLITE_OK;
}

int VfsFile::control(int operation, void* argument) {
    if (operation == kTakeReport) {
        *static_cast<std::optional<Error>*>(argument) = std::exchange(report_, std::nullopt);
        return SQLITE_OK;
    }
    if (operation == kExpectFullSync) {
        expects_full_sync_ = true;
        return SQLITE_OK;
    }
    return SQLITE_NOTFOUND;
}

int VfsFile::map_index(int region, int region_size, bool is_to_extend, void volatile** out) {
    ATLAS_CHECK(region_size == static_cast<int>(WalIndex::kRegionBytes));
    *out = shared_->index.with([&](WalIndex& index) {
        return index.region(holder_, static_cast<std::size_t>(region), is_to_extend);
    });
    return SQLITE_OK;
}

int VfsFile::lock_index(int first, int count, int flags) {
    const WalIndex::Range range{static_cast<std::size_t>(first), static_cast<std::size_t>(count)};
    const bool is_done = shared_->index.with([&](WalIndex& index) {
        if ((flags & SQLITE_SHM_UNLOCK) != 0) {
            index.unlock(holder_, range);
            return true;
        }
        return (flags & SQLITE_SHM_SHARED) != 0 ? index.lock_shared(holder_, range)
                                                : index.lock_exclusive(holder_, range);
    });
    return is_done ? SQLITE_OK : SQLITE_BUSY;
}

void VfsFile::pass_barrier() {
    shared_->index.with([](const WalIndex&) {});
}

void VfsFile::unmap_index() {
    shared_->index.with([&](WalIndex& index) { index.unmap(holder_); });
}

}  // namespace atlas::adapters::sqlite
