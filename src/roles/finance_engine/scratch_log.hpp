// SPDX-License-Identifier: Apache-2.0
// Records set aside while a large import is decided: the first few megabytes in memory, the rest
// in a file that has no name and is gone with the process. Never the only place of anything.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "ports/disk.hpp"

namespace atlas::roles::finance_engine {

/// Bytes a log holds before it writes them out, and a reader holds of it.
inline constexpr std::size_t kScratchHeldBytes = std::size_t{4} << 20;
inline constexpr std::size_t kScratchReadBytes = std::size_t{64} << 10;

/// Their names start with it, for the moment that they have one.
inline constexpr std::string_view kScratchPrefix = "scratch-";

/// Where scratch files are made; without a disk everything stays in memory.
struct ScratchSpace {
    ports::Disk* disk = nullptr;
    std::string folder;
};

class ScratchLog {
public:
    /// Borrows the disk. `name` is the file's for the moment that it has one.
    ScratchLog(ScratchSpace space, std::string name)
        : space_(std::move(space)),
          name_(std::move(name)) {}

    /// Errors: those of the disk; no_space first of all.
    Result<void> append(std::string_view record);
    /// Writes out what is held, if there is a disk and it is worth a file.
    Result<void> settle();

    std::uint64_t size() const { return written_ + held_.size(); }

    /// Errors: those of the disk.
    Result<std::string_view> read(std::uint64_t offset, std::size_t size,
                                  std::string& buffer) const;

private:
    Result<void> write_out();

    ScratchSpace space_;
    std::string name_;
    std::unique_ptr<ports::DiskFile> file_;
    std::uint64_t written_ = 0;
    std::string held_;
};

/// Walks the records of a part of a log in order.
class ScratchReader {
public:
    /// Holds `held_bytes` of it, or a record that is longer.
    ScratchReader(const ScratchLog& log, std::uint64_t begin, std::uint64_t end,
                  std::size_t held_bytes = kScratchReadBytes)
        : log_(&log),
          at_(begin),
          end_(end),
          held_bytes_(held_bytes) {}

    /// The next record, valid until the next call; empty at the end, and then nothing is held.
    Result<std::optional<std::string_view>> next();

private:
    Result<std::string_view> bytes(std::size_t size);

    const ScratchLog* log_;
    std::uint64_t at_;
    std::uint64_t end_;
    std::size_t held_bytes_;
    std::string buffer_;
    std::string_view window_;  ///< Read ahead, from at_.
};

}  // namespace atlas::roles::finance_engine
