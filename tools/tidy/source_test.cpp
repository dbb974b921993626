// SPDX-License-Identifier: Apache-2.0
// Goal: comments and literals are told from code, to the character. Method: the blanked text is
// written out beside the text, so that a shift of one is seen.
#include "tidy/source.hpp"

#include <gtest/gtest.h>

namespace atlas::tidy {
namespace {

TEST(Blank, CommentsGoAndCodeStays) {
    EXPECT_EQ(blank("a; // b\nc;", Keep::code), "a;     \nc;");
    EXPECT_EQ(blank("a/* b */c", Keep::code), "a       c");
    EXPECT_EQ(blank("a/* b\n */c", Keep::code), "a    \n   c");
    EXPECT_EQ(blank("a/* b", Keep::code), "a    ");
    EXPECT_EQ(blank("a // b", Keep::code_and_comments), "a // b");
    EXPECT_EQ(blank("a/* b */\"c\"", Keep::code_and_comments), "a/* b */\" \"");
}

TEST(Blank, LiteralsKeepTheirQuotes) {
    EXPECT_EQ(blank("f(\"a\\\"b\", 'c', '\\'')", Keep::code), "f(\"    \", ' ', '  ')");
    EXPECT_EQ(blank("1'000 + 'x'", Keep::code), "1'000 + ' '");
    EXPECT_EQ(blank("\"a\n b", Keep::code), "\" \n b");
    EXPECT_EQ(blank("\"// a\" b", Keep::code), "\"    \" b");
}

TEST(Blank, RawLiteralsEndWhereTheirDelimiterSays) {
    EXPECT_EQ(blank("R\"(a)\" b", Keep::code), "R\"( )\" b");
    EXPECT_EQ(blank("R\"x(a)\"b)x\" c", Keep::code), "R\"x(    )x\" c");
    EXPECT_EQ(blank("R\"(a", Keep::code), "R\"( ");
    EXPECT_EQ(blank("R\"abc", Keep::code), "R\"abc");
    EXPECT_EQ(blank("PR\"(a)\"", Keep::code), "PR\"   \"");
}

TEST(Blank, IncludesKeepTheirPath) {
    EXPECT_EQ(blank("#include \"a/b.hpp\"\nx", Keep::code), "#include \"a/b.hpp\"\nx");
    const Source source = Source::create(
        "src/a/x.cpp", "#include <vector>\n\n#include \"a/b.hpp\"  // why\n#include \n");
    const auto includes = includes_of(source);
    ASSERT_EQ(includes.size(), 2U);
    EXPECT_EQ(includes[0].path, "vector");
    EXPECT_FALSE(includes[0].is_quoted);
    EXPECT_EQ(includes[1].path, "a/b.hpp");
    EXPECT_TRUE(includes[1].is_quoted);
    EXPECT_EQ(includes[1].line, 3);
}

TEST(Source, KnowsWhatItIs) {
    EXPECT_TRUE(Source::create("a/x.hpp", "").is_header());
    EXPECT_FALSE(Source::create("a/x.cpp", "").is_header());
    EXPECT_TRUE(Source::create("a/x_test.cpp", "").is_test());
    EXPECT_TRUE(Source::create("a/x_test_slow.cpp", "").is_test());
    EXPECT_FALSE(Source::create("a/test.cpp", "").is_test());
    for (const char* path : {"a/x_test.cpp", "a/x_bench.cpp", "a/x_fuzz.cpp", "a/testing/x.hpp"}) {
        EXPECT_TRUE(Source::create(path, "").is_for_tests()) << path;
    }
    EXPECT_FALSE(Source::create("a/testing.hpp", "").is_for_tests());
    EXPECT_TRUE(Source::create("README.md", "x").code.empty());
    EXPECT_EQ(Source::create("README.md", "x\ny").lines, (std::vector<std::string>{"x", "y"}));
}

TEST(Paths, AreTakenApart) {
    EXPECT_EQ(folders_of("src/a/b.cpp"), (std::vector<std::string_view>{"src", "a"}));
    EXPECT_TRUE(folders_of("README.md").empty());
    EXPECT_EQ(file_name_of("src/a/b.cpp"), "b.cpp");
    EXPECT_EQ(file_name_of("README.md"), "README.md");
}

TEST(Finding, ReadsAsACompilersMessage) {
    EXPECT_EQ(to_string(Finding{"a.cpp", 1, "x"}), "a.cpp:1: x");
    EXPECT_EQ(to_string(Finding{"src/a", 0, "x"}), "src/a: x");
}

}  // namespace
}  // namespace atlas::tidy
