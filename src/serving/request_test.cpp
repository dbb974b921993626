// SPDX-License-Identifier: Apache-2.0
// Goal: a handler sees what the client sent. Method: whole requests as text.
#include "serving/request.hpp"

#include <gtest/gtest.h>

namespace atlas::serving {
namespace {

std::shared_ptr<const Request> request_of(const std::string& head, const std::string& more = "") {
    auto result =
        Request::parse(head + " HTTP/1.1\r\nHost: h\r\n" + more + "\r\n", {{"id", "a b"}});
    EXPECT_TRUE(result) << (result ? "" : to_string(result.error()));
    return *result;
}

TEST(Request, ShowsTargetPathAndQuery) {
    const auto request = request_of("GET /a%20b/c?x=1&y=%26+z&x=2&w");
    EXPECT_EQ(request->method(), Method::get);
    EXPECT_EQ(request->target(), "/a%20b/c?x=1&y=%26+z&x=2&w");
    EXPECT_EQ(request->path(), "/a%20b/c");
    EXPECT_EQ(request->query(), "x=1&y=%26+z&x=2&w");
    EXPECT_EQ(request->query_parameter("x"), "1");
    EXPECT_EQ(request->query_parameter("y"), "& z");
    EXPECT_EQ(request->query_parameter("w"), "");
    EXPECT_EQ(request->query_parameter("v"), std::nullopt);
    EXPECT_EQ(request_of("GET /?a=%zz")->query_parameter("a"), std::nullopt);
    EXPECT_EQ(request_of("GET /")->query(), "");
    EXPECT_EQ(request_of("GET http://h/a?b")->target(), "/a?b");
}

TEST(Request, FindsHeadersAndCookies) {
    const auto request = request_of("GET /",
                                    "x-thing:  one \r\nX-THING: two\r\nEmpty:\r\n"
                                    "Cookie: a=1; session=abc=d;b=2\r\nCookie: c=3\r\n");
    EXPECT_EQ(request->header("X-Thing"), "one");
    EXPECT_EQ(request->header("empty"), "");
    EXPECT_EQ(request->header("X-Other"), std::nullopt);
    EXPECT_EQ(request->headers().size(), 6U);
    EXPECT_EQ(request->cookie("a"), "1");
    EXPECT_EQ(request->cookie("session"), "abc=d");
    EXPECT_EQ(request->cookie("b"), "2");
    EXPECT_EQ(request->cookie("c"), "3");
    EXPECT_EQ(request->cookie("ession"), std::nullopt);
    EXPECT_EQ(request->path_parameter("id"), "a b");
    EXPECT_EQ(request->path_parameter("other"), "");
}

TEST(Request, KeepsAGoodTraceparentAndReplacesABadOne) {
    // The example of W3C Trace Context, 3.2.3.
    const std::string good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    EXPECT_EQ(request_of("GET /", "traceparent: " + good + "\r\n")->traceparent(), good);
    for (std::string bad : {std::string("00-00000000000000000000000000000000-00f067aa0ba902b7-01"),
                            std::string("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"),
                            std::string("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
                            std::string("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"),
                            good + "-x", std::string("00")}) {
        EXPECT_EQ(request_of("GET /", "traceparent: " + bad + "\r\n")->traceparent(),
                  "00-00000000000000010000000000000001-0000000000000001-00");
    }
}

TEST(Request, RefusesWhatTheKernelWouldRefuse) {
    for (const char* bytes :
         {"GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\n",
          "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nx",
          "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5"}) {
        const auto result = Request::parse(bytes);
        ASSERT_FALSE(result) << bytes;
        EXPECT_EQ(result.error().code, ErrorCode::invalid_argument);
    }
}

TEST(Request, NamesItsMethods) {
    for (std::size_t i = 0; i < kMethodCount; ++i) {
        const auto method = static_cast<Method>(i);
        EXPECT_EQ(method_from(name_of(method)), method);
    }
    EXPECT_EQ(name_of(Method::delete_), "DELETE");
    EXPECT_EQ(method_from("TRACE"), std::nullopt);
}

}  // namespace
}  // namespace atlas::serving
