// SPDX-License-Identifier: Apache-2.0
#include "serving/http/loop.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <optional>
#include <thread>

#include "base/format.hpp"
#include "serving/http/connection.hpp"
#include "serving/request.hpp"

namespace atlas::serving::http {
namespace {

using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
using SteadyTimer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                               asio::wait_traits<std::chrono::steady_clock>,
                                               asio::io_context::executor_type>;

template <class Protocol>
struct Listener {
    explicit Listener(asio::io_context& context) : acceptor(context), pause(context) {}
    asio::basic_socket_acceptor<Protocol, asio::io_context::executor_type> acceptor;
    SteadyTimer pause;
};

constexpr std::chrono::milliseconds kAcceptPause{100};  // After EMFILE and the like.
constexpr int kBacklog = 4096;
constexpr std::uint64_t kFlushTicks = 40;  // Access log: once a second.
constexpr std::string_view kFull =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\n"
    "Connection: close\r\n\r\n";

/// Is the process at the other end ours, or root's? The socket file's mode says so already; this
/// also holds where somebody has changed it.
bool is_own_peer(LocalSocket& socket) {
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
           (peer.uid == ::geteuid() || peer.uid == 0);
}

/// Removes the socket file of a server that is gone. Errors: conflict where one answers, or where
/// the file is something else.
Result<void> clear_stale_socket(asio::io_context& context, const std::string& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) {
        return {};
    }
    if (!S_ISSOCK(status.st_mode)) {
        return fail(ErrorCode::conflict, path, "there is a file already, and it is no socket");
    }
    LocalSocket probe(context);
    error_code ec;
    probe.connect(asio::local::stream_protocol::endpoint(path), ec);
    if (ec != asio::error::connection_refused) {
        return fail(ErrorCode::conflict, path,
                    format("another server may listen there ({})", ec ? ec.message() : "it does"));
    }
    ::unlink(path.c_str());
    return {};
}

}  // namespace

class Loop::State {
public:
    State(Kernel& kernel, ssl_ctx_st* tls)
        : work_(asio::make_work_guard(context_)),
          listener_(context_),
          local_(context_),
          ticker_(context_),
          view_{kernel, wheel_, nullptr, {}, kernel.clock().steady_now()} {
        view_.mailbox = std::make_shared<Mailbox>(
            [this] { asio::post(context_, [this] { perform_tasks(); }); });
        if (tls != nullptr) {
            SSL_CTX_up_ref(tls);
            tls_.emplace(tls);  // Takes over the reference.
        }
    }
    ~State() { stop(); }

    Result<void> listen(const Place& place) {
        error_code ec;
        const auto address = asio::ip::make_address(place.address, ec);
        if (ec) {
            return invalid_argument("listen", format("{} is no address", place.address));
        }
        const asio::ip::tcp::endpoint endpoint(address, place.port);
        listener_.acceptor.open(endpoint.protocol(), ec);
        if (!ec) {
            listener_.acceptor.set_option(asio::socket_base::reuse_address(true), ec);
        }
        // The first loop binds alone: by this option it would share its port with another server,
        // and the kernel could hand out such a port. It is set afterwards, for our other loops.
        if (!ec && place.is_shared) {
            listener_.acceptor.set_option(ReusePort(true), ec);
        }
        if (!ec) {
            listener_.acceptor.bind(endpoint, ec);
        }
        if (!ec) {
            listener_.acceptor.set_option(ReusePort(true), ec);
        }
        if (!ec) {
            listener_.acceptor.listen(kBacklog, ec);
        }
        if (ec) {
            return unavailable(
                format("cannot listen on {}:{}: {}", place.address, place.port, ec.message()));
        }
        return {};
    }

    Result<void> listen_local(const std::string& path) {
        if (path.size() > kLocalSocketBytesMax) {
            return invalid_argument(
                "local_socket", format("{} has {} bytes; at most {} accepted", path, path.size(),
                                       kLocalSocketBytesMax));
        }
        ATLAS_TRY(clear_stale_socket(context_, path));
        const asio::local::stream_protocol::endpoint endpoint(path);
        error_code ec;
        local_.acceptor.open(endpoint.protocol(), ec);
        if (!ec) {
            local_.acceptor.bind(endpoint, ec);
        }
        if (!ec) {
            local_path_ = path;
            // Nobody can connect before listen(), so the mode is settled in time.
            if (::chmod(path.c_str(), 0600) != 0) {
                ec.assign(errno, boost::system::system_category());
            }
        }
        if (!ec) {
            local_.acceptor.listen(kBacklog, ec);
        }
        if (ec) {
            return unavailable(format("cannot listen on {}: {}", path, ec.message()));
        }
        return {};
    }

    std::uint16_t port() const { return listener_.acceptor.local_endpoint().port(); }

    void start() {
        accept(listener_);
        if (local_.acceptor.is_open()) {
            accept(local_);
        }
        tick();
        thread_ = std::thread([this] { context_.run(); });
    }

