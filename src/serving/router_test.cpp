// SPDX-License-Identifier: Apache-2.0
// Goal: a path finds its route or a reason. Method: cases by hand; random routers against a
// matcher that tries every pattern segment by segment.
#include "serving/router.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace atlas::serving {
namespace {

void nothing(const std::shared_ptr<const Request>&, Responder) {}

Result<void> add(Router& router, std::string pattern, Method method = Method::get) {
    return router.add({.method = method, .pattern = std::move(pattern), .handler = nothing});
}

std::string found(const Router& router, std::string_view path, Method method = Method::get) {
    const auto match = router.find(method, path);
    if (match.is_malformed) {
        return "malformed";
    }
    if (match.route == nullptr) {
        return match.allowed == 0 ? "none" : allow_header(match.allowed);
    }
    std::string text = match.route->pattern;
    for (const auto& parameter : match.parameters) {
        text.append(" ").append(parameter.name).append("=").append(parameter.value);
    }
    return text;
}

TEST(Router, FindsTheMostLiteralPattern) {
    Router router;
    for (const char* pattern : {"/", "/a", "/a/{id}", "/a/new", "/a/{id}/b", "/a/new/c", "/{x}/z",
                                "/files/{path...}", "/{path...}"}) {
        ASSERT_TRUE(add(router, pattern)) << pattern;
    }
    EXPECT_EQ(found(router, "/"), "/");
    EXPECT_EQ(found(router, "/a"), "/a");
    EXPECT_EQ(found(router, "/a/new"), "/a/new");
    EXPECT_EQ(found(router, "/a/7"), "/a/{id} id=7");
    EXPECT_EQ(found(router, "/a/new/b"), "/a/{id}/b id=new") << "must go back from the literal";
    EXPECT_EQ(found(router, "/a/z"), "/a/{id} id=z");
    EXPECT_EQ(found(router, "/b/z"), "/{x}/z x=b");
    EXPECT_EQ(found(router, "/files/x/y.txt"), "/files/{path...} path=x/y.txt");
    EXPECT_EQ(found(router, "/files/"), "/files/{path...} path=");
    EXPECT_EQ(found(router, "/files"), "/{path...} path=files");
    EXPECT_EQ(found(router, "/a//b"), "/{path...} path=a//b") << "a parameter is never empty";
    EXPECT_EQ(found(router, "/A"), "/{path...} path=A");
}

TEST(Router, DecodesParametersAfterSplitting) {
    Router router;
    ASSERT_TRUE(add(router, "/a/{id}"));
    EXPECT_EQ(found(router, "/a/x%2Fy%20z"), "/a/{id} id=x/y z");
    EXPECT_EQ(found(router, "/a/+"), "/a/{id} id=+");
    EXPECT_EQ(found(router, "/a/%e2%82%ac"), "/a/{id} id=\xe2\x82\xac");
    for (const char* path : {"/a/%", "/a/%2", "/a/%zz", "/a/%00", "/a/x%"}) {
        EXPECT_EQ(found(router, path), "malformed") << path;
    }
    EXPECT_EQ(found(router, "/%61/x"), "none") << "literals are compared as sent";
}

TEST(Router, TellsOtherMethods) {
    Router router;
    ASSERT_TRUE(add(router, "/a/{id}"));
    ASSERT_TRUE(add(router, "/a/{name}", Method::delete_));
    ASSERT_TRUE(add(router, "/a/new", Method::post));
    EXPECT_EQ(found(router, "/a/7", Method::delete_), "/a/{name} name=7");
    EXPECT_EQ(found(router, "/a/7", Method::head), "/a/{id} id=7");
    EXPECT_EQ(found(router, "/a/7", Method::post), "GET, HEAD, DELETE, OPTIONS");
    EXPECT_EQ(found(router, "/a/new"), "/a/{id} id=new") << "the literal has no GET";
    EXPECT_EQ(found(router, "/a/new", Method::post), "/a/new");
    EXPECT_EQ(found(router, "/b", Method::post), "none");
}

TEST(Router, RefusesDuplicatesAndMalformedPatterns) {
    Router router;
    ASSERT_TRUE(add(router, "/a/{id}"));
    const auto twice = add(router, "/a/{other}");
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().code, ErrorCode::conflict);
    for (const char* pattern : {"", "a", "/a b", "/a/{id", "/a/id}", "/a/{}", "/a/x{id}",
                                "/{a}/{a}", "/{path...}/b", "/{...}", "/a?b", "/a%20"}) {
        const auto result = add(router, pattern);
        ASSERT_FALSE(result) << pattern;
        EXPECT_EQ(result.error().code, ErrorCode::invalid_argument) << pattern;
    }
    EXPECT_FALSE(router.add({.pattern = "/none"}));
    EXPECT_FALSE(add(router, "/h", Method::head));
    EXPECT_FALSE(add(router, "/o", Method::options));
    EXPECT_EQ(router.size(), 1U);
}

std::vector<std::string> segments_of(std::string_view path) {
    std::vector<std::string> out;
    path.remove_prefix(1);
    for (auto slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/')) {
        out.emplace_back(path.substr(0, slash));
        path.remove_prefix(slash + 1);
    }
    out.emplace_back(path);
    return out;
}

bool matches(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
    if (pattern.size() != path.size()) {
        return false;
    }
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (pattern[i] != path[i] && (pattern[i].front() != '{' || path[i].empty())) {
            return false;
        }
    }
    return true;
}

TEST(Router, AgreesWithTryingEveryPattern) {
    constexpr std::uint64_t kSeed = 20261122;
    Random random(kSeed);
    const auto word = [&](bool with_parameter) {
        const auto pick = random.below(with_parameter ? 4 : 3);
        return pick == 3 ? std::string("{p}") : std::string(1, static_cast<char>('a' + pick));
    };
    int hits = 0;
    for (int round = 0; round < 300; ++round) {
        Router router;
        std::vector<std::string> patterns;
        for (int i = 0; i < 12; ++i) {
            std::string pattern;
            const auto depth = 1 + random.below(3);
            for (std::uint64_t d = 0; d < depth; ++d) {
                auto segment = word(true);
                pattern += "/" + (segment == "{p}" ? "{p" + std::to_string(d) + "}" : segment);
            }
            if (add(router, pattern)) {
                patterns.push_back(pattern);
            }
        }
        for (int i = 0; i < 30; ++i) {
            std::string path;
            const auto depth = 1 + random.below(3);
            for (std::uint64_t d = 0; d < depth; ++d) {
                path += "/" + word(false);
            }
            // The most literal wins, compared from the left: '{' sorts after every letter.
            std::string best;
            for (const auto& pattern : patterns) {
                if (matches(segments_of(pattern), segments_of(path)) &&
                    (best.empty() || pattern < best)) {
                    best = pattern;
                }
            }
            const auto match = router.find(Method::get, path);
            ASSERT_EQ(match.route == nullptr ? "" : match.route->pattern, best)
                << path << " seed " << kSeed;
            hits += best.empty() ? 0 : 1;
        }
    }
    EXPECT_GT(hits, 1000);
}

}  // namespace
}  // namespace atlas::serving
