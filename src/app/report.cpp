// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

#include "app/commands.hpp"

namespace atlas::app {

int exit_code_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid_argument:
        case ErrorCode::unauthenticated:
        case ErrorCode::permission_denied:
        case ErrorCode::too_large:
        case ErrorCode::infeasible:
        case ErrorCode::unsupported: return 2;
        case ErrorCode::not_found: return 3;
        case ErrorCode::conflict: return 4;
        case ErrorCode::exhausted:
        case ErrorCode::throttled:
        case ErrorCode::no_space:
        case ErrorCode::unavailable:
        case ErrorCode::deadline_exceeded: return 5;
        case ErrorCode::data_loss:
        case ErrorCode::internal: return 1;
    }
    return 1;
}

int report(const Error& error) {
    std::fprintf(stderr, "atlas: %s\n", to_string(error).c_str());
    return exit_code_of(error.code);
}

}  // namespace atlas::app