    std::shared_future<void> drain() {
        asio::post(context_, [this] {
            is_draining_ = true;
            stop_accepting();
            // A drained connection may leave the list at once: walk over a copy.
            const auto connections = view_.connections;
            for (ConnectionBase* const connection : connections) {
                connection->drain();
            }
            tell_if_drained();
        });
        return drained_future_;
    }

    void stop() {
        if (is_stopped_) {
            return;
        }
        is_stopped_ = true;
        asio::post(context_, [this] {
            stop_accepting();
            listener_.pause.cancel();
            local_.pause.cancel();
            ticker_.cancel();
            is_ticking_ = false;
            while (!view_.connections.empty()) {
                view_.connections.back()->abort();
            }
            view_.mailbox->close();
            work_.reset();
        });
        if (thread_.joinable()) {
            thread_.join();
        } else {
            context_.run();
        }
    }

private:
    void stop_accepting() {
        is_accepting_ = false;
        error_code ignored;
        listener_.acceptor.close(ignored);
        local_.acceptor.close(ignored);
        if (!local_path_.empty()) {
            ::unlink(std::exchange(local_path_, {}).c_str());
        }
    }

    template <class Listener>
    void accept(Listener& listener) {
        listener.acceptor.async_accept([this, &listener](const error_code& ec, auto socket) {
            if (!is_accepting_) {
                return;
            }
            if (!ec) {
                admit(std::move(socket));
                return accept(listener);
            }
            view_.kernel.count_refusal("accept");
            listener.pause.expires_after(kAcceptPause);
            listener.pause.async_wait([this, &listener](const error_code& cancelled) {
                if (!cancelled && is_accepting_) {
                    accept(listener);
                }
            });
        });
    }

    void admit(LocalSocket socket) {
        if (!is_own_peer(socket)) {
            view_.kernel.count_refusal("local_peer");
            return;
        }
        if (has_room(socket)) {
            std::make_shared<Connection<LocalSocket>>(view_, std::move(socket),
                                                      std::string(kLocalAddress))
                ->start();
        }
    }

    void admit(Socket socket) {
        error_code ec;
        const auto peer = socket.remote_endpoint(ec);
        if (ec) {
            return;  // Gone before we looked.
        }
        socket.set_option(asio::ip::tcp::no_delay(true), ec);
        if (!has_room(socket)) {
            return;
        }
        auto address = peer.address().to_string();
        if (tls_) {
            std::make_shared<Connection<TlsSocket>>(view_, TlsSocket(std::move(socket), *tls_),
                                                    std::move(address))
                ->start();
        } else {
            std::make_shared<Connection<Socket>>(view_, std::move(socket), std::move(address))
                ->start();
        }
    }

    /// Makes the socket ready for a connection, or says that there are enough.
    template <class AnySocket>
    bool has_room(AnySocket& socket) {
        error_code ec;
        socket.non_blocking(true, ec);
        auto& kernel = view_.kernel;
        if (kernel.connections.value() <
            static_cast<std::int64_t>(kernel.limits().connections_max)) {
            return true;
        }
        kernel.count_refusal("connections_max");
        socket.write_some(asio::buffer(kFull.data(), kFull.size()), ec);
        return false;
    }

    void tick() {
        ticker_.expires_after(kTick);
        ticker_.async_wait([this](const error_code& ec) {
            if (ec || !is_ticking_) {
                return;
            }
            wheel_.advance(
                view_.tick_of(view_.kernel.clock().steady_now()),
                [](TimerWheel::Entry& entry) { static_cast<ConnectionBase&>(entry).fire(); });
            if (++ticks_ % kFlushTicks == 0) {
                view_.kernel.access_log().flush();
            }
            tell_if_drained();
            tick();
        });
    }

    void perform_tasks() {
        for (Task& task : view_.mailbox->take()) {
            task.session->perform(task);
        }
        tell_if_drained();
    }

    void tell_if_drained() {
        if (is_draining_ && view_.connections.empty() && !has_told_) {
            has_told_ = true;
            drained_.set_value();
        }
    }

    asio::io_context context_{1};
    asio::executor_work_guard<asio::io_context::executor_type> work_;
    Listener<asio::ip::tcp> listener_;
    Listener<asio::local::stream_protocol> local_;
    std::string local_path_;  ///< Of our socket file; empty where there is none.
    SteadyTimer ticker_;
    TimerWheel wheel_;
    LoopView view_;
    std::optional<asio::ssl::context> tls_;
    std::thread thread_;
    std::promise<void> drained_;
    std::shared_future<void> drained_future_{drained_.get_future().share()};
    std::uint64_t ticks_ = 0;
    bool is_accepting_ = true;
    bool is_ticking_ = true;
    bool is_draining_ = false;
    bool has_told_ = false;
    bool is_stopped_ = false;  ///< Of the owner's thread, unlike the others.
};

Loop::Loop(std::unique_ptr<State> state) : state_(std::move(state)) {}
Loop::~Loop() = default;

Result<std::unique_ptr<Loop>> Loop::listen(const Place& place, Kernel& kernel, ssl_ctx_st* tls) {
    auto state = std::make_unique<State>(kernel, tls);
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
