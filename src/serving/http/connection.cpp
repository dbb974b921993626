// SPDX-License-Identifier: Apache-2.0
#include "serving/http/connection.hpp"

#include <utility>

#include "serving/http/tls_context.hpp"

namespace atlas::serving::http {
namespace {

// A peer that never stops sending lets the others in after so many reads.
constexpr std::size_t kReadsMax = 16;

}  // namespace

Connection::Connection(LoopView& loop, net::Stream stream, Peer peer)
    : loop_(loop),
      stream_(std::move(stream)),
      peer_(std::move(peer)),
      index_(loop.connections.size()) {}

Connection::~Connection() {
    if (session_) {
        session_->abort();
    }
}

void Connection::start(LoopView& loop, net::Stream stream, ssl_ctx_st* tls, Peer peer) {
    peer.is_secure = tls != nullptr;
    loop.connections.push_back(
        std::unique_ptr<Connection>(new Connection(loop, std::move(stream), std::move(peer))));
    Connection& self = *loop.connections.back();
    if (!loop.poller.watch(self.stream_.descriptor(), self).has_value() ||
        (tls != nullptr && !self.stream_.start_tls(tls, true).has_value())) {
        loop.kernel.count_refusal("accept");
        return self.close();
    }
    if (tls == nullptr) {
        return self.begin();
    }
    loop.wheel.arm(self,
                   loop.tick_of(loop.kernel.clock().steady_now() +
                                std::chrono::milliseconds(loop.kernel.limits().header_timeout_ms)));
    self.shake_hands();
}

void Connection::ready(std::uint32_t events) {
    stream_.notice(events);
    reads_ = 0;
    session_ ? pump() : shake_hands();
}

void Connection::fire() {
    if (!session_) {
        return abort();  // Still shaking hands.
    }
    if (loop_.kernel.clock().steady_now() >= session_->expires_at()) {
        session_->expire();
    }
    pump();
}

void Connection::drain() {
    if (!session_) {
        return abort();
    }
    session_->drain();
    pump();
}

void Connection::abort() {
    if (session_) {
        session_->abort();
    }
    close();
}

void Connection::shake_hands() {
    switch (stream_.handshake().state) {
        case net::Moved::blocked: return;
        case net::Moved::some: peer_.subject = peer_subject(stream_.tls()); return begin();
        case net::Moved::ended:
        case net::Moved::failed: loop_.kernel.count_refusal("tls_handshake"); return close();
    }
}

void Connection::begin() {
    session_ = std::make_shared<Session>(loop_.kernel, *this, loop_.mailbox, std::move(peer_));
    pump();
}

// Does whatever can be done now; called after every change.
void Connection::pump() {
    bool has_more = !is_closed_;
    while (has_more) {
        if (session_->is_closed()) {
            return close();
        }
        if (!session_->output().empty()) {
            has_more = stream_.can_write() && write();
        } else if (session_->wants_end()) {
            end();
        } else {
            has_more = false;
        }
        if (!has_more && !is_ending_tls_) {
            has_more = session_->wants_input() ? stream_.can_read() && read() : look_at_peer();
        }
    }
    if (is_closed_) {
        return;
    }
    if (is_ending_tls_) {
        return finish_tls();
    }
    const auto tick = loop_.tick_of(session_->expires_at());
    if (!is_armed() || tick < this->tick()) {
        loop_.wheel.arm(*this, tick);
    }
}

// These say whether something happened.
bool Connection::write() {
    const auto sent = stream_.write(session_->output());
    if (sent.state == net::Moved::some) {
        session_->sent(sent.bytes);
    } else if (sent.state != net::Moved::blocked) {
        session_->abort();
    }
    return sent.state != net::Moved::blocked;
}

bool Connection::read() {
    if (++reads_ > kReadsMax) {
        loop_.poller.again(*this);
        return false;
    }
    is_watch_spent_ = false;
    const auto got = stream_.read(session_->input_space());
    switch (got.state) {
        case net::Moved::some: session_->received(got.bytes); return true;
        case net::Moved::ended: session_->input_ended(); return true;
        case net::Moved::failed: session_->abort(); return true;
        case net::Moved::blocked: return false;
    }
    return false;
}

// While a handler works nothing is read; this tells when the peer goes away meanwhile.
bool Connection::look_at_peer() {
    if (!stream_.has_hangup() || is_watch_spent_ || !session_->watches_peer()) {
        return false;
    }
    is_watch_spent_ = true;
    switch (stream_.peek().state) {
        case net::Moved::ended: session_->input_ended(); return true;
        case net::Moved::failed: session_->abort(); return true;
        case net::Moved::some:  // Pipelined bytes stay readable; the end comes after them.
        case net::Moved::blocked: break;
    }
    return false;
}

// Our last byte is out: say so, then let the session read away what the peer still sends, so that
// a reset does not overtake the answer.
void Connection::end() {
    is_ending_tls_ = stream_.is_tls();
    stream_.shutdown();
    session_->end_was_sent();
}

// Under TLS the peer's own goodbye is the end of what it sends.
void Connection::finish_tls() {
    if (stream_.shutdown().state != net::Moved::blocked) {
        return abort();
    }
    const auto tick = loop_.tick_of(session_->expires_at());
    if (!is_armed() || tick < this->tick()) {
        loop_.wheel.arm(*this, tick);
    }
}

void Connection::close() {
    if (is_closed_) {
        return;
    }
    is_closed_ = true;
    unlink();
    loop_.poller.forget(stream_.descriptor(), *this);
    stream_.close();
    if (session_) {
        session_->abort();
    }
    auto& all = loop_.connections;
    loop_.closed.push_back(std::move(all[index_]));
    if (index_ + 1 < all.size()) {
        all[index_] = std::move(all.back());
        all[index_]->index_ = index_;
    }
    all.pop_back();
}

}  // namespace atlas::serving::http
