// SPDX-License-Identifier: Apache-2.0
// One thread, one poller, one listening socket and perhaps a socket file.
#pragma once

#include <chrono>
#include <cstdint>
#include <future>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "serving/http/kernel.hpp"
#include "serving/http/tls_context.hpp"

namespace atlas::serving::http {

class Loop {
public:
    struct Place {
        std::string address;
        std::uint16_t port = 0;
        bool is_shared = false;  ///< With another loop of ours, which has bound it already.
    };
    /// Binds and listens; `tls` may be null and is borrowed, as the kernel is.
    /// Errors: invalid_argument for the address, unavailable where the port is taken.
    static Result<std::unique_ptr<Loop>> listen(const Place& place, Kernel& kernel,
                                                ssl_ctx_st* tls);
    /// Stops hard if it still runs.
    ~Loop();

    /// Before start(): also listens on a socket file, for our own user and root. The file of a
    /// server that no longer answers is replaced.
    /// Errors: invalid_argument (too long), conflict (in use, or no socket), unavailable.
    Result<void> listen_local(const std::string& path);

    std::uint16_t port() const;
    void start();
    /// Any thread: no more connections; those there are end after their request. The future is
    /// ready when none is left.
    std::shared_future<void> drain();
    /// Any thread: cuts everything and joins.
    void stop();

private:
    class State;
    explicit Loop(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace atlas::serving::http
