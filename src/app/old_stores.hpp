// SPDX-License-Identifier: Apache-2.0
// Files of earlier versions that this one does not read: refused by name, never passed over. What a
// person once gave must not vanish without a word.
#pragma once

#include <string>

#include "base/result.hpp"

namespace atlas::app {

/// Errors: conflict at the file (debts.db: debts before they moved into the ledger, ADR 0008), with
///         what to do. Nothing is changed.
Result<void> refuse_old_stores(const std::string& folder);

}  // namespace atlas::app
