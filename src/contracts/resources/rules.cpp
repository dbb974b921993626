// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/rules.hpp"

namespace atlas::contracts {

std::span<const RouteInfo *const> rules_routes() {
  static constexpr const RouteInfo *kRoutes[] = {&list_rules.info,
                                                 &save_rule.info,
                                                 &remove_rule.info,
                                                 &dry_run_rule.info,
                                                 &apply_rules.info,
                                                 &list_rule_suggestions.info,
                                                 &reject_rule_suggestion.info};
  return kRoutes;
}

} // namespace atlas::contracts
