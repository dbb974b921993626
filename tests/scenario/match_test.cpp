// SPDX-License-Identifier: Apache-2.0
// Goal: an answer matches exactly when it holds what is expected. Method: pairs, with the text a
// mismatch must show.
#include "tests/scenario/match.hpp"

#include <gtest/gtest.h>

namespace atlas::scenario {
namespace {

struct Pair {
    std::string_view expected;
    std::string_view actual;
    std::string_view problem;  ///< Empty: it matches.
};

TEST(JsonMatch, HoldsPairByPair) {
    const Pair pairs[] = {
        {R"({"a":1})", R"({"b":2,"a":1})", ""},
        {R"({"a":1})", R"({"a":2})", "/a is 2, expected 1"},
        {R"({"a":1})", R"({"b":1})", "/a is not there"},
        {R"({"a":{"b":null}})", R"({"a":{"b":false}})", "/a/b is false, expected null"},
        {R"([1,2])", R"([1,2])", ""},
        {R"([1,2])", R"([1,2,3])", "the answer has 3 elements, expected 2"},
        {R"({"a":[{"b":1}]})", R"({"a":[{"b":2}]})", "/a/0/b is 2, expected 1"},
        {R"({"a":[]})", R"({"a":{}})", "/a is {}"},
        {R"({"a":{}})", R"({"a":[]})", "/a is []"},
        {R"({"a":"*"})", R"({"a":[1,2]})", ""},
        {R"({"a":"12.30"})", R"({"a":12.30})", "expected \"12.30\""},
        {R"({"a":true})", R"({"a":"true"})", "/a is \"true\""},
        {R"({"a":"≈0.0969"})", R"({"a":"0.09694"})", ""},
        {R"({"a":"≈0.0969"})", R"({"a":0.09686})", ""},
        {R"({"a":"≈0.0969"})", R"({"a":0.09696})", "/a is"},
        {R"({"a":"≈12"})", R"({"a":"12.4"})", ""},
        {R"({"a":"≈12"})", R"({"a":"12.6"})", "/a is"},
        {R"({"a":"≈12"})", R"({"a":"about 12"})", "/a is"},
        {R"({"a":"≈x"})", R"({"a":"≈x"})", ""},
        {R"({"a":)", R"({})", "own JSON is wrong"},
        {R"({})", R"(hello)", "is not JSON"},
        {R"({})", "", "is not JSON"},
        {R"("x")", R"("y")", "the answer is \"y\", expected \"x\""},
    };
    for (const Pair& pair : pairs) {
        Names names;
        const std::string problem = json_mismatch(pair.expected, pair.actual, names);
        EXPECT_TRUE(names.empty());
        EXPECT_EQ(problem.empty(), pair.problem.empty()) << pair.expected << pair.actual << problem;
        EXPECT_NE(problem.find(pair.problem), std::string::npos) << pair.expected << problem;
    }
}

TEST(JsonMatch, RemembersWhatAStarNames) {
    Names names;
    EXPECT_EQ(json_mismatch(R"([{"id":"*first"},{"n":"*count","any":"*"}])",
                            R"([{"id":"a-1"},{"n":7,"any":"x"}])", names),
              "");
    EXPECT_EQ(names, (Names{{"first", "a-1"}, {"count", "7"}}));
    EXPECT_NE(json_mismatch(R"({"id":"*list"})", R"({"id":[]})", names), "");
    EXPECT_EQ(with_names(R"(/a/{first}/b?n={count}&{other}{"x":{)", names),
              R"(/a/a-1/b?n=7&{other}{"x":{)");
}

}  // namespace
}  // namespace atlas::scenario
