// SPDX-License-Identifier: Apache-2.0
// Goal: rules about places hold, and the walk over a repository applies every rule.
// Method: lists of paths, and one small repository in a temporary folder.
#include "tidy/tree.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>

#include "base/format.hpp"

namespace atlas::tidy {
namespace {

TEST(Names, MeanSomething) {
    for (const char* path : {"src/base/util.hpp", "src/utils/a.cpp", "src/helpers/a.cpp",
                             "web/src/common/a.tsx", "src/roles/session_manager.cpp",
                             "tests/http-helper.ts", "tools/misc", "tests/fixtures/a.txt"}) {
        EXPECT_EQ(check_name(path).size(), 1U) << path;
    }
    for (const char* path : {"src/money/commonality.hpp", "src/serving/http/parser.cpp",
                             ".gitignore", "src/finance/imbalance.cpp"}) {
        EXPECT_TRUE(check_name(path).empty()) << path;
    }
}

TEST(Names, DataStaysOutOfSources) {
    EXPECT_EQ(check_name("src/finance/statements/sample.ofx").size(), 1U);
    EXPECT_EQ(check_name("src/finance/statements/corpus/ofx/sample.ofx").size(), 0U);
    EXPECT_EQ(check_name("data/taxonomy.csv").size(), 0U);
}

TEST(Folders, HaveAReadmeAndAreAtMostThreeBelowSrc) {
    const std::vector<std::string> good = {"src/README.md",     "src/a/README.md",
                                           "src/a/b/README.md", "src/a/b/c/README.md",
                                           "src/a/b/c/x.cpp",   "docs/x/y/z/w/v.md"};
    EXPECT_TRUE(check_folders(good).empty());

    const std::vector<std::string> bare = {"src/README.md", "src/a/x.cpp"};
    ASSERT_EQ(check_folders(bare).size(), 1U);
    EXPECT_EQ(check_folders(bare)[0].path, "src/a");

    // A folder of folders needs one only as a module.
    const std::vector<std::string> nested = {"src/README.md", "src/a/b/c/x.cpp"};
    ASSERT_EQ(check_folders(nested).size(), 2U);
    EXPECT_EQ(check_folders(nested)[0].path, "src/a");
    EXPECT_EQ(check_folders(nested)[1].path, "src/a/b/c");

    std::vector<std::string> deep = good;
    deep.emplace_back("src/a/b/c/d/README.md");
    ASSERT_EQ(check_folders(deep).size(), 1U);
    EXPECT_EQ(check_folders(deep)[0].path, "src/a/b/c/d");
}

std::size_t types(const char* first, const char* second) {
    const std::vector<Source> sources = {Source::create("src/a/a.hpp", first),
                                         Source::create("src/a/b.cpp", second)};
    return check_type_names(sources).size();
}

TEST(TypeNames, AreOneTypesEachInTheirNamespace) {
    const char* here = "namespace atlas::a {\nstruct Reserve {\n};\n}  // namespace atlas::a\n";
    const std::vector<Source> twice = {Source::create("src/a/a.hpp", here),
                                       Source::create("src/a/b.hpp", here)};
    ASSERT_EQ(check_type_names(twice).size(), 1U);
    EXPECT_EQ(to_string(check_type_names(twice)[0]),
              "src/a/b.hpp:2: atlas::a::Reserve is a type of src/a/a.hpp already; give it a name "
              "of its own");

    // However it is written: as a class, with a base, in an inner namespace, after a function.
    EXPECT_EQ(types(here, "namespace atlas::a {\nclass Reserve : Base\n{\n};\n}\n"), 1U);
    EXPECT_EQ(types(here, "namespace atlas::a {\nclass [[nodiscard]] Reserve {\n};\n}\n"), 1U);
    EXPECT_EQ(types(here, "namespace atlas {\nnamespace a {\nenum class Reserve : int {\n};\n}\n}"),
              1U);
    EXPECT_EQ(types(here,
                    "namespace atlas::a {\nint f() {\n    return 1;\n}\n"
                    "namespace {\nint g;\n}  // namespace\nunion Reserve {\n};\n}\n"),
              1U);
}

TEST(TypeNames, OfAnotherScopeAreOtherTypes) {
    const char* here = "namespace atlas::a {\nstruct Reserve {\n};\n}  // namespace atlas::a\n";
    for (const char* other :
         {"namespace atlas::b {\nstruct Reserve {\n};\n}\n",
          "namespace atlas::a {\nnamespace {\nstruct Reserve {\n};\n}\n}\n",
          "namespace atlas::a {\nstruct Reserve;\nclass Reserve;\n}\n",
          "namespace atlas::a {\nstruct Reserve::State {\n};\n}\n",
          "namespace atlas::a {\ntemplate <>\nstruct Reserve<int> {\n};\n}\n",
          "namespace atlas::a {\nstruct Other {\n    struct Reserve {\n    };\n};\n}\n",
          "namespace atlas::a {\nnamespace b {\n}\n}\nstruct Reserve {\n};\n"}) {
        EXPECT_EQ(types(here, other), 0U) << other;
    }
}

class TemporaryRepository {
public:
    TemporaryRepository()
        : root_(std::filesystem::temp_directory_path() /
                format("atlas-tidy-{}", std::random_device{}())) {}
    ~TemporaryRepository() {
        std::error_code ignored;
        std::filesystem::remove_all(root_, ignored);
    }
    TemporaryRepository(const TemporaryRepository&) = delete;
    TemporaryRepository& operator=(const TemporaryRepository&) = delete;

