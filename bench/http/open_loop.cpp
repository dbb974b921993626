// SPDX-License-Identifier: Apache-2.0
// One route read at a fixed rate, each request with its moment: one that goes out late because the
// server was slow counts from when it should have gone. One thread, a few kept connections.
//   open_loop PORT PATH RATE SECONDS CONNECTIONS [BEARER]
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Steady = std::chrono::steady_clock;

struct Connection {
    int socket = -1;
    Steady::time_point due;
    Steady::time_point sent;
    std::string head;           ///< Read so far, until its end is there.
    std::size_t body_left = 0;  ///< Of the answer.
    bool has_head = false;
};

[[noreturn]] void die(const char* what) {
    std::perror(what);
    std::exit(1);
}

int connect_to(int port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // The socket API takes every family by the one general type.
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        die("connect");
    }
    const int one = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return fd;
}

std::size_t length_of(std::string_view head) {
    const std::size_t at = head.find("ontent-length: ") != std::string_view::npos
                               ? head.find("ontent-length: ")
                               : head.find("ontent-Length: ");
    std::size_t length = 0;
    if (at == std::string_view::npos || !head.starts_with("HTTP/1.1 200")) {
        std::fprintf(stderr, "answer: %.*s\n", static_cast<int>(head.size()), head.data());
        std::exit(1);
    }
    std::from_chars(head.data() + at + 15, head.data() + head.size(), length);
    return length;
}

/// True when the answer is there whole.
bool take(Connection& connection, std::string_view bytes) {
    if (!connection.has_head) {
        connection.head.append(bytes);
        const std::size_t end = connection.head.find("\r\n\r\n");
        if (end == std::string::npos) {
            return false;
        }
        connection.has_head = true;
        connection.body_left = length_of(std::string_view(connection.head).substr(0, end + 2));
        bytes = bytes.substr(bytes.size() - (connection.head.size() - end - 4));
    }
    connection.body_left -= std::min(connection.body_left, bytes.size());
    return connection.body_left == 0;
}

void print(const char* name, std::vector<double>& times) {
    std::ranges::sort(times);
    const auto at = [&](double share) {
        return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))] * 1e3;
    };
    std::printf("%s: %zu reads, p50 %.3f ms, p90 %.3f, p99 %.3f, p99.9 %.3f, most %.3f\n", name,
                times.size(), at(0.5), at(0.9), at(0.99), at(0.999), at(1.0));
}

/// What is to be sent when, and what came of it.
struct Schedule {
    Steady::time_point start;
    long rate = 0;
    long total = 0;
    long next = 0;
    std::deque<Steady::time_point> waiting;  ///< Due, and no connection free.
    std::vector<double> from_due;
    std::vector<double> from_sent;

    Steady::time_point due_of(long i) const {
        return start + std::chrono::nanoseconds(1'000'000'000L * i / rate);
    }
};

class Client {
public:
    Client(int port, std::size_t connections, std::string request)
        : request_(std::move(request)),
          connections_(connections) {
        for (std::size_t i = 0; i < connections; ++i) {
            connections_[i].socket = connect_to(port);
            watch(connections_[i].socket, i);
            idle_.push_back(i);
        }
        watch(timer_, connections);
    }

    void run(Schedule& schedule) {
        while (static_cast<long>(schedule.from_due.size()) < schedule.total) {
            const auto now = Steady::now();
            while (schedule.next < schedule.total && schedule.due_of(schedule.next) <= now) {
                schedule.waiting.push_back(schedule.due_of(schedule.next++));
            }
            send_waiting(schedule);
            if (schedule.next < schedule.total) {
                wake_at(schedule.due_of(schedule.next));
            }
            receive(schedule);
        }
    }

private:
    void watch(int socket, std::size_t index) {
        epoll_event wish{};
        wish.events = EPOLLIN;
        wish.data.u64 = index;
        ::epoll_ctl(poll_, EPOLL_CTL_ADD, socket, &wish);
    }

    void send_waiting(Schedule& schedule) {
        while (!schedule.waiting.empty() && !idle_.empty()) {
            // In turn: a connection that never asks is closed by the server.
            Connection& connection = connections_[idle_.front()];
            idle_.pop_front();
            connection.due = schedule.waiting.front();
            schedule.waiting.pop_front();
            connection.head.clear();
            connection.has_head = false;
            connection.sent = Steady::now();
            if (::send(connection.socket, request_.data(), request_.size(), MSG_NOSIGNAL) !=
                static_cast<ssize_t>(request_.size())) {
                die("send");
            }
        }
    }

    void wake_at(Steady::time_point moment) {
        const auto due = moment.time_since_epoch();
        itimerspec at{};
        at.it_value.tv_sec = std::chrono::duration_cast<std::chrono::seconds>(due).count();
        at.it_value.tv_nsec = (due % std::chrono::seconds(1)).count();
        ::timerfd_settime(timer_, TFD_TIMER_ABSTIME, &at, nullptr);
    }

    void receive(Schedule& schedule) {
        epoll_event ready[64];
        const int count = ::epoll_wait(poll_, ready, 64, 5'000);
        if (count == 0) {
            std::fprintf(stderr, "nothing came for 5 s\n");
            std::exit(1);
        }
        for (int i = 0; i < count; ++i) {
            const std::size_t index = ready[i].data.u64;
            if (index == connections_.size()) {
                std::uint64_t times = 0;
                if (::read(timer_, &times, sizeof times) < 0 && errno != EAGAIN) {
                    die("read");
                }
                continue;
            }
            Connection& connection = connections_[index];
            const ssize_t got = ::recv(connection.socket, buffer_.data(), buffer_.size(), 0);
            if (got <= 0) {
                std::fprintf(stderr, "connection %zu ended after %zu answers\n", index,
                             schedule.from_due.size());
                std::exit(1);
            }
            if (take(connection, {buffer_.data(), static_cast<std::size_t>(got)})) {
                const auto now = Steady::now();
                const auto seconds = [](auto span) {
                    return std::chrono::duration<double>(span).count();
                };
                schedule.from_due.push_back(seconds(now - connection.due));
                schedule.from_sent.push_back(seconds(now - connection.sent));
                idle_.push_back(index);
            }
        }
    }

    const int poll_ = ::epoll_create1(0);
    const int timer_ = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    const std::string request_;
    std::vector<Connection> connections_;
    std::deque<std::size_t> idle_;
    std::vector<char> buffer_ = std::vector<char>(1U << 18U);
};

}  // namespace

int main(int argc, char** argv) {
    if (argc < 6) {
        std::fprintf(stderr, "usage: open_loop PORT PATH RATE SECONDS CONNECTIONS [BEARER]\n");
        return 2;
    }
    std::string request = std::string("GET ") + argv[2] + " HTTP/1.1\r\nHost: 127.0.0.1:" + argv[1];
    request += argc > 6 ? std::string("\r\nAuthorization: Bearer ") + argv[6] : std::string();
    request += "\r\n\r\n";
    ::prctl(PR_SET_TIMERSLACK, 1);
    Client client(std::atoi(argv[1]), static_cast<std::size_t>(std::atoi(argv[5])), request);
    const long rate = std::atol(argv[3]);
    Schedule schedule{.start = Steady::now() + std::chrono::milliseconds(100),
                      .rate = rate,
                      .total = rate * std::atol(argv[4]),
                      .waiting = {},
                      .from_due = {},
                      .from_sent = {}};
    client.run(schedule);
    print("from its moment", schedule.from_due);
    print("from sending", schedule.from_sent);
    return 0;
}
