// SPDX-License-Identifier: Apache-2.0
// Fits the numbers that weigh evidence to one person's own answers, and says by later answers
// whether that helped: what is fitted on the first part in time is judged on the rest, beside the
// model as shipped. Words, merchants, calibration and thresholds stay as shipped.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "learning/categorise/evaluate.hpp"
#include "learning/categorise/model.hpp"

namespace atlas::learning::categorise {

struct OwnNumbersOptions {
    double fitted_share = 0.7;       ///< Of the rows, the first in time.
    std::size_t fitted_min = 200;    ///< Fewer answers tell nothing apart.
    std::size_t warm_up = 100;       ///< Rows replayed before the fit looks.
    std::size_t fitted_max = 20000;  ///< The latest of them are looked at.
    int passes = 2;
};

/// What became of the rows judged.
struct Outcomes {
    std::size_t filed_right = 0;  ///< At the level filed.
    std::size_t filed_wrong = 0;
    std::size_t asked = 0;
};

struct OwnNumbers {
    Fusion fusion;  ///< Fitted; as shipped where nothing was better.
    std::size_t fitted_rows = 0;
    std::size_t judged_rows = 0;
    Outcomes shipped;  ///< On the rows judged.
    Outcomes own;
    /// A number moved, and is_no_worse.
    bool is_used = false;
};

/// At least as many filed right and no more filed wrongly than as shipped.
bool is_no_worse(const Outcomes& own, const Outcomes& shipped);

/// The fitted numbers of `fusion` in their fixed order, for keeping.
std::vector<double> to_numbers(const Fusion& fusion);
/// `base` with the numbers of to_numbers. Errors: data_loss when they are not as many, or any is
/// not above 0 and at most 1000.
Result<Fusion> with_numbers(const Fusion& base, std::span<const double> numbers);

/// `rows` in time order; those without a label are passed over. `model` comes back as it was.
/// Errors: invalid_argument when there are fewer rows than `fitted_min` to fit on.
/// Cost: about 40 replays of the rows fitted; 5,000 rows in about 2 s.
Result<OwnNumbers> fit_own_numbers(Cascade& model, std::span<const LabelledRow> rows,
                                   const OwnNumbersOptions& options = {});

}  // namespace atlas::learning::categorise
