// SPDX-License-Identifier: Apache-2.0
// Goal: the guard knows every frame it has seen and refuses every other. Method: a made-up log of
// 512-byte pages. find_wal_damage() is tested on real logs, in src/sim/disk/store_damage_test.cpp.
#include "adapters/sqlite/wal_guard.hpp"

#include <gtest/gtest.h>

namespace atlas::adapters::sqlite {
namespace {

constexpr std::uint64_t kFrame = 512 + kWalFrameHeaderBytes;

class WalGuardTest : public testing::Test {
protected:
    void SetUp() override {
        std::vector<std::byte> header(kWalHeaderBytes);
        header[10] = std::byte{2};  // The page size, 512, as a big-endian word from byte 8.
        guard_.note_write(0, header);
    }
    static std::vector<std::byte> bytes(std::size_t size, int value) {
        return std::vector<std::byte>(size, static_cast<std::byte>(value));
    }
    static std::uint64_t page_of(std::uint64_t frame) {
        return kWalHeaderBytes + (frame - 1) * kFrame + kWalFrameHeaderBytes;
    }
    WalGuard guard_;
};

TEST_F(WalGuardTest, KnowsWhatWasWrittenLast) {
    guard_.note_write(page_of(2), bytes(512, 1));
    EXPECT_TRUE(guard_.check_read(page_of(2), bytes(512, 1)));
    EXPECT_FALSE(guard_.check_read(page_of(2), bytes(512, 2)));
    guard_.note_write(page_of(2), bytes(512, 2));
    EXPECT_TRUE(guard_.check_read(page_of(2), bytes(512, 2)));
    EXPECT_EQ(guard_.frame_at(page_of(2)), 2U);
    EXPECT_EQ(guard_.frame_at(0), 0U);
}

TEST_F(WalGuardTest, RefusesALonePageItHasNotSeen) {
    EXPECT_FALSE(guard_.check_read(page_of(1), bytes(512, 1)));
    guard_.note_write(page_of(1), bytes(512, 1));
    guard_.forget(page_of(1) + 100, 10);
    EXPECT_FALSE(guard_.check_read(page_of(1), bytes(512, 1)));
}

TEST_F(WalGuardTest, LearnsFromRecoveryAndChecksWhatItLearnt) {
    const std::uint64_t frame = page_of(1) - kWalFrameHeaderBytes;
    EXPECT_TRUE(guard_.check_read(frame, bytes(kFrame, 1)));
    EXPECT_TRUE(guard_.check_read(page_of(1), bytes(512, 1)));
    EXPECT_FALSE(guard_.check_read(frame, bytes(kFrame, 2)));
}

TEST_F(WalGuardTest, LetsHeadersOfFramesBeReadAndNothingElse) {
    const std::uint64_t frame = page_of(3) - kWalFrameHeaderBytes;
    EXPECT_TRUE(guard_.check_read(frame, bytes(24, 0)));
    EXPECT_TRUE(guard_.check_read(frame + 16, bytes(8, 0)));
    EXPECT_FALSE(guard_.check_read(frame + 16, bytes(9, 0)));
    EXPECT_FALSE(guard_.check_read(frame + 30, bytes(8, 0)));
}

TEST_F(WalGuardTest, AWriteOfAnyOtherShapeForgetsTheFramesItTouches) {
    guard_.note_write(page_of(1), bytes(512, 1));
    guard_.note_write(page_of(2), bytes(512, 1));
    guard_.note_write(page_of(2) + 8, bytes(16, 3));
    EXPECT_TRUE(guard_.check_read(page_of(1), bytes(512, 1)));
    EXPECT_FALSE(guard_.check_read(page_of(2), bytes(512, 1)));
}

TEST_F(WalGuardTest, AnotherPageSizeStartsAnew) {
    guard_.note_write(page_of(1), bytes(512, 1));
    std::vector<std::byte> header(kWalHeaderBytes);
    header[10] = std::byte{4};
    guard_.note_write(0, header);
    EXPECT_FALSE(guard_.check_read(kWalHeaderBytes + 24, bytes(1024, 1)));
}

}  // namespace
}  // namespace atlas::adapters::sqlite
