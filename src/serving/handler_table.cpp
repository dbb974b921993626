// SPDX-License-Identifier: Apache-2.0
#include "serving/handler_table.hpp"

#include "base/format.hpp"

namespace atlas::serving {

Result<void> HandlerTable::require_all(std::span<const contracts::RouteInfo* const> routes) const {
    for (const contracts::RouteInfo* route : routes) {
        if (!has(*route)) {
            return internal(
                format("route {} {} has no handler", name_of(route->method), route->path));
        }
    }
    return {};
}

void HandlerTable::call(const contracts::RouteInfo& route, ports::AnyValue request,
                        ports::CallContext context, ports::AnyCompletion done) {
    const auto found = handlers_.find(&route);
    if (found == handlers_.end()) {
        done(not_found(format("{} {} is not served here", name_of(route.method), route.path)));
        return;
    }
    if (context.stop.stop_requested()) {
        done(fail(ErrorCode::deadline_exceeded, {}, "the caller has stopped waiting"));
        return;
    }
    found->second(request, context, done);
}

}  // namespace atlas::serving
