// SPDX-License-Identifier: Apache-2.0
// `atlas train NAME`: the recipe of a shipped model, from the project's own tables to an artefact.
#include <cstdio>
#include <filesystem>

#include "app/commands.hpp"
#include "app/door.hpp"
#include "app/rate_tables.hpp"
#include "app/text_file.hpp"
#include "base/ed25519.hpp"
#include "base/embedded_file.hpp"
#include "base/embedded_model.hpp"
#include "base/format.hpp"
#include "base/sha256.hpp"
#include "contracts/codec/json.hpp"
#include "contracts/resources/reviews.hpp"
#include "roles/finance_engine/consolidation_rule.hpp"
#include "roles/ml/categorise_training.hpp"
#include "roles/ml/credit_score.hpp"
#include "roles/optimiser/rate_forecast.hpp"

namespace atlas::app {
namespace {

std::string version_of(const TrainOptions& options) {
    return std::filesystem::path(options.out).filename().string();
}

/// The manifest holds the model's hash, so that a signature of it covers both.
Result<void> sign_manifest(const TrainOptions& options, std::string_view manifest) {
    if (options.key.empty()) {
        return {};
    }
    ATLAS_TRY_ASSIGN(const std::string hex, read_text_file(options.key));
    ATLAS_TRY_ASSIGN(const Ed25519Seed seed, ed25519_key_from_hex(hex.substr(0, hex.find('\n'))));
    return write_text_file(
        options.out + "/manifest.sig",
        format("{}\n{}\n", to_hex(ed25519_public_key(seed)), to_hex(ed25519_sign(seed, manifest))));
}

/// The files of what was trained, of whatever kind; gives the manifest back.
template <class Trained>
Result<std::string> write_artefact(const TrainOptions& options, const Trained& trained) {
    std::error_code code;
    std::filesystem::create_directories(options.out, code);
    ATLAS_TRY(write_text_file(options.out + "/model.bin", trained.model_bin));
    ATLAS_TRY(write_text_file(options.out + "/manifest.json", trained.manifest_json));
    ATLAS_TRY(sign_manifest(options, trained.manifest_json));
    return trained.manifest_json;
}

/// Fits filing to the answers in a ledger; what comes of it is kept there and goes nowhere else.
Result<std::string> fit_to_ledger(const TrainOptions& options) {
    ATLAS_TRY_ASSIGN(Door door, Door::open(options.data));
    ATLAS_TRY_ASSIGN(const auto fitted, door.call(contracts::fit_filing, contracts::Empty{}));
    return contracts::encode(*fitted) + "\n";
}

/// The same for labelled rows in a file: figures, and the model in --out where it is better.
Result<std::string> fit_to_rows(const TrainOptions& options) {
    ATLAS_TRY_ASSIGN(const std::string rows, read_text_file(options.data));
    ATLAS_TRY_ASSIGN(
        const roles::ml::FittedCategoriser fitted,
        roles::ml::fit_categoriser(embedded_model("categorise"), rows, version_of(options)));
    if (fitted.is_used && !options.out.empty()) {
        ATLAS_TRY(write_artefact(options, fitted));
    }
    return fitted.figures_json;
}

Result<std::string> train_categoriser(const TrainOptions& options) {
    const std::string folder = options.data.empty() ? "data/knowledge" : options.data;
    ATLAS_TRY_ASSIGN(const std::string brands, read_text_file(folder + "/brands.tsv"));
    ATLAS_TRY_ASSIGN(const std::string merchants, read_text_file(folder + "/merchants.tsv"));
    ATLAS_TRY_ASSIGN(const std::string words, read_text_file(folder + "/words.tsv"));
    ATLAS_TRY_ASSIGN(const std::string nouns, read_text_file(folder + "/wordnet.tsv"));
    ATLAS_TRY_ASSIGN(const std::string codes, read_text_file(folder + "/mcc.tsv"));
    ATLAS_TRY_ASSIGN(const std::string priors, read_text_file(folder + "/priors.tsv"));
    ATLAS_TRY_ASSIGN(const roles::ml::TrainedCategoriser trained,
                     roles::ml::train_categoriser({.taxonomy = embedded_file("taxonomy.tsv"),
                                                   .brands = brands,
                                                   .merchants = merchants,
                                                   .words = words,
                                                   .nouns = nouns,
                                                   .codes = codes,
                                                   .priors = priors},
                                                  {.seed = options.seed}, version_of(options)));
    return write_artefact(options, trained);
}

Result<std::string> train_score(const TrainOptions& options) {
    if (options.data.empty()) {
        return invalid_argument("data", "name the lender's table: --data loan_data.csv");
    }
    ATLAS_TRY_ASSIGN(const std::string csv, read_text_file(options.data));
    ATLAS_TRY_ASSIGN(const roles::ml::TrainedScoreModel trained,
                     roles::ml::train_credit_score(csv, options.seed, version_of(options)));
    return write_artefact(options, trained);
}

Result<std::string> train_rate_model(const TrainOptions& options) {
    if (options.data.empty()) {
        return invalid_argument("data", "name the folder of the published series: --data DIR");
    }
    ATLAS_TRY_ASSIGN(const auto tables, read_rate_tables(options.data));
    ATLAS_TRY_ASSIGN(const roles::optimiser::TrainedRateModel trained,
                     roles::optimiser::train_rates(tables, options.seed, version_of(options)));
    return write_artefact(options, trained);
}

Result<std::string> train_rule_tree(const TrainOptions& options) {
    ATLAS_TRY_ASSIGN(const roles::finance_engine::TrainedConsolidation trained,
                     roles::finance_engine::train_consolidation(options.seed, version_of(options)));
    return write_artefact(options, trained);
}

Result<std::string> train(const TrainOptions& options) {
    if (options.name == "categorise" && !options.data.empty()) {
        if (std::filesystem::exists(options.data + "/ledger.db")) {
            return fit_to_ledger(options);
        }
        if (std::filesystem::is_regular_file(options.data)) {
            return fit_to_rows(options);
        }
        if (!std::filesystem::exists(options.data)) {
            return not_found(format("there is no file or folder \"{}\"", options.data));
        }
    }
    if (options.out.empty()) {
        return invalid_argument("out", "name the folder to write: --out models/NAME/VERSION");
    }
    if (options.name == "rates") {
        return train_rate_model(options);
    }
    if (options.name == "categorise") {
        return train_categoriser(options);
    }
    if (options.name == "consolidation") {
        return train_rule_tree(options);
    }
    if (options.name == "credit-score") {
        return train_score(options);
    }
    return not_found(
        format("no recipe for \"{}\"; there are: categorise, consolidation, credit-score, rates",
               options.name));
}

}  // namespace

int run_train(const TrainOptions& options) {
    const auto manifest = train(options);
    if (!manifest.has_value()) {
        return report(manifest.error());
    }
    std::fputs(manifest->c_str(), stdout);
    return 0;
}

}  // namespace atlas::app
