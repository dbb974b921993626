// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

#include "app/commands.hpp"
#include "contracts/openapi.hpp"

namespace atlas::app {
namespace {

constexpr const char* kVersion = "0.1.0";

#if defined(__x86_64__)
constexpr const char* kArchitecture = "x86-64-v2";
#elif defined(__aarch64__)
constexpr const char* kArchitecture = "arm64";
#else
constexpr const char* kArchitecture = "other";
#endif

}  // namespace

std::string version_text() {
    return kVersion;
}

int run_version(bool json) {
    if (json) {
        std::printf("{\"version\":\"%s\",\"architecture\":\"%s\",\"compiler\":\"%s\"}\n", kVersion,
                    kArchitecture, __VERSION__);
    } else {
        std::printf("atlas %s (%s)\n", kVersion, kArchitecture);
    }
    return 0;
}

int run_openapi() {
    std::puts(contracts::write_openapi(contracts::all_routes(), kVersion).c_str());
    return 0;
}

}  // namespace atlas::app
