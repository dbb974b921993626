// SPDX-License-Identifier: Apache-2.0
// One connected, non-blocking stream socket, plain or under TLS. It remembers what the poller has
// told, so that no system call is made that could only say "would block".
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "base/result.hpp"
#include "serving/net/address.hpp"

struct ssl_ctx_st;
struct ssl_st;

namespace atlas::serving::net {

/// Owns a file descriptor.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
    Descriptor(Descriptor&& other) noexcept : descriptor_(other.release()) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        reset(other.release());
        return *this;
    }
    ~Descriptor() { reset(); }

    int get() const { return descriptor_; }
    bool is_open() const { return descriptor_ >= 0; }
    int release() {
        const int descriptor = descriptor_;
        descriptor_ = -1;
        return descriptor;
    }
    void reset(int descriptor = -1);

private:
    int descriptor_ = -1;
};

enum class Moved : std::uint8_t {
    some,     ///< `bytes` of them; of a handshake or a shutdown: it is complete.
    blocked,  ///< Nothing now; the poller will tell.
    ended,    ///< The peer sends no more.
    failed,
};
struct Transfer {
    Moved state = Moved::blocked;
    std::size_t bytes = 0;
};

class Stream {
public:
    Stream() = default;
    /// Takes a non-blocking socket.
    explicit Stream(Descriptor socket) : socket_(std::move(socket)) {}

    /// TLS from here on; the context is borrowed. Errors: exhausted (no memory).
    Result<void> start_tls(ssl_ctx_st* context, bool is_server);

    int descriptor() const { return socket_.get(); }
    bool is_open() const { return socket_.is_open(); }
    bool is_tls() const { return tls_ != nullptr; }
    ssl_st* tls() const { return tls_.get(); }
    void close();

    /// What the poller said.
    void notice(std::uint32_t events);
    /// Reading is worth a try.
    bool can_read() const { return can_read_; }
    bool can_write() const { return can_write_; }
    /// The peer has closed its side or the connection broke; unread bytes may be left.
    bool has_hangup() const { return has_hangup_; }

    Transfer handshake();
    Transfer read(std::span<char> space);
    Transfer write(std::string_view bytes);
    /// Says that we send no more. Under TLS it is complete when the peer has said so as well.
    Transfer shutdown();
    /// Looks at the socket, below TLS, without taking anything.
    Transfer peek() const;

private:
    struct TlsDelete {
        void operator()(ssl_st* tls) const;
    };
    Transfer tls_result(int result);

    Descriptor socket_;
    std::unique_ptr<ssl_st, TlsDelete> tls_;
    bool can_read_ = true;
    bool can_write_ = true;
    bool has_hangup_ = false;
};

/// A non-blocking, close-on-exec stream socket of that family. Errors: unavailable.
Result<Descriptor> open_socket(int family);

/// Sends small writes at once (TCP_NODELAY); nothing happens to a local socket.
void send_at_once(const Descriptor& socket);

}  // namespace atlas::serving::net
