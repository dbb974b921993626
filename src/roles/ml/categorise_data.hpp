// SPDX-License-Identifier: Apache-2.0
// Labelled transactions out of a file: NDJSON as `atlas calc categorise --replay` takes it, or CSV
// with a header (date, description, amount, currency, direction, mcc, and label or atlas).
#pragma once

#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "learning/categorise/evaluate.hpp"

namespace atlas::roles::ml {

/// Rows in the order of their dates, equal dates in the order of the file; a file whose dates fall
/// from top to bottom is read from its end.
/// Errors: invalid_argument with the line for what cannot be read, or a header without description.
Result<std::vector<learning::categorise::LabelledRow>> read_labelled_rows(std::string_view text);

}  // namespace atlas::roles::ml
