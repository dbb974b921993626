// SPDX-License-Identifier: Apache-2.0
// The public door: every route of the contract by way of the roles, the pages, sign-in by one-use
// link, live updates, and what operators ask (/health, /ready, /metrics, /openapi.json).
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "ports/event_bus.hpp"
#include "ports/roles/role_client.hpp"
#include "roles/gateway/event_tail.hpp"
#include "roles/gateway/live_updates.hpp"
#include "roles/gateway/sessions.hpp"
#include "serving/metrics.hpp"
#include "serving/router.hpp"
#include "serving/static_files.hpp"

namespace atlas::roles::gateway {

/// Borrowed for the gateway's lifetime, but `pages`, which may be null.
struct GatewayParts {
    ports::RoleClient& finance_engine;
    Sessions& sessions;
    LiveUpdates& updates;
    EventTail& tail;
    serving::Metrics& metrics;
    ports::EventBus& bus;
    std::shared_ptr<const serving::StaticFiles> pages;
    std::string version;
    /// Says what is wrong when the program cannot serve; empty: ready.
    std::function<std::string()> not_ready;
};

/// Builds the router. Errors: those of Router::add.
Result<serving::Router> make_router(const GatewayParts& parts);

/// The pages' content security policy; "{script_hashes}" is filled in for each page.
inline constexpr std::string_view kPagePolicy =
    "default-src 'self'; script-src 'self' {script_hashes}; style-src 'self'; img-src 'self' "
    "data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";

}  // namespace atlas::roles::gateway
