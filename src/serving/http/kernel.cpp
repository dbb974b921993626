// SPDX-License-Identifier: Apache-2.0
#include "serving/http/kernel.hpp"

#include <algorithm>
#include <cstring>

#include "base/format.hpp"
#include "serving/http/request_data.hpp"

namespace atlas::serving::http {
namespace {

std::uint64_t random_start(EntropySource& entropy) {
    std::array<std::byte, 8> bytes{};
    entropy.fill(bytes);
    std::uint64_t start = 0;
    std::memcpy(&start, bytes.data(), sizeof start);
    return start;
}

// splitmix64's finaliser: a bijection, so ids stay different and do not count requests aloud.
std::uint64_t mix(std::uint64_t x) {
    x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27U)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31U);
}

std::string_view without_port(std::string_view host) {
    const auto bracket = host.find(']');
    return bracket == std::string_view::npos ? host.substr(0, host.find(':'))
                                             : host.substr(0, bracket + 1);
}

}  // namespace

Kernel::Kernel(ServerConfig config, Router router, ServerServices services)
    : connections(services.metrics.gauge("atlas_http_connections", "Open connections.")),
      event_streams(services.metrics.gauge("atlas_http_event_streams", "Open event streams.")),
      config_(std::move(config)),
      router_(std::move(router)),
      services_(services),
      next_id_(random_start(services.entropy)),
      compute_(config_.compute_threads, config_.limits.compute_queue_max),
      blocking_(config_.blocking_threads, config_.limits.blocking_queue_max) {
    for (std::size_t i = 0; i < router_.size(); ++i) {
        const RouteSpec& route = router_.route(i);
        route_metrics_.push_back(make_metrics(route.pattern, name_of(route.method)));
    }
    unrouted_metrics_ = make_metrics("-", "-");
    allows_any_host_ = std::find(config_.allowed_hosts.begin(), config_.allowed_hosts.end(), "*") !=
                       config_.allowed_hosts.end();
}

Kernel::RouteMetrics Kernel::make_metrics(std::string_view route, std::string_view method) {
    RouteMetrics made;
    const std::string route_text(route);
    const std::string method_text(method);
    for (std::size_t i = 1; i < kStatusClasses; ++i) {
        made.by_status_class[i] = &services_.metrics.counter(
            "atlas_http_requests_total", "Requests answered, by route and class of status.",
            {{"route", route_text}, {"method", method_text}, {"status", format("{}xx", i)}});
    }
    made.duration = &services_.metrics.histogram("atlas_http_request_duration_seconds",
                                                 "From the end of the request to its answer.",
                                                 {{"route", route_text}, {"method", method_text}});
    return made;
}

bool Kernel::is_allowed_host(std::string_view host) const {
    const auto name = without_port(host);
    return allows_any_host_ ||
           std::any_of(config_.allowed_hosts.begin(), config_.allowed_hosts.end(),
                       [&](const auto& allowed) { return equals_ignoring_case(allowed, name); });
}

bool Kernel::is_allowed_origin(std::string_view origin, std::string_view host) const {
    const auto scheme_end = origin.find("://");
    if (scheme_end != std::string_view::npos &&
        equals_ignoring_case(origin.substr(scheme_end + 3), host)) {
        const auto scheme = origin.substr(0, scheme_end);
        return equals_ignoring_case(scheme, "http") || equals_ignoring_case(scheme, "https");
    }
    return std::any_of(config_.allowed_origins.begin(), config_.allowed_origins.end(),
                       [&](const auto& allowed) { return equals_ignoring_case(allowed, origin); });
}

void Kernel::next_request_id(std::string& out) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    const auto id = mix(next_id_.fetch_add(1, std::memory_order_relaxed));
    out.resize(16);
    for (std::size_t i = 0; i < 16; ++i) {
        out[i] = kDigits[(id >> (60 - 4 * i)) & 0xfU];
    }
}

std::shared_ptr<BodySpill> Kernel::start_spill(std::uint64_t bytes_expected) {
    auto slot = UploadSlot::take(spilled_bodies_, limits().spilled_bodies_max);
    if (!slot.has_value()) {
        return nullptr;
    }
    std::string id;
    next_request_id(id);
    return std::make_shared<BodySpill>(
        BodySpill::Place{services_.disk,
                         format("{}/{}{}", config_.upload_folder, kUploadPrefix, id),
                         bytes_expected},
        *std::move(slot));
}

void Kernel::count_refusal(std::string_view reason) {
    services_.metrics
        .counter("atlas_http_refusals_total", "Requests the kernel refused, by reason.",
                 {{"reason", std::string(reason)}})
        .add();
}

void Kernel::finish(const Finished& finished) {
    const bool is_routed = finished.route_index != kUnrouted;
    const RouteMetrics& metrics =
        is_routed ? route_metrics_[finished.route_index] : unrouted_metrics_;
    const auto status_class = static_cast<std::size_t>(std::clamp(finished.status / 100, 1, 5));
    metrics.by_status_class[status_class]->add();
    metrics.duration->observe_micros(finished.duration_micros);
    services_.access_log.record({
        .at = services_.clock.now(),
        .request_id = finished.request_id,
        .remote_address = finished.remote_address,
        .method = finished.method,
        .route = is_routed ? std::string_view(router_.route(finished.route_index).pattern) : "-",
        .status = finished.status,
        .duration_micros = finished.duration_micros,
        .request_bytes = finished.request_bytes,
        .response_bytes = finished.response_bytes,
    });
}

}  // namespace atlas::serving::http
