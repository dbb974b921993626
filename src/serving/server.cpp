// SPDX-License-Identifier: Apache-2.0
#include "serving/server.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include "serving/http/kernel.hpp"
#include "serving/http/loop.hpp"
#include "serving/http/tls_context.hpp"

namespace atlas::serving {

// Destroyed bottom up: loops stop first, so that the pools' last answers find closed mailboxes.
struct Server::State {
    State(ServerConfig config, Router router, ServerServices services)
        : kernel(std::move(config), std::move(router), services) {}

    http::TlsContext tls;
    http::Kernel kernel;
    std::vector<std::unique_ptr<http::Loop>> loops;
    std::uint16_t port = 0;
};

Result<std::unique_ptr<Server>> Server::start(ServerConfig config, Router router,
                                              ServerServices services) {
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    config.loops = config.loops > 0 ? config.loops : cores;
    config.compute_threads = config.compute_threads > 0 ? config.compute_threads : cores;
    config.blocking_threads = std::max<std::size_t>(config.blocking_threads, 1);

    auto state = std::make_unique<State>(std::move(config), std::move(router), services);
    const ServerConfig& settled = state->kernel.config();
    if (!settled.tls.certificate_chain.empty()) {
        ATLAS_TRY_ASSIGN(state->tls, http::make_server_context(settled.tls));
    }
    state->port = settled.port;
    for (std::size_t i = 0; i < settled.loops; ++i) {
        ATLAS_TRY_ASSIGN(auto loop, http::Loop::listen({settled.listen, state->port, i > 0},
                                                       state->kernel, state->tls.get()));
        state->port = loop->port();
        state->loops.push_back(std::move(loop));
    }
    if (!settled.local_socket.empty()) {
        ATLAS_TRY(state->loops.front()->listen_local(settled.local_socket));
    }
    for (const auto& loop : state->loops) {
        loop->start();
    }
    return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}

Server::~Server() {
    for (const auto& loop : state_->loops) {
        loop->stop();
    }
    state_->kernel.access_log().flush();
}

std::uint16_t Server::port() const {
    return state_->port;
}

std::size_t Server::connection_count() const {
    return static_cast<std::size_t>(std::max<std::int64_t>(0, state_->kernel.connections.value()));
}

bool Server::drain(std::chrono::milliseconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    std::vector<std::shared_future<void>> ends;
    for (const auto& loop : state_->loops) {
        ends.push_back(loop->drain());
    }
    bool is_complete = true;
    for (const auto& end : ends) {
        is_complete = end.wait_until(until) == std::future_status::ready && is_complete;
    }
    for (const auto& loop : state_->loops) {
        loop->stop();
    }
    return is_complete;
}

}  // namespace atlas::serving
