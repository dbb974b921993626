// SPDX-License-Identifier: Apache-2.0
// A request value and its HTTP form, both ways: which field travels in the path, the query, a
// header or the body follows from the route alone, so that server and client cannot disagree.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "contracts/route.hpp"

namespace atlas::contracts {

/// What a server has in hand; views live as long as the call.
struct RequestView {
    std::span<const std::pair<std::string_view, std::string_view>> path_parameters;  ///< Decoded.
    std::string_view query;  ///< Without '?', still percent-encoded.
    std::string_view body;
    std::function<std::optional<std::string_view>(std::string_view name)> header;
};

/// Fills `out`, a fresh object of the route's request type.
/// Errors: invalid_argument with a JSON pointer into the request value.
Result<void> read_request(const RouteInfo& route, const RequestView& view, void* out);

/// What a client sends.
struct RequestText {
    std::string target;  ///< Path and query, percent-encoded.
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::string_view content_type;
};
RequestText write_request(const RouteInfo& route, const void* request);

}  // namespace atlas::contracts