    void write(const std::string& path, std::string_view text) const {
        std::filesystem::create_directories((root_ / path).parent_path());
        std::ofstream(root_ / path) << text;
    }
    const std::filesystem::path& root() const { return root_; }

private:
    std::filesystem::path root_;
};

TEST(Tree, AppliesEveryRule) {
    const TemporaryRepository repository;
    repository.write("CMakeLists.txt", "project(x)\n");
    repository.write("tools/layers.txt", "base : :\nserving : base : boost\nmoney : base :\n");
    repository.write("src/README.md", "x\n");
    repository.write("src/serving/README.md", "x\n");
    repository.write("src/serving/a.hpp",
                     "// SPDX-License-Identifier: Apache-2.0\n// A.\n#pragma once\n"
                     "#include <boost/asio.hpp>\n");
    std::string text = "// no licence\nnamespace atlas::other {\n#include \"serving/a.hpp\"\n";
    text += "int f() {\n" + std::string(70, '\n') + "}\n";
    text += "int* p = new int;\n// TODO: x\n// behavior\n// /root/x\n// " + std::string(100, 'x');
    repository.write("src/money/util.cpp", text);
    repository.write("build/x/util.cpp", "skipped\n");
    repository.write("web/node_modules/helper/a.ts", "skipped\n");

    const auto sources = read_tree(repository.root());
    ASSERT_TRUE(sources.has_value());
    EXPECT_EQ(sources->size(), 6U);
    const auto findings = check_tree(*sources);
    ASSERT_TRUE(findings.has_value());
    std::vector<std::string> places;
    for (const Finding& finding : *findings) {
        places.push_back(format("{}:{}", finding.path, finding.line));
    }
    const std::string file = "src/money/util.cpp:";
    EXPECT_EQ(places, (std::vector<std::string>{"src/money:0", file + "0", file + "1", file + "2",
                                                file + "3", file + "4", file + "76", file + "77",
                                                file + "78", file + "79", file + "80",
                                                "src/serving/a.hpp:4"}));
}

TEST(Tree, NeedsARepositoryAndItsTable) {
    const TemporaryRepository repository;
    EXPECT_EQ(read_tree(repository.root()).error().code, ErrorCode::not_found);
    repository.write("CMakeLists.txt", "project(x)\n");
    const auto sources = read_tree(repository.root());
    ASSERT_TRUE(sources.has_value());
    EXPECT_EQ(check_tree(*sources).error().code, ErrorCode::not_found);
    repository.write("tools/layers.txt", "base\n");
    EXPECT_EQ(check_tree(*read_tree(repository.root())).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace atlas::tidy
