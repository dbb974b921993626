// SPDX-License-Identifier: Apache-2.0
// The routes a role answers, and the role client that calls them in this process: a function call
// with the same value, no JSON between. A route that is declared but not bound stops the start.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <unordered_map>
#include <utility>

#include "contracts/route.hpp"
#include "ports/roles/role_client.hpp"

namespace atlas::serving {

class HandlerTable final : public ports::RoleClient {
public:
    /// Binds a handler `Result<Response>(const Request&, const CallContext&)`. It runs on the
    /// thread of the caller, whose executor the route's execution class has chosen.
    template <class Request, class Response, class Function>
    void handle(const contracts::Route<Request, Response>& route, Function function) {
        handlers_[&route.info] = [function = std::move(function)](
                                     const ports::AnyValue& request,
                                     const ports::CallContext& context,
                                     const ports::AnyCompletion& done) {
            done(erase<Response>(function(*static_cast<const Request*>(request.get()), context)));
        };
    }

    /// Binds a handler that answers later, from any thread, and holds none meanwhile:
    /// `void(std::shared_ptr<const Request>, const CallContext&, Later<Response>)`.
    /// It calls the completion exactly once.
    template <class Response>
    using Later = std::function<void(Result<Response>)>;
    template <class Request, class Response, class Function>
    void handle_later(const contracts::Route<Request, Response>& route, Function function) {
        handlers_[&route.info] = [function = std::move(function)](
                                     const ports::AnyValue& request,
                                     const ports::CallContext& context,
                                     const ports::AnyCompletion& done) {
            function(std::static_pointer_cast<const Request>(request), context,
                     [done](Result<Response> answer) { done(erase<Response>(std::move(answer))); });
        };
    }

    /// Errors: internal, naming the first route of `routes` that has no handler.
    Result<void> require_all(std::span<const contracts::RouteInfo* const> routes) const;

    bool has(const contracts::RouteInfo& route) const { return handlers_.contains(&route); }

    void call(const contracts::RouteInfo& route, ports::AnyValue request,
              ports::CallContext context, ports::AnyCompletion done) override;

private:
    using Handler = std::function<void(const ports::AnyValue&, const ports::CallContext&,
                                       const ports::AnyCompletion&)>;
    template <class Response>
    static Result<ports::AnyValue> erase(Result<Response> answer) {
        if (!answer.has_value()) {
            return Unexpected(std::move(answer).error());
        }
        return ports::AnyValue(std::make_shared<const Response>(*std::move(answer)));
    }
    std::unordered_map<const contracts::RouteInfo*, Handler> handlers_;
};

}  // namespace atlas::serving
