// SPDX-License-Identifier: Apache-2.0
// Source of the format: "Database File Format", section 4, sqlite.org/fileformat2.html.
#include "adapters/sqlite/wal_guard.hpp"

#include <algorithm>
#include <array>

#include "adapters/sqlite/page_seal.hpp"
#include "base/crc32c.hpp"

namespace atlas::adapters::sqlite {
namespace {

constexpr std::uint32_t kMagic = 0x377f0682;  ///< The last bit: checksums over big-endian words.

struct Checksum {
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    friend bool operator==(const Checksum&, const Checksum&) = default;
};

std::uint32_t big_endian(std::span<const std::byte> at) {
    std::uint32_t value = 0;
    for (const std::byte b : at.first(4)) {
        value = (value << 8) | std::to_integer<std::uint32_t>(b);
    }
    return value;
}

std::uint64_t salts_at(std::span<const std::byte> at) {
    return std::uint64_t{big_endian(at)} << 32 | big_endian(at.subspan(4));
}

Checksum add(Checksum sum, std::span<const std::byte> data, bool is_big_endian) {
    for (std::size_t i = 0; i + 8 <= data.size(); i += 8) {
        std::uint32_t left = big_endian(data.subspan(i));
        std::uint32_t right = big_endian(data.subspan(i + 4));
        if (!is_big_endian) {
            left = __builtin_bswap32(left);
            right = __builtin_bswap32(right);
        }
        sum.first += left + sum.second;
        sum.second += right + sum.first;
    }
    return sum;
}

struct Header {
    bool is_big_endian = false;
    std::size_t page_size = 0;
    std::uint64_t salts = 0;
    Checksum checksum;
};

/// The header where its checksum holds.
std::optional<Header> read_header(std::span<const std::byte> bytes) {
    const std::uint32_t magic = big_endian(bytes);
    const std::size_t page_size = big_endian(bytes.subspan(8));
    if ((magic & ~1U) != kMagic || !is_page_size(page_size)) {
        return std::nullopt;
    }
    const bool is_big_endian = (magic & 1U) != 0;
    const Checksum stored{big_endian(bytes.subspan(24)), big_endian(bytes.subspan(28))};
    if (add({}, bytes.first(24), is_big_endian) != stored) {
        return std::nullopt;
    }
    return Header{is_big_endian, page_size, salts_at(bytes.subspan(16)), stored};
}

/// The header that one flipped bit has spoilt, if that is what happened. SQLite's checksum is weak
/// in its top bits, so the salts of the first frame have to agree as well.
std::optional<Header> repair_header(std::array<std::byte, kWalHeaderBytes> bytes,
                                    std::uint64_t frame_salts) {
    for (std::size_t bit = 0; bit < kWalHeaderBytes * 8; ++bit) {
        const auto mask = static_cast<std::byte>(1U << (bit % 8));
        bytes[bit / 8] ^= mask;
        const auto header = read_header(bytes);
        if (header && header->salts == frame_salts) {
            return header;
        }
        bytes[bit / 8] ^= mask;
    }
    return std::nullopt;
}

struct Frame {
    bool is_commit = false;
    bool is_of_this_log = false;  ///< Its salts are the header's.
    Checksum stored;
};

Frame read_frame(std::span<const std::byte> bytes, const Header& header) {
    return Frame{big_endian(bytes.subspan(4)) != 0, salts_at(bytes.subspan(8)) == header.salts,
                 Checksum{big_endian(bytes.subspan(16)), big_endian(bytes.subspan(20))}};
}

bool follows(Checksum before, std::span<const std::byte> bytes, const Header& header) {
    Checksum sum = add(before, bytes.first(8), header.is_big_endian);
    sum = add(sum, bytes.subspan(kWalFrameHeaderBytes), header.is_big_endian);
    return sum == read_frame(bytes, header).stored;
}

}  // namespace

std::optional<WalGuard::Place> WalGuard::locate(std::uint64_t offset) const {
    if (page_size_ == 0 || offset < kWalHeaderBytes) {
        return std::nullopt;
    }
    const std::uint64_t frame_size = page_size_ + kWalFrameHeaderBytes;
    const std::uint64_t at = offset - kWalHeaderBytes;
    return Place{static_cast<std::size_t>(at / frame_size),
                 static_cast<std::size_t>(at % frame_size)};
}

std::uint64_t WalGuard::frame_at(std::uint64_t offset) const {
    const auto place = locate(offset);
    return place ? place->frame + 1 : 0;
}

void WalGuard::note(std::size_t frame, std::span<const std::byte> page) {
    if (frames_.size() <= frame) {
        frames_.resize(frame + 1);
    }
    frames_[frame] = crc32c(page);
}

void WalGuard::note_write(std::uint64_t offset, std::span<const std::byte> data) {
    if (offset == 0 && data.size() >= kWalHeaderBytes) {
        const std::size_t page_size = big_endian(data.subspan(8));
        if (page_size != page_size_) {
            frames_.clear();
            page_size_ = is_page_size(page_size) ? page_size : 0;
        }
        return;
    }
    const auto place = locate(offset);
    if (!place) {
        return;
    }
    if (place->within == kWalFrameHeaderBytes && data.size() == page_size_) {
        note(place->frame, data);
    } else if (place->within != 0 || data.size() != kWalFrameHeaderBytes) {
        forget(offset, data.size());
    }
}

void WalGuard::forget(std::uint64_t offset, std::size_t size) {
    const auto first = locate(offset);
    const auto last = locate(offset + size);
    if (!first || !last) {
        frames_.clear();
        return;
    }
    for (std::size_t i = first->frame; i <= last->frame && i < frames_.size(); ++i) {
        frames_[i].reset();
    }
}

void WalGuard::cut(std::uint64_t size) {
    const auto end = locate(size);
    // The frame that `size` falls into is cut short, unless it falls on that frame's first byte.
    frames_.resize(std::min(frames_.size(), end ? end->frame : std::size_t{0}));
}

bool WalGuard::check_read(std::uint64_t offset, std::span<const std::byte> data) {
    if (offset == 0 && data.size() == kWalHeaderBytes) {
        note_write(offset, data);
        return true;
    }
    const auto place = locate(offset);
    if (!place) {
        return true;  // The header again: SQLite checks it.
    }
    const bool is_frame = place->within == 0 && data.size() == page_size_ + kWalFrameHeaderBytes;
    const bool is_page = place->within == kWalFrameHeaderBytes && data.size() == page_size_;
    if (!is_frame && !is_page) {
        // Within a frame's header: SQLite reads a checksum there when a page that outgrew the
        // cache is written to the log twice in one transaction.
        return place->within + data.size() <= kWalFrameHeaderBytes;
    }
    const auto page = is_frame ? data.subspan(kWalFrameHeaderBytes) : data;
    if (place->frame < frames_.size() && frames_[place->frame]) {
        return *frames_[place->frame] == crc32c(page);
    }
    if (is_frame) {
        note(place->frame, page);
    }
    return is_frame;
}

Result<std::optional<std::uint64_t>> find_wal_damage(ports::DiskFile& log) {
    std::array<std::byte, kWalHeaderBytes> start{};
    ATLAS_TRY_ASSIGN(const std::size_t got, log.read_at(0, start));
    if (got < kWalHeaderBytes) {
        return std::optional<std::uint64_t>();
    }
    std::optional<Header> header = read_header(start);
    std::optional<std::uint64_t> damaged;
    if (!header) {
        damaged = 0;
        std::array<std::byte, kWalFrameHeaderBytes> first{};
        ATLAS_TRY(log.read_at(kWalHeaderBytes, first));
        header = repair_header(start, salts_at(std::span(first).subspan(8)));
        if (!header) {
            return std::optional<std::uint64_t>();
        }
    }
    std::vector<std::byte> bytes(header->page_size + kWalFrameHeaderBytes);
    Checksum before = header->checksum;
    bool is_after_commit = false;
    for (std::uint64_t frame = 1;; ++frame) {
        const std::uint64_t offset = kWalHeaderBytes + (frame - 1) * bytes.size();
        ATLAS_TRY_ASSIGN(const std::size_t size, log.read_at(offset, bytes));
        if (size < bytes.size()) {
            return std::optional<std::uint64_t>();
        }
        const Frame found = read_frame(bytes, *header);
        const bool is_good = found.is_of_this_log && follows(before, bytes, *header);
        if (damaged && is_good && is_after_commit) {
            return damaged;
        }
        if (!is_good && !damaged) {
            damaged = frame;
        }
        is_after_commit = found.is_of_this_log && found.is_commit;
        before = found.stored;
    }
}

}  // namespace atlas::adapters::sqlite
