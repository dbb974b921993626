// SPDX-License-Identifier: Apache-2.0
// The calculators' handlers: from contract values to finance functions and back. Pure, so that
// `atlas calc` runs them without a server.
#pragma once

#include "serving/handler_table.hpp"

namespace atlas::roles::finance_engine {

/// Binds every route under /api/v1/calc/ that this role answers.
void bind_calculators(serving::HandlerTable& table);

}  // namespace atlas::roles::finance_engine
