// SPDX-License-Identifier: Apache-2.0
// Judging the cascade on one user's rows in order, by the terms people ask in: how much is filed,
// how much of that is right, how often they have to step in. Each row is predicted before its label
// is known; what is told then, `Learning` says.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "learning/calibration/calibration.hpp"
#include "learning/categorise/cascade.hpp"

namespace atlas::learning::categorise {

/// A row with its right answer; owns its text.
struct LabelledRow {
    std::string description;
    std::optional<std::int64_t> amount_minor;
    std::string currency;
    std::optional<Date> date;
    std::optional<int> mcc;
    AccountKind account = AccountKind::unknown;
    std::string label;  ///< Empty: not known; predicted and not judged.
    std::string bank_category{};

    CategoriseInput input() const;
};

/// What is told after a row's prediction: nothing; its label; its label where Atlas asks for it
/// (unfiled, a branch, or is_checked by the row's number), as in a household that answers questions
/// and looks at nothing else.
enum class Learning : std::uint8_t { off, on, from_questions };

/// A share of rows with its 95 % interval.
struct Share {
    std::size_t right = 0;
    std::size_t of = 0;
    double value() const {
        return of == 0 ? 0 : static_cast<double>(right) / static_cast<double>(of);
    }
};

struct Metrics {
    std::size_t rows = 0;            ///< With a label, within the window.
    Share top;                       ///< Most likely top, filed or not.
    Share leaf;                      ///< Most likely leaf, of rows whose label is a leaf.
    Share filed_top;                 ///< Rows filed at all.
    Share filed_top_right;           ///< Of those, with the right top.
    Share filed_leaf;                ///< Rows filed at a leaf, of rows whose label is one.
    Share filed_leaf_right;          ///< Of those, with the right leaf.
    Share known_merchant;            ///< Top, where the merchant was met before.
    double macro_f1_top = 0;         ///< Over tops that occur; most likely top.
    double ece = 0;                  ///< Of what was filed, by its confidence at its level.
    double ece_leaf = 0;             ///< Of the most likely leaf, filed or not.
    double corrections_per_100 = 0;  ///< Filed wrongly, at the level filed.
    double questions_per_100 = 0;    ///< Not filed.
};

/// One row's outcome, for windows and calibration.
struct Judged {
    std::string label;
    std::string filed;
    double confidence = 0;
    std::string best;       ///< Most likely category.
    double best_score = 0;  ///< Raw.
    std::string best_top;
    double top_score = 0;
    double leaf_confidence = 0;  ///< Calibrated, of `best`.
    bool is_cold = false;
    bool is_known_merchant = false;
};

/// Rows in the order given. Rows without a label are left out of the result.
std::vector<Judged> judge_rows(const Cascade& cascade, std::span<const LabelledRow> rows,
                               Learning learning);

Metrics measure(std::span<const Judged> judged);

/// Raw scores of the most likely leaf (or top) and whether they were right, for calibration.
std::vector<calibration::Outcome> leaf_outcomes(std::span<const Judged> judged);
std::vector<calibration::Outcome> top_outcomes(std::span<const Judged> judged);

}  // namespace atlas::learning::categorise
