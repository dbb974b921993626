// SPDX-License-Identifier: Apache-2.0
// `atlas train categorise` and `atlas evaluate categorise` without the files: texts in, an artefact
// or figures out.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "learning/categorise/evaluate.hpp"
#include "learning/categorise/train.hpp"

namespace atlas::roles::ml {

/// What goes into models/categorise/VERSION/, but for the signature.
struct TrainedCategoriser {
    std::string model_bin;
    std::string manifest_json;
};

/// Cost: about a minute. Errors: as train_model; invalid_argument naming the text.
Result<TrainedCategoriser> train_categoriser(const learning::categorise::KnowledgeTexts& texts,
                                             const learning::categorise::TrainOptions& options,
                                             std::string_view version);

/// A model fitted to somebody's rows, and whether it is better on the later ones.
struct FittedCategoriser {
    std::string model_bin;
    std::string manifest_json;
    std::string figures_json;
    bool is_used = false;
};
/// Fits `model_bin` to labelled rows; what it learned of them is in it, so it is private.
/// Errors: those of Cascade::load, read_labelled_rows and fit_own_numbers.
Result<FittedCategoriser> fit_categoriser(std::string_view model_bin, std::string_view data,
                                          std::string_view version);

/// Figures of one user's rows as JSON. With learning labels are revealed after predictions, and the
/// figures of the settled user (after 500 labelled rows) stand beside those of all.
/// Errors: those of Cascade::load and read_labelled_rows.
Result<std::string> evaluate_categoriser(std::string_view model_bin, std::string_view data,
                                         learning::categorise::Learning learning);

}  // namespace atlas::roles::ml
