// SPDX-License-Identifier: Apache-2.0
#include "serving/http/loop.hpp"

#include <sys/socket.h>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <optional>
#include <thread>

#include "base/format.hpp"
#include "serving/http/connection.hpp"

namespace atlas::serving::http {
namespace {

using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, asio::io_context::executor_type>;
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
using SteadyTimer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                               asio::wait_traits<std::chrono::steady_clock>,
                                               asio::io_context::executor_type>;

constexpr std::chrono::milliseconds kAcceptPause{100};  // After EMFILE and the like.
constexpr int kBacklog = 4096;
constexpr std::uint64_t kFlushTicks = 40;  // Access log: once a second.
constexpr std::string_view kFull =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\n"
    "Connection: close\r\n\r\n";

}  // namespace

class Loop::State {
public:
    State(Kernel& kernel, ssl_ctx_st* tls)
        : work_(asio::make_work_guard(context_)),
          acceptor_(context_),
          pause_(context_),
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
        acceptor_.open(endpoint.protocol(), ec);
        if (!ec) {
            acceptor_.set_option(asio::socket_base::reuse_address(true), ec);
        }
        // With port 0 the first loop binds alone: the kernel may hand out a port that another
        // program shares by the same option. It is set afterwards, for our own other loops.
        if (!ec && place.port != 0) {
            acceptor_.set_option(ReusePort(true), ec);
        }
        if (!ec) {
            acceptor_.bind(endpoint, ec);
        }
        if (!ec) {
            acceptor_.set_option(ReusePort(true), ec);
        }
        if (!ec) {
            acceptor_.listen(kBacklog, ec);
        }
        if (ec) {
            return unavailable(
                format("cannot listen on {}:{}: {}", place.address, place.port, ec.message()));
        }
        return {};
    }

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

    void start() {
        accept();
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
            pause_.cancel();
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
        acceptor_.close(ignored);
    }

    void accept() {
        acceptor_.async_accept([this](const error_code& ec, Socket socket) {
            if (!is_accepting_) {
                return;
            }
            if (!ec) {
                admit(std::move(socket));
                return accept();
            }
            view_.kernel.count_refusal("accept");
            pause_.expires_after(kAcceptPause);
            pause_.async_wait([this](const error_code& cancelled) {
                if (!cancelled && is_accepting_) {
                    accept();
                }
            });
        });
    }

    void admit(Socket socket) {
        error_code ec;
        const auto peer = socket.remote_endpoint(ec);
        if (ec) {
            return;  // Gone before we looked.
        }
        socket.set_option(asio::ip::tcp::no_delay(true), ec);
        socket.non_blocking(true, ec);
        auto& kernel = view_.kernel;
        if (kernel.connections.value() >=
            static_cast<std::int64_t>(kernel.limits().connections_max)) {
            kernel.count_refusal("connections_max");
            socket.write_some(asio::buffer(kFull.data(), kFull.size()), ec);
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
    Acceptor acceptor_;
    SteadyTimer pause_;
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
