// SPDX-License-Identifier: Apache-2.0
// The socket side of a session, plain, TLS or local: moves bytes, arms the timer, closes politely.
// Only loop.cpp includes it.
#pragma once

#include <algorithm>
#include <array>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <cstddef>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "serving/http/session.hpp"
#include "serving/http/timer_wheel.hpp"

namespace atlas::serving::http {

namespace asio = boost::asio;
using boost::system::error_code;
using Socket = asio::basic_stream_socket<asio::ip::tcp, asio::io_context::executor_type>;
using TlsSocket = asio::ssl::stream<Socket>;
using LocalSocket =
    asio::basic_stream_socket<asio::local::stream_protocol, asio::io_context::executor_type>;

/// Wheel ticks are this long, so a timeout is up to one tick late.
inline constexpr std::chrono::milliseconds kTick{25};

/// What a connection needs of its loop.
struct LoopView {
    Kernel& kernel;
    TimerWheel& wheel;
    std::shared_ptr<Mailbox> mailbox;
    std::vector<class ConnectionBase*> connections;  ///< Each knows its index.
    Session::TimePoint started_at;

    std::uint64_t tick_of(Session::TimePoint at) const {
        return at <= started_at ? 0 : static_cast<std::uint64_t>((at - started_at) / kTick) + 1;
    }
};

class ConnectionBase : public TimerWheel::Entry {
public:
    explicit ConnectionBase(LoopView& loop) : loop_(loop), index_(loop.connections.size()) {
        loop_.connections.push_back(this);
    }
    virtual ~ConnectionBase() = default;
    virtual void fire() = 0;
    virtual void drain() = 0;
    virtual void abort() = 0;

protected:
    void leave_loop() {
        if (index_ != kGone) {
            loop_.connections[index_] = loop_.connections.back();
            loop_.connections[index_]->index_ = index_;
            loop_.connections.pop_back();
            index_ = kGone;
        }
    }
    LoopView& loop_;

private:
    static constexpr std::size_t kGone = static_cast<std::size_t>(-1);
    std::size_t index_;
};

template <class Stream>
class Connection final : public ConnectionBase,
                         public Transport,
                         public std::enable_shared_from_this<Connection<Stream>> {
public:
    static constexpr bool kIsTls = std::is_same_v<Stream, TlsSocket>;
    static constexpr bool kIsLocal = std::is_same_v<Stream, LocalSocket>;
    using Lowest = std::conditional_t<kIsTls, Socket, Stream>;

    Connection(LoopView& loop, Stream stream, std::string address)
        : ConnectionBase(loop),
          stream_(std::move(stream)),
          address_(std::move(address)) {}
    ~Connection() override {
        if (session_) {
            session_->abort();
        }
    }

    void start() {
        self_ = this->shared_from_this();
        if constexpr (kIsTls) {
            handshake_expires_at_ =
                loop_.kernel.clock().steady_now() +
                std::chrono::milliseconds(loop_.kernel.limits().header_timeout_ms);
            loop_.wheel.arm(*this, loop_.tick_of(handshake_expires_at_));
            stream_.async_handshake(asio::ssl::stream_base::server,
                                    [self = this->shared_from_this()](const error_code& ec) {
                                        self->handshake_done(ec);
                                    });
        } else {
            begin({});
        }
    }

    void wake() override { pump(); }

    void fire() override {
        if (!session_) {
            return abort();  // Still shaking hands.
        }
        if (loop_.kernel.clock().steady_now() >= session_->expires_at()) {
            const auto keep = this->shared_from_this();
            session_->expire();
        }
        pump();
    }
    void drain() override {
        if (!session_) {
            return abort();
        }
        session_->drain();
        pump();
    }
    void abort() override {
        const auto keep = this->shared_from_this();
        if (session_) {
            session_->abort();
        }
        close();
    }

private:
    Lowest& socket() {
        if constexpr (kIsTls) {
            return stream_.next_layer();
        } else {
            return stream_;
        }
    }

    void handshake_done(const error_code& ec) {
        if (is_closed_) {
            return;
        }
        if (ec) {
            loop_.kernel.count_refusal("tls_handshake");
            return close();
        }
        if constexpr (kIsTls) {
            begin(peer_subject(stream_.native_handle()));
        }
    }

    void begin(std::string subject) {
        session_ = std::make_shared<Session>(
            loop_.kernel, *this, loop_.mailbox,
            Peer{std::move(address_), std::move(subject), kIsTls, kIsLocal});
        pump();
    }

    // Does whatever can be done now; called after every change.
    void pump() {
        const auto keep = this->shared_from_this();
        while (!is_closed_) {
            if (session_->is_closed()) {
                return close();
            }
            if (!is_writing_ && !session_->output().empty() && write()) {
                continue;
            }
            if (session_->wants_end() && !is_writing_ && session_->output().empty()) {
                end();
                continue;
            }
            break;
        }
        if (is_closed_) {
            return;
        }
        if (session_->wants_input() && !is_reading_ && !is_ending_) {
            read();
        } else if (session_->watches_peer() && !is_watching_) {
            watch();
        }
        const auto tick = loop_.tick_of(session_->expires_at());
        if (!is_armed() || tick < this->tick()) {
            loop_.wheel.arm(*this, tick);
        }
    }

    // True when bytes went out at once, which is the rule for small answers on a plain socket.
    bool write() {
        const auto bytes = session_->output();
        if constexpr (!kIsTls) {
            error_code ec;
            const auto count = stream_.write_some(asio::buffer(bytes.data(), bytes.size()), ec);
            if (!ec) {
                session_->sent(count);
                return true;
            }
            if (ec != asio::error::would_block) {
                session_->abort();
                return true;
            }
        }
        is_writing_ = true;
        stream_.async_write_some(
            asio::buffer(bytes.data(), bytes.size()),
            [self = this->shared_from_this()](const error_code& ec, std::size_t count) {
                self->write_done(ec, count);
            });
        return false;
    }
    void write_done(const error_code& ec, std::size_t count) {
        is_writing_ = false;
        if (is_closed_) {
            return;
        }
        if (ec) {
            return abort();
        }
        session_->sent(count);
        pump();
    }

    void read() {
        is_reading_ = true;
        is_watch_spent_ = false;
        const auto space = session_->input_space();
        stream_.async_read_some(
            asio::buffer(space.data(), space.size()),
            [self = this->shared_from_this()](const error_code& ec, std::size_t count) {
                self->read_done(ec, count);
            });
    }
    void read_done(const error_code& ec, std::size_t count) {
        is_reading_ = false;
        if (is_closed_ || session_->is_closed()) {
            return is_closed_ ? void() : close();
        }
        if (!ec) {
            session_->received(count);
        } else if (ec == asio::error::eof || ec == asio::ssl::error::stream_truncated) {
            session_->input_ended();
        } else {
            session_->abort();
        }
        pump();
    }

    // While a handler works nothing is read; this tells when the peer goes away meanwhile.
    void watch() {
        if (is_watch_spent_) {
            return;
        }
        is_watching_ = true;
        socket().async_wait(Lowest::wait_read, [self = this->shared_from_this()](
                                                   const error_code& ec) { self->watch_done(ec); });
    }
    void watch_done(const error_code& ec) {
        is_watching_ = false;
        if (is_closed_ || ec || !session_->watches_peer()) {
            return;
        }
        std::array<char, 1> byte{};
        error_code peek_ec;
        const auto count = socket().receive(asio::buffer(byte), Lowest::message_peek, peek_ec);
        is_watch_spent_ = true;  // Pipelined bytes stay readable; an end is told once.
        if (peek_ec == asio::error::would_block) {
            is_watch_spent_ = false;
        } else if (peek_ec == asio::error::eof || (!peek_ec && count == 0)) {
            session_->input_ended();
        } else if (peek_ec) {
            session_->abort();
        }
        pump();
    }

    // Our last byte is out: say so, then let the session read away what the peer still sends, so
    // that a reset does not overtake the answer.
    void end() {
        if constexpr (kIsTls) {
            if (!is_ending_) {
                is_ending_ = true;
                stream_.async_shutdown([self = this->shared_from_this()](const error_code&) {
                    self->close_after_shutdown();
                });
            }
            session_->end_was_sent();
        } else {
            error_code ignored;
            stream_.shutdown(Lowest::shutdown_send, ignored);
            session_->end_was_sent();
        }
    }
    void close_after_shutdown() {
        if (!is_closed_) {
            session_->abort();
            close();
        }
    }

    void close() {
        if (is_closed_) {
            return;
        }
        is_closed_ = true;
        unlink();
        leave_loop();
        error_code ignored;
        socket().close(ignored);
        const auto last = std::move(self_);  // Perhaps the end of this object: nothing follows.
    }

    Stream stream_;
    /// Ourselves until `close`: while a handler works, no operation may be under way to hold us.
    std::shared_ptr<Connection> self_;
    std::string address_;
    std::shared_ptr<Session> session_;  ///< Shared with its responders; null in the handshake.
    Session::TimePoint handshake_expires_at_;
    bool is_reading_ = false;
    bool is_writing_ = false;
    bool is_watching_ = false;
    bool is_watch_spent_ = false;
    bool is_ending_ = false;
    bool is_closed_ = false;
};

}  // namespace atlas::serving::http
