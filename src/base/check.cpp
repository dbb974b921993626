// SPDX-License-Identifier: Apache-2.0
#include "base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace atlas::detail {

void check_failed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "atlas: check failed: %s at %s:%d\n", condition, file, line);
    std::abort();
}

}  // namespace atlas::detail
