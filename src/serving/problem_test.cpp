// SPDX-License-Identifier: Apache-2.0
// Goal: every error code has its status, and no text breaks the JSON. Method: the documented
// table; documents compared as text.
#include "serving/problem.hpp"

#include <gtest/gtest.h>

#include "serving/http/json_text.hpp"

namespace atlas::serving {
namespace {

TEST(Problem, EveryCodeHasItsStatus) {
    const std::vector<std::pair<ErrorCode, int>> table{
        {ErrorCode::invalid_argument, 400},  {ErrorCode::unauthenticated, 401},
        {ErrorCode::permission_denied, 403}, {ErrorCode::not_found, 404},
        {ErrorCode::conflict, 409},          {ErrorCode::too_large, 413},
        {ErrorCode::infeasible, 422},        {ErrorCode::exhausted, 503},
        {ErrorCode::throttled, 429},         {ErrorCode::no_space, 507},
        {ErrorCode::unavailable, 503},       {ErrorCode::deadline_exceeded, 504},
        {ErrorCode::data_loss, 500},         {ErrorCode::unsupported, 501},
        {ErrorCode::internal, 500}};
    for (const auto& [code, status] : table) {
        EXPECT_EQ(http_status_of({code, "m", ""}), status) << name_of(code);
        const auto response = to_response(Error{code, "m", ""});
        EXPECT_EQ(response.status, status);
        EXPECT_EQ(response.content_type, "application/problem+json");
        EXPECT_EQ(response.headers.size(), status == 503 || status == 429 ? 1U : 0U)
            << "Retry-After";
        EXPECT_NE(reason_of(status), "Unknown");
    }
    EXPECT_EQ(http_status_of({ErrorCode::invalid_argument, "m", "/debts/0/apr"}), 422);
    EXPECT_EQ(http_status_of({ErrorCode::invalid_argument, "m", "statement.csv:14:7"}), 400);
}

TEST(Problem, WritesADocument) {
    const auto response = to_response(
        Error{ErrorCode::invalid_argument, "rate 1900 % is above 1000 %", "/apr"}, "ab");
    EXPECT_EQ(response.body,
              R"({"type":"urn:atlas:problem:invalid_argument","title":"The request is wrong",)"
              R"("status":422,"detail":"rate 1900 % is above 1000 %",)"
              R"("instance":"urn:atlas:request:ab",)"
              R"("errors":[{"pointer":"/apr","detail":"rate 1900 % is above 1000 %"}]})");
    Problem two{.status = 429};
    two.errors = {{"/a", "x"}, {"", "y"}};
    EXPECT_EQ(to_response(two).body,
              R"({"type":"about:blank","title":"Too Many Requests","status":429,)"
              R"("errors":[{"pointer":"/a","detail":"x"},{"pointer":"","detail":"y"}]})");
}

TEST(Problem, InternalDetailsStayInside) {
    const auto response = to_response(Error{ErrorCode::internal, "the secret is 42", "x.cpp"});
    EXPECT_EQ(response.body.find("42"), std::string::npos);
    EXPECT_EQ(response.body.find("x.cpp"), std::string::npos);
}

std::string json(std::string_view text) {
    std::string out;
    http::append_json_string(out, text);
    return out;
}

TEST(Problem, EscapesJson) {
    using namespace std::string_literals;
    EXPECT_EQ(json("a\"\\\n\r\t\x01"), R"("a\"\\\n\r\t\u0001")");
    EXPECT_EQ(json("\0\x7f"s), R"("\u0000\u007f")");
    EXPECT_EQ(json("\xe2\x82\xac \xf0\x9f\x92\xb6"), "\"\xe2\x82\xac \xf0\x9f\x92\xb6\"");
    const std::string mark = "\xef\xbf\xbd";
    EXPECT_EQ(json("\xff"), "\"" + mark + "\"");
    EXPECT_EQ(json("\xc0\xaf"), "\"" + mark + mark + "\"") << "overlong";
    EXPECT_EQ(json("\xed\xa0\x80"), "\"" + mark + mark + mark + "\"") << "surrogate";
    EXPECT_EQ(json("\xf4\x90\x80\x80").size(), 2 + 4 * mark.size()) << "beyond U+10FFFF";
    EXPECT_EQ(json("\xe0\x9f\xbf").size(), 2 + 3 * mark.size()) << "overlong";
    EXPECT_EQ(json("\xe2\x82"), "\"" + mark + mark + "\"") << "cut short";
}

}  // namespace
}  // namespace atlas::serving
