// SPDX-License-Identifier: Apache-2.0
// The contract suite of ports/disk.hpp. An adapter's test instantiates it with a factory:
//
//     INSTANTIATE_TEST_SUITE_P(Posix, DiskContract, testing::Values(&make_posix_harness));
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ports/disk.hpp"

namespace atlas::ports::testing {

/// A disk with an empty folder to work in; destroying it cleans up.
class DiskHarness {
public:
    virtual ~DiskHarness() = default;
    virtual Disk& disk() = 0;
    virtual std::string folder() const = 0;
};

using DiskHarnessFactory = std::unique_ptr<DiskHarness> (*)();

class DiskContract : public ::testing::TestWithParam<DiskHarnessFactory> {
protected:
    Disk& disk() { return harness_->disk(); }
    std::string path(const std::string& name) const { return harness_->folder() + "/" + name; }

    std::unique_ptr<DiskFile> open(const std::string& name, FileMode mode = FileMode::create) {
        auto file = disk().open(path(name), mode);
        EXPECT_TRUE(file.has_value()) << to_string(file.error());
        return file ? std::move(file).value() : nullptr;
    }
    static Result<void> write(DiskFile& file, std::uint64_t offset, std::string_view text) {
        return file.write_at(offset, std::as_bytes(std::span(text)));
    }
    static std::string read(DiskFile& file, std::uint64_t offset, std::size_t size) {
        std::string text(size, '?');
        const auto got = file.read_at(offset, std::as_writable_bytes(std::span(text)));
        EXPECT_TRUE(got.has_value()) << to_string(got.error());
        text.resize(got.value_or(0));
        return text;
    }
    static ErrorCode code(const Result<void>& result) {
        EXPECT_FALSE(result.has_value());
        return result ? ErrorCode::internal : result.error().code;
    }

private:
    std::unique_ptr<DiskHarness> harness_ = GetParam()();
};

TEST_P(DiskContract, ReadsBackWhatWasWritten) {
    const auto file = open("a");
    ASSERT_TRUE(write(*file, 0, "hello, world"));
    ASSERT_TRUE(write(*file, 7, "there"));
    EXPECT_EQ(read(*file, 0, 12), "hello, there");
    EXPECT_EQ(read(*file, 7, 2), "th");
    EXPECT_EQ(*file->size(), 12U);
    ASSERT_TRUE(file->sync_data());
    EXPECT_EQ(read(*open("a", FileMode::read_only), 0, 12), "hello, there");
}

TEST_P(DiskContract, ReadsFewerBytesOnlyAtTheEnd) {
    const auto file = open("a");
    ASSERT_TRUE(write(*file, 0, "hello"));
    EXPECT_EQ(read(*file, 3, 10), "lo");
    EXPECT_EQ(read(*file, 5, 10), "");
    EXPECT_EQ(read(*file, 500, 10), "");
}

TEST_P(DiskContract, AGapReadsAsZeros) {
    const auto file = open("a");
    ASSERT_TRUE(write(*file, 3, "x"));
    EXPECT_EQ(read(*file, 0, 10), std::string("\0\0\0x", 4));
}

TEST_P(DiskContract, TruncatesAndExtends) {
    const auto file = open("a");
    ASSERT_TRUE(write(*file, 0, "hello"));
    ASSERT_TRUE(file->truncate(2));
    EXPECT_EQ(*file->size(), 2U);
    ASSERT_TRUE(file->truncate(4));
    EXPECT_EQ(read(*file, 0, 10), std::string("he\0\0", 4));
}

TEST_P(DiskContract, PreallocatesWithoutTouchingWhatIsThere) {
    const auto file = open("a");
    ASSERT_TRUE(write(*file, 0, "hello"));
    ASSERT_TRUE(file->preallocate(9000));
    EXPECT_EQ(*file->size(), 9000U);
    EXPECT_EQ(read(*file, 0, 6), std::string("hello\0", 6));
    EXPECT_EQ(read(*file, 8999, 10), std::string(1, '\0'));
    ASSERT_TRUE(file->preallocate(100));
    EXPECT_EQ(*file->size(), 9000U);
    EXPECT_EQ(code(open("a", FileMode::read_only)->preallocate(10'000)),
              ErrorCode::permission_denied);
}

TEST_P(DiskContract, AViewOutlivesHandleAndName) {
    auto file = open("a");
    std::string text;
    for (int i = 0; i < 9000; ++i) {
        text += std::to_string(i) + "\n";  // Some pages.
    }
    ASSERT_TRUE(write(*file, 0, text));
    const auto view = file->view();
    ASSERT_TRUE(view.has_value()) << to_string(view.error());
    ASSERT_TRUE(disk().remove(path("a")));
    file.reset();
    EXPECT_EQ((*view)->bytes(), text);
    (*view)->passed(0);
    (*view)->passed(20'000);
    EXPECT_EQ((*view)->bytes(), text);
    (*view)->passed(text.size() + 1);
    EXPECT_EQ((*view)->bytes(), text);
    EXPECT_EQ((*open("empty")->view())->bytes(), "");
}

TEST_P(DiskContract, OpensByMode) {
    EXPECT_EQ(disk().open(path("a"), FileMode::read_only).error().code, ErrorCode::not_found);
    EXPECT_EQ(disk().open(path("a"), FileMode::read_write).error().code, ErrorCode::not_found);
    EXPECT_EQ(disk().open(path("a"), FileMode::read_write).error().place, path("a"));
    ASSERT_TRUE(write(*open("a", FileMode::create_new), 0, "kept"));
    EXPECT_EQ(disk().open(path("a"), FileMode::create_new).error().code, ErrorCode::conflict);
    EXPECT_EQ(read(*open("a", FileMode::create), 0, 9), "kept");
    EXPECT_EQ(disk().open(path("none/a"), FileMode::create).error().code, ErrorCode::not_found);
}

TEST_P(DiskContract, AReadOnlyHandleDoesNotWrite) {
    ASSERT_TRUE(write(*open("a"), 0, "kept"));
    const auto file = open("a", FileMode::read_only);
    EXPECT_EQ(code(write(*file, 0, "gone")), ErrorCode::permission_denied);
    EXPECT_EQ(code(file->truncate(0)), ErrorCode::permission_denied);
    EXPECT_EQ(read(*file, 0, 9), "kept");
}

TEST_P(DiskContract, RemovesAndRenames) {
    ASSERT_TRUE(write(*open("a"), 0, "a"));
    ASSERT_TRUE(write(*open("b"), 0, "b"));
    ASSERT_TRUE(disk().rename({.from = path("a"), .to = path("b")}));
    EXPECT_FALSE(*disk().exists(path("a")));
    EXPECT_EQ(read(*open("b"), 0, 9), "a");
    ASSERT_TRUE(disk().remove(path("b")));
    EXPECT_FALSE(*disk().exists(path("b")));
    EXPECT_EQ(code(disk().remove(path("b"))), ErrorCode::not_found);
    EXPECT_EQ(code(disk().rename({.from = path("b"), .to = path("c")})), ErrorCode::not_found);
    ASSERT_TRUE(disk().sync_directory(parent_of(path("b"))));
}

TEST_P(DiskContract, ARemovedFileStaysWithItsHandles) {
    const auto file = open("a");
    ASSERT_TRUE(write(*file, 0, "old"));
    ASSERT_TRUE(disk().remove(path("a")));
    const auto other = open("a");
    ASSERT_TRUE(write(*other, 0, "new"));
    EXPECT_EQ(read(*file, 0, 9), "old");
    EXPECT_EQ(read(*other, 0, 9), "new");
}

TEST_P(DiskContract, ListsNamesInOrder) {
    for (const char* name : {"c", "a", "b"}) {
        open(name);
    }
    ASSERT_TRUE(disk().create_directory(path("folder")));
    ASSERT_TRUE(disk().create_directory(path("folder")));
    open("folder/inner");
    EXPECT_EQ(*disk().list(parent_of(path("a"))),
              (std::vector<std::string>{"a", "b", "c", "folder"}));
    EXPECT_EQ(*disk().list(path("folder")), std::vector<std::string>{"inner"});
    EXPECT_EQ(disk().list(path("none")).error().code, ErrorCode::not_found);
    EXPECT_TRUE(*disk().exists(path("folder")));
    EXPECT_EQ(code(disk().create_directory(path("none/folder"))), ErrorCode::not_found);
    EXPECT_EQ(code(disk().sync_directory(path("none"))), ErrorCode::not_found);
}

TEST_P(DiskContract, OneHandleAtATimeHoldsTheLock) {
    auto first = open("a");
    const auto second = open("a");
    ASSERT_TRUE(first->lock());
    ASSERT_TRUE(first->lock());  // Twice by the same handle is once.
    EXPECT_EQ(code(second->lock()), ErrorCode::conflict);
    ASSERT_TRUE(first->unlock());
    ASSERT_TRUE(second->lock());
    EXPECT_EQ(code(first->lock()), ErrorCode::conflict);
    ASSERT_TRUE(second->unlock());
    ASSERT_TRUE(first->lock());
    first.reset();
    EXPECT_TRUE(second->lock());
}

TEST(DiskPaths, ParentOf) {
    EXPECT_EQ(parent_of("a/b/c"), "a/b");
    EXPECT_EQ(parent_of("/c"), "/");
    EXPECT_EQ(parent_of("c"), ".");
}

}  // namespace atlas::ports::testing
