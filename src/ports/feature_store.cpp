// SPDX-License-Identifier: Apache-2.0
#include "ports/feature_store.hpp"

#include <algorithm>

#include "base/format.hpp"

namespace atlas::ports {

Result<void> check_limits(std::span<const StoredVector> vectors) {
    if (vectors.size() > kFeatureRowsMax) {
        return invalid_argument(
            "/vectors", format("{} vectors; at most {} accepted", vectors.size(), kFeatureRowsMax));
    }
    for (const StoredVector& vector : vectors) {
        if (vector.values.empty() || vector.values.size() > kFeatureWidthMax) {
            return invalid_argument("/vectors", format("a vector of {} values; 1 to {} accepted",
                                                       vector.values.size(), kFeatureWidthMax));
        }
    }
    return {};
}

Result<void> check_limits(HouseholdId household, const FeatureCommit& commit) {
    ATLAS_TRY(check_limits(commit.vectors));
    if (!std::ranges::all_of(commit.vectors, [&](const StoredVector& vector) {
            return vector.household == household;
        })) {
        return invalid_argument("/vectors", "a vector of another household");
    }
    if (commit.scalars.size() > kFeatureRowsMax) {
        return invalid_argument("/scalars", format("{} scalars; at most {} accepted",
                                                   commit.scalars.size(), kFeatureRowsMax));
    }
    if (commit.state.bytes.size() > kFeatureStateBytesMax) {
        return invalid_argument("/state", format("a state of {} bytes; at most {} accepted",
                                                 commit.state.bytes.size(), kFeatureStateBytesMax));
    }
    return {};
}

}  // namespace atlas::ports
