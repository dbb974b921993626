// SPDX-License-Identifier: Apache-2.0
// How one role asks another. A call names a route of contracts/, carries a value and comes back as
// a completion; whether the other role lives in this process (no JSON, no socket) or on another
// machine (adapters/role_client/http) is the wiring's business.
// Contract suite: ports/testing/role_client_contract.hpp.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "contracts/route.hpp"
#include "ports/file_view.hpp"

namespace atlas::ports {

/// On whose behalf, until when, and how it is found again in logs.
struct CallContext {
    HouseholdId household;
    UserId user;
    contracts::Scope granted = contracts::Scope::open;  ///< The most the caller may do.
    Deadline deadline;
    std::stop_token stop;
    std::string traceparent;
    std::string idempotency_key;  ///< Empty: none was sent.
    /// Asked on this machine by the folder's own user: the local socket, or the command line.
    bool is_local = false;
    /// The raw body of a route with RouteInfo::spilled_bytes_max, where it was not copied into the
    /// request: its field is empty then. Shared by caller and callee.
    std::shared_ptr<const FileView> attachment{};
};

/// A request or response whose type is the route's. Shared by caller and callee, never changed.
using AnyValue = std::shared_ptr<const void>;
using AnyCompletion = std::function<void(Result<AnyValue>)>;

template <class T>
using Completion = std::function<void(Result<std::shared_ptr<const T>>)>;

/// Thread-safe.
class RoleClient {
public:
    virtual ~RoleClient() = default;

    /// Calls `done` exactly once, from any thread, perhaps before returning. `request` must be of
    /// the route's request type; the response is of its response type.
    /// Errors: whatever the handler refuses with; unavailable (the role is not there),
    ///         exhausted (its queue is full), deadline_exceeded, not_found (it has no such route).
    virtual void call(const contracts::RouteInfo& route, AnyValue request, CallContext context,
                      AnyCompletion done) = 0;
};

/// The same with the types of the route.
template <class Request, class Response>
void call(RoleClient& client, const contracts::Route<Request, Response>& route, Request request,
          CallContext context, Completion<Response> done) {
    client.call(route.info, std::make_shared<const Request>(std::move(request)), std::move(context),
                [done = std::move(done)](Result<AnyValue> response) {
                    done(std::move(response).transform([](AnyValue value) {
                        return std::static_pointer_cast<const Response>(std::move(value));
                    }));
                });
}

}  // namespace atlas::ports
