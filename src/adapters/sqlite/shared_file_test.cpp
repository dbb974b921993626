// SPDX-License-Identifier: Apache-2.0
// Goal: the locks between connections of one process are SQLite's. Method: the table of who keeps
// whom out, written out; each pair both ways.
#include "adapters/sqlite/shared_file.hpp"

#include <gtest/gtest.h>

namespace atlas::adapters::sqlite {
namespace {

using enum LockLevel;

class ConnectionLocksTest : public testing::Test {
protected:
    LockLevel first(LockLevel held, LockLevel wanted) { return locks_.raise(&one_, held, wanted); }
    LockLevel second(LockLevel held, LockLevel wanted) { return locks_.raise(&two_, held, wanted); }
    ConnectionLocks locks_;
    int one_ = 0;
    int two_ = 0;
};

TEST_F(ConnectionLocksTest, ReadersShareAndOneMayReserve) {
    EXPECT_EQ(first(none, shared), shared);
    EXPECT_EQ(second(none, shared), shared);
    EXPECT_FALSE(locks_.is_reserved());
    EXPECT_EQ(first(shared, reserved), reserved);
    EXPECT_TRUE(locks_.is_reserved());
    EXPECT_EQ(second(shared, reserved), shared);
    locks_.lower(&one_, reserved, shared);
    EXPECT_EQ(second(shared, reserved), reserved);
}

TEST_F(ConnectionLocksTest, AWriterWaitsForReadersAndKeepsNewOnesOut) {
    EXPECT_EQ(first(none, shared), shared);
    EXPECT_EQ(second(none, shared), shared);
    EXPECT_EQ(first(shared, reserved), reserved);
    EXPECT_EQ(first(reserved, exclusive), pending);
    EXPECT_EQ(second(shared, exclusive), shared);
    locks_.lower(&two_, shared, none);
    EXPECT_EQ(second(none, shared), none);  // The pending one goes first.
    EXPECT_EQ(first(pending, exclusive), exclusive);
    EXPECT_EQ(second(none, shared), none);
    locks_.lower(&one_, exclusive, none);
    EXPECT_FALSE(locks_.is_reserved());
    EXPECT_EQ(second(none, exclusive), exclusive);
}

class WalIndexTest : public testing::Test {
protected:
    WalIndex index_;
    WalIndex::Holder one_;
    WalIndex::Holder two_;
};

TEST_F(WalIndexTest, SharedLocksShareAndExclusiveOnesDoNot) {
    constexpr WalIndex::Range kSlot{3, 1};
    EXPECT_TRUE(index_.lock_shared(one_, kSlot));
    EXPECT_TRUE(index_.lock_shared(one_, kSlot));  // Twice by the same holder is once.
    EXPECT_TRUE(index_.lock_shared(two_, kSlot));
    EXPECT_FALSE(index_.lock_exclusive(two_, kSlot));
    index_.unlock(one_, kSlot);
    EXPECT_TRUE(index_.lock_exclusive(two_, kSlot));
    EXPECT_FALSE(index_.lock_shared(one_, kSlot));
    EXPECT_FALSE(index_.lock_exclusive(one_, kSlot));
    EXPECT_TRUE(index_.lock_shared(one_, {4, 1}));
    index_.unlock(two_, kSlot);
    EXPECT_TRUE(index_.lock_exclusive(one_, kSlot));
}

TEST_F(WalIndexTest, ARangeIsTakenWholeOrNotAtAll) {
    EXPECT_TRUE(index_.lock_shared(one_, {6, 1}));
    EXPECT_FALSE(index_.lock_exclusive(two_, {5, 3}));
    EXPECT_TRUE(index_.lock_exclusive(one_, {5, 1}));
    index_.unmap(one_);
    EXPECT_TRUE(index_.lock_exclusive(two_, {5, 3}));
}

TEST_F(WalIndexTest, TheMemoryIsSharedAndGoesWithItsLastHolder) {
    EXPECT_EQ(index_.region(one_, 0, false), nullptr);
    auto* bytes = static_cast<std::byte*>(index_.region(one_, 1, true));
    ASSERT_NE(bytes, nullptr);
    bytes[7] = std::byte{9};
    EXPECT_EQ(index_.region(two_, 1, false), bytes);
    EXPECT_NE(index_.region(two_, 0, false), nullptr);
    index_.unmap(one_);
    EXPECT_EQ(index_.region(two_, 1, false), bytes);
    index_.unmap(two_);
    EXPECT_EQ(index_.region(one_, 1, false), nullptr);
}

}  // namespace
}  // namespace atlas::adapters::sqlite
