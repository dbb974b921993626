// SPDX-License-Identifier: Apache-2.0
// The write-ahead log's own protection. SQLite checks a frame's checksum once, at recovery, and
// takes the first bad one for the torn end of a crash. WalGuard remembers every frame's checksum
// for as long as the log is open, so that a page read back later is checked as well; and
// find_wal_damage() tells damage in the middle of the log from its torn end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "ports/disk.hpp"

namespace atlas::adapters::sqlite {

inline constexpr std::size_t kWalHeaderBytes = 32;
inline constexpr std::size_t kWalFrameHeaderBytes = 24;

/// Not thread-safe.
class WalGuard {
public:
    /// Takes note of bytes now in the log.
    void note_write(std::uint64_t offset, std::span<const std::byte> data);
    /// Forgets frames that a failed write may have touched.
    void forget(std::uint64_t offset, std::size_t size);
    /// The log now ends at `size`: frames that reached beyond it are gone, the others are not.
    void cut(std::uint64_t size);

    /// False when `data`, a page read from a frame, is not what was written. A whole frame that
    /// is not known yet is recovery at work, which does its own check: it is noted. A lone page
    /// that is not known is refused.
    bool check_read(std::uint64_t offset, std::span<const std::byte> data);

    /// Number of the frame (from 1) at `offset`; 0 where there is none.
    std::uint64_t frame_at(std::uint64_t offset) const;

private:
    struct Place {
        std::size_t frame = 0;   ///< From 0.
        std::size_t within = 0;  ///< Byte within the frame, its header first.
    };
    std::optional<Place> locate(std::uint64_t offset) const;
    void note(std::size_t frame, std::span<const std::byte> page);

    std::size_t page_size_ = 0;                         ///< 0 until the log's header was seen.
    std::vector<std::optional<std::uint32_t>> frames_;  ///< CRC-32C of each frame's page.
};

/// Looks for a frame that fails although a later commit, which was only written once the frame was
/// on stable storage, is there: damage, and not the end of a crash. Returns the frame, from 1 (0:
/// the log's header). Only for logs written with synchronous=FULL. What stays ambiguous: damage in
/// the very last commit, or in the commit frame before it, looks like a crash; so does a log cut
/// short.
/// Errors: those of reading. Cost: reads the log once.
Result<std::optional<std::uint64_t>> find_wal_damage(ports::DiskFile& log);

}  // namespace atlas::adapters::sqlite
