// SPDX-License-Identifier: Apache-2.0
// Goal: the shim never writes a page that has no room for its seal, whoever opens the store.
// Method: SQLite itself on a disk of one file in memory. Everything else about the shim is tested
// on the simulated disk: src/sim/disk/store_*_test.cpp.
#include "adapters/sqlite/checksum_vfs.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "adapters/sqlite/error.hpp"
#include "adapters/sqlite/heap_file.hpp"

namespace atlas::adapters::sqlite {
namespace {

/// Each name opens an empty file; counts the bytes written to "store.db".
class CountingDisk final : public ports::Disk {
public:
    class File final : public ports::DiskFile {
    public:
        explicit File(std::size_t& written) : written_(written) {}
        Result<std::size_t> read_at(std::uint64_t at, std::span<std::byte> out) override {
            return bytes_.read_at(at, out);
        }
        Result<void> write_at(std::uint64_t at, std::span<const std::byte> data) override {
            written_ += data.size();
            return bytes_.write_at(at, data);
        }
        Result<void> truncate(std::uint64_t size) override { return bytes_.truncate(size); }
        Result<std::uint64_t> size() override { return bytes_.size(); }
        Result<void> sync_data() override { return {}; }
        Result<void> lock() override { return {}; }
        Result<void> unlock() override { return {}; }

    private:
        HeapFile bytes_;
        std::size_t& written_;
    };

    Result<std::unique_ptr<ports::DiskFile>> open(const std::string& path,
                                                  ports::FileMode) override {
        std::size_t& count = path == "store.db" ? store_bytes : other_bytes;
        return std::unique_ptr<ports::DiskFile>(std::make_unique<File>(count));
    }
    Result<void> remove(const std::string&) override { return {}; }
    Result<void> rename(const Rename&) override { return {}; }
    Result<bool> exists(const std::string&) override { return false; }
    Result<std::vector<std::string>> list(const std::string&) override {
        return std::vector<std::string>();
    }
    Result<void> create_directory(const std::string&) override { return {}; }
    Result<void> sync_directory(const std::string&) override { return {}; }

    std::size_t store_bytes = 0;
    std::size_t other_bytes = 0;
};

TEST(ChecksumVfs, APageWithoutRoomForItsSealIsNeverWritten) {
    CountingDisk disk;
    const auto vfs = *ChecksumVfs::create(disk);
    sqlite3* raw = nullptr;  // Straight through SQLite: Database would ask for reserved bytes.
    ASSERT_EQ(sqlite3_open_v2("store.db", &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                              vfs->name().c_str()),
              SQLITE_OK);
    const int result = sqlite3_exec(raw, "CREATE TABLE t(a)", nullptr, nullptr, nullptr);
    EXPECT_EQ(result, SQLITE_IOERR) << sqlite3_errmsg(raw);
    EXPECT_EQ(error_of(raw, result).code, ErrorCode::invalid_argument);
    EXPECT_EQ(sqlite3_close(raw), SQLITE_OK);
    EXPECT_EQ(disk.store_bytes, 0U);
    EXPECT_GT(disk.other_bytes, 0U);
}

TEST(ChecksumVfs, EachHasANameOfItsOwn) {
    CountingDisk disk;
    const auto one = *ChecksumVfs::create(disk);
    std::string name;
    {
        const auto two = *ChecksumVfs::create(disk);
        name = two->name();
        EXPECT_NE(one->name(), name);
        EXPECT_NE(sqlite3_vfs_find(name.c_str()), nullptr);
    }
    EXPECT_EQ(sqlite3_vfs_find(name.c_str()), nullptr);
}

}  // namespace
}  // namespace atlas::adapters::sqlite
