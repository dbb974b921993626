// SPDX-License-Identifier: Apache-2.0
// A small HTTP/1.1 client to one host or socket file: role to role, and in tests. Asynchronous by
// completion, connections kept alive, a deadline on every call, TLS and a client certificate where
// given.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "serving/request.hpp"
#include "serving/server.hpp"

namespace atlas::serving {

struct HttpClientConfig {
    /// An address, not a name; or "unix:/path/of/a/socket", where the port means nothing.
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;
    std::string
        host;  ///< Host header and TLS server name; empty: the address, of a socket localhost.
    std::size_t connections_max = 16;  ///< Calls beyond it wait in the queue.
    std::size_t queue_max = 256;       ///< exhausted beyond it.
    std::size_t body_bytes_max = 16 * 1024 * 1024;
    std::uint32_t idle_timeout_ms =
        10'000;  ///< Shorter than the server's, so that it closes first.
    /// PEM of the authorities trusted for the server; empty: plain HTTP.
    std::string server_authorities;
    /// Our own certificate for mutual TLS, or empty. `client_authorities` is not used.
    TlsConfig identity;
};

struct ClientRequest {
    Method method = Method::get;
    std::string target = "/";
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string content_type{};
    std::string body{};
    /// Sent instead of `body`, and not held in memory.
    std::shared_ptr<const ports::FileView> body_file{};
    std::chrono::milliseconds timeout{5'000};  ///< From `send` to the whole answer.
};

struct ClientResponse {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;

    /// First header of that name, letter case ignored, or empty.
    std::string_view header(std::string_view name) const;
};

/// Called once, on the client's thread; it must not block.
using Completion = std::function<void(Result<ClientResponse>)>;

class HttpClient {
public:
    /// Errors: invalid_argument for the address or the TLS material.
    static Result<std::unique_ptr<HttpClient>> create(HttpClientConfig config);
    /// What is under way ends with unavailable.
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    /// Any thread. Any status is an answer. A kept connection that the server had closed
    /// meanwhile is replaced once, for GET, HEAD, PUT and DELETE alone.
    /// Errors: deadline_exceeded; unavailable (no connection, or it broke); exhausted (queue
    /// full); too_large (body); invalid_argument (a header that would split the request).
    void send(ClientRequest request, Completion completion);
    /// `send`, and waits for it. Never on a loop.
    Result<ClientResponse> call(ClientRequest request);

private:
    class State;
    explicit HttpClient(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace atlas::serving
