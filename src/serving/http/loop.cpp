// SPDX-License-Identifier: Apache-2.0
#include "serving/http/loop.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <thread>
#include <utility>

#include "base/format.hpp"
#include "serving/http/connection.hpp"
#include "serving/request.hpp"

namespace atlas::serving::http {
namespace {

using std::chrono::steady_clock;
using TimePoint = steady_clock::time_point;

constexpr std::chrono::milliseconds kAcceptPause{100};  // After EMFILE and the like.
constexpr std::chrono::seconds kFlushEvery{1};          // Access log.
constexpr int kBacklog = 4096;
constexpr int kAcceptsMax = 64;  // In one round; the rest waits for the next.
constexpr std::string_view kFull =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\n"
    "Connection: close\r\n\r\n";

/// Is the process at the other end ours, or root's? The socket file's mode says so already; this
/// also holds where somebody has changed it.
bool is_own_peer(int socket) {
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
           (peer.uid == ::geteuid() || peer.uid == 0);
}

Unexpected cannot_listen(std::string_view place) {
    return unavailable(format("cannot listen on {}: {}", place, std::strerror(errno)));
}

bool set_flag(const net::Descriptor& socket, int option) {
    const int yes = 1;
    return ::setsockopt(socket.get(), SOL_SOCKET, option, &yes, sizeof yes) == 0;
}

/// Removes the socket file of a server that is gone. Errors: conflict where one answers, or where
/// the file is something else.
Result<void> clear_stale_socket(const net::Address& address, const std::string& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) {
        return {};
    }
    if (!S_ISSOCK(status.st_mode)) {
        return fail(ErrorCode::conflict, path, "there is a file already, and it is no socket");
    }
    ATLAS_TRY_ASSIGN(const net::Descriptor probe, net::open_socket(AF_UNIX));
    if (::connect(probe.get(), address.get(), address.size) == 0 || errno != ECONNREFUSED) {
        return fail(ErrorCode::conflict, path, "another server may listen there");
    }
    ::unlink(path.c_str());
    return {};
}

}  // namespace

class Loop::State {
public:
    State(Kernel& kernel, ssl_ctx_st* tls, std::unique_ptr<net::Poller> poller)
        : poller_(std::move(poller)),
          tls_(tls),
          view_{kernel, *poller_, wheel_, nullptr, {}, {}, kernel.clock().steady_now()},
          listener_(*this),
          local_(*this) {
        view_.mailbox =
            std::make_shared<Mailbox>([this] { poller_->post([this] { perform_tasks(); }); });
    }
    ~State() { stop(); }

    Result<void> listen(const Place& place) {
        ATLAS_TRY_ASSIGN(const net::Address address, net::ip_address(place.address, place.port));
        const std::string name = format("{}:{}", place.address, place.port);
        ATLAS_TRY_ASSIGN(net::Descriptor socket, net::open_socket(address.family()));
        // The first loop binds alone: by SO_REUSEPORT it would share its port with another
        // server, and the kernel could hand out such a port. It is set afterwards, for our other
        // loops.
        if (!set_flag(socket, SO_REUSEADDR) ||
            (place.is_shared && !set_flag(socket, SO_REUSEPORT)) ||
            ::bind(socket.get(), address.get(), address.size) != 0 ||
            !set_flag(socket, SO_REUSEPORT) || ::listen(socket.get(), kBacklog) != 0) {
            return cannot_listen(name);
        }
        net::Address bound;
        bound.size = sizeof bound.storage;
        ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&bound.storage), &bound.size);
        port_ = net::port_of(bound);
        listener_.socket = std::move(socket);
        return {};
    }

    Result<void> listen_local(const std::string& path) {
        if (path.size() > kLocalSocketBytesMax) {
            return invalid_argument(
                "local_socket", format("{} has {} bytes; at most {} accepted", path, path.size(),
                                       kLocalSocketBytesMax));
        }
        ATLAS_TRY_ASSIGN(const net::Address address, net::local_address(path));
        ATLAS_TRY(clear_stale_socket(address, path));
        ATLAS_TRY_ASSIGN(net::Descriptor socket, net::open_socket(AF_UNIX));
        if (::bind(socket.get(), address.get(), address.size) != 0) {
            return cannot_listen(path);
        }
        local_path_ = path;
        // Nobody can connect before listen(), so the mode is settled in time.
        if (::chmod(path.c_str(), 0600) != 0 || ::listen(socket.get(), kBacklog) != 0) {
            return cannot_listen(path);
        }
        local_.socket = std::move(socket);
        return {};
    }

    std::uint16_t port() const { return port_; }

    void start() {
        is_accepting_ = true;
        for (Listener* const listener : {&listener_, &local_}) {
            if (listener->socket.is_open()) {
                listener->resume();
            }
        }
        thread_ = std::thread([this] { poller_->run([this] { return keep_time(); }); });
    }

    std::shared_future<void> drain() {
        poller_->post([this] {
            is_draining_ = true;
            stop_accepting();
            // From the end: who leaves is replaced by the last, which has been drained already.
            for (std::size_t i = view_.connections.size(); i-- > 0;) {
                view_.connections[i]->drain();
            }
        });
        return drained_future_;
    }

    void stop() {
        if (is_stopped_) {
            return;
        }
        is_stopped_ = true;
        poller_->post([this] {
            stop_accepting();
            while (!view_.connections.empty()) {
                view_.connections.back()->abort();
            }
            view_.mailbox->close();
            poller_->stop();
        });
        if (thread_.joinable()) {
            thread_.join();
        } else {
            poller_->run([] { return TimePoint::max(); });
        }
        view_.closed.clear();
    }

