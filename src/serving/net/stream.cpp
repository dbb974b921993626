// SPDX-License-Identifier: Apache-2.0
#include "serving/net/stream.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>

#include "base/format.hpp"

namespace atlas::serving::net {
namespace {

int size_for_tls(std::size_t size) {
    return static_cast<int>(std::min<std::size_t>(size, INT_MAX));
}

}  // namespace

void Descriptor::reset(int descriptor) {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
    descriptor_ = descriptor;
}

void Stream::TlsDelete::operator()(ssl_st* tls) const {
    SSL_free(tls);
}

Result<void> Stream::start_tls(ssl_ctx_st* context, bool is_server) {
    tls_.reset(SSL_new(context));
    if (!tls_ || SSL_set_fd(tls_.get(), socket_.get()) != 1) {
        ERR_clear_error();
        return fail(ErrorCode::exhausted, {}, "no memory for a TLS connection");
    }
    SSL_set_mode(tls_.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    is_server ? SSL_set_accept_state(tls_.get()) : SSL_set_connect_state(tls_.get());
    return {};
}

void Stream::close() {
    tls_.reset();
    socket_.reset();
}

void Stream::notice(std::uint32_t events) {
    if ((events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) {
        has_hangup_ = true;
    }
    // Under TLS either direction may have waited for either.
    if (tls_ || (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) {
        can_read_ = true;
    }
    if (tls_ || (events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0) {
        can_write_ = true;
    }
}

Transfer Stream::tls_result(int result) {
    if (result > 0) {
        return {Moved::some, static_cast<std::size_t>(result)};
    }
    const int saved_errno = errno;
    switch (SSL_get_error(tls_.get(), result)) {
        case SSL_ERROR_WANT_READ:
        case SSL_ERROR_WANT_WRITE: return {};
        case SSL_ERROR_ZERO_RETURN: return {Moved::ended};
        case SSL_ERROR_SYSCALL:
            ERR_clear_error();
            return {saved_errno == 0 ? Moved::ended : Moved::failed};
        default: break;
    }
    // A peer that closes without saying so: HTTP's own framing tells what is missing.
    const bool is_truncated =
        ERR_GET_REASON(ERR_peek_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING;
    ERR_clear_error();
    return {is_truncated ? Moved::ended : Moved::failed};
}

Transfer Stream::handshake() {
    ERR_clear_error();
    const auto done = tls_result(SSL_do_handshake(tls_.get()));
    if (done.state == Moved::blocked) {
        can_read_ = can_write_ = false;
    }
    return done;
}

Transfer Stream::read(std::span<char> space) {
    if (tls_) {
        ERR_clear_error();
        errno = 0;
        const auto got = tls_result(SSL_read(tls_.get(), space.data(), size_for_tls(space.size())));
        can_read_ = got.state != Moved::blocked;
        return got;
    }
    const auto count = ::recv(socket_.get(), space.data(), space.size(), 0);
    if (count > 0) {
        // A short read has emptied the socket; an end after it still has to be read.
        can_read_ = static_cast<std::size_t>(count) == space.size() || has_hangup_;
        return {Moved::some, static_cast<std::size_t>(count)};
    }
    if (count == 0) {
        return {Moved::ended};
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
        can_read_ = false;
        return {};
    }
    return {Moved::failed};
}

Transfer Stream::write(std::string_view bytes) {
    if (tls_) {
        ERR_clear_error();
        errno = 0;
        const auto sent =
            tls_result(SSL_write(tls_.get(), bytes.data(), size_for_tls(bytes.size())));
        can_write_ = sent.state != Moved::blocked;
        return sent;
    }
    const auto count = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count >= 0) {
        return {Moved::some, static_cast<std::size_t>(count)};
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
        can_write_ = false;
        return {};
    }
    return {Moved::failed};
}

Transfer Stream::shutdown() {
    if (!tls_) {
        ::shutdown(socket_.get(), SHUT_WR);
        return {Moved::some};
    }
    ERR_clear_error();
    errno = 0;
    const int result = SSL_shutdown(tls_.get());
    if (result == 0) {  // Ours is sent; the peer's is to come.
        can_read_ = false;
        return {};
    }
    const auto done = tls_result(result);
    if (done.state == Moved::blocked) {
        can_read_ = can_write_ = false;
    }
    return done;
}

Transfer Stream::peek() const {
    char byte = 0;
    const auto count = ::recv(socket_.get(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    if (count >= 0) {
        return {count > 0 ? Moved::some : Moved::ended, static_cast<std::size_t>(count)};
    }
    return {errno == EAGAIN || errno == EWOULDBLOCK ? Moved::blocked : Moved::failed};
}

Result<Descriptor> open_socket(int family) {
    Descriptor socket(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket.is_open()) {
        return unavailable(format("no socket: {}", std::strerror(errno)));
    }
    return socket;
}

void send_at_once(const Descriptor& socket) {
    const int yes = 1;
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

}  // namespace atlas::serving::net
