// SPDX-License-Identifier: Apache-2.0
#include "learning/categorise/own_numbers.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/format.hpp"

namespace atlas::learning::categorise {
namespace {

/// The numbers a person's habits move; what text and merchants mean is the same for everybody.
constexpr std::array kFitted = {
    &Fusion::habit_alpha,  &Fusion::prior_alpha,  &Fusion::prior_mix,
    &Fusion::evidence_cap, &Fusion::text_alpha,   &Fusion::merchant_alpha,
    &Fusion::rank_decay,   &Fusion::amount_scale, &Fusion::parent_yield,
};
constexpr float kFirstStep = 1.6F;
constexpr float kGainMin = 2e-5F;
constexpr double kNumberMax = 1000;

/// Mean precision over all shares that could be filed, surest first: 1 when every right one is
/// surer than every wrong one. Source: the area under the risk-coverage curve (Geifman and El-Yaniv
/// 2017), turned round.
double selective_precision(std::vector<calibration::Outcome> outcomes) {
    std::ranges::stable_sort(outcomes, std::ranges::greater(), &calibration::Outcome::confidence);
    double right = 0;
    double sum = 0;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        right += outcomes[i].is_right ? 1 : 0;
        sum += right / static_cast<double>(i + 1);
    }
    return outcomes.empty() ? 0 : sum / static_cast<double>(outcomes.size());
}

double quality_of(const Cascade& cascade, std::span<const LabelledRow> rows, std::size_t warm_up) {
    const std::vector<Judged> judged = judge_rows(cascade, rows, Learning::on);
    const auto counted = std::span(judged).subspan(std::min(warm_up, judged.size()));
    return selective_precision(top_outcomes(counted)) + selective_precision(leaf_outcomes(counted));
}

Outcomes count(std::span<const Judged> judged) {
    Outcomes outcomes;
    for (const Judged& row : judged) {
        const bool is_right = is_leaf_id(row.filed) && is_leaf_id(row.label)
                                  ? row.filed == row.label
                                  : top_of(row.filed) == top_of(row.label);
        if (row.filed == "other.unknown") {
            ++outcomes.asked;
        } else if (is_right) {
            ++outcomes.filed_right;
        } else {
            ++outcomes.filed_wrong;
        }
    }
    return outcomes;
}

/// One number after the other, up and down by a factor, while it helps.
void descend(Cascade& cascade, std::span<const LabelledRow> rows,
             const OwnNumbersOptions& options) {
    Fusion fusion = cascade.model().fusion;
    double best = quality_of(cascade, rows, options.warm_up);
    float step = kFirstStep;
    for (int pass = 0; pass < options.passes; ++pass) {
        for (float Fusion::*const number : kFitted) {
            const float before = fusion.*number;
            for (const float factor : {step, 1 / step}) {
                fusion.*number = before * factor;
                cascade.set_fusion(fusion);
                const double quality = quality_of(cascade, rows, options.warm_up);
                if (quality > best + static_cast<double>(kGainMin)) {
                    best = quality;
                    break;
                }
                fusion.*number = before;
            }
        }
        step = 1 + (step - 1) / 2;
    }
    cascade.set_fusion(fusion);
}

}  // namespace

std::vector<double> to_numbers(const Fusion& fusion) {
    std::vector<double> numbers;
    for (float Fusion::*const number : kFitted) {
        numbers.push_back(static_cast<double>(fusion.*number));
    }
    return numbers;
}

bool is_no_worse(const Outcomes& own, const Outcomes& shipped) {
    return own.filed_right >= shipped.filed_right && own.filed_wrong <= shipped.filed_wrong;
}

Result<Fusion> with_numbers(const Fusion& base, std::span<const double> numbers) {
    const auto is_usable = [](double number) { return number > 0 && number <= kNumberMax; };
    if (numbers.size() != kFitted.size() || !std::ranges::all_of(numbers, is_usable)) {
        return fail(ErrorCode::data_loss, "numbers", "they are not those of a fit");
    }
    Fusion fusion = base;
    for (std::size_t i = 0; i < kFitted.size(); ++i) {
        fusion.*kFitted[i] = static_cast<float>(numbers[i]);
    }
    return fusion;
}

Result<OwnNumbers> fit_own_numbers(Cascade& model, std::span<const LabelledRow> rows,
                                   const OwnNumbersOptions& options) {
    std::vector<LabelledRow> labelled;
    std::ranges::copy_if(rows, std::back_inserter(labelled),
                         [](const LabelledRow& row) { return !row.label.empty(); });
    const auto fitted = static_cast<std::size_t>(static_cast<double>(labelled.size()) *
                                                 std::clamp(options.fitted_share, 0.0, 1.0));
    if (fitted < options.fitted_min) {
        return invalid_argument(
            "data", format("{} answers to fit on; {} are needed", fitted, options.fitted_min));
    }
    const Fusion shipped = model.model().fusion;
    const std::span<const LabelledRow> all(labelled);
    const std::size_t first = fitted - std::min(fitted, options.fitted_max);
    const auto judge = [&] {
        return count(std::span<const Judged>(judge_rows(model, all, Learning::on)).subspan(fitted));
    };
    OwnNumbers own{.fusion = shipped,
                   .fitted_rows = fitted - first,
                   .judged_rows = labelled.size() - fitted,
                   .shipped = judge(),
                   .own = {},
                   .is_used = false};
    descend(model, all.subspan(first, fitted - first), options);
    own.fusion = model.model().fusion;
    own.own = judge();
    own.is_used = own.judged_rows > 0 && to_numbers(own.fusion) != to_numbers(shipped) &&
                  is_no_worse(own.own, own.shipped);
    model.set_fusion(shipped);
    return own;
}

}  // namespace atlas::learning::categorise
