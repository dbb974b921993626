// SPDX-License-Identifier: Apache-2.0
#include "learning/categorise/evaluate.hpp"

#include <map>
#include <set>

#include "learning/categorise/decision.hpp"
#include "learning/categorise/evidence.hpp"
#include "learning/categorise/model.hpp"

namespace atlas::learning::categorise {
namespace {

using calibration::Outcome;

void add(Share& share, bool is_right) {
    ++share.of;
    share.right += is_right ? 1U : 0U;
}

/// Mean over the tops that occur as a label or a prediction.
double macro_f1(std::span<const Judged> judged) {
    struct Counts {
        double right = 0;
        double wanted = 0;
        double given = 0;
    };
    std::map<std::string_view, Counts> tops;
    for (const Judged& row : judged) {
        const std::string_view wanted = top_of(row.label);
        tops[wanted].wanted += 1;
        tops[row.best_top].given += 1;
        tops[wanted].right += wanted == row.best_top ? 1 : 0;
    }
    double sum = 0;
    double count = 0;
    for (const auto& [top, counts] : tops) {
        if (counts.wanted > 0) {
            sum += 2 * counts.right / (counts.wanted + counts.given);
            count += 1;
        }
    }
    return count > 0 ? sum / count : 0;
}

}  // namespace

CategoriseInput LabelledRow::input() const {
    return {.description = description,
            .amount_minor = amount_minor,
            .currency = currency,
            .date = date,
            .mcc = mcc,
            .account = account,
            .bank_category = bank_category};
}

std::vector<Judged> judge_rows(const Cascade& cascade, std::span<const LabelledRow> rows,
                               Learning learning) {
    const Model& model = cascade.model();
    std::vector<Judged> judged;
    Memory memory;
    for (const LabelledRow& row : rows) {
        if (row.label.empty()) {
            continue;
        }
        const CategoriseInput input = row.input();
        Gathered gathered;
        gather_keys(model, input, gathered);
        const MemoryState& state = memory.state();
        const Decision decision = decide(model, input, gathered, state);
        const Latest* met = state.by_merchant.find(gathered.merchant_key);
        const bool is_asked = is_question(model, state, decision) ||
                              is_checked(judged.size(), static_cast<double>(decision.confidence));
        judged.push_back({.label = row.label,
                          .filed = std::string(state.id(model.taxonomy, decision.category)),
                          .confidence = static_cast<double>(decision.confidence),
                          .best = std::string(state.id(model.taxonomy, decision.best)),
                          .best_score = static_cast<double>(decision.best_score),
                          .best_top = std::string(state.id(model.taxonomy, decision.best_top)),
                          .top_score = static_cast<double>(decision.top_score),
                          .leaf_confidence = decision.leaf_confidence,
                          .is_cold = decision.is_cold,
                          .is_known_merchant = gathered.merchant_key != 0 && met != nullptr});
        if (learning == Learning::on || (learning == Learning::from_questions && is_asked)) {
            cascade.learn(memory, input, row.label, decision);
        }
    }
    return judged;
}

std::vector<Outcome> leaf_outcomes(std::span<const Judged> judged) {
    std::vector<Outcome> outcomes;
    for (const Judged& row : judged) {
        if (is_leaf_id(row.label) && is_leaf_id(row.best)) {
            outcomes.push_back({row.best_score, row.best == row.label});
        }
    }
    return outcomes;
}

std::vector<Outcome> top_outcomes(std::span<const Judged> judged) {
    std::vector<Outcome> outcomes;
    for (const Judged& row : judged) {
        outcomes.push_back({row.top_score, row.best_top == top_of(row.label)});
    }
    return outcomes;
}

Metrics measure(std::span<const Judged> judged) {
    Metrics metrics;
    metrics.rows = judged.size();
    std::vector<Outcome> claims;
    std::vector<Outcome> leaves;
    std::size_t wrong = 0;
    for (const Judged& row : judged) {
        const bool is_filed = row.filed != "other.unknown";
        const bool is_filed_leaf = is_filed && is_leaf_id(row.filed);
        const bool top_right = top_of(row.filed) == top_of(row.label);
        add(metrics.top, row.best_top == top_of(row.label));
        add(metrics.filed_top, is_filed);
        if (is_filed) {
            add(metrics.filed_top_right, top_right);
        }
        // A label that is a parent cannot tell which leaf was right.
        const bool is_right =
            is_filed_leaf && is_leaf_id(row.label) ? row.filed == row.label : top_right;
        if (is_leaf_id(row.label)) {
            add(metrics.leaf, row.best == row.label);
            add(metrics.filed_leaf, is_filed_leaf);
            if (is_filed_leaf) {
                add(metrics.filed_leaf_right, row.filed == row.label);
            }
            leaves.push_back({row.leaf_confidence, row.best == row.label});
        }
        if (row.is_known_merchant) {
            add(metrics.known_merchant, row.best_top == top_of(row.label));
        }
        if (is_filed) {
            claims.push_back({row.confidence, is_right});
            wrong += is_right ? 0U : 1U;
        }
    }
    metrics.macro_f1_top = macro_f1(judged);
    metrics.ece = calibration::expected_calibration_error(claims);
    metrics.ece_leaf = calibration::expected_calibration_error(leaves);
    const double per_100 = judged.empty() ? 0 : 100.0 / static_cast<double>(judged.size());
    metrics.corrections_per_100 = static_cast<double>(wrong) * per_100;
    metrics.questions_per_100 =
        static_cast<double>(judged.size() - metrics.filed_top.right) * per_100;
    return metrics;
}

}  // namespace atlas::learning::categorise
