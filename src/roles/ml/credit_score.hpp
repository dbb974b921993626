// SPDX-License-Identifier: Apache-2.0
// The credit-score estimator: the shipped model as a calculator, its recipe and its figures.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "serving/handler_table.hpp"

namespace atlas::roles::ml {

/// Binds POST /api/v1/calc/credit-score.
void bind_credit_score(serving::HandlerTable& table);

/// What goes into models/credit_score/VERSION/, but for the signature.
struct TrainedScoreModel {
    std::string model_bin;
    std::string manifest_json;
};
/// Shapes: `csv` as read_lendingclub. Cost: about a minute. Errors: those of reading and training.
Result<TrainedScoreModel> train_credit_score(std::string_view csv, std::uint64_t seed,
                                             std::string_view version);

/// Figures as JSON on rows the model has not seen. Errors: as decode and read_lendingclub.
Result<std::string> evaluate_credit_score(std::string_view model_bin, std::string_view csv);

}  // namespace atlas::roles::ml
