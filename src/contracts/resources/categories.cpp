// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/categories.hpp"

namespace atlas::contracts {

std::span<const RouteInfo *const> categories_routes() {
  static constexpr const RouteInfo *kRoutes[] = {
      &list_categories.info, &add_category.info, &change_category.info};
  return kRoutes;
}

} // namespace atlas::contracts
