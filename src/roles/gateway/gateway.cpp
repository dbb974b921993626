// SPDX-License-Identifier: Apache-2.0
#include "roles/gateway/gateway.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/codec/wire.hpp"
#include "contracts/openapi.hpp"
#include "contracts/resources/events.hpp"
#include "contracts/resources/session.hpp"
#include "serving/bind_routes.hpp"
#include "serving/problem.hpp"

namespace atlas::roles::gateway {
namespace {

using serving::Execution;
using serving::Method;
using serving::Request;
using serving::Responder;
using serving::Response;

using RequestPointer = std::shared_ptr<const Request>;

/// The routes that the gateway answers itself.
bool is_own(const contracts::RouteInfo* route) {
    return route == &contracts::get_session.info || route == &contracts::stream_updates.info ||
           route == &contracts::stream_events.info;
}

Result<void> add_operations(serving::Router& router, const GatewayParts& parts) {
    ATLAS_TRY(router.add({.pattern = "/health", .handler = [](RequestPointer, Responder out) {
                              out.send(serving::json_response(R"({"status":"live"})"));
                          }}));
    ATLAS_TRY(
        router.add({.pattern = "/ready",
                    .execution = Execution::blocking,
                    .handler = [&bus = parts.bus, not_ready = parts.not_ready](
                                   RequestPointer request, Responder out) {
                        const std::string trouble = not_ready();
                        if (!trouble.empty()) {
                            out.send(serving::to_response(
                                Error{ErrorCode::unavailable, trouble, {}}, request->request_id()));
                            return;
                        }
                        const ports::BusCapabilities bus_is = bus.capabilities();
                        out.send(serving::json_response(format(
                            R"({{"status":"ready","event_bus":{{"engine":"{}","survives_crash":{},)"
                            R"("durability":"{}"}}}})",
                            bus_is.engine, bus_is.survives_crash, bus_is.durability)));
                    }}));
    ATLAS_TRY(router.add({.pattern = "/metrics",
                          .handler = [&metrics = parts.metrics](RequestPointer, Responder out) {
                              Response response;
                              response.content_type = "text/plain; version=0.0.4; charset=utf-8";
                              response.body = metrics.exposition();
                              out.send(std::move(response));
                          }}));
    auto document = std::make_shared<const std::string>(
        contracts::write_openapi(contracts::all_routes(), parts.version));
    ATLAS_TRY(router.add(
        {.pattern = "/openapi.json", .handler = [document](RequestPointer, Responder out) {
             Response response;
             response.content_type = "application/json";
             response.shared_body = document;
             out.send(std::move(response));
         }}));
    return {};
}

/// GET /login?token=…: the link printed at the start. Answers a redirect either way: a browser
/// shows pages, not problems.
void login(Sessions& sessions, const RequestPointer& request, Responder out) {
    const auto token = request->query_parameter("token");
    const auto cookie = token.has_value()
                            ? sessions.open_session(*token, request->is_secure())
                            : Result<std::string>(fail(ErrorCode::unauthenticated, {}, "no token"));
    Response response;
    response.status = 303;
    response.headers.emplace_back("Location", "/");
    response.headers.emplace_back("Cache-Control", "no-store");
    response.headers.emplace_back("Referrer-Policy", "no-referrer");
    if (cookie.has_value()) {
        response.headers.emplace_back("Set-Cookie", *cookie);
    }
    out.send(std::move(response));
}

/// GET /api/v1/events/stream.
Result<void> follow_events(const GatewayParts& parts, const Request& request, Responder& out) {
    ATLAS_TRY_ASSIGN(const auto who, parts.sessions.authenticate(request));
    contracts::StreamEvents wanted;
    ATLAS_TRY(contracts::read_request(
        contracts::stream_events.info,
        {.path_parameters = {},
         .query = request.query(),
         .body = {},
         .header = [&](std::string_view name) { return request.header(name); }},
        &wanted));
    ATLAS_TRY_ASSIGN(const ports::Offset from, parts.tail.begin(who.household, wanted));
    parts.tail.add(who.household, wanted.topic, from,
                   out.start_event_stream({{"Cache-Control", "no-store"}}));
    return {};
}

Result<void> add_events(serving::Router& router, const GatewayParts& parts) {
    return router.add({.pattern = std::string(contracts::stream_events.info.path),
                       .execution = Execution::blocking,
                       .handler = [parts](RequestPointer request, Responder out) {
                           const auto followed = follow_events(parts, *request, out);
                           if (!followed.has_value()) {
                               out.send(
                                   serving::to_response(followed.error(), request->request_id()));
                           }
                       }});
}

Result<void> add_sessions(serving::Router& router, const GatewayParts& parts) {
    ATLAS_TRY(
        router.add({.pattern = "/login",
                    .execution = Execution::blocking,
                    .handler = [&sessions = parts.sessions](RequestPointer request, Responder out) {
                        login(sessions, request, std::move(out));
                    }}));
    ATLAS_TRY(router.add(
        {.pattern = std::string(contracts::get_session.info.path),
         .execution = Execution::blocking,
         .handler = [&sessions = parts.sessions](RequestPointer request, Responder out) {
             const auto who = sessions.authenticate(*request);
             if (!who.has_value()) {
                 out.send(serving::to_response(who.error(), request->request_id()));
                 return;
             }
             Response response = serving::json_response(contracts::encode(
                 contracts::SessionValue{.user = who->user,
                                         .household = who->household,
                                         .write = who->granted >= contracts::Scope::write}));
             response.headers.emplace_back("Cache-Control", "no-store");
             out.send(std::move(response));
         }}));
    ATLAS_TRY(router.add(
        {.pattern = std::string(contracts::stream_updates.info.path),
         .execution = Execution::blocking,
         .handler = [&sessions = parts.sessions, &updates = parts.updates](RequestPointer request,
                                                                           Responder out) {
             const auto who = sessions.authenticate(*request);
             if (!who.has_value()) {
                 out.send(serving::to_response(who.error(), request->request_id()));
                 return;
             }
             if (const auto room = updates.require_room(who->household); !room.has_value()) {
                 out.send(serving::to_response(room.error(), request->request_id()));
                 return;
             }
             updates.add(who->household, out.start_event_stream({{"Cache-Control", "no-store"}}));
         }}));
    return {};
}

}  // namespace

Result<serving::Router> make_router(const GatewayParts& parts) {
    serving::Router router;
    std::vector<const contracts::RouteInfo*> routes;
    for (const contracts::RouteInfo* route : contracts::all_routes()) {
        if (!is_own(route)) {
            routes.push_back(route);
        }
    }
    ATLAS_TRY(serving::bind_routes(router, routes, parts.finance_engine, parts.sessions));
    ATLAS_TRY(add_operations(router, parts));
    ATLAS_TRY(add_sessions(router, parts));
    ATLAS_TRY(add_events(router, parts));
    if (parts.pages != nullptr) {
        ATLAS_TRY(router.add(serving::static_route(parts.pages)));
    }
    return router;
}

}  // namespace atlas::roles::gateway
