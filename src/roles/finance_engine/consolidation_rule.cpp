// SPDX-License-Identifier: Apache-2.0
#include "roles/finance_engine/consolidation_rule.hpp"

#include "base/check.hpp"
#include "base/format.hpp"
#include "base/sha256.hpp"
#include "learning/calibration/calibration.hpp"
#include "roles/shipped_model.hpp"

namespace atlas::roles::finance_engine {
namespace {

namespace consolidation = learning::consolidation;
namespace debt = finance::debt;

using consolidation::Figures;
using consolidation::RuleTree;

double share(std::uint32_t part, std::uint32_t whole) {
    return static_cast<double>(part) / static_cast<double>(whole);
}

std::string explain(const std::string& rule, bool agrees) {
    return agrees ? format("{} The exact calculation agrees.", rule)
                  : format(
                        "By the rule of thumb: {} Here the exact calculation says otherwise, and "
                        "it decides.",
                        rule);
}

std::string json_of(const Figures& figures) {
    const auto agreed = learning::calibration::wilson(figures.right, figures.cases);
    return format(R"({{"cases": {}, "agreement": {:.4f}, "agreement_95": [{:.4f}, {:.4f}], )"
                  R"("rate_is_lower": {:.4f}, "majority": {:.4f}}})",
                  figures.cases, share(figures.right, figures.cases), agreed.low, agreed.high,
                  share(figures.baseline_right, figures.cases),
                  share(figures.majority_right, figures.cases));
}

}  // namespace

const RuleTree* shipped_rule_tree() {
    static const std::optional<RuleTree> model = []() -> std::optional<RuleTree> {
        const auto bytes = shipped_model_if_signed("consolidation");
        if (!bytes.has_value()) {
            return std::nullopt;
        }
        auto decoded = consolidation::decode(*bytes);
        ATLAS_CHECK(decoded.has_value());
        return std::move(*decoded);
    }();
    return model.has_value() ? &*model : nullptr;
}

void explain_by_rules(const RuleTree& model, std::string_view model_name, const Compared& compared,
                      contracts::RefinanceAnswer& answer) {
    if (!compared.advice.keep.has_value()) {
        return;  // Keeping never ends: nothing that could be saved against it.
    }
    const auto agreed = learning::calibration::wilson(model.figures.right, model.figures.cases);
    const double agreement = share(model.figures.right, model.figures.cases);
    contracts::RefinanceRulesValue told{
        .model = std::string(model_name),
        .text = format("As a rule of thumb; it agrees with the exact calculation in {:.0f} % of "
                       "{} simulated cases it had not seen. The exact calculation decides.",
                       100 * agreement, model.figures.cases),
        .agreement = agreement,
        .agreement_interval = {agreed.low, agreed.high},
        .baseline_agreement = share(model.figures.baseline_right, model.figures.cases),
        .rules = {}};
    for (const consolidation::Rule& rule : consolidation::rules_of(model)) {
        told.rules.push_back({.text = rule.text,
                              .worth_it = rule.is_worth_it,
                              .cases = rule.figures.cases,
                              .agreed = rule.figures.right});
    }
    for (std::size_t i = 0; i < compared.advice.verdicts.size(); ++i) {
        const debt::OfferVerdict& verdict = compared.advice.verdicts[i];
        if (!verdict.saving.has_value()) {
            continue;
        }
        const std::size_t at = consolidation::rule_for(
            model, consolidation::facts_of(compared.request, compared.advice, i));
        const bool agrees = told.rules[at].worth_it == verdict.saving->is_positive();
        answer.offers[i].rule_of_thumb =
            contracts::RefinanceThumbValue{.rule = static_cast<std::int64_t>(at) + 1,
                                           .worth_it = told.rules[at].worth_it,
                                           .agrees = agrees,
                                           .text = explain(told.rules[at].text, agrees)};
    }
    answer.rule_of_thumb = std::move(told);
}

Result<TrainedConsolidation> train_consolidation(std::uint64_t seed, std::string_view version) {
    ATLAS_TRY_ASSIGN(const RuleTree model, consolidation::train({.seed = seed}));
    if (!consolidation::beats_baseline(model.figures)) {
        return fail(
            ErrorCode::infeasible, {},
            format("the tree does not beat \"its rate is lower\": {}", json_of(model.figures)));
    }
    TrainedConsolidation trained{.model_bin = consolidation::encode(model), .manifest_json = {}};
    std::string features;
    for (const std::string_view name : consolidation::kFactNames) {
        features += format("{}\"{}\"", features.empty() ? "" : ",", name);
    }
    trained.manifest_json = format(
        "{{\n  \"name\": \"consolidation\",\n  \"version\": \"{}\",\n  \"model_sha256\": \"{}\",\n"
        "  \"features\": [{}],\n  \"data\": [{{\"name\": \"simulated households and offers\", "
        "\"licence\": \"made by the recipe; balances after the Survey of Consumer Finances 2019, "
        "Federal Reserve, public domain\"}}],\n  \"figures\": {},\n  \"seed\": {}\n}}\n",
        version, to_hex(sha256(trained.model_bin)), features, json_of(model.figures), seed);
    return trained;
}

}  // namespace atlas::roles::finance_engine
