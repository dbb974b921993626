// SPDX-License-Identifier: Apache-2.0
// The least a request can cost on this kernel: a server that reads nothing and answers every
// readable socket with the same bytes, two threads, edge-triggered. What Atlas costs beyond it is
// Atlas's own; what the peer may be divided by at most follows from it.
// usage: bench_http_floor   (prints "listening on PORT", ends with its standard input)
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <string>
#include <thread>

namespace {

// As long as the answer of the measured route.
std::string answer() {
    const std::string body(81, 'x');
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 81\r\n"
           "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
           "Date: Sun, 22 Nov 2026 00:00:00 GMT\r\nX-Request-Id: 0123456789abcdef\r\n\r\n" +
           body;
}

int listen_on(std::uint16_t port) {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(listener, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listener, 1024) != 0) {
        std::perror("listen");
        std::exit(1);
    }
    return listener;
}

void serve(int listener) {
    const std::string bytes = answer();
    const int poller = ::epoll_create1(EPOLL_CLOEXEC);
    epoll_event wanted{};
    wanted.events = EPOLLIN;
    wanted.data.fd = listener;
    ::epoll_ctl(poller, EPOLL_CTL_ADD, listener, &wanted);
    std::array<epoll_event, 256> found{};
    std::array<char, 4096> space{};
    for (;;) {
        const int count = ::epoll_wait(poller, found.data(), found.size(), -1);
        for (int i = 0; i < count; ++i) {
            const int socket = found[static_cast<std::size_t>(i)].data.fd;
            if (socket == listener) {
                const int accepted = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
                const int yes = 1;
                ::setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
                wanted.events = EPOLLIN | EPOLLET;
                wanted.data.fd = accepted;
                ::epoll_ctl(poller, EPOLL_CTL_ADD, accepted, &wanted);
            } else if (::recv(socket, space.data(), space.size(), 0) > 0) {
                if (::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) < 0) {
                    ::close(socket);
                }
            } else {
                ::close(socket);
            }
        }
    }
}

}  // namespace

int main() {
    const int first = listen_on(0);
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(first, reinterpret_cast<sockaddr*>(&address), &size);
    const int second = listen_on(ntohs(address.sin_port));
    std::printf("listening on %d\n", ntohs(address.sin_port));
    std::fflush(stdout);
    std::thread beside([second] { serve(second); });
    serve(first);
    beside.join();
}
