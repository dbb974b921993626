// SPDX-License-Identifier: Apache-2.0
// The shipped credit score model and what a household told for it: asked alone (ml) and month by
// month along a debt plan (optimiser).
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "contracts/resources/credit_score.hpp"
#include "learning/credit/score_model.hpp"

namespace atlas::roles {

/// The model inside the program, decoded once. Stops the program when the embedded bytes are
/// damaged: they are ours. Thread-safe.
const learning::credit::ScoreModel& shipped_score_model();

/// In the order of learning::credit::kFeatures; empty: not told.
using ScoreInputs =
    std::array<std::optional<contracts::RealNumber>, learning::credit::kFeatures.size()>;
ScoreInputs score_inputs(const contracts::CreditScoreValue& value);

/// `place`: JSON pointer of the inputs' object. Errors: invalid_argument beyond a feature's range,
/// at its pointer.
Result<learning::credit::Household> read_household(const ScoreInputs& told, std::string_view place);

}  // namespace atlas::roles
