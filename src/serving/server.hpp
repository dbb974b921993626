// SPDX-License-Identifier: Apache-2.0
// The HTTP/1.1 server: one loop a thread, each with its own listening socket. It knows no route of
// its own; what it serves is the Router it is given.
//
//     ATLAS_TRY_ASSIGN(auto server, Server::start(config, std::move(router), services));
//     … server->port() …
//     server->drain(std::chrono::seconds(10));
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "ports/disk.hpp"
#include "serving/access_log.hpp"
#include "serving/metrics.hpp"
#include "serving/router.hpp"

namespace atlas::serving {

/// Every limit has a name; reaching it is an answer and the metric atlas_http_refusals_total.
struct Limits {
    std::size_t request_line_bytes_max = 8 * 1024;  ///< 414
    std::size_t header_bytes_max = 16 * 1024;       ///< 431
    std::size_t header_count_max = 100;             ///< 431
    std::size_t body_bytes_max = 1024 * 1024;       ///< 413, unless the route says otherwise.
    std::size_t spill_bytes_min =
        1024 * 1024;                           ///< Held in memory up to this, where a route spills.
    std::size_t spilled_bodies_max = 4;        ///< On disk at a time: 503 with Retry-After.
    std::uint32_t header_timeout_ms = 10'000;  ///< First byte to end of head: 408.
    std::uint32_t body_timeout_ms = 30'000;    ///< End of head to end of body: 408. Of a
                                               ///< spilled one: each spill_bytes_min.
    std::uint32_t idle_timeout_ms = 30'000;    ///< Between requests: closed.
    std::uint32_t write_timeout_ms = 30'000;   ///< A client that reads nothing: closed.
    std::uint32_t request_deadline_ms = 30'000;       ///< 504, unless the route says otherwise.
    std::uint32_t linger_timeout_ms = 1'000;          ///< Reading on after a refusal, then closed.
    std::uint32_t heartbeat_ms = 15'000;              ///< Comment line on a silent event stream.
    std::size_t connections_max = 20'000;             ///< 503 and closed, all loops together.
    std::size_t compute_queue_max = 256;              ///< 503 with Retry-After.
    std::size_t blocking_queue_max = 256;             ///< 503 with Retry-After.
    std::size_t event_stream_bytes_max = 256 * 1024;  ///< Waiting for a slow client: dropped.
};

/// Files of bodies that are set aside start with this, for the moment that they have a name: what
/// a kill in that moment leaves is to be removed before the next start.
inline constexpr std::string_view kUploadPrefix = "upload-";

/// The longest path of a socket file that the kernel takes.
inline constexpr std::size_t kLocalSocketBytesMax = 107;

/// PEM texts. With `client_authorities` every client must show a certificate of theirs.
struct TlsConfig {
    std::string certificate_chain;
    std::string private_key;
    std::string client_authorities;
};

struct ServerConfig {
    std::string listen = "127.0.0.1";  ///< An address, not a name.
    std::uint16_t port = 0;            ///< 0: any free one.
    std::size_t loops = 0;             ///< Threads for sockets; 0: one a core.
    std::size_t compute_threads = 0;   ///< 0: one a core.
    std::size_t blocking_threads = 4;
    /// Also listens on this socket file (made with mode 0600, removed at the end) and answers its
    /// owner and root alone, without TLS and whatever Host says. At most kLocalSocketBytesMax.
    std::string local_socket;
    Limits limits;
    /// Where bodies too large to hold are set aside, for routes that allow it (507 when the disk
    /// is full); empty: nowhere, and RouteSpec::body_bytes_max is the limit.
    std::string upload_folder;
    /// Names accepted in Host, without port, lower case; 421 otherwise (DNS rebinding). "*": any.
    std::vector<std::string> allowed_hosts{"localhost", "127.0.0.1", "[::1]"};
    /// Origins accepted beside our own (scheme://host:port); others are answered 403.
    std::vector<std::string> allowed_origins;
    /// Empty certificate: plain HTTP.
    TlsConfig tls;
};

/// What the server borrows for its lifetime.
struct ServerServices {
    Metrics& metrics;
    AccessLog& access_log;
    const Clock& clock;
    EntropySource& entropy;       ///< Read once, for the request ids.
    ports::Disk* disk = nullptr;  ///< Of ServerConfig::upload_folder.
};

class Server {
public:
    /// Listens and serves from the moment it returns.
    /// Errors: invalid_argument (address, TLS material, path of the local socket), unavailable
    /// (port in use), conflict (another server answers at the local socket, or something else lies
    /// there).
    static Result<std::unique_ptr<Server>> start(ServerConfig config, Router router,
                                                 ServerServices services);
    /// Stops hard; call `drain` first where clients matter.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    std::uint16_t port() const;
    std::size_t connection_count() const;
    /// Stops accepting, closes idle connections, ends event streams, lets the others finish their
    /// request, then stops. False when `patience` ran out first and some were cut.
    bool drain(std::chrono::milliseconds patience);

private:
    struct State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace atlas::serving
