// SPDX-License-Identifier: Apache-2.0
// The values of every feature at one moment, in the order of the catalogue.
#pragma once

#include <array>
#include <bitset>

#include "features/catalogue/catalogue.hpp"

namespace atlas::features {

struct FeatureVector {
    std::array<double, kFeatureCount> values{};
    /// Set where the history is too short or nothing of the kind is known; the value is then the
    /// row's default. A quotient with nothing below it is the default too, but not missing.
    std::bitset<kFeatureCount> missing;

    friend bool operator==(const FeatureVector&, const FeatureVector&) = default;
};

}  // namespace atlas::features
