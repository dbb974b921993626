// SPDX-License-Identifier: Apache-2.0
// `atlas evaluate NAME`: a model's figures on somebody's labelled rows, as JSON.
#include <cstdio>

#include "app/commands.hpp"
#include "app/rate_tables.hpp"
#include "app/text_file.hpp"
#include "base/embedded_model.hpp"
#include "base/format.hpp"
#include "roles/ml/categorise_training.hpp"
#include "roles/ml/credit_score.hpp"
#include "roles/optimiser/rate_forecast.hpp"
#include "roles/shipped_model.hpp"

namespace atlas::app {
namespace {

using learning::categorise::Learning;

Learning learning_of(const EvaluateOptions& options) {
    if (!options.replay) {
        return Learning::off;
    }
    return options.answers == "questions" ? Learning::from_questions : Learning::on;
}

Result<std::string> evaluate(const EvaluateOptions& options) {
    if (options.name == "rates") {
        ATLAS_TRY_ASSIGN(const auto tables, read_rate_tables(options.data));
        return roles::optimiser::evaluate_rates(tables);
    }
    const bool is_score = options.name == "credit-score";
    if (!is_score && options.name != "categorise") {
        return not_found(format("no figures for \"{}\"; there are: categorise, credit-score, rates",
                                options.name));
    }
    ATLAS_TRY_ASSIGN(const std::string data, read_text_file(options.data));
    std::string model(embedded_model(is_score ? "credit_score" : "categorise"));
    if (!options.model.empty()) {
        ATLAS_TRY_ASSIGN(model, read_text_file(options.model + "/model.bin"));
        ATLAS_TRY_ASSIGN(const std::string manifest,
                         read_text_file(options.model + "/manifest.json"));
        const auto signature = read_text_file(options.model + "/manifest.sig");
        ATLAS_TRY(roles::check_model_files(
            {.name = options.model,
             .model_bin = model,
             .manifest = manifest,
             .signature = signature.has_value() ? std::string_view(*signature) : ""},
            options.is_unsigned_accepted));
    }
    return is_score ? roles::ml::evaluate_credit_score(model, data)
                    : roles::ml::evaluate_categoriser(model, data, learning_of(options));
}

}  // namespace

int run_evaluate(const EvaluateOptions& options) {
    const auto figures = evaluate(options);
    if (!figures.has_value()) {
        return report(figures.error());
    }
    std::fputs(figures->c_str(), stdout);
    return 0;
}

}  // namespace atlas::app
