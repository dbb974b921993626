// SPDX-License-Identifier: Apache-2.0
// What all connections of a server share: configuration, routes, pools, metrics, request ids.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "serving/http/body_spill.hpp"
#include "serving/http/worker_pool.hpp"
#include "serving/server.hpp"

namespace atlas::serving::http {

/// Index of requests that reached no route.
inline constexpr std::size_t kUnrouted = static_cast<std::size_t>(-1);

/// One finished exchange, for metrics and log.
struct Finished {
    std::size_t route_index = kUnrouted;
    std::string_view method;
    std::string_view request_id;
    std::string_view remote_address;
    int status = 0;
    std::uint64_t duration_micros = 0;
    std::uint64_t request_bytes = 0;
    std::uint64_t response_bytes = 0;
};

class Kernel {
public:
    /// `config` has its defaults (thread counts) filled in.
    Kernel(ServerConfig config, Router router, ServerServices services);

    const ServerConfig& config() const { return config_; }
    const Limits& limits() const { return config_.limits; }
    const Router& router() const { return router_; }
    const Clock& clock() const { return services_.clock; }
    AccessLog& access_log() const { return services_.access_log; }
    WorkerPool& compute() { return compute_; }
    WorkerPool& blocking() { return blocking_; }

    /// Where a body of `bytes_expected` (0: not known) goes that is too large to hold. Empty where
    /// Limits::spilled_bodies_max lie there already.
    std::shared_ptr<BodySpill> start_spill(std::uint64_t bytes_expected);
    bool can_spill() const { return services_.disk != nullptr && !config_.upload_folder.empty(); }

    /// Host header without port, in lower case, against the list.
    bool is_allowed_host(std::string_view host) const;
    /// The Origin header: our own (same authority as Host) or listed.
    bool is_allowed_origin(std::string_view origin, std::string_view host) const;

    /// 16 hexadecimal digits, different for every request of this process.
    void next_request_id(std::string& out);
    void count_refusal(std::string_view reason);
    void finish(const Finished& finished);

    Gauge& connections;
    Gauge& event_streams;

private:
    static constexpr std::size_t kStatusClasses = 6;
    struct RouteMetrics {
        std::array<Counter*, kStatusClasses> by_status_class{};
        Histogram* duration = nullptr;
    };
    RouteMetrics make_metrics(std::string_view route, std::string_view method);

    const ServerConfig config_;
    const Router router_;
    const ServerServices services_;
    std::vector<RouteMetrics> route_metrics_;
    RouteMetrics unrouted_metrics_;
    std::atomic<std::uint64_t> next_id_;
    /// Shared with the slots, which a view may hold beyond the server's end.
    std::shared_ptr<std::atomic<std::size_t>> spilled_bodies_ =
        std::make_shared<std::atomic<std::size_t>>(0);
    bool allows_any_host_ = false;
    WorkerPool compute_;
    WorkerPool blocking_;
};

}  // namespace atlas::serving::http
