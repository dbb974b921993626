// SPDX-License-Identifier: Apache-2.0
// Goal: a file that is cut while it is imported is an error or is read as it was, and never ends
// the program. Method: real files, cut before and after the copy; the copy leaves no name.
#include "app/import_copy.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "adapters/disk/posix/posix_disk.hpp"
#include "base/random.hpp"
#include "ports/testing/temporary_folder.hpp"

namespace atlas::app {
namespace {

constexpr std::uint64_t kSize = 3'000'001;  // Not a whole number of pieces or pages.

class ImportCopy : public ::testing::Test {
protected:
    ImportCopy() {
        Random random(20261123);
        for (std::uint64_t i = 0; i < kSize; ++i) {
            text_ += static_cast<char>('a' + random.below(26));
        }
        std::filesystem::create_directory(folder_.file("data"));
        std::ofstream(path_) << text_;
        file_ = *disk_.open(path_, ports::FileMode::read_only);
    }

    auto copy() { return copy_of(*file_, kSize, disk_, folder_.file("data")); }
    void cut(std::uintmax_t size) { std::filesystem::resize_file(path_, size); }

    ports::testing::TemporaryFolder folder_;
    adapters::disk::posix::PosixDisk disk_;
    const std::string path_ = folder_.file("statement.csv");
    std::string text_;
    std::unique_ptr<ports::DiskFile> file_;
};

TEST_F(ImportCopy, StaysAsItWasWhenTheFileIsCut) {
    const auto view = copy();
    ASSERT_TRUE(view.has_value()) << view.error().message;
    cut(10);
    file_.reset();
    EXPECT_EQ((*view)->bytes(), text_);
    EXPECT_TRUE(std::filesystem::is_empty(folder_.file("data")));
}

TEST_F(ImportCopy, RefusesAFileThatWasCutBefore) {
    cut(2'000'000);
    const auto view = copy();
    ASSERT_FALSE(view.has_value());
    EXPECT_EQ(view.error().code, ErrorCode::unavailable);
    EXPECT_TRUE(view.error().message.starts_with("2000000 bytes of 3000001 were left"))
        << view.error().message;
    EXPECT_TRUE(std::filesystem::is_empty(folder_.file("data")));
}

TEST_F(ImportCopy, TakesWhatWasThereWhenMoreIsAdded) {
    std::ofstream(path_, std::ios::app) << "more";
    EXPECT_EQ((*copy())->bytes(), text_);
}

TEST_F(ImportCopy, OfNothingIsNothing) {
    EXPECT_EQ((*copy_of(*file_, 0, disk_, folder_.file("data")))->bytes(), "");
}

}  // namespace
}  // namespace atlas::app
