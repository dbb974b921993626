// SPDX-License-Identifier: Apache-2.0
// A blocking socket that says exactly the bytes it is given, to a server on this machine.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace atlas::serving::testing {

class RawClient {
public:
    explicit RawClient(std::uint16_t port, int receive_buffer = 0) {
        descriptor_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (receive_buffer > 0) {
            ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &receive_buffer,
                         sizeof receive_buffer);
        }
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        is_connected_ = ::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address),
                                  sizeof address) == 0;
    }
    ~RawClient() { ::close(descriptor_); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    bool is_connected() const { return is_connected_; }
    void say(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count <= 0) {
                return;
            }
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    void say_end() { ::shutdown(descriptor_, SHUT_WR); }
    /// Reads until `text` has come, the server closes, or five seconds of silence.
    std::string hear_until(std::string_view text) {
        while (text.empty() || heard_.find(text) == std::string::npos) {
            if (!hear_more()) {
                break;
            }
        }
        return std::exchange(heard_, {});
    }
    /// Everything until the server closes; `is_closed` tells whether it did.
    std::string hear_all() { return hear_until({}); }
    bool is_closed() const { return is_closed_; }

private:
    bool hear_more() {
        pollfd waiting{descriptor_, POLLIN, 0};
        if (::poll(&waiting, 1, 5000) <= 0) {
            return false;
        }
        char bytes[16 * 1024];
        const auto count = ::recv(descriptor_, bytes, sizeof bytes, 0);
        if (count <= 0) {
            is_closed_ = true;
            return false;
        }
        heard_.append(bytes, static_cast<std::size_t>(count));
        return true;
    }

    int descriptor_ = -1;
    bool is_connected_ = false;
    bool is_closed_ = false;
    std::string heard_;
};

}  // namespace atlas::serving::testing
