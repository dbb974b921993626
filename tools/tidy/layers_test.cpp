// SPDX-License-Identifier: Apache-2.0
// Goal: an #include that breaks the layers is found, one that keeps them is not.
// Method: small tables and files written here, each rule once broken and once kept.
#include "tidy/layers.hpp"

#include <gtest/gtest.h>

namespace atlas::tidy {
namespace {

constexpr std::string_view kTable =
    "# a comment\n"
    "base     : : fmt crypto\n"
    "money    : base :\n"
    "serving  : base : boost ssl\n"
    "adapters : base money serving : sqlite3 : boost\n"
    "roles    : base money serving :\n";

std::vector<std::string> breaches(std::string path, std::string text) {
    const auto layers = parse_layers(kTable);
    std::vector<std::string> messages;
    for (const Finding& finding :
         check_includes(Source::create(std::move(path), std::move(text)), *layers)) {
        messages.push_back(to_string(finding));
    }
    return messages;
}

TEST(Layers, ReadsModulesAndLibraries) {
    const auto layers = parse_layers(kTable);
    ASSERT_TRUE(layers.has_value());
    ASSERT_EQ(layers->size(), 5U);
    EXPECT_EQ((*layers)[3].module, "adapters");
    EXPECT_EQ((*layers)[3].below, (std::vector<std::string>{"base", "money", "serving"}));
    EXPECT_EQ((*layers)[0].libraries, (std::vector<std::string>{"fmt", "crypto"}));
    EXPECT_TRUE((*layers)[0].test_libraries.empty());
    EXPECT_EQ((*layers)[3].libraries, (std::vector<std::string>{"sqlite3"}));
    EXPECT_EQ((*layers)[3].test_libraries, (std::vector<std::string>{"boost"}));
}

TEST(Layers, RefusesAMalformedTable) {
    for (const char* table : {"base :", "base : : : fmt :", "base money : :", "base : :\nbase : :",
                              "money : base :\nbase : :"}) {
        const auto layers = parse_layers(table);
        ASSERT_FALSE(layers.has_value()) << table;
        EXPECT_EQ(layers.error().code, ErrorCode::invalid_argument);
        EXPECT_NE(layers.error().place.find("tools/layers.txt:"), std::string::npos);
    }
}

TEST(Layers, LowerMayNotIncludeHigher) {
    EXPECT_TRUE(breaches("src/money/money.hpp", "#include \"base/result.hpp\"\n").empty());
    EXPECT_TRUE(breaches("src/money/money.hpp", "#include \"money/rate.hpp\"\n").empty());
    EXPECT_EQ(breaches("src/base/date.cpp", "\n#include \"money/money.hpp\"\n"),
              (std::vector<std::string>{"src/base/date.cpp:2: base may not include money; "
                                        "tools/layers.txt allows it: nothing"}));
}

TEST(Layers, NamesModulesThatAreNotThere) {
    EXPECT_EQ(breaches("src/money/a.cpp", "#include \"rate.hpp\"\n").size(), 1U);
    EXPECT_EQ(breaches("src/money/a.cpp", "#include \"tax/rate.hpp\"\n").size(), 1U);
    EXPECT_EQ(breaches("src/tax/a.cpp", "").size(), 1U);
    EXPECT_TRUE(breaches("tools/tidy/a.cpp", "#include \"rate.hpp\"\n").empty());
}

TEST(Layers, AnIncludeInACommentIsNoInclude) {
    EXPECT_TRUE(breaches("src/base/a.cpp", "// x\n/*\n#include \"money/money.hpp\"\n*/\n").empty());
}

TEST(Layers, LibrariesBelongToTheModulesThatLinkThem) {
    EXPECT_TRUE(breaches("src/serving/a.cpp", "#include <boost/asio.hpp>\n").empty());
    EXPECT_TRUE(breaches("src/serving/a.cpp", "#include <openssl/ssl.h>\n").empty());
    EXPECT_TRUE(breaches("src/base/a.cpp", "#include <openssl/evp.h>\n").empty());
    EXPECT_TRUE(breaches("src/money/a.cpp", "#include <vector>\n").empty());
    EXPECT_EQ(breaches("src/money/a.cpp", "#include <boost/asio.hpp>\n").size(), 1U);
    EXPECT_EQ(breaches("src/roles/gateway/a.cpp", "#include <sqlite3.h>\n").size(), 1U);
}

TEST(Layers, TestsHaveLibrariesOfTheirOwn) {
    const std::string line = "#include <boost/asio.hpp>\n";
    EXPECT_TRUE(breaches("src/adapters/cache/redis/a_test.cpp", line).empty());
    EXPECT_TRUE(breaches("src/adapters/cache/redis/a_bench.cpp", line).empty());
    EXPECT_TRUE(breaches("src/adapters/testing/a.hpp", line).empty());
    EXPECT_EQ(breaches("src/adapters/cache/redis/a.cpp", line).size(), 1U);
    EXPECT_EQ(breaches("src/money/a_test.cpp", line).size(), 1U);
}

TEST(Layers, OnlyTestsOfAnEngineStandOnTheDiskOfTheMachine) {
    const std::string line = "#include \"adapters/disk/posix/disk.hpp\"\n";
    EXPECT_TRUE(breaches("src/adapters/cache/redis/a_test.cpp", line).empty());
    EXPECT_TRUE(breaches("src/adapters/cache/redis/a_bench.cpp", line).empty());
    EXPECT_EQ(breaches("src/adapters/cache/redis/a.cpp", line).size(), 1U);
}

TEST(Layers, AdaptersDoNotKnowEachOther) {
    const std::string own = "src/adapters/cache/redis/a.cpp";
    EXPECT_TRUE(breaches(own, "#include \"adapters/cache/redis/b.hpp\"\n").empty());
    EXPECT_TRUE(breaches(own, "#include \"adapters/cache/keys.hpp\"\n").empty());
    EXPECT_EQ(breaches(own, "#include \"adapters/cache/memory/b.hpp\"\n").size(), 1U);
    EXPECT_EQ(breaches(own, "#include \"adapters/event_bus/redis/b.hpp\"\n").size(), 1U);
}

TEST(Layers, RolesDoNotKnowEachOther) {
    const std::string own = "src/roles/gateway/a.cpp";
    EXPECT_TRUE(breaches(own, "#include \"roles/gateway/b.hpp\"\n").empty());
    EXPECT_TRUE(breaches(own, "#include \"roles/role.hpp\"\n").empty());
    EXPECT_EQ(breaches(own, "#include \"roles/ml/b.hpp\"\n").size(), 1U);
}

TEST(Layers, ServingHidesBoostFromOtherModules) {
    std::vector<Source> sources;
    sources.push_back(
        Source::create("src/roles/gateway/a.cpp", "#include \"serving/server.hpp\"\n"));
    sources.push_back(Source::create("src/serving/server.hpp", "#include \"serving/loop.hpp\"\n"));
    sources.push_back(Source::create("src/serving/loop.hpp", "#include <boost/asio.hpp>\n"));
    sources.push_back(Source::create("src/serving/session.hpp", "#include <boost/beast.hpp>\n"));
    const Findings findings = check_serving_headers(sources);
    ASSERT_EQ(findings.size(), 1U);  // session.hpp is reached from nowhere outside.
    EXPECT_EQ(findings[0].path, "src/serving/loop.hpp");
    EXPECT_EQ(findings[0].line, 1);
    sources.erase(sources.begin());
    EXPECT_TRUE(check_serving_headers(sources).empty());
}

}  // namespace
}  // namespace atlas::tidy
