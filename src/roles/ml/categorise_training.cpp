// SPDX-License-Identifier: Apache-2.0
#include "roles/ml/categorise_training.hpp"

#include <span>

#include "base/format.hpp"
#include "base/sha256.hpp"
#include "learning/categorise/evaluate.hpp"
#include "learning/categorise/model.hpp"
#include "learning/categorise/own_numbers.hpp"
#include "roles/ml/categorise_data.hpp"

namespace atlas::roles::ml {
namespace {

namespace categorise = learning::categorise;

constexpr std::size_t kSettledRows = 500;

std::string share_json(std::string_view name, const categorise::Share& share) {
    const auto interval = learning::calibration::wilson(share.right, share.of);
    return format(R"("{}":{{"share":{:.4f},"right":{},"of":{},"low":{:.4f},"high":{:.4f}}})", name,
                  share.value(), share.right, share.of, interval.low, interval.high);
}

std::string metrics_json(const categorise::Metrics& metrics) {
    std::string json = format(R"({{"rows":{},)", metrics.rows);
    json += share_json("top", metrics.top) + ",";
    json += share_json("leaf", metrics.leaf) + ",";
    json += share_json("filed_top", metrics.filed_top) + ",";
    json += share_json("filed_top_right", metrics.filed_top_right) + ",";
    json += share_json("filed_leaf", metrics.filed_leaf) + ",";
    json += share_json("filed_leaf_right", metrics.filed_leaf_right) + ",";
    json += share_json("known_merchant", metrics.known_merchant);
    json += format(R"(,"macro_f1_top":{:.4f},"ece":{:.4f},"ece_leaf":{:.4f})", metrics.macro_f1_top,
                   metrics.ece, metrics.ece_leaf);
    json += format(R"(,"corrections_per_100":{:.2f},"questions_per_100":{:.2f}}})",
                   metrics.corrections_per_100, metrics.questions_per_100);
    return json;
}

std::string window_json(std::span<const categorise::Judged> judged, std::size_t from,
                        std::size_t to) {
    from = std::min(from, judged.size());
    to = std::min(to, judged.size());
    return metrics_json(categorise::measure(judged.subspan(from, to - from)));
}

std::string lineage_json(const categorise::KnowledgeTexts& texts) {
    const auto part = [](std::string_view name, std::string_view text, std::string_view licence) {
        return format(R"({{"name":"{}","sha256":"{}","licence":"{}"}})", name, to_hex(sha256(text)),
                      licence);
    };
    return "[" + part("taxonomy.tsv", texts.taxonomy, "Apache-2.0") + "," +
           part("brands.tsv", texts.brands, "BSD-3-Clause (name-suggestion-index)") + "," +
           part("merchants.tsv", texts.merchants, "Apache-2.0") + "," +
           part("words.tsv", texts.words, "Apache-2.0") + "," +
           part("wordnet.tsv", texts.nouns, "WordNet 3.0 licence (Princeton)") + "," +
           part("mcc.tsv", texts.codes, "public domain") + "," +
           part("priors.tsv", texts.priors, "Apache-2.0") + "]";
}

}  // namespace

Result<TrainedCategoriser> train_categoriser(const categorise::KnowledgeTexts& texts,
                                             const categorise::TrainOptions& options,
                                             std::string_view version) {
    categorise::TrainReport report;
    ATLAS_TRY_ASSIGN(const categorise::Model model,
                     categorise::train_model(texts, options, report));
    TrainedCategoriser trained;
    trained.model_bin = model.encode();
    trained.manifest_json = format(
        R"({{"name":"categorise","version":"{}","format":1,"model_sha256":"{}","seed":{},)"
        R"("features":"words, pairs, stems, letter n-grams of the description; amount, code",)"
        R"("merchants":{},"words":{},"examples":{},"rows":{},"lineage":{}}})",
        version, to_hex(sha256(trained.model_bin)), options.seed, report.merchants, report.words,
        report.examples, report.rows, lineage_json(texts));
    trained.manifest_json += "\n";
    return trained;
}

Result<FittedCategoriser> fit_categoriser(std::string_view model_bin, std::string_view data,
                                          std::string_view version) {
    ATLAS_TRY_ASSIGN(categorise::Cascade cascade, categorise::Cascade::load(model_bin));
    ATLAS_TRY_ASSIGN(const auto rows, read_labelled_rows(data));
    ATLAS_TRY_ASSIGN(const categorise::OwnNumbers own, categorise::fit_own_numbers(cascade, rows));
    const auto outcomes = [](const categorise::Outcomes& seen) {
        return format(R"({{"filed_right":{},"filed_wrong":{},"asked":{}}})", seen.filed_right,
                      seen.filed_wrong, seen.asked);
    };
    FittedCategoriser fitted;
    fitted.is_used = own.is_used;
    fitted.figures_json =
        format(R"({{"used":{},"fitted_rows":{},"judged_rows":{},"shipped":{},"own":{}}})",
               own.is_used, own.fitted_rows, own.judged_rows, outcomes(own.shipped),
               outcomes(own.own)) +
        "\n";
    fitted.model_bin = cascade.weighed_by(own.fusion).model().encode();
    fitted.manifest_json =
        format(R"({{"name":"categorise","version":"{}","format":1,"model_sha256":"{}",)"
               R"("fitted_from":"{}","private":true,"metrics":{}}})",
               version, to_hex(sha256(fitted.model_bin)), to_hex(sha256(model_bin)),
               fitted.figures_json.substr(0, fitted.figures_json.size() - 1)) +
        "\n";
    return fitted;
}

Result<std::string> evaluate_categoriser(std::string_view model_bin, std::string_view data,
                                         categorise::Learning learning) {
    ATLAS_TRY_ASSIGN(const categorise::Cascade cascade, categorise::Cascade::load(model_bin));
    ATLAS_TRY_ASSIGN(const auto rows, read_labelled_rows(data));
    const auto judged = categorise::judge_rows(cascade, rows, learning);
    const bool replay = learning != categorise::Learning::off;
    const std::string_view answers = learning == categorise::Learning::on ? "all" : "questions";
    std::string json =
        format(R"({{"replay":{},"answers":"{}","thresholds":{{"leaf":{},"parent":{}}},"all":{})",
               replay, replay ? answers : "none", cascade.thresholds().leaf,
               cascade.thresholds().parent, window_json(judged, 0, judged.size()));
    if (replay) {
        constexpr std::size_t kFirst = 250;
        constexpr std::size_t kLong = 1000;
        json += format(R"(,"first_100":{})", window_json(judged, 0, 100));
        json += format(R"(,"rows_250_to_1000":{})", window_json(judged, kFirst, kLong));
        json += format(R"(,"settled":{})", window_json(judged, kSettledRows, judged.size()));
        json += format(R"(,"after_1000":{})", window_json(judged, kLong, judged.size()));
    }
    return json + "}\n";
}

}  // namespace atlas::roles::ml
