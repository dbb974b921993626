// SPDX-License-Identifier: Apache-2.0
// Redis' own protocol (RESP 2): commands out, replies in, over one connection with a deadline on
// every exchange. Private to this folder.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "serving/net/stream.hpp"

namespace atlas::adapters::event_bus::redis {

enum class ReplyKind : std::uint8_t { text, error, integer, array, nil };

struct Reply {
    ReplyKind kind = ReplyKind::nil;
    std::string text;  ///< Of text and error.
    std::int64_t integer = 0;
    std::vector<Reply> items;

    bool is_error() const { return kind == ReplyKind::error; }
};

inline constexpr std::size_t kReplyItemBytesMax = std::size_t{64} << 20;
inline constexpr std::size_t kReplyItemsMax = 1 << 20;
inline constexpr std::size_t kReplyDepthMax = 8;

/// Bytes in, whole replies out.
class ReplyParser {
public:
    void feed(std::string_view bytes) { buffer_ += bytes; }
    /// Nothing yet where bytes are missing. Errors: data_loss (not RESP, or over a limit above).
    Result<std::optional<Reply>> next();

private:
    struct Open {
        Reply array;
        std::size_t left = 0;
    };
    /// One element, an array without its items; `items` says how many follow.
    Result<std::optional<Reply>> element(std::size_t& items);

    std::string buffer_;
    std::size_t at_ = 0;
    std::vector<Open> open_;
};

/// "$3\r\nfoo\r\n" for each word.
void append_command(std::string& out, std::span<const std::string_view> words);

/// Host, port, and who we are there.
struct RedisAddress {
    std::string host;
    std::uint16_t port = 6379;
    std::string user;      ///< Empty: the default user.
    std::string password;  ///< Empty: none is asked for.
};

using Moment = std::chrono::steady_clock::time_point;

/// One thread at a time. After an error it is of no use any more.
class RespConnection {
public:
    /// Connects and signs in. Errors: unavailable, permission_denied (the password).
    static Result<RespConnection> open(const RedisAddress& address, Moment until);

    /// Sends what append_command made, `count` commands, and gives back their replies.
    /// Errors: unavailable, deadline_exceeded, data_loss.
    Result<std::vector<Reply>> exchange(std::string_view commands, std::size_t count, Moment until);
    /// One command; its error reply is our error. Errors: those of exchange and of error_of().
    Result<Reply> call(std::initializer_list<std::string_view> words, Moment until);
    Result<Reply> call(std::span<const std::string_view> words, Moment until);

    /// The other side has not hung up, and nothing unasked has come.
    bool is_fresh() const;

private:
    explicit RespConnection(serving::net::Descriptor socket) : socket_(std::move(socket)) {}
    Result<void> wait_for(short events, Moment until) const;

    serving::net::Descriptor socket_;
    ReplyParser parser_;
};

/// Our error for an error reply: no_space (its memory is full), unavailable (loading, read-only,
/// its disk fails), permission_denied, internal.
Unexpected error_of(const Reply& reply);

}  // namespace atlas::adapters::event_bus::redis
