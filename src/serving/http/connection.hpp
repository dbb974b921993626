// SPDX-License-Identifier: Apache-2.0
// The socket side of a session, plain, TLS or local: moves bytes, arms the timer, closes politely.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "serving/http/session.hpp"
#include "serving/http/timer_wheel.hpp"
#include "serving/net/poller.hpp"
#include "serving/net/stream.hpp"

namespace atlas::serving::http {

/// Wheel ticks are this long, so a timeout is up to one tick late.
inline constexpr std::chrono::milliseconds kTick{25};

class Connection;

/// What a connection needs of its loop.
struct LoopView {
    Kernel& kernel;
    net::Poller& poller;
    TimerWheel& wheel;
    std::shared_ptr<Mailbox> mailbox;
    std::vector<std::unique_ptr<Connection>> connections;  ///< Each knows its index.
    std::vector<std::unique_ptr<Connection>> closed;       ///< Destroyed after the round.
    Session::TimePoint started_at;

    std::uint64_t tick_of(Session::TimePoint at) const {
        return at <= started_at ? 0 : static_cast<std::uint64_t>((at - started_at) / kTick) + 1;
    }
};

class Connection final : public TimerWheel::Entry, public Transport, public net::Watcher {
public:
    /// Joins `loop`, which owns it until it has closed; `tls` is borrowed and may be null.
    static void start(LoopView& loop, net::Stream stream, ssl_ctx_st* tls, Peer peer);
    ~Connection() override;

    void ready(std::uint32_t events) override;
    void wake() override { pump(); }
    void fire();
    void drain();
    void abort();

private:
    Connection(LoopView& loop, net::Stream stream, Peer peer);
    void shake_hands();
    void begin();
    void pump();
    bool write();
    bool read();
    bool look_at_peer();
    void end();
    void finish_tls();
    void close();

    LoopView& loop_;
    net::Stream stream_;
    Peer peer_;
    std::size_t index_;
    std::shared_ptr<Session> session_;  ///< Shared with its responders; null in the handshake.
    std::size_t reads_ = 0;             ///< Of this round.
    bool is_watch_spent_ = false;       ///< The peer's end is known, or hidden by unread bytes.
    bool is_ending_tls_ = false;
    bool is_closed_ = false;
};

}  // namespace atlas::serving::http
