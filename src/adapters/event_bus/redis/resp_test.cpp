// SPDX-License-Identifier: Apache-2.0
// Goal: replies are read right however the bytes arrive, and what is not RESP is refused. Method:
// the protocol's printed examples, cut at every byte; hostile lengths and depths.
#include "adapters/event_bus/redis/resp.hpp"

#include <gtest/gtest.h>

#include <array>

namespace atlas::adapters::event_bus::redis {
namespace {

/// "+OK" "(5)" "-ERR x" "nil" "[a b]".
std::string text_of(const Reply& reply) {
    switch (reply.kind) {
        case ReplyKind::text: return "+" + reply.text;
        case ReplyKind::error: return "-" + reply.text;
        case ReplyKind::integer: return "(" + std::to_string(reply.integer) + ")";
        case ReplyKind::nil: return "nil";
        case ReplyKind::array: break;
    }
    std::string text = "[";
    for (const Reply& item : reply.items) {
        text += text_of(item) + " ";
    }
    return text + "]";
}

const std::string kStream =
    "+OK\r\n:-12\r\n$5\r\nhe\r\no\r\n$0\r\n\r\n$-1\r\n*-1\r\n*0\r\n-ERR no\r\n"
    "*2\r\n*2\r\n:1\r\n*1\r\n$1\r\na\r\n*0\r\n";
const std::string kRead = "+OK|(-12)|+he\r\no|+|nil|nil|[]|-ERR no|[[(1) [+a ] ] [] ]|";

TEST(ReplyParserTest, ReadsTheSameHoweverTheBytesArrive) {
    for (std::size_t piece = 1; piece <= kStream.size(); ++piece) {
        ReplyParser parser;
        std::string found;
        for (std::size_t at = 0; at < kStream.size(); at += piece) {
            parser.feed(std::string_view(kStream).substr(at, piece));
            for (;;) {
                const auto reply = parser.next();
                ASSERT_TRUE(reply.has_value()) << to_string(reply.error());
                if (!*reply) {
                    break;
                }
                found += text_of(**reply) + "|";
            }
        }
        EXPECT_EQ(found, kRead) << "pieces of " << piece;
    }
}

TEST(ReplyParserTest, RefusesWhatIsNotRespOrTooLarge) {
    std::string deep;
    for (std::size_t i = 0; i <= kReplyDepthMax; ++i) {
        deep += "*1\r\n";
    }
    for (const std::string& text :
         {std::string("HTTP/1.1 200 OK\r\n"), std::string(":1x\r\n"), std::string("$-2\r\n"),
          std::string("*-2\r\n"), std::string("$99999999999\r\n"), std::string("*1048577\r\n"),
          deep}) {
        ReplyParser parser;
        parser.feed(text);
        const auto reply = parser.next();
        ASSERT_FALSE(reply.has_value()) << text;
        EXPECT_EQ(reply.error().code, ErrorCode::data_loss);
    }
}

TEST(RespTest, CommandsAndErrorsAreTranslated) {
    std::string out;
    const std::array<std::string_view, 2> words{"GET", std::string_view("a\r\n\0", 4)};
    append_command(out, words);
    EXPECT_EQ(out, std::string("*2\r\n$3\r\nGET\r\n$4\r\na\r\n\0\r\n", 23));
    const auto code = [](const char* text) {
        Reply reply;
        reply.kind = ReplyKind::error;
        reply.text = text;
        return Result<void>(error_of(reply)).error().code;
    };
    EXPECT_EQ(code("OOM command not allowed when used memory > 'maxmemory'."), ErrorCode::no_space);
    EXPECT_EQ(code("LOADING Redis is loading the dataset in memory"), ErrorCode::unavailable);
    EXPECT_EQ(code("MISCONF Errors writing to the AOF file"), ErrorCode::unavailable);
    EXPECT_EQ(code("WRONGPASS invalid username-password pair"), ErrorCode::permission_denied);
    EXPECT_EQ(code("WRONGTYPE Operation against a key"), ErrorCode::internal);
}

}  // namespace
}  // namespace atlas::adapters::event_bus::redis
