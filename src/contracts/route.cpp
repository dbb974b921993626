// SPDX-License-Identifier: Apache-2.0
#include "contracts/route.hpp"

namespace atlas::contracts {

std::string_view name_of(Method method) {
    switch (method) {
        case Method::get: return "GET";
        case Method::post: return "POST";
        case Method::put: return "PUT";
        case Method::patch: return "PATCH";
        case Method::del: return "DELETE";
    }
    return "GET";
}

const RouteInfo* find_calculator(std::string_view name) {
    constexpr std::string_view kPrefix = "/api/v1/calc/";
    for (const RouteInfo* route : all_routes()) {
        if (route->path.starts_with(kPrefix) && route->path.substr(kPrefix.size()) == name) {
            return route;
        }
    }
    return nullptr;
}

}  // namespace atlas::contracts
