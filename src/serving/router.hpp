// SPDX-License-Identifier: Apache-2.0
// Patterns to handlers. "/api/v1/accounts/{id}" matches one segment, "/files/{path...}" all that
// is left (also nothing). A literal segment wins over a parameter, a parameter over the rest.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "serving/execution.hpp"
#include "serving/request.hpp"
#include "serving/responder.hpp"

namespace atlas::serving {

/// The request is shared between the handler and the connection, whichever needs it longer.
using Handler = std::function<void(std::shared_ptr<const Request>, Responder)>;

struct RouteSpec {
    Method method = Method::get;
    std::string pattern{};
    Execution execution = Execution::inline_;
    std::size_t body_bytes_max = 0;  ///< 0: the server's limit.
    std::uint32_t deadline_ms = 0;   ///< 0: the server's limit.
    Handler handler{};
    /// A body up to this is taken, by a file where it is above Limits::spill_bytes_min, if the
    /// server has an upload_folder. The handler finds it in Request::spilled_body().
    std::size_t spilled_bytes_max = 0;
    /// Before a body is set aside, on the blocking pool: an answer here is given at once.
    std::function<std::optional<Response>(const Request&)> admission{};
};

inline constexpr std::size_t kPathSegmentsMax = 64;
inline constexpr std::size_t kPathParametersMax = 8;

/// What a path leads to. Without a route, `allowed` says whether another method would do.
struct RouteMatch {
    const RouteSpec* route = nullptr;
    std::size_t route_index = 0;
    std::vector<PathParameter> parameters;
    std::uint8_t allowed = 0;   ///< Bit per Method; HEAD and OPTIONS are included where answered.
    bool is_malformed = false;  ///< The path has a broken percent escape: 400.
};

class Router {
public:
    Router();
    ~Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;

    /// Errors: invalid_argument for a malformed pattern, no handler, HEAD or OPTIONS (the kernel
    /// answers those); conflict for a second route of the same method and shape.
    Result<void> add(RouteSpec spec);
    /// HEAD finds the route of GET. Cost: one comparison a segment, backtracking over parameters.
    RouteMatch find(Method method, std::string_view path) const;

    std::size_t size() const { return routes_.size(); }
    const RouteSpec& route(std::size_t index) const { return *routes_[index]; }

private:
    struct Node;
    std::unique_ptr<Node> root_;
    std::vector<std::unique_ptr<RouteSpec>> routes_;
};

/// "GET, HEAD, OPTIONS" for RouteMatch::allowed.
std::string allow_header(std::uint8_t allowed);

}  // namespace atlas::serving