private:
    /// A listening socket and, after the system refused to accept, when to try again.
    struct Listener final : net::Watcher {
        explicit Listener(State& state) : owner(state) {}
        void ready(std::uint32_t) override { owner.accept(*this); }
        void resume() {
            // Without room in the system's list it is tried again later, as an accept would be.
            const bool is_watched = owner.poller_->watch_input(socket.get(), *this).has_value();
            paused_until = is_watched ? TimePoint::max() : steady_clock::now() + kAcceptPause;
        }
        State& owner;
        net::Descriptor socket;
        TimePoint paused_until = TimePoint::max();
    };

    void stop_accepting() {
        is_accepting_ = false;
        for (Listener* const listener : {&listener_, &local_}) {
            if (listener->socket.is_open()) {
                poller_->forget(listener->socket.get(), *listener);
                listener->socket.reset();
            }
        }
        if (!local_path_.empty()) {
            ::unlink(std::exchange(local_path_, {}).c_str());
        }
    }

    void accept(Listener& listener) {
        for (int i = 0; i < kAcceptsMax && is_accepting_; ++i) {
            net::Address peer;
            peer.size = sizeof peer.storage;
            net::Descriptor socket(::accept4(listener.socket.get(),
                                             reinterpret_cast<sockaddr*>(&peer.storage), &peer.size,
                                             SOCK_NONBLOCK | SOCK_CLOEXEC));
            if (socket.is_open()) {
                admit(std::move(socket), peer, &listener == &local_);
                continue;
            }
            if (errno == EAGAIN || errno == EWOULDBLOCK) {
                return;
            }
            if (errno == ECONNABORTED || errno == EINTR || errno == EPROTO) {
                continue;  // Gone before we looked.
            }
            view_.kernel.count_refusal("accept");
            poller_->forget(listener.socket.get(), listener);
            listener.paused_until = steady_clock::now() + kAcceptPause;
            return;
        }
    }

    void admit(net::Descriptor socket, const net::Address& peer, bool is_local) {
        Kernel& kernel = view_.kernel;
        if (is_local && !is_own_peer(socket.get())) {
            return kernel.count_refusal("local_peer");
        }
        if (kernel.connections.value() >=
            static_cast<std::int64_t>(kernel.limits().connections_max)) {
            kernel.count_refusal("connections_max");
            net::Stream(std::move(socket)).write(kFull);
            return;
        }
        if (!is_local) {
            net::send_at_once(socket);
        }
        Connection::start(
            view_, net::Stream(std::move(socket)), is_local ? nullptr : tls_,
            Peer{.address = is_local ? std::string(kLocalAddress) : net::ip_text(peer),
                 .subject = {},
                 .is_secure = false,
                 .is_local = is_local});
    }

    /// Every round: what has closed is destroyed, what has timed out is told.
    TimePoint keep_time() {
        view_.closed.clear();
        tell_if_drained();
        const auto now = steady_clock::now();
        if (now >= next_flush_) {
            view_.kernel.access_log().flush();
            next_flush_ = now + kFlushEvery;
        }
        if (now >= next_tick_) {
            wheel_.advance(
                view_.tick_of(view_.kernel.clock().steady_now()),
                [](TimerWheel::Entry& entry) { static_cast<Connection&>(entry).fire(); });
            next_tick_ = now + kTick;
        }
        auto until = view_.connections.empty() ? next_flush_ : next_tick_;
        for (Listener* const listener : {&listener_, &local_}) {
            if (now >= listener->paused_until && is_accepting_) {
                listener->resume();
            }
            until = std::min(until, listener->paused_until);
        }
        return until;
    }

    void perform_tasks() {
        for (Task& task : view_.mailbox->take()) {
            task.session->perform(task);
        }
    }

    void tell_if_drained() {
        if (is_draining_ && view_.connections.empty() && !has_told_) {
            has_told_ = true;
            drained_.set_value();
        }
    }

    std::unique_ptr<net::Poller> poller_;
    ssl_ctx_st* const tls_;
    TimerWheel wheel_;
    LoopView view_;
    Listener listener_;
    Listener local_;
    std::string local_path_;  ///< Of our socket file; empty where there is none.
    std::uint16_t port_ = 0;
    std::thread thread_;
    std::promise<void> drained_;
    std::shared_future<void> drained_future_{drained_.get_future().share()};
    TimePoint next_tick_{};
    TimePoint next_flush_{};
    bool is_accepting_ = false;
    bool is_draining_ = false;
    bool has_told_ = false;
    bool is_stopped_ = false;  ///< Of the owner's thread, unlike the others.
};

Loop::Loop(std::unique_ptr<State> state) : state_(std::move(state)) {}
Loop::~Loop() = default;

Result<std::unique_ptr<Loop>> Loop::listen(const Place& place, Kernel& kernel, ssl_ctx_st* tls) {
    ATLAS_TRY_ASSIGN(auto poller, net::Poller::create());
    auto state = std::make_unique<State>(kernel, tls, std::move(poller));
    ATLAS_TRY(state->listen(place));
    return std::unique_ptr<Loop>(new Loop(std::move(state)));
}

Result<void> Loop::listen_local(const std::string& path) {
    return state_->listen_local(path);
}
std::uint16_t Loop::port() const {
    return state_->port();
}
void Loop::start() {
    state_->start();
}
std::shared_future<void> Loop::drain() {
    return state_->drain();
}
void Loop::stop() {
    state_->stop();
}

}  // namespace atlas::serving::http
