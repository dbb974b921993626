// SPDX-License-Identifier: Apache-2.0
// Features as a calculator: a header, then transactions, one JSON object a line; out comes the
// vector by name. Nothing is stored.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "contracts/resources/features.hpp"
#include "features/engine/vector.hpp"
#include "serving/handler_table.hpp"

namespace atlas::roles::ml {

/// Errors: invalid_argument, naming line and field (no header, no such currency, amounts of another
///         currency or with more decimals than it has, splits that do not sum, too many lines).
Result<contracts::FeaturesValue> calculate_features(const contracts::FeatureLines& request);

/// A vector by name, in the order of the catalogue.
contracts::FeaturesValue to_value(const features::FeatureVector& vector, Date as_of,
                                  std::string currency);

contracts::FeatureCatalogue catalogue_value();

/// Binds POST /api/v1/calc/features.
void bind_feature_calculator(serving::HandlerTable& table);

}  // namespace atlas::roles::ml
