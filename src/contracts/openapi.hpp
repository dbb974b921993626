// SPDX-License-Identifier: Apache-2.0
// The OpenAPI 3.1 document of all routes, from the same tables that read and write requests.
#pragma once

#include <span>
#include <string>

#include "contracts/route.hpp"

namespace atlas::contracts {

/// Compact JSON; operations and schemas in a fixed order, so that equal routes give equal bytes.
std::string write_openapi(std::span<const RouteInfo* const> routes, std::string_view version);

}  // namespace atlas::contracts
