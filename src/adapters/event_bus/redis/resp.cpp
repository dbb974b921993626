// SPDX-License-Identifier: Apache-2.0
#include "adapters/event_bus/redis/resp.hpp"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <memory>

#include "base/format.hpp"

namespace atlas::adapters::event_bus::redis {
namespace {

constexpr std::string_view kEnd = "\r\n";

Unexpected not_resp() {
    return fail(ErrorCode::data_loss, {}, "redis: this is no answer of Redis, or too large a one");
}

Result<std::int64_t> number_in(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc() || end != text.data() + text.size()) {
        return not_resp();
    }
    return value;
}

}  // namespace

Result<std::optional<Reply>> ReplyParser::element(std::size_t& items) {
    items = 0;
    const std::size_t line_end = buffer_.find(kEnd, at_);
    if (line_end == std::string::npos) {
        return std::optional<Reply>();
    }
    const char type = buffer_[at_];
    const std::string_view line = std::string_view(buffer_).substr(at_ + 1, line_end - at_ - 1);
    std::size_t next = line_end + kEnd.size();
    Reply reply;
    if (type == '+' || type == '-') {
        reply.kind = type == '+' ? ReplyKind::text : ReplyKind::error;
        reply.text = line;
    } else {
        ATLAS_TRY_ASSIGN(reply.integer, number_in(line));
        if (type == ':') {
            reply.kind = ReplyKind::integer;
        } else if (type == '$' && reply.integer >= 0) {
            const auto size = static_cast<std::size_t>(reply.integer);
            if (size > kReplyItemBytesMax) {
                return not_resp();
            }
            if (buffer_.size() < next + size + kEnd.size()) {
                return std::optional<Reply>();
            }
            reply.kind = ReplyKind::text;
            reply.text = buffer_.substr(next, size);
            next += size + kEnd.size();
        } else if (type == '*' && reply.integer >= 0) {
            items = static_cast<std::size_t>(reply.integer);
            if (items > kReplyItemsMax || open_.size() >= kReplyDepthMax) {
                return not_resp();
            }
            reply.kind = ReplyKind::array;
        } else if ((type != '$' && type != '*') || reply.integer != -1) {
            return not_resp();
        }
    }
    at_ = next;
    return std::optional(std::move(reply));
}

Result<std::optional<Reply>> ReplyParser::next() {
    for (;;) {
        std::size_t items = 0;
        ATLAS_TRY_ASSIGN(std::optional<Reply> found, element(items));
        if (!found) {
            buffer_.erase(0, at_);
            at_ = 0;
            return found;
        }
        if (items > 0) {
            open_.push_back({*std::move(found), items});
            continue;
        }
        Reply done = *std::move(found);
        while (!open_.empty()) {
            Open& top = open_.back();
            top.array.items.push_back(std::move(done));
            if (--top.left > 0) {
                break;
            }
            done = std::move(top.array);
            open_.pop_back();
            if (open_.empty()) {
                return std::optional(std::move(done));
            }
        }
        if (open_.empty()) {
            return std::optional(std::move(done));
        }
    }
}

void append_command(std::string& out, std::span<const std::string_view> words) {
    out += format("*{}\r\n", words.size());
    for (const std::string_view word : words) {
        out += format("${}\r\n", word.size());
        out += word;
        out += kEnd;
    }
}

Unexpected error_of(const Reply& reply) {
    const std::string_view text = reply.text;
    const std::string_view code = text.substr(0, text.find(' '));
    const auto is_one_of = [&](std::initializer_list<std::string_view> codes) {
        return std::find(codes.begin(), codes.end(), code) != codes.end();
    };
    const std::string words = "redis: " + reply.text;
    if (code == "OOM" || text.find("OOM command") != std::string_view::npos) {
        return fail(ErrorCode::no_space, {}, words);
    }
    if (is_one_of({"LOADING", "READONLY", "MISCONF", "MASTERDOWN", "BUSY", "TRYAGAIN",
                   "CLUSTERDOWN", "NOREPLICAS", "EXECABORT"})) {
        return unavailable(words);
    }
    if (is_one_of({"NOAUTH", "WRONGPASS", "NOPERM"})) {
        return fail(ErrorCode::permission_denied, {}, words);
    }
    return fail(ErrorCode::internal, {}, words);
}

