// SPDX-License-Identifier: Apache-2.0
#include "contracts/resources/reviews.hpp"

namespace atlas::contracts {

std::span<const RouteInfo* const> reviews_routes() {
    static constexpr const RouteInfo* kRoutes[] = {
        &list_reviews.info,        &accept_review.info, &pick_review.info,   &skip_review.info,
        &refile_transactions.info, &fit_filing.info,    &explain_filing.info};
    return kRoutes;
}

}  // namespace atlas::contracts
