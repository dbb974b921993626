// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"

namespace atlas {

std::string_view name_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid_argument: return "invalid_argument";
        case ErrorCode::unauthenticated: return "unauthenticated";
        case ErrorCode::permission_denied: return "permission_denied";
        case ErrorCode::not_found: return "not_found";
        case ErrorCode::conflict: return "conflict";
        case ErrorCode::too_large: return "too_large";
        case ErrorCode::infeasible: return "infeasible";
        case ErrorCode::exhausted: return "exhausted";
        case ErrorCode::throttled: return "throttled";
        case ErrorCode::no_space: return "no_space";
        case ErrorCode::unavailable: return "unavailable";
        case ErrorCode::deadline_exceeded: return "deadline_exceeded";
        case ErrorCode::data_loss: return "data_loss";
        case ErrorCode::unsupported: return "unsupported";
        case ErrorCode::internal: return "internal";
    }
    return "internal";
}

std::string to_string(const Error& error) {
    return error.place.empty() ? error.message : error.message + " (" + error.place + ")";
}

}  // namespace atlas