Result<void> RespConnection::wait_for(short events, Moment until) const {
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(std::min<Moment::duration>(
            until - std::chrono::steady_clock::now(), std::chrono::hours(1)));
        if (left.count() <= 0) {
            return fail(ErrorCode::deadline_exceeded, {}, "redis: no answer before the deadline");
        }
        pollfd one{.fd = socket_.get(), .events = events, .revents = 0};
        const int ready = ::poll(&one, 1, static_cast<int>(left.count()));
        if (ready > 0) {
            return {};
        }
        if (ready < 0 && errno != EINTR) {
            return unavailable("redis: the connection broke");
        }
    }
}

Result<RespConnection> RespConnection::open(const RedisAddress& address, Moment until) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* raw = nullptr;
    const std::string port = format("{}", address.port);
    if (::getaddrinfo(address.host.c_str(), port.c_str(), &hints, &raw) != 0) {
        return unavailable(format("redis: no address is known of {}", address.host));
    }
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> found(raw, &::freeaddrinfo);
    for (const addrinfo* at = found.get(); at != nullptr; at = at->ai_next) {
        ATLAS_TRY_ASSIGN(serving::net::Descriptor socket, serving::net::open_socket(at->ai_family));
        const bool is_under_way =
            ::connect(socket.get(), at->ai_addr, at->ai_addrlen) == 0 || errno == EINPROGRESS;
        RespConnection connection(std::move(socket));
        int problem = 0;
        socklen_t size = sizeof problem;
        if (!is_under_way || !connection.wait_for(POLLOUT, until).has_value() ||
            ::getsockopt(connection.socket_.get(), SOL_SOCKET, SO_ERROR, &problem, &size) != 0 ||
            problem != 0) {
            continue;
        }
        serving::net::send_at_once(connection.socket_);
        if (!address.password.empty()) {
            const std::string user = address.user.empty() ? "default" : address.user;
            ATLAS_TRY(connection.call({"AUTH", user, address.password}, until));
        }
        return connection;
    }
    return unavailable(format("redis: nobody answers at {}:{}", address.host, address.port));
}

Result<std::vector<Reply>> RespConnection::exchange(std::string_view commands, std::size_t count,
                                                    Moment until) {
    std::vector<Reply> replies;
    std::vector<char> space(64U << 10U);
    while (replies.size() < count) {
        // Both ways at once: who only writes while the other side only writes waits for ever.
        ATLAS_TRY(wait_for(static_cast<short>(POLLIN | (commands.empty() ? 0 : POLLOUT)), until));
        if (!commands.empty()) {
            const ssize_t sent =
                ::send(socket_.get(), commands.data(), commands.size(), MSG_NOSIGNAL);
            if (sent > 0) {
                commands.remove_prefix(static_cast<std::size_t>(sent));
            } else if (errno != EAGAIN && errno != EINTR) {
                return unavailable("redis: the connection broke");
            }
        }
        const ssize_t got = ::recv(socket_.get(), space.data(), space.size(), 0);
        if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) {
            return unavailable("redis: the connection broke");
        }
        if (got > 0) {
            parser_.feed({space.data(), static_cast<std::size_t>(got)});
            for (;;) {
                ATLAS_TRY_ASSIGN(std::optional<Reply> reply, parser_.next());
                if (!reply) {
                    break;
                }
                replies.push_back(*std::move(reply));
            }
        }
    }
    return replies;
}

Result<Reply> RespConnection::call(std::span<const std::string_view> words, Moment until) {
    std::string command;
    append_command(command, words);
    ATLAS_TRY_ASSIGN(std::vector<Reply> replies, exchange(command, 1, until));
    if (replies.front().is_error()) {
        return error_of(replies.front());
    }
    return std::move(replies.front());
}

Result<Reply> RespConnection::call(std::initializer_list<std::string_view> words, Moment until) {
    return call(std::span(words.begin(), words.size()), until);
}

bool RespConnection::is_fresh() const {
    char byte = 0;
    return ::recv(socket_.get(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
}

}  // namespace atlas::adapters::event_bus::redis
