# contracts/resources/X.cpp declares X_routes(); this writes all_routes(), which joins them, so that
# a new resource is one new file and no line anywhere else.
file(GLOB resources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/contracts/resources/*.cpp)
list(FILTER resources EXCLUDE REGEX "_test\\.cpp$")
set(declarations "")
set(calls "")
foreach(resource IN LISTS resources)
  get_filename_component(name ${resource} NAME_WE)
  string(APPEND declarations "std::span<const RouteInfo* const> ${name}_routes();\n")
  string(APPEND calls "        append(${name}_routes());\n")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/all_routes.cpp CONTENT [[
// Written by tools/cmake/resources.cmake from the names in src/contracts/resources/.
#include <vector>

#include "contracts/route.hpp"

namespace atlas::contracts {

@declarations@
std::span<const RouteInfo* const> all_routes() {
    static const std::vector<const RouteInfo*> kAll = [] {
        std::vector<const RouteInfo*> all;
        const auto append = [&](std::span<const RouteInfo* const> routes) {
            all.insert(all.end(), routes.begin(), routes.end());
        };
@calls@        return all;
    }();
    return kAll;
}

}  // namespace atlas::contracts
]] @ONLY)
target_sources(atlas_contracts PRIVATE ${CMAKE_BINARY_DIR}/generated/all_routes.cpp)
