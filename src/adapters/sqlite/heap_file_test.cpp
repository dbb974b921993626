// SPDX-License-Identifier: Apache-2.0
// Goal: a file in memory reads and writes like a file. Method: written-out cases.
#include "adapters/sqlite/heap_file.hpp"

#include <gtest/gtest.h>

#include <string>

namespace atlas::adapters::sqlite {
namespace {

std::string read(HeapFile& file, std::uint64_t offset, std::size_t size) {
    std::string text(size, '?');
    text.resize(*file.read_at(offset, std::as_writable_bytes(std::span(text))));
    return text;
}

TEST(HeapFile, ReadsBackWhatWasWritten) {
    HeapFile file;
    const std::string text = "abc";
    ASSERT_TRUE(file.write_at(2, std::as_bytes(std::span(text))));
    ASSERT_TRUE(file.write_at(4, std::as_bytes(std::span(text))));
    EXPECT_EQ(read(file, 0, 99), std::string("\0\0ababc", 7));
    EXPECT_EQ(read(file, 7, 1), "");
    EXPECT_EQ(*file.size(), 7U);
    ASSERT_TRUE(file.write_at(7, std::as_bytes(std::span(text)).first(1)));
    EXPECT_EQ(*file.size(), 8U);
    ASSERT_TRUE(file.truncate(3));
    EXPECT_EQ(read(file, 1, 99), std::string("\0a", 2));
}

}  // namespace
}  // namespace atlas::adapters::sqlite
