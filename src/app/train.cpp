// SPDX-License-Identifier: Apache-2.0
// `atlas train NAME`: the recipe of a shipped model, from the project's own tables to an artefact.
#include <cstdio>
#include <filesystem>

#include "app/commands.hpp"
#include "app/text_file.hpp"
#include "base/embedded_file.hpp"
#include "base/format.hpp"
#include "roles/ml/categorise_training.hpp"

namespace atlas::app {
namespace {

Result<std::string> train_categoriser(const TrainOptions& options) {
    const std::string folder = options.data.empty() ? "data/knowledge" : options.data;
    ATLAS_TRY_ASSIGN(const std::string brands, read_text_file(folder + "/brands.tsv"));
    ATLAS_TRY_ASSIGN(const std::string merchants, read_text_file(folder + "/merchants.tsv"));
    ATLAS_TRY_ASSIGN(const std::string words, read_text_file(folder + "/words.tsv"));
    ATLAS_TRY_ASSIGN(const std::string codes, read_text_file(folder + "/mcc.tsv"));
    ATLAS_TRY_ASSIGN(const std::string priors, read_text_file(folder + "/priors.tsv"));
    const std::string version = std::filesystem::path(options.out).filename().string();
    ATLAS_TRY_ASSIGN(const roles::ml::TrainedCategoriser trained,
                     roles::ml::train_categoriser({.taxonomy = embedded_file("taxonomy.tsv"),
                                                   .brands = brands,
                                                   .merchants = merchants,
                                                   .words = words,
                                                   .codes = codes,
                                                   .priors = priors},
                                                  {.seed = options.seed}, version));
    std::error_code code;
    std::filesystem::create_directories(options.out, code);
    ATLAS_TRY(write_text_file(options.out + "/model.bin", trained.model_bin));
    ATLAS_TRY(write_text_file(options.out + "/manifest.json", trained.manifest_json));
    return trained.manifest_json;
}

}  // namespace

int run_train(const TrainOptions& options) {
    if (options.name != "categorise") {
        return report(
            not_found(format("no recipe for \"{}\"; there is: categorise", options.name)).error());
    }
    const auto manifest = train_categoriser(options);
    if (!manifest.has_value()) {
        return report(manifest.error());
    }
    std::fputs(manifest->c_str(), stdout);
    return 0;
}

}  // namespace atlas::app
