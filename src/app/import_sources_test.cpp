// SPDX-License-Identifier: Apache-2.0
// Goal: a folder gives all its files once, in order, and says what it passes over. Method: a small
// tree in a temporary folder.
#include "app/import_sources.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace atlas::app {
namespace {

namespace fs = std::filesystem;

class ImportSourcesTest : public ::testing::Test {
protected:
    ImportSourcesTest() {
        std::string pattern = (fs::temp_directory_path() / "atlas-sources-XXXXXX").string();
        root_ = ::mkdtemp(pattern.data());
    }
    ~ImportSourcesTest() override { fs::remove_all(root_); }

    std::string put(const std::string& name, const std::string& content = "x") const {
        const fs::path path = root_ / name;
        fs::create_directories(path.parent_path());
        std::ofstream(path) << content;
        return path.string();
    }

    fs::path root_;
};

TEST_F(ImportSourcesTest, AFolderGivesItsFilesInOrderAndPassesOverTheRest) {
    put("b.csv");
    put("a/z.ofx");
    put("a/.hidden.csv");
    put(".git/config");
    put("a/empty.csv", "");
    fs::create_symlink(root_ / "b.csv", root_ / "link.csv");
    fs::create_directory_symlink(root_, root_ / "a" / "loop");
    const auto found = find_sources({root_.string()});
    ASSERT_TRUE(found.has_value());
    std::vector<std::string> files;
    for (const ImportSource& source : found->files) {
        EXPECT_TRUE(source.from_folder);
        files.push_back(fs::relative(source.path, root_).string());
    }
    EXPECT_EQ(files, (std::vector<std::string>{"a/z.ofx", "b.csv"}));
    std::vector<std::string> passed;
    for (const PassedOver& each : found->passed_over) {
        passed.push_back(fs::path(each.file).filename().string() + ": " + each.reason);
    }
    EXPECT_EQ(passed,
              (std::vector<std::string>{".git: hidden", ".hidden.csv: hidden", "empty.csv: empty",
                                        "loop: a link", "link.csv: a link"}));
}

TEST_F(ImportSourcesTest, NamedFilesKeepTheirOrderAndAreLookedIntoWhateverTheyAre) {
    const std::string hidden = put(".statement.csv");
    const std::string other = put("a.csv");
    const auto found = find_sources({hidden, (root_ / "missing.csv").string(), other});
    ASSERT_TRUE(found.has_value());
    ASSERT_EQ(found->files.size(), 3U);
    EXPECT_EQ(found->files[0].path, hidden);
    EXPECT_EQ(found->files[2].path, other);
    EXPECT_FALSE(found->files[0].from_folder);
    EXPECT_TRUE(found->passed_over.empty());
}

}  // namespace
}  // namespace atlas::app
