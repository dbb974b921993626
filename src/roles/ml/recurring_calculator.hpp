// SPDX-License-Identifier: Apache-2.0
// The detector of what comes again as a calculator: movements in, series out, nothing stored.
#pragma once

#include "serving/handler_table.hpp"

namespace atlas::roles::ml {

/// `POST /api/v1/calc/recurring` and `atlas calc recurring`.
/// Errors: invalid_argument with the pointer of a currency, an amount or an id that was told twice.
void bind_recurring_calculator(serving::HandlerTable& table);

}  // namespace atlas::roles::ml
