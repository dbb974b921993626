// SPDX-License-Identifier: Apache-2.0
// Goal: files, functions and lines over the limit are found at their line; the rest is not.
// Method: texts made of the wanted number of lines, on the limit and one over it.
#include "tidy/shape.hpp"

#include <gtest/gtest.h>

namespace atlas::tidy {
namespace {

std::string repeat(std::string_view line, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
        text += line;
    }
    return text;
}

Source cpp(std::string text) {
    return Source::create("src/money/money.cpp", std::move(text));
}

std::string function(std::string_view head, int lines) {
    return std::string(head) + " {\n" + repeat("    ++x;\n", lines - 2) + "}\n";
}

TEST(Size, AFileHasAtMost600Lines) {
    EXPECT_TRUE(check_size(cpp(repeat("int x;\n", 600))).empty());
    const Findings findings = check_size(cpp(repeat("int x;\n", 601)));
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(to_string(findings[0]),
              "src/money/money.cpp: a file of 601 lines, limit 600; split it by concept");
    EXPECT_TRUE(check_size(Source::create("README.md", repeat("x\n", 900))).empty());
}

TEST(Size, ALineHasAtMost100CodePoints) {
    EXPECT_TRUE(check_size(cpp(std::string(100, 'x'))).empty());
    EXPECT_TRUE(check_size(cpp(repeat("é", 100))).empty());
    const Findings findings = check_size(cpp("\n" + repeat("é", 101) + "\n"));
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].line, 2);
    EXPECT_TRUE(check_size(cpp("// https://" + std::string(120, 'x'))).empty());
}

TEST(Functions, AFunctionHasAtMost70Lines) {
    EXPECT_TRUE(check_functions(cpp(function("int f(int x)", 70))).empty());
    const Findings findings =
        check_functions(cpp("namespace a {\n\n" + function("int f(int x)", 71) + "}\n"));
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].line, 3);
    EXPECT_NE(findings[0].message.find("71 lines"), std::string::npos);
    const Findings two = check_functions(
        cpp(function("int f()", 3) + function("int g()", 71) + function("int h()", 71)));
    ASSERT_EQ(two.size(), 2U);
    EXPECT_EQ(two[0].line, 4);
    EXPECT_EQ(two[1].line, 75);
}

TEST(Functions, SeesMembersOperatorsTestsAndConstructors) {
    const std::string heads[] = {"bool operator==(A a, A b)",
                                 "TEST(A, B)",
                                 "auto f(int x = 3) -> int",
                                 "A::A(int b) : b_{b}, c_(b)",
                                 "A::A(int b) : b_{b}",
                                 "A::A(int b) : b_{b}, c_{b}",
                                 "template <class T> requires (sizeof(T) == 4)\nint f(T x)"};
    for (const std::string& head : heads) {
        EXPECT_EQ(check_functions(cpp(function(head, 80))).size(), 1U) << head;
        EXPECT_EQ(check_functions(cpp("class A {\npublic:\n" + function(head, 80) + "};\n")).size(),
                  1U)
            << head;
    }
}

TEST(Functions, TablesTypesAndCommentsAreNoFunctions) {
    for (const char* head : {"constexpr auto kTable = to_array(", "struct A"}) {
        EXPECT_TRUE(check_functions(cpp(function(head, 90))).empty()) << head;
    }
    EXPECT_TRUE(check_functions(cpp("/* int f() {\n" + repeat("x\n", 90) + "} */\n")).empty());
    EXPECT_TRUE(check_functions(cpp("auto a = R\"(f() {\n" + repeat("x\n", 90) + "})\";")).empty());
    EXPECT_TRUE(check_functions(
                    cpp("#define F(x) \\\n  {\nint g() { return '{'; }\n" + repeat("int y;\n", 90)))
                    .empty());
}

TEST(Head, SpdxIsTheFirstLine) {
    EXPECT_TRUE(check_head(cpp("// SPDX-License-Identifier: Apache-2.0\n")).empty());
    EXPECT_EQ(check_head(cpp("// Money.\n")).size(), 1U);
    EXPECT_EQ(check_head(cpp("")).size(), 1U);
}

TEST(Head, AHeaderExplainsItselfAndHasPragmaOnce) {
    const std::string spdx = "// SPDX-License-Identifier: Apache-2.0\n";
    const auto count = [&](const std::string& rest) {
        return check_head(Source::create("src/money/a.hpp", spdx + rest)).size();
    };
    EXPECT_EQ(count("// Money is exact.\n#pragma once\n"), 0U);
    EXPECT_EQ(count("#pragma once\n"), 1U);
    EXPECT_EQ(count("// Money is exact.\n// #pragma once\n#ifndef A\n"), 1U);
    EXPECT_EQ(check_head(Source::create("src/a_test.cpp", spdx + "\n")).size(), 1U);
    EXPECT_EQ(check_head(Source::create("src/a_test.cpp", spdx + "// Goal: x\n")).size(), 0U);
}

TEST(Namespace, IsTheFolder) {
    const auto count = [](const char* path, const char* text) {
        return check_namespace(Source::create(path, text)).size();
    };
    EXPECT_EQ(count("src/money/a.hpp", "namespace atlas::money {\n"), 0U);
    EXPECT_EQ(count("src/money/a.hpp", "namespace atlas::money::detail {\n"), 0U);
    EXPECT_EQ(count("src/base/a.hpp", "namespace atlas {\nnamespace {\n"), 0U);
    EXPECT_EQ(count("src/base/a.hpp", "namespace atlas::detail {\n"), 0U);
    EXPECT_EQ(count("src/money/a.hpp", "namespace atlas {\n"), 1U);
    EXPECT_EQ(count("src/money/a.hpp", "namespace atlas::moneybag {\n"), 1U);
    EXPECT_EQ(count("src/money/a.hpp", "// namespace atlas {\nnamespace m = atlas::money;\n"), 0U);
    EXPECT_EQ(count("tests/a.hpp", "namespace atlas {\n"), 0U);
    EXPECT_EQ(count("src/money/a_test.cpp", "namespace atlas::ports {\n"), 0U);
    EXPECT_EQ(count("src/app/a.cpp", "namespace atlas::money {\n\ntemplate <>\nstruct A<B> {};\n"),
              0U);
    EXPECT_EQ(count("src/app/a.cpp", "namespace atlas::money {\n\nstruct A {};\ntemplate <>\n"),
              1U);
    EXPECT_EQ(count("src/app/a.cpp", "namespace atlas::money {\n\n"), 1U);
}

}  // namespace
}  // namespace atlas::tidy
