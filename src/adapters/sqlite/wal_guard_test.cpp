// SPDX-License-Identifier: Apache-2.0
// Goal: WalGuard forgets what is gone from the log and nothing else. SQLite cuts the log back to
// its size limit right after the first commit of a restarted log, with live frames before the cut.
#include "adapters/sqlite/wal_guard.hpp"

#include <gtest/gtest.h>

#include <array>

namespace atlas::adapters::sqlite {
namespace {

constexpr std::size_t kPage = 512;

std::array<std::byte, kWalHeaderBytes> log_header() {
    std::array<std::byte, kWalHeaderBytes> header{};
    header[10] = std::byte{kPage >> 8};
    return header;
}

std::array<std::byte, kPage> page_of(int value) {
    std::array<std::byte, kPage> page{};
    page.fill(static_cast<std::byte>(value));
    return page;
}

std::uint64_t page_offset(std::size_t frame) {
    return kWalHeaderBytes + frame * (kPage + kWalFrameHeaderBytes) + kWalFrameHeaderBytes;
}

TEST(WalGuard, CutKeepsTheFramesBeforeIt) {
    WalGuard guard;
    guard.note_write(0, log_header());
    for (int frame = 0; frame < 3; ++frame) {
        guard.note_write(page_offset(static_cast<std::size_t>(frame)), page_of(frame));
    }
    guard.cut(page_offset(2) + kPage - 1);  // One byte short: the third frame is gone.
    EXPECT_TRUE(guard.check_read(page_offset(0), page_of(0)));
    EXPECT_TRUE(guard.check_read(page_offset(1), page_of(1)));
    EXPECT_FALSE(guard.check_read(page_offset(1), page_of(7)));
    EXPECT_FALSE(guard.check_read(page_offset(2), page_of(2)));
}

TEST(WalGuard, CutToNothingForgetsAll) {
    WalGuard guard;
    guard.note_write(0, log_header());
    guard.note_write(page_offset(0), page_of(1));
    guard.cut(0);
    EXPECT_FALSE(guard.check_read(page_offset(0), page_of(1)));
}

TEST(WalGuard, CutBeyondTheEndChangesNothing) {
    WalGuard guard;
    guard.note_write(0, log_header());
    guard.note_write(page_offset(0), page_of(1));
    guard.cut(std::uint64_t{4} << 20);
    EXPECT_TRUE(guard.check_read(page_offset(0), page_of(1)));
}

}  // namespace
}  // namespace atlas::adapters::sqlite
