// SPDX-License-Identifier: Apache-2.0
// A file of SQLite's that has no name (statement journals, sorter spills): it stays in memory, so
// that no figure of a household is ever left in a temporary file.
#pragma once

#include <vector>

#include "ports/disk.hpp"

namespace atlas::adapters::sqlite {

/// Used by one connection, thus by one thread at a time.
class HeapFile final : public ports::DiskFile {
public:
    Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> out) override;
    Result<void> write_at(std::uint64_t offset, std::span<const std::byte> data) override;
    Result<void> truncate(std::uint64_t size) override;
    Result<std::uint64_t> size() override { return bytes_.size(); }
    Result<void> sync_data() override { return {}; }
    Result<void> lock() override { return {}; }
    Result<void> unlock() override { return {}; }

private:
    std::vector<std::byte> bytes_;
};

}  // namespace atlas::adapters::sqlite
