// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/heap_file.hpp"

#include <algorithm>

namespace atlas::adapters::sqlite {

Result<std::size_t> HeapFile::read_at(std::uint64_t offset, std::span<std::byte> out) {
    if (offset >= bytes_.size()) {
        return std::size_t{0};
    }
    const auto rest = std::span(bytes_).subspan(static_cast<std::size_t>(offset));
    const auto part = rest.first(std::min(rest.size(), out.size()));
    std::ranges::copy(part, out.begin());
    return part.size();
}

Result<void> HeapFile::write_at(std::uint64_t offset, std::span<const std::byte> data) {
    const auto start = static_cast<std::size_t>(offset);
    if (bytes_.size() < start + data.size()) {
        bytes_.resize(start + data.size());
    }
    std::ranges::copy(data, std::span(bytes_).subspan(start).begin());
    return {};
}

Result<void> HeapFile::truncate(std::uint64_t size) {
    bytes_.resize(static_cast<std::size_t>(size));
    return {};
}

}  // namespace atlas::adapters::sqlite
